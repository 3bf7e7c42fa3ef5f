"""Migration operation that makes the full-text structures beside the table of search entries."""

from django.core.exceptions import ImproperlyConfigured
from django.db.migrations.operations.base import Operation

TABLE = "common_searchentry"
FULLTEXT = "common_searchentry_fulltext"
COLUMNS = ("title_lemmas", "lemmas", "part_lemmas", "plain_lemmas")
# PostgreSQL's weights of the same columns; ranks are given in query.py.
WEIGHTS = ("A", "B", "C", "D")

_NAMES = ", ".join(COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)
_ADD = f"INSERT INTO {FULLTEXT}(rowid, {_NAMES}) VALUES (new.id, {_NEW});"  # noqa: S608
_REMOVE = f"INSERT INTO {FULLTEXT}({FULLTEXT}, rowid, {_NAMES}) VALUES ('delete', old.id, {_OLD});"  # noqa: S608

# The ascii tokenizer splits at ASCII punctuation alone: the words come ready-made from lautta.common.words
# and stay.
SQLITE_CREATE = (
    f"CREATE VIRTUAL TABLE {FULLTEXT} USING fts5"
    f"({_NAMES}, content='{TABLE}', content_rowid='id', tokenize='ascii')",
    f"CREATE TRIGGER {TABLE}_added AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {TABLE}_removed AFTER DELETE ON {TABLE} BEGIN {_REMOVE} END",
    f"CREATE TRIGGER {TABLE}_changed AFTER UPDATE ON {TABLE} BEGIN {_REMOVE} {_ADD} END",
    f"INSERT INTO {FULLTEXT}({FULLTEXT}) VALUES ('rebuild')",  # noqa: S608
)
# Deleted words leave the index at once from SQLite 3.42 on; before that `purge` in index.py rewrites it.
SQLITE_SECURE_DELETE = f"INSERT INTO {FULLTEXT}({FULLTEXT}, rank) VALUES ('secure-delete', 1)"  # noqa: S608
SQLITE_DROP = (
    f"DROP TRIGGER IF EXISTS {TABLE}_added",
    f"DROP TRIGGER IF EXISTS {TABLE}_removed",
    f"DROP TRIGGER IF EXISTS {TABLE}_changed",
    f"DROP TABLE IF EXISTS {FULLTEXT}",
)

_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in zip(COLUMNS, WEIGHTS, strict=True)
)
POSTGRES_CREATE = (
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin (vector)",
)
POSTGRES_DROP = (
    f"DROP INDEX IF EXISTS {TABLE}_vector",
    f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS vector",
)


class CreateFullTextIndex(Operation):
    """SQLite: an FTS5 table kept by triggers. PostgreSQL: a generated `simple` tsvector with a GIN index.

    Django rebuilds a SQLite table when it alters one, and the triggers go with the old table: a later
    migration that alters SearchEntry runs this operation again after it.
    """

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label, state):
        """Nothing that Django's models know of changes."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        connection = schema_editor.connection
        if connection.vendor == "sqlite":
            _run(schema_editor, SQLITE_DROP + SQLITE_CREATE)
            if connection.Database.sqlite_version_info >= (3, 42):
                _run(schema_editor, (SQLITE_SECURE_DELETE,))
        elif connection.vendor == "postgresql":
            _run(schema_editor, POSTGRES_DROP + POSTGRES_CREATE)
        else:
            raise ImproperlyConfigured(
                f"There is no full-text index for {connection.vendor}: use SQLite or PostgreSQL."
            )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        _run(schema_editor, SQLITE_DROP if schema_editor.connection.vendor == "sqlite" else POSTGRES_DROP)

    def describe(self):
        return "Create the full-text index of search entries"


def _run(schema_editor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        schema_editor.execute(statement)
