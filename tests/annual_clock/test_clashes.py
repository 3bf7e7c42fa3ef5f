"""Clashes and gaps, without a database."""

import datetime as dt
from dataclasses import dataclass

from lautta.annual_clock.clashes import Kind, find
from lautta.annual_clock.recurrence import is_working


@dataclass(frozen=True)
class Row:
    key: str
    day: dt.date
    kind: str = "other"
    organisation: int | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    event_pk: int | None = None
    body: int | None = None
    body_kind: str = ""
    serves: int | None = None
    serves_body: int | None = None
    until: dt.date | None = None
    groups: tuple[str, ...] = ()

    @property
    def last(self) -> dt.date:
        return self.until or self.day


def day(month: int, number: int) -> dt.date:
    return dt.date(2024, month, number)


FULL = [Row(f"m{n}", day(n, 3)) for n in range(1, 13)]


def found(*rows, full=True):
    return find([*(FULL if full else ()), *rows], 2024, people=lambda h: h.groups)


def test_a_quiet_year_has_no_findings():
    assert found() == []


def test_a_report_after_the_meeting_that_needs_it():
    report = Row("r", day(5, 20), "report", serves_body=7)
    [finding] = found(report, Row("c", day(5, 13), "meeting", body=7))
    assert (finding.kind, finding.first.key, finding.second.key) == (Kind.LATE_REPORT, "r", "c")
    assert finding.proposed == day(5, 6)


def test_a_report_before_the_next_meeting_is_in_time():
    rows = [Row("c1", day(2, 12), "meeting", body=7), Row("c2", day(6, 10), "meeting", body=7)]
    assert found(Row("r", day(5, 20), "report", serves_body=7), *rows) == []


def test_a_report_for_an_event_of_the_clock():
    [finding] = found(Row("r", day(5, 20), "report", serves=9), Row("e", day(5, 2), event_pk=9))
    assert finding.kind == Kind.LATE_REPORT
    assert finding.proposed == day(4, 25)


def test_a_council_that_meets_after_the_budget():
    budget = Row("b", day(10, 31), "budget", organisation=1)
    council = Row("c", day(11, 18), "meeting", organisation=1, body=7, body_kind="council")
    [finding] = found(
        budget, council, Row("spring", day(6, 3), "meeting", organisation=1, body=7, body_kind="council")
    )
    assert (finding.kind, finding.first.key, finding.proposed) == (Kind.LATE_COUNCIL, "c", day(10, 17))


def test_a_council_in_time_and_another_organisations_budget_are_no_clash():
    budget = Row("b", day(10, 31), "budget", organisation=1)
    own = Row("c", day(9, 18), "meeting", organisation=1, body=7, body_kind="council")
    other = Row("o", day(11, 18), "meeting", organisation=2, body=8, body_kind="council")
    assert found(budget, own, other) == []


def test_two_workshops_for_the_same_people():
    one = Row("a", day(9, 10), "workshop", 1, dt.time(9), dt.time(12), groups=("schools",))
    two = Row("b", day(9, 10), "workshop", 2, dt.time(11), dt.time(13), groups=("schools",))
    [finding] = found(one, two)
    assert (finding.kind, finding.first.key, finding.proposed) == (Kind.OVERLAP, "b", day(9, 17))


def test_one_after_the_other_or_for_others_is_no_clash():
    one = Row("a", day(9, 10), "workshop", 1, dt.time(9), dt.time(11), groups=("schools",))
    assert (
        found(one, Row("b", day(9, 10), "workshop", 2, dt.time(11), dt.time(13), groups=("schools",))) == []
    )
    assert (
        found(one, Row("b", day(9, 10), "workshop", 2, dt.time(9), dt.time(11), groups=("families",))) == []
    )
    assert found(one, Row("b", day(9, 10), "workshop", 2, dt.time(9), dt.time(11))) == []


def test_workshops_of_many_days_clash_once():
    rows = [Row(k, day(9, 10), "workshop", 1, until=day(9, 12)) for k in "ab"]
    assert len(found(*rows)) == 1


def test_the_proposed_day_is_free():
    rows = [Row(k, day(9, 10), "workshop", 1) for k in "ab"] + [Row("c", day(9, 17), "workshop", 1)]
    finding = next(f for f in found(*rows) if f.first.key == "b")
    assert finding.proposed == day(9, 24)


def test_empty_months_but_for_july():
    rows = [Row("a", day(1, 10)), Row("long", day(2, 20), until=day(4, 2))]
    findings = find(rows, 2024)
    assert [f.month for f in findings] == [5, 6, 8, 9, 10, 11, 12]
    assert all(f.kind == Kind.EMPTY_MONTH and is_working(f.proposed) for f in findings)
