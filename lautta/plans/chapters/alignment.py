"""Which parts of two sequences answer to each other: equal ones first, then the most alike of the rest, in
order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

# A gap with more pairs than this is not searched for matches: it counts as rewritten.
LARGEST_GAP = 250_000
LARGEST_PAIRING = 10_000
ALIKE = 0.3


def matches(a: Sequence[T], b: Sequence[T]) -> list[tuple[int, int]]:
    """Index pairs of equal elements, rising in both. Never quadratic in more than LARGEST_GAP.

    Elements that stand once in both texts anchor the rest (patience difference): people recognise their
    own changes.
    """
    found: list[tuple[int, int]] = []
    gaps = [(0, len(a), 0, len(b))]
    while gaps:
        a0, a1, b0, b1 = gaps.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            found.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            found.append((a1, b1))
        if a0 == a1 or b0 == b1:
            continue
        if anchors := _anchors(a, b, a0, a1, b0, b1):
            at, bt = a0, b0
            for i, j in anchors:
                gaps.append((at, i, bt, j))
                found.append((i, j))
                at, bt = i + 1, j + 1
            gaps.append((at, a1, bt, b1))
        elif (a1 - a0) * (b1 - b0) <= LARGEST_GAP:
            matcher = SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False)
            for i, j, size in matcher.get_matching_blocks():
                found.extend((a0 + i + k, b0 + j + k) for k in range(size))
    return sorted(found)


def _anchors(a, b, a0: int, a1: int, b0: int, b1: int) -> list[tuple[int, int]]:
    """Elements found once on both sides, the longest run of them that rises on both."""
    in_a, in_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    where = {b[j]: j for j in range(b0, b1) if in_b[b[j]] == 1}
    pairs = [(i, where[a[i]]) for i in range(a0, a1) if in_a[a[i]] == 1 and a[i] in where]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest subsequence that rises in the second index, by patience sorting."""
    from bisect import bisect_left

    tops: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(heads[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            heads.append(n)
        else:
            tops[pile], heads[pile] = j, n
    chain = []
    n = heads[-1] if heads else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def align(
    a: Sequence[T], b: Sequence[T], alike: Callable[[T, T], float]
) -> list[tuple[int | None, int | None]]:
    """Every index of both, in order, as (i, j), (i, None) for what b lacks, (None, j) for what a lacks."""
    rows: list[tuple[int | None, int | None]] = []
    at, bt = 0, 0
    for i, j in [*matches(a, b), (len(a), len(b))]:
        rows.extend(_pair(a, b, at, i, bt, j, alike))
        if i < len(a):
            rows.append((i, j))
        at, bt = i + 1, j + 1
    return rows


def _pair(a, b, a0: int, a1: int, b0: int, b1: int, alike) -> list[tuple[int | None, int | None]]:
    """The pairing of a rewritten stretch whose likenesses sum up to the most."""
    n, m = a1 - a0, b1 - b0
    alone = [(i, None) for i in range(a0, a1)] + [(None, j) for j in range(b0, b1)]
    if not n or not m or n * m > LARGEST_PAIRING:
        return alone  # type: ignore[return-value]
    likeness = [[alike(a[a0 + i], b[b0 + j]) for j in range(m)] for i in range(n)]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    rows: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < n and j < m:
        if likeness[i][j] >= ALIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            rows.append((a0 + i, b0 + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            rows.append((a0 + i, None))
            i += 1
        else:
            rows.append((None, b0 + j))
            j += 1
    rows.extend((a0 + k, None) for k in range(i, n))
    rows.extend((None, b0 + k) for k in range(j, m))
    return rows


def likeness_of_words(a: str, b: str) -> float:
    """Share of common words (Dice), 0–1; two empty texts are alike."""
    x, y = Counter(a.lower().split()), Counter(b.lower().split())
    total = x.total() + y.total()
    return 2 * (x & y).total() / total if total else 1.0
