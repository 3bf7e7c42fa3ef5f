"""Where a version is on its way: derived from its stations and their decisions, never stored. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lautta.decisions.choices import BINDING, PASSING, Outcome, StationKind
from lautta.decisions.models import Decision, Station


class State(StrEnum):
    """Of one station."""

    WAITING = "waiting"  # an earlier body has not passed it yet
    STOPPED = "stopped"  # an earlier body rejected it
    BEFORE = "before"  # the body has it now
    TABLED = "tabled"
    RETURNED = "returned"
    PASSED = "passed"
    REJECTED = "rejected"


# The body can decide in these.
OPEN_STATES = frozenset({State.BEFORE, State.TABLED, State.RETURNED})


@dataclass(frozen=True)
class Stop:
    """A station with its state. `decision` is the latest that stands."""

    station: Station
    state: State
    decision: Decision | None
    waits_for: Station | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_done(self) -> bool:
        """Nothing more is awaited of the body."""
        return self.state not in OPEN_STATES and self.state != State.WAITING

    @property
    def has_bound(self) -> bool:
        """The organisation has bound itself to the version by this decision."""
        return (
            self.station.kind in {StationKind.DECIDES, StationKind.COMMITS}
            and self.decision is not None
            and self.decision.outcome in BINDING
        )


def stops(stations: Iterable[Station]) -> list[Stop]:
    """Every station of one version with its state, in the order given. `decisions` are read along (with_content)."""
    stations = list(stations)
    latest = {s.pk: _latest(s) for s in stations}
    by_pk = {s.pk: s for s in stations}
    return [_stop(station, latest, by_pk) for station in stations]


def _latest(station: Station) -> Decision | None:
    held = sorted(station.decisions.all(), key=lambda d: d.number)
    return held[-1] if held else None


def _stop(station: Station, latest: dict[int, Decision | None], by_pk: dict[int, Station]) -> Stop:
    decision = latest[station.pk]
    if decision is not None:
        return Stop(station, _after_decision(decision), decision)
    earlier = _earlier(station, by_pk)
    for before in earlier:
        if (done := latest[before.pk]) is not None and done.outcome == Outcome.REJECT:
            return Stop(station, State.STOPPED, None, before)
    if earlier and ((done := latest[earlier[0].pk]) is None or done.outcome not in PASSING):
        return Stop(station, State.WAITING, None, earlier[0])
    return Stop(station, State.BEFORE, None)


def _earlier(station: Station, by_pk: dict[int, Station]) -> list[Station]:
    """The stations that the matter passes before this one, nearest first."""
    found: list[Station] = []
    here = by_pk.get(station.after_id or 0)
    while here is not None and here not in found:
        found.append(here)
        here = by_pk.get(here.after_id or 0)
    return found


def _after_decision(decision: Decision) -> State:
    if decision.outcome == Outcome.TABLE:
        return State.TABLED
    if decision.outcome == Outcome.RETURN:
        return State.RETURNED
    return State.PASSED if decision.outcome in PASSING else State.REJECTED


@dataclass(frozen=True)
class Standing:
    """How a version stands as a whole."""

    bound: int
    deciding: int
    open: int
    rejected: int

    @property
    def is_everywhere(self) -> bool:
        return self.deciding > 0 and self.bound == self.deciding


def standing(found: Iterable[Stop]) -> Standing:
    """Counts over the stations that decide or commit."""
    deciding = [s for s in found if s.station.kind in {StationKind.DECIDES, StationKind.COMMITS}]
    return Standing(
        bound=sum(s.has_bound for s in deciding),
        deciding=len(deciding),
        open=sum(s.state not in {State.PASSED, State.REJECTED, State.STOPPED} for s in deciding),
        rejected=sum(s.state in {State.REJECTED, State.STOPPED} for s in deciding),
    )
