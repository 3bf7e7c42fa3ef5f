"""Search across a plan by the base forms of words, on SQLite and PostgreSQL alike.

Rooms call `index` and `unindex` in their actions, in the same transaction as the change itself; pages call
`search`.
"""

from lautta.common.search.index import index, purge, unindex, unindex_scope
from lautta.common.search.models import PUBLIC, SearchEntry, organisation_audience
from lautta.common.search.results import Hit, SearchResult, search

__all__ = [
    "PUBLIC",
    "Hit",
    "SearchEntry",
    "SearchResult",
    "index",
    "organisation_audience",
    "purge",
    "search",
    "unindex",
    "unindex_scope",
]
