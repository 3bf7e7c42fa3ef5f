"""Reading an .ics file: every event that we understand, and every one that we don't, named with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lautta.annual_clock.choices import Repeat

MOST_EVENTS = 2_000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Anything else in a rule (SETPOS, COUNT by the hour …) would silently become other days than the sender meant.
KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "UNTIL", "WKST"})


class BadCalendar(Exception):
    """The file is no calendar at all; `message` says what is wrong with it."""

    def __init__(self, message):
        super().__init__(str(message))
        self.message = message


class BadRow(Exception):
    """One event cannot be taken in."""

    def __init__(self, message):
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Row:
    """One event of the file: `values` for create_event, or `problem`."""

    number: int
    title: str
    day: dt.date | None = None
    values: dict[str, Any] = field(default_factory=dict)
    uid: str = ""
    exceptions: dict[str, None] = field(default_factory=dict)
    problem: str | Promise = ""


def read_calendar(content: bytes, *, zone: str) -> list[Row]:
    """Rows in the order of the file. Raises BadCalendar when the file as a whole cannot be read."""
    try:
        calendars = icalendar.Calendar.from_ical(content, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as problem:
        raise BadCalendar(_("Tiedosto ei ole kalenteri (.ics), tai se on katkennut kesken.")) from problem
    events = [
        event for calendar in calendars if calendar.name == "VCALENDAR" for event in calendar.walk("VEVENT")
    ]
    if not events:
        raise BadCalendar(_("Tiedostossa ei ole yhtään tapahtumaa."))
    if len(events) > MOST_EVENTS:
        raise BadCalendar(_("Tiedostossa on liian monta tapahtumaa: enintään 2 000 kerralla."))
    seen: set[str] = set()
    return [_row(n, event, ZoneInfo(zone), seen) for n, event in enumerate(events, start=1)]


def _row(number: int, event: icalendar.Event, zone: ZoneInfo, seen: set[str]) -> Row:
    title = _text(event, "SUMMARY", 200)
    try:
        # What icalendar could not read it leaves out of the event and remembers.
        if broken := [name for name, _why in event.errors if name]:
            raise BadRow(_("Kenttää %(field)s ei voi lukea.") % {"field": ", ".join(sorted(set(broken)))})
        if not title:
            raise BadRow(_("Nimi puuttuu."))
        if event.get("RECURRENCE-ID") is not None:
            raise BadRow(
                _("Toistuvan tapahtuman yksittäistä poikkeusta ei voi tuoda. Siirrä kerta tuonnin jälkeen.")
            )
        uid = str(event.get("UID") or "")[:200]
        if uid and uid in seen:
            raise BadRow(_("Sama tapahtuma on tiedostossa kahdesti."))
        seen.add(uid)
        values = _times(event, zone) | _rule(event, zone)
        values |= {"description": _text(event, "DESCRIPTION", 4000), "place": _text(event, "LOCATION", 200)}
        exceptions = {day.isoformat(): None for day in _excluded(event, zone)}
        return Row(number, title, values["starts_on"], values, uid, exceptions)
    except BadRow as problem:
        return Row(number, title or str(number), problem=problem.message)


def _text(event: icalendar.Event, name: str, length: int) -> str:
    value = event.get(name)
    value = value[0] if isinstance(value, list) else value
    return " ".join(str(value or "").replace("\x00", "").split())[:length]


def _moment(event: icalendar.Event, name: str, zone: ZoneInfo) -> tuple[dt.date, dt.time | None] | None:
    found = event.get(name)
    if found is None:
        return None
    value = getattr(found, "dt", None)
    if isinstance(value, dt.datetime):
        local = value.astimezone(zone) if value.tzinfo else value
        return local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, dt.date):
        return value, None
    raise BadRow(_("Aikaa ei voi lukea."))


def _times(event: icalendar.Event, zone: ZoneInfo) -> dict[str, Any]:
    start = _moment(event, "DTSTART", zone)
    if start is None:
        raise BadRow(_("Alkamisaika puuttuu."))
    day, at = start
    if not 1990 <= day.year <= 2100:
        raise BadRow(_("Tarkista vuosi."))
    end = _moment(event, "DTEND", zone)
    if end is None and event.get("DURATION") is not None:
        length: Any = event["DURATION"].dt
        if not isinstance(length, dt.timedelta):
            raise BadRow(_("Aikaa ei voi lukea."))
        moment = dt.datetime.combine(day, at or dt.time.min) + length
        end = moment.date(), (moment.time() if at else None)
    if end is None:
        return {"starts_on": day, "starts_at": at, "ends_at": None, "days": 1}
    last, until = end
    if at is None:
        # DTEND of whole days is the first day after; some programs write the same day for both.
        days = (last - day).days or 1
        until = None
    else:
        days = (last - day).days + 1
        if until == dt.time.min and days > 1:
            days, until = days - 1, dt.time(23, 59)
    if days < 1 or (at and until and days == 1 and until < at):
        raise BadRow(_("Tapahtuma päättyy ennen kuin se alkaa."))
    if days > 400:
        raise BadRow(_("Tapahtuma kestää yli vuoden."))
    return {"starts_on": day, "starts_at": at, "ends_at": None if until == at else until, "days": days}


def _rule(event: icalendar.Event, zone: ZoneInfo) -> dict[str, Any]:
    rule = event.get("RRULE")
    if event.get("RDATE") is not None or isinstance(rule, list):
        raise BadRow(_("Toistosääntöä ei voi tuoda. Kirjoita tapahtuma käsin."))
    if rule is None:
        return {"repeat": Repeat.ONCE}
    parts = {name.upper(): list(value) for name, value in rule.items()}
    found = _plain_rule(parts, _moment(event, "DTSTART", zone))
    if found is None or set(parts) - KNOWN:
        raise BadRow(_("Toistosääntöä ei voi tuoda. Kirjoita tapahtuma käsin."))
    if until := parts.get("UNTIL"):
        end = until[0]
        found["repeat_until"] = (
            end.astimezone(zone).date() if isinstance(end, dt.datetime) and end.tzinfo
            else end.date() if isinstance(end, dt.datetime) else end
        )  # fmt: skip
    return found


def _plain_rule(parts: dict[str, list], start: Any) -> dict[str, Any] | None:
    """Our own rule of the same days, or None."""
    freq, interval = str(parts["FREQ"][0]), int(parts.get("INTERVAL", [1])[0])
    day = start[0]
    by_day = [str(d) for d in parts.get("BYDAY", [])]
    months = [int(m) for m in parts.get("BYMONTH", [])]
    by_monthday = [int(d) for d in parts.get("BYMONTHDAY", [])]
    if freq == "WEEKLY" and 1 <= interval <= 52 and not months and not by_monthday:
        return (
            {"repeat": Repeat.WEEKLY, "interval": interval}
            if by_day in ([], [WEEKDAYS[day.weekday()]])
            else None
        )
    if interval != 1 or len(by_day) > 1 or len(months) > 1:
        return None
    if freq == "YEARLY" and not by_day:
        return (
            {"repeat": Repeat.YEARLY}
            if months in ([], [day.month]) and by_monthday in ([], [day.day])
            else None
        )
    if freq in {"YEARLY", "MONTHLY"} and by_day and not by_monthday:
        number, weekday = by_day[0][:-2], by_day[0][-2:]
        if number.lstrip("+") in {"1", "2", "3", "4", "5", "-1"} and weekday in WEEKDAYS:
            if freq == "YEARLY" and not months:
                return None
            return {
                "repeat": Repeat.NTH, "nth": int(number), "weekday": WEEKDAYS.index(weekday), "month": months[0] if months else 0,
            }  # fmt: skip
    return None


def _excluded(event: icalendar.Event, zone: ZoneInfo) -> Iterable[dt.date]:
    found = event.get("EXDATE") or []
    for dates in found if isinstance(found, list) else [found]:
        for value in dates.dts:
            day = value.dt
            if isinstance(day, dt.datetime):
                day = day.astimezone(zone).date() if day.tzinfo else day.date()
            yield day
