"""Our rules against dateutil's rrule, and Finland's holidays."""

import datetime as dt

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.annual_clock.recurrence import (
    Rule,
    days_of,
    is_working,
    never_occurs,
    nth_weekday,
    plain_days,
    working_day,
)

DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2060, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 1500)).map(lambda p: (p[0], p[0] + dt.timedelta(days=p[1])))
UNTIL = st.none() | st.integers(0, 4000)


def reference(rule: rrule.rrule, span) -> list[dt.date]:
    first, last = (dt.datetime.combine(day, dt.time()) for day in span)
    return [found.date() for found in rule.between(first, last, inc=True)]


def until_of(start: dt.date, days: int | None) -> dt.date | None:
    return None if days is None else start + dt.timedelta(days=days)


def at(day: dt.date | None) -> dt.datetime | None:
    return day and dt.datetime.combine(day, dt.time())


@settings(max_examples=300, deadline=None)
@given(start=DAYS, span=SPANS, until=UNTIL, interval=st.integers(1, 52))
def test_weeks_fall_as_dateutil_says(start, span, until, interval):
    end = until_of(start, until)
    ours = plain_days(Rule("weekly", start, interval=interval, until=end), *span)
    assert ours == reference(
        rrule.rrule(rrule.WEEKLY, dtstart=at(start), interval=interval, until=at(end)), span
    )


@settings(max_examples=300, deadline=None)
@given(start=DAYS, span=SPANS, until=UNTIL)
def test_the_same_day_each_year_falls_as_dateutil_says(start, span, until):
    end = until_of(start, until)
    ours = plain_days(Rule("yearly", start, until=end), *span)
    assert ours == reference(rrule.rrule(rrule.YEARLY, dtstart=at(start), until=at(end)), span)


@settings(max_examples=300, deadline=None)
@given(
    start=DAYS, span=SPANS, until=UNTIL, nth=st.sampled_from([-1, 1, 2, 3, 4, 5]), weekday=st.integers(0, 6),
    month=st.integers(0, 12),
)  # fmt: skip
def test_the_second_tuesday_falls_as_dateutil_says(start, span, until, nth, weekday, month):
    end = until_of(start, until)
    rule = Rule("nth", start, nth=nth, weekday=weekday, month=month, until=end)
    by = rrule.weekdays[weekday](nth)
    freq, months = (rrule.YEARLY, month) if month else (rrule.MONTHLY, None)
    theirs = rrule.rrule(freq, dtstart=at(start), bymonth=months, byweekday=by, until=at(end))
    assert plain_days(rule, *span) == reference(theirs, span)


@given(day=DAYS, towards=st.sampled_from(["next", "previous"]))
def test_a_working_day_is_near_and_on_the_right_side(day, towards):
    found = working_day(day, towards)
    assert is_working(found)
    assert abs(found - day) <= dt.timedelta(days=6)
    assert (found >= day) if towards == "next" else (found <= day)


@settings(max_examples=100, deadline=None)
@given(start=DAYS, span=SPANS, move=st.sampled_from(["", "next", "previous"]), offset=st.integers(-60, 60))
def test_a_part_of_a_span_has_the_same_days_as_the_whole(start, span, move, offset):
    """What is moved over a year's end is found in the year into which it was moved, once."""
    rule = Rule("weekly", start, interval=3, off_holiday=move)
    middle = span[0] + (span[1] - span[0]) / 2
    whole = days_of(rule, *span)
    assert whole == days_of(rule, span[0], middle) + days_of(rule, middle + dt.timedelta(days=1), span[1])


def test_the_second_tuesday_of_april():
    assert nth_weekday(2024, 4, 2, 1) == dt.date(2024, 4, 9)
    assert nth_weekday(2024, 2, 5, 4) is None
    assert nth_weekday(2024, 2, -1, 3) == dt.date(2024, 2, 29)


def test_three_weeks_before_the_council():
    council = [dt.date(2024, 6, 17), dt.date(2024, 11, 11)]
    rule = Rule("relative", dt.date(2024, 1, 1), offset=-21)
    found = plain_days(rule, dt.date(2024, 1, 1), dt.date(2024, 12, 31), council)
    assert found == [dt.date(2024, 5, 27), dt.date(2024, 10, 21)]


@pytest.mark.parametrize(
    ("move", "day"), [("", (2024, 12, 6)), ("next", (2024, 12, 9)), ("previous", (2024, 12, 5))]
)
def test_not_on_independence_day(move, day):
    rule = Rule("yearly", dt.date(2020, 12, 6), off_holiday=move)
    found = days_of(rule, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert found == [(dt.date(2024, 12, 6), dt.date(*day))]


def test_new_years_day_moved_back_falls_into_the_old_year():
    rule = Rule("yearly", dt.date(2020, 1, 1), off_holiday="previous")
    assert days_of(rule, dt.date(2024, 12, 1), dt.date(2024, 12, 31)) == [
        (dt.date(2025, 1, 1), dt.date(2024, 12, 31))
    ]


def test_exceptions_move_and_cancel():
    rule = Rule("nth", dt.date(2023, 1, 1), nth=2, weekday=1, month=4)
    moved = {dt.date(2024, 4, 9): dt.date(2024, 9, 3), dt.date(2025, 4, 8): None}
    found = days_of(rule, dt.date(2024, 1, 1), dt.date(2025, 12, 31), exceptions=moved)
    assert found == [(dt.date(2024, 4, 9), dt.date(2024, 9, 3))]
    assert days_of(rule, dt.date(2024, 9, 1), dt.date(2024, 9, 30), exceptions=moved) == found


@pytest.mark.parametrize(
    ("rule", "never"),
    [
        (Rule("nth", dt.date(2024, 5, 1), nth=2, weekday=1, month=4, until=dt.date(2025, 3, 1)), True),
        (Rule("nth", dt.date(2024, 1, 1), nth=5, weekday=3, month=2), False),
        (Rule("yearly", dt.date(2024, 2, 29)), False),
        (Rule("once", dt.date(2024, 2, 29)), False),
        (Rule("relative", dt.date(2024, 1, 1), offset=-3), True),
    ],
)
def test_a_rule_that_never_occurs_is_known(rule, never):
    assert never_occurs(rule) is never
