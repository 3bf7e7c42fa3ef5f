"""Seats of groups."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.leading import demand_standing, may_keep_members
from lautta.decisions.models import Body, BodyMember
from lautta.organisations.models import Membership, Organisation
from lautta.organisations.saving import checked_save


@transaction.atomic
def add_member(
    *,
    by: Actor,
    body: Body,
    role: str,
    title: Translated,
    organisation: Organisation | None = None,
    membership: Membership | None = None,
    started_on: dt.date | None = None,
) -> BodyMember:
    """A seat. With `membership` its person may act for the body when chair or secretary; without, it is told by its title."""
    body = _locked(body)
    _demand(by, body)
    if not title:
        raise Refused(_("Kerro, ketä jäsen edustaa."), field="title", status=422)
    for found in (organisation, membership.organisation if membership else None):
        if found is not None and not body.plan.participations.filter(organisation=found).exists():
            raise Refused(
                _("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422
            )
    seat = BodyMember(
        body=body, role=role, title=title, membership=membership, started_on=started_on or clock.today(),
        organisation=organisation or (membership.organisation if membership else None),
    )  # fmt: skip
    checked_save(seat)
    _record(by, "member.add", seat, {"role": (None, role)})
    return seat


@transaction.atomic
def end_member(*, by: Actor, member: BodyMember) -> BodyMember:
    """The seat ends today; it stays in the list of former members."""
    body = _locked(member.body)
    _demand(by, body)
    member = BodyMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.ended_on is None:
        member.ended_on = max(clock.today(), member.started_on)
        checked_save(member, fields=["ended_on"])
        member.body = body
        _record(by, "member.end", member, {"ended_on": (None, member.ended_on)})
    return member


def _locked(body: Body) -> Body:
    return Body.objects.select_for_update(of=("self",)).select_related("plan", "organisation").get(pk=body.pk)


def _demand(by: Actor, body: Body) -> None:
    standing = demand_standing(by, body.plan)
    if standing is not None and not may_keep_members(standing, body):
        raise PermissionDenied(f"may_keep_members {body.public_id}")


def _record(by: Actor, action: str, seat: BodyMember, changes: dict[str, tuple]) -> None:
    organisation = seat.body.organisation
    audit.record(
        by=by, action=action, target=seat, scope=seat.body.plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=changes,
    )  # fmt: skip
