"""Rows for the pages of the room, from the plan in the address; each in a constant number of queries."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from lautta.common import clock
from lautta.common.translated import Translated
from lautta.decisions.choices import BINDING, HOLDS_PART_ONE, TIERS, AmendmentState, StationKind, VersionKind
from lautta.decisions.force import Alarm, InForce, extensions, four_year_alarms, in_force
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


def newer_before(station: Station) -> Version | None:
    """The newest version of the same document that has been sent to the same body in place of this one."""
    version = station.version
    return (
        version.plan.versions.standing()
        .light()
        .of_kind(version.kind, version.year)
        .filter(number__gt=version.number, stations__body=station.body)
        .newest_first()
        .first()
    )


def bodies_of(plan: Plan) -> QuerySet[Body]:
    return plan.bodies.active(clock.today()).in_order().with_organisation()


def organisations_without_bodies(plan: Plan) -> QuerySet[Organisation]:
    return Organisation.objects.of_plan(plan).exclude(bodies__plan=plan)


@dataclass(frozen=True)
class Way:
    """One version with its stations in order, and when the undecided ones could decide."""

    version: Version
    stops: list[Stop]
    expected: dict[int, Expected]
    newer: Version | None = None

    @property
    def is_under_way(self) -> bool:
        """Somebody has yet to decide, and no newer version of the same document has been sent in its place."""
        return bool(self.stops) and self.newer is None and self.standing.open > 0

    @property
    def standing(self) -> Standing:
        return standing(self.stops)

    @property
    def late(self) -> list[Stop]:
        return [s for s in self.stops if (e := self.expected.get(s.station.pk)) and e.is_late]


def ways(versions: Sequence[Version]) -> list[Way]:
    """Of these versions: three queries, however many they are. `newer` is looked for among those given."""
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
    sent: dict[tuple[str, int | None], Version] = {}
    for version in sorted(versions, key=lambda v: -v.number):
        own = of.get(version.pk, [])
        for station in own:
            station.version = version
        found = stops(own)
        newer = sent.get((version.kind, version.year))
        days = {} if newer else expected(found, meetings, clock.today())
        made.append(Way(version, found, days, newer))
        if own and version.withdrawn_on is None:
            sent.setdefault((version.kind, version.year), version)
    order = {version.pk: n for n, version in enumerate(versions)}
    return sorted(made, key=lambda way: order[way.version.pk])


def way_of(version: Version) -> Way:
    """One version's way; a newer one of the same document that has been sent is looked for too."""
    later = version.plan.versions.standing().light().of_kind(version.kind, version.year)
    both = [*later.filter(number__gt=version.number).newest_first()[:1], version]
    return ways(both)[-1]


def binding_stations(plan: Plan) -> list[Station]:
    """Every station of the plan's standing versions with its decisions; no version's content."""
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


def organisations_bound_to_part_one(plan: Plan, today: dt.date) -> list[Translated]:
    """Names of those whose body has bound them to part I of this period, in name order; for a page that has one query to spare."""
    if today.year > plan.period_end:
        return []
    bound = Station.objects.filter(
        version__plan=plan, version__kind__in=sorted(HOLDS_PART_ONE), version__withdrawn_on__isnull=True,
        kind__in=[StationKind.DECIDES, StationKind.COMMITS], decisions__corrected=False,
        decisions__outcome__in=sorted(BINDING),
    )  # fmt: skip
    found = Organisation.objects.filter(pk__in=bound.values("body__organisation")).in_name_order()
    return list(found.values_list("name", flat=True))


def stations_of(read: Sequence[Way]) -> list[Station]:
    """Of these ways; those who are only told bind nobody."""
    return [s.station for way in read for s in way.stops if s.station.kind != StationKind.NOTES]


def _extended_until(stations: Iterable[Station]) -> dict[int, int]:
    """{version's key: last year} of extensions; one query where there are any, since contents are heavy."""
    keys = {s.version_id for s in stations if s.version.kind == VersionKind.EXTENSION}
    if not keys:
        return {}
    contents = Version.objects.filter(pk__in=keys).values_list("pk", "content")
    return {pk: int(json.loads(content)["time"]["period_end"]) for pk, content in contents}


def force_rows(plan: Plan, read: Sequence[Way] | None = None) -> list[Row]:
    """Every organisation of the plan that has decided or is on some way, in name order. `read`: the ways of all standing
    versions, where the page has them already.
    """
    stations = binding_stations(plan) if read is None else stations_of(read)
    spells = in_force(stations, plan.period_end, extensions(stations, _extended_until(stations)))
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


def next_meetings(bodies: Iterable[Body]) -> dict[int, BodyMeeting]:
    """{body's key: its next meeting}; one query."""
    rows = BodyMeeting.objects.standing().filter(body__in=list(bodies), held_on__gte=clock.today())
    return {meeting.body_id: meeting for meeting in rows.order_by("-held_on")}


def meeting_of(plan: Plan, public_id: str) -> BodyMeeting:
    """A meeting of the plan's bodies, or 404."""
    rows = BodyMeeting.objects.select_related("body__organisation").filter(body__plan=plan)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def decision_of(plan: Plan, public_id: str) -> Decision:
    """A decision on the plan's versions with its station, or 404."""
    found = Decision.objects.filter(station__version__plan=plan, public_id=public_id).first()
    if found is None:
        raise Http404
    found.station = Station.objects.select_related("version", "body__organisation", "meeting").get(
        pk=found.station_id
    )
    found.station.version.plan = plan
    return found


def decisions_at(station: Station) -> QuerySet[Decision]:
    """All that was recorded at the station, what has been corrected included, newest first."""
    return Decision.objects.filter(station=station).prefetch_related("amendments").order_by("-number")


def answered_amendments(plan: Plan) -> QuerySet[Amendment]:
    """Changes that have their answer, newest first."""
    return (
        Amendment.objects.exclude(state=AmendmentState.OPEN)
        .filter(decision__station__version__plan=plan, decision__corrected=False)
        .select_related("decision__station__body__organisation", "decision__station__version", "gathered_in")
        .defer("decision__station__version__content", "gathered_in__content")
        .order_by("-pk")
    )


def amendment_of(plan: Plan, public_id: str) -> Amendment:
    """A change with its version's content, or 404."""
    rows = Amendment.objects.filter(decision__station__version__plan=plan, public_id=public_id)
    found = rows.select_related("decision__station__version", "decision__station__body__organisation").first()
    if found is None:
        raise Http404
    return found
