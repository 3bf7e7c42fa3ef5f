"""The operation makes the index from rows that are there, and takes it away again."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from lautta.common.search import index, search
from lautta.common.search.operations import CreateFullTextIndex

pytestmark = pytest.mark.django_db(transaction=True)


def run(step: str) -> None:
    with connection.schema_editor() as editor:
        getattr(CreateFullTextIndex(), step)("common", editor, None, None)


def test_backwards_and_forwards():
    index(
        scope="plan",
        kind="goal",
        object_id="a",
        texts={"fi": ("Nuorten tuki", "")},
        url_name="x",
        url_kwargs={},
    )
    run("database_backwards")
    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            search("plan", "nuori", language="fi")
    finally:
        run("database_forwards")
    assert search("plan", "nuori", language="fi").total == 1
    run("database_forwards")
    assert search("plan", "nuori", language="fi").total == 1


def test_the_migration_knows_its_operation():
    assert "full-text" in CreateFullTextIndex().describe()
    call_command("makemigrations", "common", check=True, dry_run=True, verbosity=0)


def test_the_index_is_used():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM common_searchentry WHERE vector @@ to_tsquery('simple', 'nuori')"
            )
            assert any("common_searchentry_vector" in line for (line,) in cursor.fetchall())
            cursor.execute("RESET enable_seqscan")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'common_searchentry'"
            )
            assert len(cursor.fetchall()) == 3
