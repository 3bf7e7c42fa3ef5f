"""A calendar as iCalendar (RFC 5545): written in the region's wall time with its VTIMEZONE, so that half past nine stays
half past nine over the change to summer time.

Every occurrence is an event of its own: what a holiday moved or a person cancelled is then said as it is, and no reader
has to reckon our rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import icalendar

PRODUCT = "-//Lautta//Annual clock//FI"


@dataclass(frozen=True, slots=True)
class Entry:
    """One occurrence as a calendar needs it. `last` is the last day included; without `starts_at` it lasts all day."""

    uid: str
    day: dt.date
    last: dt.date
    title: str
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    description: str = ""
    place: str = ""
    url: str = ""
    sequence: int = 0
    modified: dt.datetime | None = None
    cancelled: bool = False
    category: str = ""


def calendar_of(entries: Iterable[Entry], *, name: str, zone: str, now: dt.datetime) -> bytes:
    """The whole calendar as bytes. `now` is aware; it becomes DTSTAMP where an entry has no time of its own."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"value": "DURATION"})
    place = ZoneInfo(zone)
    for entry in entries:
        calendar.add_component(_event(entry, place, now))
    # Without a timed event there is nothing for a zone to say; calendars still like to know it.
    calendar.add_missing_timezones(first_date=dt.date(1996, 1, 1), last_date=dt.date(2038, 1, 1))
    if not calendar.timezones:
        calendar.add_component(
            icalendar.Timezone.from_tzid(zone, first_date=dt.date(1996, 1, 1), last_date=dt.date(2038, 1, 1))
        )
    return calendar.to_ical()


def _event(entry: Entry, zone: ZoneInfo, now: dt.datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    modified = entry.modified or now
    event.add("dtstamp", modified.astimezone(dt.UTC).replace(microsecond=0))
    event.add("last-modified", modified.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    if entry.starts_at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.last + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        start = dt.datetime.combine(entry.day, entry.starts_at, zone)
        event.add("dtstart", start)
        if entry.ends_at is not None or entry.last > entry.day:
            event.add("dtend", dt.datetime.combine(entry.last, entry.ends_at or dt.time(23, 59), zone))
    texts: Mapping[str, str] = {
        "description": entry.description, "location": entry.place, "url": entry.url, "categories": entry.category,
    }  # fmt: skip
    for name, words in texts.items():
        if words:
            event.add(name, words)
    if entry.cancelled:
        event.add("status", "CANCELLED")
    return event
