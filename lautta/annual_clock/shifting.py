"""What else moves when one occurrence moves: shown before anything does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lautta.annual_clock.choices import Repeat
from lautta.annual_clock.happenings import Year, opened, row_of
from lautta.annual_clock.models import ClockEvent
from lautta.plans.standing import Standing

REACH = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Shift:
    """One occurrence that follows; `after` None: it falls away, `before` None: it comes anew."""

    title: Any
    before: dt.date | None
    after: dt.date | None


def shifts(
    event: ClockEvent, own_day: dt.date, to: dt.date | None, standing: Standing | None = None
) -> list[Shift]:
    """What hangs on the event, directly or through others, and where it goes. Writes nothing. What `standing` may not see moves
    without its name."""
    days = [own_day, to or own_day]
    first, last = min(days) - REACH, max(days) + REACH
    year = Year(event.plan, first, last, standing)
    seen = year.seen() if standing else None
    followers = _followers(year, event.pk)
    before = {row.pk: {day for _own, day in year.days_of(row, first, last)} for row in followers}
    moved = row_of(event)
    if event.repeat == Repeat.ONCE and to is not None:
        moved = moved._replace(starts_on=to, exceptions="{}")
    else:
        changed = {**event.exceptions, own_day.isoformat(): to.isoformat() if to else None}
        trial = ClockEvent(exceptions=changed, title=event.title)
        moved = moved._replace(exceptions=row_of(trial).exceptions)
    year.rows[event.pk] = moved
    found = []
    for row in followers:
        now = {day for _own, day in year.days_of(row, first, last)}
        gone, came = sorted(before[row.pk] - now), sorted(now - before[row.pk])
        for n in range(max(len(gone), len(came))):
            old, new = (days[n] if n < len(days) else None for days in (gone, came))
            title = (
                opened(row.title) if seen is None or row.pk in seen else _("Toisen organisaation tapahtuma")
            )
            found.append(Shift(title, old, new))
    return sorted(found, key=lambda s: s.before or s.after or own_day)


def _followers(year: Year, pk: int) -> list:
    """Rows that are reckoned from the event, and those reckoned from them."""
    found, wanted = [], {pk}
    while wanted:
        rows = [row for row in year.rows.values() if row.relative_to in wanted and row not in found]
        found += rows
        wanted = {row.pk for row in rows}
    return found
