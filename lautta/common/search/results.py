"""Searching: at most three statements, whatever is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, router

from lautta.common.search.excerpts import Segment, excerpt
from lautta.common.search.models import PUBLIC, SearchEntry
from lautta.common.search.operations import FULLTEXT, TABLE
from lautta.common.search.query import Query, parse

MOST_HITS = 100
# What a match is worth in the title, the body, a part of a compound, and with å ä ö typed as a a o.
WORTH = (10.0, 2.0, 0.5, 0.25)

# CROSS JOIN: SQLite must begin with the full-text index, or it would search it anew for each row.
_SQLITE_SCORE = f"-bm25({FULLTEXT}, {', '.join(map(str, WORTH))})"
_SQLITE_MATCHED = f"""
    FROM {FULLTEXT} CROSS JOIN {TABLE} e ON e.id = {FULLTEXT}.rowid
    WHERE {FULLTEXT} MATCH %(query)s
"""
_SQLITE_TITLED = f"e.id IN (SELECT rowid FROM {FULLTEXT} WHERE {FULLTEXT} MATCH %(titles)s)"  # noqa: S608
# PostgreSQL takes the weights in the order D, C, B, A, none above 1.
_RANKS = ", ".join(str(worth / max(WORTH)) for worth in reversed(WORTH))
_POSTGRES_SCORE = f"ts_rank_cd('{{{_RANKS}}}', e.vector, to_tsquery('simple', %(query)s), 1)"
_POSTGRES_MATCHED = f"""
    FROM {TABLE} e
    WHERE e.vector @@ to_tsquery('simple', %(query)s)
"""
_POSTGRES_TITLED = "e.vector @@ to_tsquery('simple', %(titles)s)"

_COUNTS = """
    SELECT e.kind, COUNT(DISTINCT e.object_id)
    {matched} AND e.scope = %(scope)s AND e.audience IN ({audiences})
    GROUP BY e.kind ORDER BY e.kind
"""
_PAGE = """
    WITH matched AS MATERIALIZED (
        SELECT e.id, {score} AS score, {titled} AS titled
        {matched} AND e.scope = %(scope)s AND e.audience IN ({audiences}){kinds}
    ),
    placed AS (
        SELECT e.id, e.kind, e.object_id, e.weight, e.sort, m.score, m.titled,
               ROW_NUMBER() OVER (
                   PARTITION BY e.kind, e.object_id
                   ORDER BY CASE WHEN e.language = %(language)s THEN 0 ELSE 1 END,
                            m.score DESC, e.audience, e.language
               ) AS place
        FROM matched m JOIN {table} e ON e.id = m.id
    )
    SELECT e.kind, e.object_id, e.title, e.body, e.language, e.url_name, e.url_kwargs
    FROM placed p JOIN {table} e ON e.id = p.id
    WHERE p.place = 1
    ORDER BY p.titled DESC, p.score DESC, p.weight DESC, p.sort, p.kind, p.object_id
    LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found object, in the asked language if it was found in it.

    Segments are plain text with whether it is a match: the template escapes them.
    """

    kind: str
    object_id: str
    title: str
    excerpt: tuple[Segment, ...]
    language: str
    url_name: str
    url_kwargs: dict[str, Any]
    title_segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits. `total` counts objects of the asked kinds, `kinds` of every kind.

    `loosened`: nothing held all the words, so these hold some of them, or hold them with å ä ö.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    kinds: dict[str, int] = field(default_factory=dict)
    loosened: bool = False


def search(
    scope: str,
    query: str,
    *,
    language: str,
    audiences: Sequence[str] = (PUBLIC,),
    kinds: Sequence[str] | None = None,
    offset: int = 0,
    limit: int = 20,
) -> SearchResult:
    """Objects of one scope that the audiences may see, best first. Any string is a query; none raises."""
    wanted = parse(query, language)
    if wanted is None or not audiences:
        return SearchResult()
    counts = _counts(wanted, scope, audiences)
    if not counts:
        wanted = wanted.loosened()
        counts = _counts(wanted, scope, audiences)
    total = sum(number for kind, number in counts.items() if kinds is None or kind in kinds)
    offset, limit = max(0, offset), min(max(0, limit), MOST_HITS)
    hits: tuple[Hit, ...] = ()
    if limit and offset < total:
        hits = _page(wanted, scope, audiences, kinds=kinds, language=language, offset=offset, limit=limit)
    return SearchResult(total, hits, counts, loosened=bool(counts) and not wanted.strict)


def _counts(query: Query, scope: str, audiences: Sequence[str]) -> dict[str, int]:
    return dict(_rows(_COUNTS, query, scope, audiences))


def _page(
    query: Query, scope: str, audiences: Sequence[str], *, kinds, language: str, offset: int, limit: int
):
    rows = _rows(_PAGE, query, scope, audiences, kinds, language=language, offset=offset, limit=limit)
    return tuple(
        Hit(
            kind=kind,
            object_id=object_id,
            title=title,
            excerpt=excerpt(body, query, found_in),
            language=found_in,
            url_name=url_name,
            url_kwargs=json.loads(url_kwargs),
            title_segments=excerpt(title, query, found_in, length=None),
        )
        for kind, object_id, title, body, found_in, url_name, url_kwargs in rows
    )


def _rows(sql: str, query: Query, scope: str, audiences: Sequence[str], kinds=None, **values) -> list[tuple]:
    connection = _connection()
    if connection.vendor == "postgresql":
        matched, score, titled = _POSTGRES_MATCHED, _POSTGRES_SCORE, _POSTGRES_TITLED
        values |= {"query": query.tsquery(), "titles": query.tsquery(titles=True)}
    else:
        matched, score, titled = _SQLITE_MATCHED, _SQLITE_SCORE, _SQLITE_TITLED
        values |= {"query": query.fts5(), "titles": query.fts5(titles=True)}
    values["scope"] = scope
    named_audiences = _named("audience", audiences, values)
    in_kinds = ""
    if kinds is not None:
        in_kinds = f" AND e.kind IN ({_named('kind', kinds, values)})" if kinds else " AND 1 = 0"
    statement = sql.format(
        matched=matched, score=score, titled=titled, table=TABLE, audiences=named_audiences, kinds=in_kinds
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _named(name: str, given: Sequence[str], values: dict[str, Any]) -> str:
    """Placeholders for a list; its values are added to `values`."""
    values |= {f"{name}{i}": value for i, value in enumerate(given)}
    return ", ".join(f"%({name}{i})s" for i in range(len(given)))


def _connection():
    return connections[router.db_for_read(SearchEntry)]
