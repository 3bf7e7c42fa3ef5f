"""Rows for the pages of the room, from the plan in the address; each in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from lautta.common import clock
from lautta.decisions.choices import TIERS, StationKind
from lautta.decisions.force import Alarm, InForce, four_year_alarms, in_force
from lautta.decisions.models import Amendment, Body, BodyMeeting, Decision, Station, Version
from lautta.decisions.path import Standing, Stop, standing, stops
from lautta.decisions.planning import Expected, expected
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan


def version_of(plan: Plan, public_id: str) -> Version:
    """The plan's version, with its content, or 404."""
    found = plan.versions.select_related("previous").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def station_of(plan: Plan, public_id: str) -> Station:
    """A station of the plan's versions, or 404."""
    found = (
        Station.objects.filter(version__plan=plan, public_id=public_id)
        .with_content()
        .select_related("version", "body__organisation", "meeting", "after__body")
        .first()
    )
    if found is None:
        raise Http404
    found.version.plan = plan
    return found


def bodies_of(plan: Plan) -> QuerySet[Body]:
    return plan.bodies.active(clock.today()).in_order().with_organisation()


@dataclass(frozen=True)
class Way:
    """One version with its stations in order, and when the undecided ones could decide."""

    version: Version
    stops: list[Stop]
    expected: dict[int, Expected]

    @property
    def standing(self) -> Standing:
        return standing(self.stops)

    @property
    def late(self) -> list[Stop]:
        return [s for s in self.stops if (e := self.expected.get(s.station.pk)) and e.is_late]


def ways(versions: Sequence[Version]) -> list[Way]:
    """Of these versions: three queries, however many they are."""
    stations = list(Station.objects.filter(version__in=versions).with_content().in_order())
    meetings: dict[int, list[BodyMeeting]] = {}
    coming = BodyMeeting.objects.standing().filter(
        body__in={s.body_id for s in stations}, held_on__gte=clock.today()
    )
    for meeting in coming.in_order():
        meetings.setdefault(meeting.body_id, []).append(meeting)
    of: dict[int, list[Station]] = {}
    for station in stations:
        of.setdefault(station.version_id, []).append(station)
    made = []
    for version in versions:
        own = of.get(version.pk, [])
        for station in own:
            station.version = version
        found = stops(own)
        made.append(Way(version, found, expected(found, meetings, clock.today())))
    return made


def way_of(version: Version) -> Way:
    return ways([version])[0]


def binding_stations(plan: Plan) -> list[Station]:
    """Every station of the plan's standing versions with its decisions; contents come for those on time alone."""
    stations = (
        Station.objects.filter(version__plan=plan, version__withdrawn_on__isnull=True)
        .exclude(kind=StationKind.NOTES)
        .select_related("version")
        .defer("version__content")
        .with_content()
        .in_order()
    )
    return list(stations)


@dataclass(frozen=True)
class Row:
    """What one organisation has in force: its newest spells by part, and the alarm of part I."""

    organisation: Organisation
    part_one: list[InForce]
    part_two: list[InForce]
    alarm: Alarm | None

    def now(self, spells: Iterable[InForce]) -> InForce | None:
        today = clock.today()
        return next((s for s in reversed(list(spells)) if s.on(today)), None)

    @property
    def part_one_now(self) -> InForce | None:
        return self.now(self.part_one)

    @property
    def part_two_now(self) -> InForce | None:
        return self.now(self.part_two)

    @property
    def coming(self) -> list[InForce]:
        today = clock.today()
        return [s for s in (*self.part_one, *self.part_two) if s.from_ > today]


def force_rows(plan: Plan) -> list[Row]:
    """Every organisation of the plan that has decided or is on some way, in name order."""
    stations = binding_stations(plan)
    spells = in_force(stations, plan.period_end)
    alarms = {a.organisation: a for a in four_year_alarms(spells)}
    organisations = {
        s.body.organisation_id: s.body.organisation for s in stations if s.body.organisation is not None
    }
    rows = []
    for pk, organisation in organisations.items():
        own = sorted((s for s in spells if s.organisation == pk), key=lambda s: (s.from_, s.version.number))
        rows.append(
            Row(
                organisation,
                [s for s in own if s.part == "part_one"],
                [s for s in own if s.part == "part_two"],
                alarms.get(pk or 0),
            )
        )
    return sorted(rows, key=lambda r: (r.organisation.sort_key, r.organisation.pk))


def open_amendments(plan: Plan) -> QuerySet[Amendment]:
    """Changes that wait for an answer, oldest first."""
    return (
        Amendment.objects.open()
        .filter(decision__station__version__plan=plan, decision__corrected=False)
        .select_related("decision__station__version", "decision__station__body__organisation")
        .defer("decision__station__version__content")
        .order_by("decision__decided_on", "pk")
    )


def amendments_of(version: Version) -> QuerySet[Amendment]:
    """All changes that bodies asked for in this version."""
    return (
        Amendment.objects.filter(decision__station__version=version, decision__corrected=False)
        .select_related("decision__station__body__organisation", "gathered_in")
        .defer("gathered_in__content")
        .order_by("decision__decided_on", "position", "pk")
    )


def decisions_in_public(plan: Plan) -> QuerySet[Decision]:
    """What bodies have decided, newest first. A decision of a public body is public."""
    return (
        Decision.objects.standing()
        .filter(station__version__plan=plan, station__version__withdrawn_on__isnull=True)
        .exclude(station__body__kind__in=TIERS)
        .select_related("station__version", "station__body__organisation")
        .defer("station__version__content")
        .newest_first()
    )
