"""What is in force where, from when to when: derived from decisions. A year's part II never puts part I out of force. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lautta.decisions.choices import (
    BINDING,
    HOLDS_PART_ONE,
    HOLDS_PART_TWO,
    NEEDS_LEGAL_FORCE,
    Outcome,
    StationKind,
)
from lautta.decisions.models import Decision, Station, Version

# The law asks that the plan is looked over at least once in four years (lastensuojelulaki 12 §).
YEARS_BETWEEN = 4
WARNED_DAYS = 180


@dataclass(frozen=True)
class InForce:
    """One organisation has this version of one part in force. `until` is the last day; `from_` the first.

    `has_legal_force` is False while the time for appeal runs: the decision stands, but may still fall.
    """

    organisation: int
    part: str
    year: int | None
    version: Version
    decision: Decision
    from_: dt.date
    until: dt.date
    has_legal_force: bool
    with_changes: bool

    def on(self, day: dt.date) -> bool:
        return self.from_ <= day <= self.until


def binding_decisions(stations: Iterable[Station]) -> list[tuple[Station, Decision]]:
    """Each organisation's own binding decision on each version: of its last station that decides or commits."""
    last: dict[tuple[int, int], tuple[Station, Decision | None]] = {}
    for station in stations:
        organisation = station.body.organisation_id
        if organisation is None or station.kind not in {StationKind.DECIDES, StationKind.COMMITS}:
            continue
        held = [d for d in station.decisions.all() if d.outcome in BINDING]
        key = organisation, station.version_id
        former = last.get(key)
        if former is None or station.body.position >= former[0].body.position:
            last[key] = station, (held[-1] if held else None)
    return [(station, decision) for station, decision in last.values() if decision is not None]


def in_force(
    stations: Iterable[Station], period_end: int, extended: Mapping[int, int] | None = None
) -> list[InForce]:
    """Every spell of every part in every organisation, oldest first.

    `stations` have their versions, bodies and standing decisions read along. `extended` is {organisation: last year} of those
    whose bodies have decided on an extension (see `extensions`).
    """
    extended = extended or {}
    found = [(s, d) for s, d in binding_decisions(stations) if s.version.withdrawn_on is None]
    spells: dict[tuple[int, str, int | None], list[InForce]] = {}
    for station, decision in sorted(found, key=lambda f: (f[1].decided_on, f[0].version.number)):
        version, organisation = station.version, station.body.organisation_id or 0
        for part, year in _parts(version):
            needs = station.body.kind in NEEDS_LEGAL_FORCE and decision.outcome != Outcome.COMMIT
            last = dt.date(year if year else max(period_end, extended.get(organisation, 0)), 12, 31)
            spell = InForce(
                organisation, part, year, version, decision,
                from_=decision.legal_force_on or decision.decided_on, until=last,
                has_legal_force=not needs or decision.legal_force_on is not None,
                with_changes=decision.outcome == Outcome.APPROVE_WITH_CHANGES,
            )  # fmt: skip
            earlier = spells.setdefault((organisation, part, year), [])
            if earlier and earlier[-1].until >= spell.from_:
                earlier[-1] = replace(
                    earlier[-1], until=max(earlier[-1].from_, spell.from_ - dt.timedelta(days=1))
                )
            earlier.append(spell)
    return [spell for held in spells.values() for spell in held]


def _parts(version: Version) -> list[tuple[str, int | None]]:
    parts: list[tuple[str, int | None]] = []
    if version.kind in HOLDS_PART_ONE:
        parts.append(("part_one", None))
    if version.kind in HOLDS_PART_TWO:
        parts.append(("part_two", version.year))
    return parts


def extensions(stations: Iterable[Station], until: Mapping[int, int]) -> dict[int, int]:
    """{organisation: last year} by its own binding decision on an extension. `until` is {version's key: last year}."""
    made: dict[int, int] = {}
    for station, _decision in binding_decisions(stations):
        if station.version_id in until and station.version.withdrawn_on is None:
            organisation = station.body.organisation_id or 0
            made[organisation] = max(until[station.version_id], made.get(organisation, 0))
    return made


@dataclass(frozen=True)
class Alarm:
    """Part I of an organisation must be looked over by the day."""

    organisation: int
    approved_on: dt.date
    due: dt.date

    def is_near(self, today: dt.date) -> bool:
        return today >= self.due - dt.timedelta(days=WARNED_DAYS)


def four_year_alarms(spells: Iterable[InForce]) -> list[Alarm]:
    """One for each organisation, counted from its newest approval of part I's text."""
    newest: dict[int, dt.date] = {}
    for spell in spells:
        if spell.part == "part_one":
            newest[spell.organisation] = max(
                newest.get(spell.organisation, dt.date.min), spell.decision.decided_on
            )
    return [Alarm(org, day, _years_on(day, YEARS_BETWEEN)) for org, day in sorted(newest.items())]


def _years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
