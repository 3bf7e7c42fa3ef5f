"""Writes of bodies and their meeting days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.choices import BodyKind
from lautta.decisions.models import Body, BodyMeeting, Minutes
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan

EDITABLE = frozenset({"name", "kind", "position", "organisation", "is_illustrative"})
# What each kind of organisation usually has on a plan's way, in order.
USUAL: dict[str, tuple[str, ...]] = {
    Organisation.Kind.MUNICIPALITY: (BodyKind.COMMITTEE, BodyKind.BOARD, BodyKind.COUNCIL),
    Organisation.Kind.COUNTY: (BodyKind.BOARD, BodyKind.COUNTY_COUNCIL),
    Organisation.Kind.PARISH: (BodyKind.CHURCH_COUNCIL,),
    Organisation.Kind.ASSOCIATION: (BodyKind.ASSOCIATION_BOARD,),
    Organisation.Kind.POLICE: (BodyKind.MANAGEMENT,),
    Organisation.Kind.SCHOOL: (BodyKind.MANAGEMENT,),
    Organisation.Kind.EMPLOYER: (BodyKind.MANAGEMENT,),
    Organisation.Kind.OTHER: (BodyKind.MANAGEMENT,),
}
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


@transaction.atomic
def create_body(
    *,
    by: Actor,
    plan: Plan,
    kind: str,
    name: Translated,
    organisation: Organisation | None = None,
    position: int | None = None,
    is_illustrative: bool = False,
) -> Body:
    """A body of an organisation of the plan, or a joint one. Without `position` it comes last on its organisation's way."""
    require(by, Permission.RECORD_DECISIONS, plan=plan, organisation=organisation)
    _refuse_stranger(plan, organisation)
    if position is None:
        held = plan.bodies.filter(organisation=organisation).values_list("position", flat=True)
        position = max(held, default=0) + 1
    body = Body(
        plan=plan, organisation=organisation, kind=kind, name=name, position=position, is_illustrative=is_illustrative
    )  # fmt: skip
    _refuse_unnamed(name)
    checked_save(body)
    _record(by, "body.create", body, {"kind": (None, kind), "name": (None, name)})
    return body


@transaction.atomic
def update_body(*, by: Actor, body: Body, version: int, **values: Any) -> Body:
    """Change the keys of EDITABLE. 409 when somebody saved in between."""
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    body = _locked(body)
    require(by, Permission.RECORD_DECISIONS, plan=body.plan, organisation=body.organisation)
    if body.version != version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    if "organisation" in values and values["organisation"] != body.organisation:
        require(by, Permission.RECORD_DECISIONS, plan=body.plan, organisation=values["organisation"])
        _refuse_stranger(body.plan, values["organisation"])
        if body.stations.exists():
            raise Refused(
                _("Toimielin on jo ollut päätöspolulla: organisaatiota ei voi enää vaihtaa."),
                field="organisation",
                status=422,
            )
    changes = audit.apply_changes(body, values)
    if not changes:
        return body
    _refuse_unnamed(body.name)
    body.version += 1
    checked_save(body)
    _record(by, "body.update", body, changes)
    return body


@transaction.atomic
def end_body(*, by: Actor, body: Body, on: dt.date) -> Body:
    """The body is no more from the day on; what it has decided stays."""
    body = _locked(body)
    require(by, Permission.RECORD_DECISIONS, plan=body.plan, organisation=body.organisation)
    changes = audit.apply_changes(body, {"ended_on": on})
    if changes:
        body.version += 1
        checked_save(body)
        _record(by, "body.end", body, changes)
    return body


@transaction.atomic
def propose_bodies(*, by: Actor, plan: Plan) -> list[Body]:
    """The usual bodies of every organisation that has none yet, named by their kind; a person renames them."""
    require(by, Permission.RECORD_DECISIONS, plan=plan)
    have = set(plan.bodies.values_list("organisation_id", flat=True))
    made = []
    for organisation in Organisation.objects.of_plan(plan):
        if organisation.pk in have:
            continue
        for position, kind in enumerate(USUAL[organisation.kind], start=1):
            made.append(
                create_body(
                    by=by, plan=plan, organisation=organisation, kind=kind, position=position, name=_named(kind)
                )
            )  # fmt: skip
    return made


def _named(kind: str) -> Translated:
    names = {}
    for language in LANGUAGES:
        with translation.override(language):
            names[language] = str(BodyKind(kind).label)
    return Translated.from_mapping(names)


@transaction.atomic
def add_meetings(
    *, by: Actor, body: Body, days: Sequence[dt.date], materials_before: int = 7
) -> list[BodyMeeting]:
    """The body meets on these days; its papers must be ready `materials_before` days earlier. Days that are there already stay."""
    body = _locked(body)
    require(by, Permission.RECORD_DECISIONS, plan=body.plan, organisation=body.organisation)
    if not 0 <= materials_before <= 90:
        raise Refused(_("Anna päivien määrä väliltä 0–90."), field="materials_before", status=422)
    if any(not FIRST_DAY <= day <= LAST_DAY for day in days):
        raise Refused(_("Tarkista vuosi."), field="days", status=422)
    have = set(body.meetings.standing().values_list("held_on", flat=True))
    made = []
    for day in sorted(set(days) - have):
        meeting = BodyMeeting(body=body, held_on=day, materials_on=day - dt.timedelta(days=materials_before))
        checked_save(meeting)
        made.append(meeting)
    if made:
        _record(by, "body.meetings", body, {"days": (None, [m.held_on.isoformat() for m in made])})
    return made


@transaction.atomic
def cancel_meeting(*, by: Actor, meeting: BodyMeeting) -> BodyMeeting:
    """The body does not meet on the day after all; stations that were put there wait for another day."""
    meeting = (
        BodyMeeting.objects.select_for_update(of=("self",)).select_related("body__plan").get(pk=meeting.pk)
    )
    body = meeting.body
    require(by, Permission.RECORD_DECISIONS, plan=body.plan, organisation=body.organisation)
    if meeting.cancelled:
        return meeting
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Refused(_("Kokouksesta on jo vahvistettu muistio, joten sitä ei voi perua."))
    if meeting.held_on < clock.today():
        raise Refused(_("Mennyttä kokousta ei voi perua."))
    meeting.cancelled = True
    checked_save(meeting, fields=["cancelled"])
    meeting.stations.update(meeting=None)
    _record(by, "body.cancel_meeting", body, {"days": (meeting.held_on.isoformat(), None)})
    return meeting


def _locked(body: Body) -> Body:
    return Body.objects.select_for_update(of=("self",)).select_related("plan", "organisation").get(pk=body.pk)


def _refuse_unnamed(name: Translated) -> None:
    if not name:
        raise Refused(_("Anna toimielimelle nimi."), field="name", status=422)


def _refuse_stranger(plan: Plan, organisation: Organisation | None) -> None:
    if organisation is not None and not plan.participations.filter(organisation=organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)


def _record(by: Actor, action: str, body: Body, changes: dict[str, tuple[Any, Any]]) -> None:
    audit.record(
        by=by,
        action=action,
        target=body,
        scope=body.plan.public_id,
        organisation=body.organisation.public_id if body.organisation else "",
        changes=changes,
    )
