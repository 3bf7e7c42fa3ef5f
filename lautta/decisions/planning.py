"""On which days the bodies on a version's way could decide, and which would be too late. Pure.

A body can take a matter at its first meeting after the body before it has met; a meeting chosen by hand holds where it can.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lautta.decisions.models import BodyMeeting, Station
from lautta.decisions.path import State, Stop


@dataclass(frozen=True)
class Expected:
    """When a station is expected to decide. `meeting` is None when its body has no day that would do."""

    meeting: BodyMeeting | None
    is_late: bool = False
    is_chosen: bool = False
    lacks_days: bool = False
    chosen_is_too_early: bool = False


def expected(
    found: Sequence[Stop], meetings: Mapping[int, Iterable[BodyMeeting]], today: dt.date
) -> dict[int, Expected]:
    """{station's key: what to expect} of the stations that have not ended. `meetings` by body, in order of their days."""
    days = {body: sorted(held, key=lambda m: m.held_on) for body, held in meetings.items()}
    by_pk = {s.station.pk: s for s in found}
    made: dict[int, Expected] = {}
    ends: dict[int, dt.date | None] = {}

    def end_of(stop: Stop, depth: int = 0) -> dt.date | None:
        """The day on which the station has passed or is expected to pass; None when that can't be told."""
        station = stop.station
        if station.pk in ends:
            return ends[station.pk]
        if stop.state in {State.PASSED, State.REJECTED}:
            ends[station.pk] = stop.decision.decided_on if stop.decision else None
            return ends[station.pk]
        after = by_pk.get(station.after_id or 0)
        begins: dt.date | None = today
        if after is not None and depth < 60:
            before = end_of(after, depth + 1)
            begins = None if before is None else max(today, before + dt.timedelta(days=1))
        made[station.pk] = _expect(station, days.get(station.body_id, []), begins, today)
        meeting = made[station.pk].meeting
        ends[station.pk] = meeting.held_on if meeting else None
        return ends[station.pk]

    for stop in found:
        end_of(stop)
    return made


def _expect(station: Station, days: list[BodyMeeting], begins: dt.date | None, today: dt.date) -> Expected:
    """`begins` None: an earlier body has no day, so nothing can be said of this one but what was chosen."""
    overdue = station.due is not None and station.due < today
    chosen = station.meeting if station.meeting and not station.meeting.cancelled else None
    if chosen is not None and chosen.held_on >= today:
        early = begins is not None and chosen.held_on < begins
        late = overdue or (station.due is not None and chosen.held_on > station.due)
        return Expected(chosen, late, is_chosen=True, chosen_is_too_early=early)
    if begins is None:
        return Expected(None, overdue, lacks_days=not any(m.held_on >= today for m in days))
    first = next((m for m in days if m.held_on >= begins), None)
    if first is None:
        return Expected(None, overdue, lacks_days=True)
    return Expected(first, overdue or (station.due is not None and first.held_on > station.due))
