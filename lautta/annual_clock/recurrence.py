"""On which days a rule falls. No database, no page: rules in, days out, in wall time.

Written out by hand, since a page reckons thousands of rules at once; the tests hold it against dateutil's rrule.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import holidays

DAY = dt.timedelta(days=1)
# How far off a holiday can push: Christmas and a weekend are five days together.
SLACK = dt.timedelta(days=10)
WEEK_OF = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """When an event falls.

    repeat: a word of choices.Repeat; nothing falls before `starts_on` or after `until`
    nth, weekday, month: the second (2) or last (-1) Tuesday (1; Monday is 0) of April (4), of every month when 0
    interval: weeks between (weekly); offset: days after the anchor, negative before it (relative)
    off_holiday: "", "next" or "previous" working day
    """

    repeat: str
    starts_on: dt.date
    nth: int = 0
    weekday: int = 0
    month: int = 0
    interval: int = 1
    offset: int = 0
    until: dt.date | None = None
    off_holiday: str = ""


class Ruled(Protocol):
    """What is asked of a rule; a row of the database may stand for one."""

    @property
    def repeat(self) -> str: ...
    @property
    def starts_on(self) -> dt.date: ...
    @property
    def nth(self) -> int: ...
    @property
    def weekday(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def interval(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def until(self) -> dt.date | None: ...
    @property
    def off_holiday(self) -> str: ...


@cache
def holidays_of(year: int, country: str = "FI") -> frozenset[dt.date]:
    """The country's public holidays, Christmas Eve and Midsummer Eve among them."""
    return frozenset(holidays.country_holidays(country, years=year))


def is_working(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(day.year)


def working_day(day: dt.date, towards: str) -> dt.date:
    """The day itself when it is a working day, else the "next" or "previous" one; "" leaves it where it is."""
    if not towards:
        return day
    step = DAY if towards == "next" else -DAY
    while not is_working(day):
        day += step
    return day


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> dt.date | None:
    """The nth such weekday of a month, -1 for the last; None when the month has no fifth."""
    if nth < 0:
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, last - (dt.date(year, month, last).weekday() - weekday) % WEEK_OF)
    first = dt.date(year, month, 1).weekday()
    day = 1 + (weekday - first) % WEEK_OF + WEEK_OF * (nth - 1)
    return dt.date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _once(rule: Ruled, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (rule.starts_on,)


def _yearly(rule: Ruled, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    month, day = rule.starts_on.month, rule.starts_on.day
    for year in range(max(first.year, rule.starts_on.year), last.year + 1):
        if (month, day) != (2, 29) or calendar.isleap(year):
            yield dt.date(year, month, day)


def _nth(rule: Ruled, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    for year in range(max(first.year, rule.starts_on.year), last.year + 1):
        for month in (rule.month,) if rule.month else range(1, 13):
            if found := nth_weekday(year, month, rule.nth, rule.weekday):
                yield found


def _weekly(rule: Ruled, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    step = WEEK_OF * max(1, rule.interval)
    day = rule.starts_on + dt.timedelta(days=max(0, -(-(first - rule.starts_on).days // step)) * step)
    while day <= last:
        yield day
        day += dt.timedelta(days=step)


_BY_REPEAT: Mapping[str, Callable[[Ruled, dt.date, dt.date], Iterable[dt.date]]] = {
    "once": _once, "yearly": _yearly, "nth": _nth, "weekly": _weekly,
}  # fmt: skip


def plain_days(rule: Ruled, first: dt.date, last: dt.date, anchors: Iterable[dt.date] = ()) -> list[dt.date]:
    """The rule's own days from `first` to `last`, before holidays move them. `anchors`: days of what a relative rule follows."""
    made: Iterable[dt.date]
    if rule.repeat == "relative":
        made = sorted({anchor + dt.timedelta(days=rule.offset) for anchor in anchors})
    else:
        made = _BY_REPEAT[rule.repeat](rule, first, last)
    end = min(last, rule.until) if rule.until else last
    begin = max(first, rule.starts_on)
    return [day for day in made if begin <= day <= end]


def days_of(
    rule: Ruled,
    first: dt.date,
    last: dt.date,
    *,
    anchors: Iterable[dt.date] = (),
    exceptions: Mapping[dt.date, dt.date | None] | None = None,
) -> list[tuple[dt.date, dt.date]]:
    """(the rule's own day, the day on which it happens) from `first` to `last` by the latter.

    exceptions: the rule's own day → where it was moved, or None when it was cancelled.
    """
    moved = exceptions or {}
    if not rule.off_holiday and not moved:
        return [(day, day) for day in plain_days(rule, first, last, anchors)]
    near = plain_days(rule, first - SLACK, last + SLACK, anchors)
    if not moved:
        pairs = [(day, working_day(day, rule.off_holiday)) for day in near]
        return [pair for pair in pairs if first <= pair[1] <= last]
    # What was moved far must be found from where it was.
    own = sorted({*near, *(day for day in moved if day in set(plain_days(rule, day, day, anchors)))})
    found = []
    for day in own:
        happens = moved.get(day, day) if day in moved else working_day(day, rule.off_holiday)
        if happens is not None and first <= happens <= last:
            found.append((day, happens))
    return sorted(found, key=lambda pair: pair[1])


def never_occurs(rule: Ruled, anchors: Iterable[dt.date] = ()) -> bool:
    """Whether the rule falls on no day within nine years of its beginning: the leap day always comes by then."""
    far = rule.starts_on.replace(year=min(rule.starts_on.year + 9, 9000), day=min(rule.starts_on.day, 28))
    return not plain_days(rule, rule.starts_on, far, anchors)
