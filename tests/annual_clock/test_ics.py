"""What we write, the icalendar parser reads back; the change to summer time alters no meaning."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.annual_clock.ics import Entry, calendar_of
from lautta.annual_clock.importing import read_calendar

ZONE = "Europe/Helsinki"
NOW = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=80)
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@st.composite
def entries(draw):
    day = draw(st.dates(dt.date(2000, 1, 1), dt.date(2037, 12, 1)))
    start = draw(st.none() | TIMES)
    end = draw(TIMES) if start and draw(st.booleans()) else None
    last = day + dt.timedelta(days=draw(st.integers(0, 5)))
    if start and end and end <= start:
        last = max(last, day + dt.timedelta(days=1))
    return Entry(
        f"e{draw(st.integers(0, 10**9))}", day, last, draw(WORDS), start, end, draw(WORDS), draw(WORDS),
        sequence=draw(st.integers(0, 99)), modified=NOW, cancelled=draw(st.booleans()),
    )  # fmt: skip


def parsed(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


@settings(max_examples=60, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=4))
def test_a_parser_reads_what_was_written(written):
    found = parsed(calendar_of(written, name="Kello", zone=ZONE, now=NOW))
    assert len(found) == len(written)
    for entry, event in zip(written, found, strict=True):
        assert str(event["UID"]) == entry.uid
        assert int(event["SEQUENCE"]) == entry.sequence
        assert str(event["SUMMARY"]) == entry.title
        assert event["LAST-MODIFIED"].dt == NOW
        assert (event.get("STATUS") == "CANCELLED") is entry.cancelled
        start = event["DTSTART"].dt
        if entry.starts_at is None:
            assert (start, event["DTEND"].dt) == (entry.day, entry.last + dt.timedelta(days=1))
        else:
            assert (start.date(), start.time(), event["DTSTART"].params["TZID"]) == (
                entry.day,
                entry.starts_at,
                ZONE,
            )


def test_half_past_nine_stays_half_past_nine_over_the_change_to_summer_time():
    days = [dt.date(2024, 3, 26), dt.date(2024, 4, 2), dt.date(2024, 10, 22), dt.date(2024, 10, 29)]
    content = calendar_of(
        [Entry(str(d), d, d, "Kokous", dt.time(9, 30), dt.time(11)) for d in days],
        name="K",
        zone=ZONE,
        now=NOW,
    )
    found = [event["DTSTART"].dt for event in parsed(content)]
    assert [d.strftime("%H:%M") for d in found] == ["09:30"] * 4
    assert [d.astimezone(dt.UTC).hour for d in found] == [7, 6, 6, 7]


def test_the_zone_itself_says_the_change():
    """A reader that knows no zones reckons from VTIMEZONE alone."""
    content = calendar_of(
        [Entry("a", dt.date(2024, 3, 31), dt.date(2024, 3, 31), "x", dt.time(9))],
        name="K",
        zone=ZONE,
        now=NOW,
    )
    zone = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")[0].to_tz()
    for moment in (dt.datetime(2024, 3, 30, 9), dt.datetime(2024, 3, 31, 9), dt.datetime(2024, 10, 27, 9)):
        assert zone.utcoffset(moment) == ZoneInfo(ZONE).utcoffset(moment)


def test_whole_days_alone_have_a_zone_too():
    content = calendar_of(
        [Entry("a", dt.date(2024, 6, 1), dt.date(2024, 6, 2), "x")], name="K", zone=ZONE, now=NOW
    )
    assert b"BEGIN:VTIMEZONE" in content


@settings(max_examples=40, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=4, unique_by=lambda e: e.uid))
def test_our_own_calendar_can_be_brought_in(written):
    rows = read_calendar(calendar_of(written, name="K", zone=ZONE, now=NOW), zone=ZONE)
    for entry, row in zip(written, rows, strict=True):
        assert (row.uid, row.title) == (entry.uid, " ".join(entry.title.split())) or row.problem
        if not row.problem:
            assert row.values["starts_on"] == entry.day
            assert row.values["starts_at"] == entry.starts_at
