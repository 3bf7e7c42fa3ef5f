"""Putting objects into the search index and taking them out, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connections, router, transaction

from lautta.common.search.models import PUBLIC, SearchEntry
from lautta.common.search.operations import FULLTEXT
from lautta.common.text import fold_plain, sort_key
from lautta.common.words import analyse, as_stored, clean, words

# PostgreSQL holds at most 1 MB of words a row; beyond this many each word is kept once.
MOST_WORDS = 40_000
_IDENTITY = ("scope", "kind", "object_id", "language", "audience")
_TEXTS = ("title", "body", "lemmas", "title_lemmas", "part_lemmas", "plain_lemmas")
_CONTENT = (*_TEXTS, "url_name", "url_kwargs", "weight", "sort")


def index(
    *,
    scope: str,
    kind: str,
    object_id: str,
    texts: Mapping[str, tuple[str, str]],
    url_name: str,
    url_kwargs: Mapping[str, Any] | None = None,
    audience: str = PUBLIC,
    weight: int = 0,
    purge_old: bool = False,
) -> None:
    """Make an object findable for `audience`, replacing what was indexed of it for that audience before.

    `texts` is {"fi": (title, body), …} in plain text; a language with neither is left out. `weight` orders
    equally good hits. Give `purge_old` when the former text must be unreadable afterwards also on disk
    (redaction); an ordinary edit does without.
    """
    entries = [
        _entry(language, title, body, scope=scope, kind=kind, object_id=object_id, audience=audience)
        for language, (title, body) in texts.items()
        if title.strip() or body.strip()
    ]
    for entry in entries:
        entry.url_name, entry.url_kwargs, entry.weight = url_name, dict(url_kwargs or {}), weight
    entries.sort(key=lambda entry: entry.language)
    with transaction.atomic(using=_database()):
        former = SearchEntry.objects.filter(scope=scope, kind=kind, object_id=object_id, audience=audience)
        before = list(former)
        if {_content(e) for e in before} == {_content(e) for e in entries}:
            return
        written = {entry.language for entry in entries}
        if any(entry.language not in written for entry in before):
            former.exclude(language__in=written).delete()
        # Two at once for a new object must not meet a violated constraint: the later one wins.
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=_IDENTITY, update_fields=_CONTENT
        )
        if before and purge_old:
            purge()


def unindex(*, scope: str, kind: str, object_id: str, audience: str | None = None) -> None:
    """Take an object out for one audience, or (None) for all; nothing of it stays readable on disk."""
    former = SearchEntry.objects.filter(scope=scope, kind=kind, object_id=object_id)
    if audience is not None:
        former = former.filter(audience=audience)
    with transaction.atomic(using=_database()):
        if former.delete()[0]:
            purge()


def unindex_scope(scope: str) -> None:
    """Take out everything of a plan that is erased."""
    with transaction.atomic(using=_database()):
        if SearchEntry.objects.filter(scope=scope).delete()[0]:
            purge()


def purge() -> None:
    """Drop the words of deleted rows from SQLite's index, and after the commit from its write-ahead log.

    FTS5 only marks deleted words until their segment is merged; here all of it is (measured in
    tests/common/search/test_erasure.py).
    SQLite 3.42 and later delete them at once, and on PostgreSQL VACUUM does it.
    """
    using = _database()
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    if sqlite3.sqlite_version_info < (3, 42):
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FULLTEXT}({FULLTEXT}) VALUES ('optimize')")  # noqa: S608
    transaction.on_commit(lambda: _empty_log(using), using=using)


def _database() -> str:
    return router.db_for_write(SearchEntry)


def _empty_log(using: str) -> None:
    """Old pages live on in the log until it is emptied; a reader in the way leaves it to the next."""
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = cursor.fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 1000")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")


def _entry(language: str, title: str, body: str, **identity: str) -> SearchEntry:
    title, body = clean(title).strip(), clean(body).strip()
    in_title, in_body = words(title), words(body)
    every = dict.fromkeys([*in_title, *in_body])
    title_lemmas = _with_lemmas(in_title, language)
    body_lemmas = _with_lemmas(in_body, language)
    parts = dict.fromkeys(part for word in every for part in analyse(word, language).parts)
    plain = dict.fromkeys(
        plain for form in dict.fromkeys([*title_lemmas, *body_lemmas]) if (plain := fold_plain(form)) != form
    )
    return SearchEntry(
        **identity,
        language=language,
        title=title,
        body=body,
        title_lemmas=_joined(title_lemmas),
        lemmas=_joined(body_lemmas),
        part_lemmas=_joined(parts),
        plain_lemmas=_joined(plain),
        sort=sort_key(title),
    )


def _joined(found: Iterable[str]) -> str:
    return " ".join(map(as_stored, found))


def _with_lemmas(found: Iterable[str], language: str) -> list[str]:
    """Each word followed by its base forms where they differ: nuorten nuori."""
    every: list[str] = []
    for word in found:
        every.append(word)
        every.extend(lemma for lemma in analyse(word, language).lemmas if lemma != word)
    return every if len(every) <= MOST_WORDS else list(dict.fromkeys(every))


def _content(entry: SearchEntry) -> tuple:
    kwargs = tuple(sorted((key, str(value)) for key, value in entry.url_kwargs.items()))
    return (entry.language, entry.url_name, kwargs, entry.weight, *(getattr(entry, n) for n in _TEXTS))
