"""After erasure the database file of SQLite holds no word of what was erased."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connections

from lautta.common.search import SearchEntry, index, search, unindex, unindex_scope
from lautta.common.search.operations import CreateFullTextIndex

SECRET = "xqvsalaisuus"
ALIAS = "on_disk"


class ToDisk:
    """Sends search entries to the database on disk."""

    def db_for_read(self, model, **hints):
        return ALIAS if model is SearchEntry else None

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        return True


@pytest.fixture
def on_disk(tmp_path, settings, django_db_blocker):
    """A database file as an installation has it: write-ahead log, secure_delete, the search index."""
    path = tmp_path / "lautta.sqlite3"
    settings.DATABASE_ROUTERS = [ToDisk()]
    connections.databases[ALIAS] = connections.configure_settings(
        {
            "default": {},
            ALIAS: {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": path,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON",
                },
            },
        }
    )[ALIAS]
    with django_db_blocker.unblock():
        connection = connections[ALIAS]
        with connection.schema_editor() as editor:
            editor.create_model(SearchEntry)
            CreateFullTextIndex().database_forwards("common", editor, None, None)
        yield path
        connection.close()
    del connections[ALIAS]
    del connections.databases[ALIAS]


def put(number: int, words: str = "") -> None:
    index(
        scope="plan",
        kind="voice",
        object_id=str(number),
        texts={
            "fi": (f"Ääni {number}", f"Kerroin koulusta ja arjesta {number}. {words}"),
            "sv": (f"Röst {words}", ""),
        },
        url_name="x",
        url_kwargs={},
    )


def readable(path: Path) -> bool:
    """Whether the secret stands in the file or its log, in any of its forms."""
    content = b"".join(p.read_bytes().lower() for p in path.parent.iterdir())
    return SECRET.encode() in content


def found(word: str) -> int:
    return search("plan", word, language="fi").total


@pytest.fixture
def with_secret(on_disk):
    for number in range(60):
        put(number, f"{SECRET}nsa paljastui" if number == 30 else "")
    assert readable(on_disk)
    assert found(SECRET) == 1
    return on_disk


def test_the_instrument_sees_what_a_plain_deletion_leaves(with_secret):
    """Without purging the word stays: the tests below would notice."""
    SearchEntry.objects.filter(object_id="30").delete()
    assert found(SECRET) == 0
    assert readable(with_secret)


def test_an_erased_object_is_unreadable(with_secret):
    unindex(scope="plan", kind="voice", object_id="30")
    assert found(SECRET) == 0
    assert not readable(with_secret)
    assert found("koulu") == 59


def test_a_redacted_object_is_unreadable_when_asked(with_secret):
    texts = {"fi": ("Ääni 30", "Poistettu pyynnöstä")}
    index(
        scope="plan", kind="voice", object_id="30", texts=texts, url_name="x", url_kwargs={}, purge_old=True
    )
    assert not readable(with_secret)
    assert found("pyyntö") == 1


def test_an_erased_plan_is_unreadable(with_secret):
    unindex_scope("plan")
    assert not readable(with_secret)
    assert SearchEntry.objects.count() == 0


def test_erasure_gets_done_though_a_reader_is_in_the_way(with_secret):
    reader = sqlite3.connect(with_secret)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM common_searchentry").fetchone()
    unindex(scope="plan", kind="voice", object_id="30")
    assert found(SECRET) == 0
    reader.close()
    unindex(scope="plan", kind="voice", object_id="31")
    assert not readable(with_secret)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
