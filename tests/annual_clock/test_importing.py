"""Reading .ics files: what is bad is named, what is understood keeps its meaning."""

import datetime as dt

import pytest

from lautta.annual_clock.importing import BadCalendar, read_calendar

ZONE = "Europe/Helsinki"


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".encode()


def one(event: str):
    return read_calendar(calendar(event), zone=ZONE)[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hei",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_calendar_is_refused_in_words(content):
    with pytest.raises(BadCalendar):
        read_calendar(content, zone=ZONE)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("SUMMARY:A\nDTSTART:20249999", "DTSTART"),
        ("DTSTART:20240409", "Nimi"),
        ("SUMMARY:A", "Alkamisaika"),
        ("SUMMARY:A\nDTSTART:20240409T090000\nDTEND:20240409T080000", "ennen kuin se alkaa"),
        ("SUMMARY:A\nDTSTART:20240409T090000\nDTEND:20240408T100000", "ennen kuin se alkaa"),
        ("SUMMARY:A\nDTSTART:20240409\nRRULE:FREQ=DAILY", "Toistosääntöä"),
        ("SUMMARY:A\nDTSTART:20240409\nRRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", "Toistosääntöä"),
        ("SUMMARY:A\nDTSTART:20240409\nRRULE:FREQ=WEEKLY;COUNT=4", "Toistosääntöä"),
        ("SUMMARY:A\nDTSTART:20240409\nRECURRENCE-ID:20240409", "poikkeusta"),
        ("SUMMARY:A\nDTSTART:15000101", "vuosi"),
    ],
)
def test_a_bad_row_is_named(event, why):
    row = one(event)
    assert why in str(row.problem)
    assert not row.values


def test_the_others_are_read_all_the_same():
    rows = read_calendar(
        calendar("SUMMARY:A\nDTSTART:20240409", "SUMMARY:B\nDTSTART:x", "SUMMARY:C\nDTSTART:20240410"),
        zone=ZONE,
    )
    assert [(r.number, r.title, bool(r.problem)) for r in rows] == [
        (1, "A", False),
        (2, "B", True),
        (3, "C", False),
    ]


def test_times_come_in_the_regions_wall_time():
    row = one("SUMMARY:A\nDTSTART:20240402T063000Z\nDTEND:20240402T080000Z")
    assert (row.values["starts_on"], row.values["starts_at"], row.values["ends_at"]) == (
        dt.date(2024, 4, 2), dt.time(9, 30), dt.time(11)
    )  # fmt: skip


def test_rules_that_are_ours_are_read():
    row = one(
        "SUMMARY:A\nDTSTART:20240409\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=2TU;UNTIL=20301231\nEXDATE;VALUE=DATE:20250408"
    )
    assert (row.values["repeat"], row.values["nth"], row.values["weekday"], row.values["month"]) == (
        "nth",
        2,
        1,
        4,
    )
    assert row.values["repeat_until"] == dt.date(2030, 12, 31)
    assert row.exceptions == {"2025-04-08": None}
    assert one("SUMMARY:A\nDTSTART:20240409\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU").values["interval"] == 2
    assert one("SUMMARY:A\nDTSTART:20240409\nRRULE:FREQ=YEARLY").values["repeat"] == "yearly"
