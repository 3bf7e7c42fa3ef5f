"""Clashes and gaps of a year. No database: happenings in, findings with a proposed day out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from lautta.annual_clock.recurrence import DAY, nth_weekday, working_day

# A report is read before the meeting; a council needs its decision this long before the budget is fixed.
BEFORE_MEETING = dt.timedelta(days=7)
BEFORE_BUDGET = dt.timedelta(days=14)
# An anchor further away than this belongs to another turn of the year.
NEAR = dt.timedelta(days=183)
BUDGET_SEASON = 8
COUNCILS = frozenset({"council", "county_council"})
# Nobody is at work: an empty July is a holiday, not a gap.
QUIET_MONTHS = frozenset({7})
EVERYONE = "everyone"


class Kind(StrEnum):
    LATE_REPORT = "late_report"
    LATE_COUNCIL = "late_council"
    OVERLAP = "overlap"
    EMPTY_MONTH = "empty_month"


class Dated(Protocol):
    """What the search asks of a happening."""

    @property
    def key(self) -> str: ...
    @property
    def day(self) -> dt.date: ...
    @property
    def last(self) -> dt.date: ...
    @property
    def kind(self) -> str: ...
    @property
    def organisation(self) -> int | None: ...
    @property
    def starts_at(self) -> dt.time | None: ...
    @property
    def ends_at(self) -> dt.time | None: ...
    @property
    def event_pk(self) -> int | None: ...
    @property
    def body(self) -> int | None: ...
    @property
    def body_kind(self) -> str: ...
    @property
    def serves(self) -> int | None: ...
    @property
    def serves_body(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """`first` should be moved to `proposed`; `second` is what it clashes with. An empty month has neither, but `month`."""

    kind: Kind
    day: dt.date
    proposed: dt.date | None
    first: Dated | None = None
    second: Dated | None = None
    month: int = 0


def find(
    happenings: Sequence[Dated], year: int, *, people: Callable[[Dated], Collection[str]] = lambda _h: ()
) -> list[Finding]:
    """All findings of the year by day. `people`: whom an event concerns, as words."""
    found = [
        *_late_reports(happenings),
        *_late_councils(happenings),
        *_overlaps(happenings, people),
        *_empty_months(happenings, year),
    ]
    return sorted(found, key=lambda f: (f.day, f.kind, f.first.key if f.first else ""))


def _late_reports(happenings: Sequence[Dated]) -> Iterable[Finding]:
    by_event: dict[int, list[Dated]] = defaultdict(list)
    by_body: dict[int, list[Dated]] = defaultdict(list)
    for h in happenings:
        if h.event_pk is not None:
            by_event[h.event_pk].append(h)
        if h.body is not None and h.kind == "meeting":
            by_body[h.body].append(h)
    for h in happenings:
        needing = [*by_event.get(h.serves or 0, ()), *by_body.get(h.serves_body or 0, ())]
        near = [other for other in needing if abs(other.day - h.last) <= NEAR]
        # What comes after it is served in time; only when nothing does, the last one before it was missed.
        if near and all(other.day < h.last for other in near):
            missed = max(near, key=lambda other: other.day)
            yield Finding(
                Kind.LATE_REPORT, h.day, working_day(missed.day - BEFORE_MEETING, "previous"), h, missed
            )


def _late_councils(happenings: Sequence[Dated]) -> Iterable[Finding]:
    """The first meeting of the autumn comes after the organisation's budget is fixed."""
    budgets = [h for h in happenings if h.kind == "budget"]
    meetings: dict[int | None, list[Dated]] = defaultdict(list)
    for h in happenings:
        if h.kind == "meeting" and h.body_kind in COUNCILS:
            meetings[h.organisation].append(h)
    for budget in budgets:
        season = dt.date(budget.day.year, BUDGET_SEASON, 1)
        autumn = sorted(
            (m for m in meetings.get(budget.organisation, ()) if m.day >= season), key=lambda m: m.day
        )
        if budget.organisation is not None and autumn and autumn[0].day > budget.day >= season:
            yield Finding(
                Kind.LATE_COUNCIL, autumn[0].day, working_day(budget.day - BEFORE_BUDGET, "previous"), autumn[0], budget
            )  # fmt: skip


def _overlaps(happenings: Sequence[Dated], people: Callable[[Dated], Collection[str]]) -> Iterable[Finding]:
    """Two workshops at the same time for the same people: of the same organisation, or for the same group."""
    by_day: dict[dt.date, list[Dated]] = defaultdict(list)
    for h in happenings:
        if h.kind == "workshop":
            day = h.day
            while day <= h.last:
                by_day[day].append(h)
                day += DAY
    told: set[tuple[str, str]] = set()
    for day in sorted(by_day):
        rows = sorted(by_day[day], key=lambda h: (h.starts_at or dt.time.min, h.key))
        # Only neighbours in time: of ten at once, each is told against the one before it.
        for one, other in pairwise(rows):
            pair = (one.key, other.key)
            if pair in told or not _at_once(one, other) or not _same_people(one, other, people):
                continue
            told.add(pair)
            yield Finding(Kind.OVERLAP, day, _free_day(other, one, by_day, people), other, one)


def _at_once(one: Dated, other: Dated) -> bool:
    if one.starts_at is None or other.starts_at is None:
        return True
    return other.starts_at < (one.ends_at or dt.time.max) and one.starts_at < (other.ends_at or dt.time.max)


def _same_people(one: Dated, other: Dated, people: Callable[[Dated], Collection[str]]) -> bool:
    if one.organisation is not None and one.organisation == other.organisation:
        return True
    mine, theirs = set(people(one)), set(people(other))
    if not mine or not theirs:
        return False
    return bool(mine & theirs) or EVERYONE in mine or EVERYONE in theirs


def _free_day(
    moved: Dated, stays: Dated, by_day: dict[dt.date, list[Dated]], people: Callable[[Dated], Collection[str]]
) -> dt.date:  # fmt: skip
    """The next working day, preferably of the same weekday, on which the moved one meets none of its people's workshops."""
    for step in (*range(7, 29, 7), *range(1, 29)):
        day = working_day(moved.day + dt.timedelta(days=step), "next")
        if not any(h.key != moved.key and _same_people(h, moved, people) for h in by_day.get(day, ())):
            return day
    return working_day(stays.last + DAY, "next")


def _empty_months(happenings: Sequence[Dated], year: int) -> Iterable[Finding]:
    full: set[int] = set()
    for h in happenings:
        first = h.day.month if h.day.year == year else 1
        last = h.last.month if h.last.year == year else 12
        full.update(range(first, last + 1))
    for month in sorted(set(range(1, 13)) - full - QUIET_MONTHS):
        third = nth_weekday(year, month, 3, 1)
        proposed = working_day(third, "next") if third else None
        yield Finding(Kind.EMPTY_MONTH, dt.date(year, month, 1), proposed, month=month)
