"""Laying a version's way through bodies, and putting its stations on meeting days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.decisions.choices import OUTCOMES_OF, StationKind
from lautta.decisions.indexing import index_version
from lautta.decisions.models import Body, BodyMeeting, Station, Version
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require


@transaction.atomic
def lay_path(
    *, by: Actor, version: Version, bodies: Sequence[tuple[Body, str]], due: dt.date | None = None
) -> list[Station]:
    """Put bodies (with what each is asked: a StationKind) on the version's way; those already there stay as they are.

    Within an organisation the matter goes from body to body in their order; organisations go side by side. A joint body that
    prepares comes before them all.
    """
    version = Version.objects.select_for_update(of=("self",)).select_related("plan").get(pk=version.pk)
    require(by, Permission.FREEZE_VERSIONS, plan=version.plan)
    _refuse_withdrawn(version)
    if not bodies:
        raise Refused(_("Valitse ainakin yksi toimielin."), field="bodies", status=422)
    for body, kind in bodies:
        if body.plan_id != version.plan_id:
            raise Refused(_("Toimielin ei kuulu tähän suunnitelmaan."), field="bodies", status=422)
        if kind not in OUTCOMES_OF:
            raise Refused(_("Valitse, mitä toimielimeltä pyydetään."), field="bodies", status=422)
    if due is not None and due < version.frozen_on:
        raise Refused(_("Määräpäivä ei voi olla ennen version jäädyttämistä."), field="due", status=422)
    have = set(version.stations.values_list("body_id", flat=True))
    made = []
    for body, kind in bodies:
        if body.pk not in have:
            station = Station(version=version, body=body, kind=kind, due=due)
            checked_save(station)
            made.append(station)
    _order(version)
    if made:
        audit.record(
            by=by, action="path.lay", target=version, scope=version.plan.public_id,
            changes={"stations": (None, [f"{s.body.public_id}:{s.kind}" for s in made])},
        )  # fmt: skip
        index_version(version)
    return made


def _order(version: Version) -> None:
    """Set each undecided station after the one before it."""
    stations = list(version.stations.select_related("body").prefetch_related("decisions"))
    joint = [s for s in stations if s.body.organisation_id is None and s.kind == StationKind.PREPARES]
    first = max(joint, key=lambda s: (s.body.position, s.body_id), default=None)
    ways: dict[int | None, list[Station]] = {}
    for station in stations:
        if station.body.organisation_id is not None:
            ways.setdefault(station.body.organisation_id, []).append(station)
    if first is not None:
        ways[None] = sorted(joint, key=lambda s: (s.body.position, s.body_id))
    for organisation, way in ways.items():
        before = first if organisation is not None else None
        for station in sorted(way, key=lambda s: (s.body.position, s.body_id)):
            if station.after_id != (before.pk if before else None) and not station.decisions.all():
                station.after = before
                station.save(update_fields=["after"])
            # Who is only told holds nobody up.
            if station.kind != StationKind.NOTES:
                before = station


@transaction.atomic
def plan_station(
    *,
    by: Actor,
    station: Station,
    row_version: int,
    meeting: BodyMeeting | None = None,
    due: dt.date | None = None,
    case_number: str = "",
) -> Station:
    """The day on which the body takes the matter, the last day for it, and its number in the body's own register."""
    station = locked_station(station)
    body = station.body
    require(by, Permission.RECORD_DECISIONS, plan=station.version.plan, organisation=body.organisation)
    _refuse_withdrawn(station.version)
    if station.row_version != row_version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    if meeting is not None and (meeting.body_id != body.pk or meeting.cancelled):
        raise Refused(_("Valitse tämän toimielimen kokous."), field="meeting", status=422)
    changes = audit.apply_changes(
        station, {"meeting": meeting, "due": due, "case_number": case_number.strip()}
    )
    if changes:
        station.row_version += 1
        checked_save(station)
        _record(by, "station.plan", station, changes)
    return station


@transaction.atomic
def remove_station(*, by: Actor, station: Station) -> None:
    """Take a body off the way. Refused once it has decided anything."""
    station = locked_station(station)
    version = station.version
    require(by, Permission.FREEZE_VERSIONS, plan=version.plan)
    if station.decisions.exists():
        raise Refused(_("Toimielin on jo käsitellyt asian: sitä ei voi ottaa pois polulta."))
    Station.objects.filter(after=station).update(after=station.after_id)
    _record(by, "station.remove", station, {"body": (station.body.public_id, None)})
    station.delete()
    _order(version)
    index_version(version)


def locked_station(station: Station) -> Station:
    """The station for writing, with all that its rules look at."""
    return (
        Station.objects.select_for_update(of=("self",))
        .select_related("version__plan", "body__organisation", "after__body")
        .get(pk=station.pk)
    )


def _refuse_withdrawn(version: Version) -> None:
    if version.withdrawn_on is not None:
        raise Refused(_("Versio on peruttu: siitä ei enää päätetä."))


def _record(by: Actor, action: str, station: Station, changes: dict[str, tuple[Any, Any]]) -> None:
    organisation = station.body.organisation
    audit.record(
        by=by, action=action, target=station, scope=station.version.plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=changes,
    )  # fmt: skip
