"""Who acts for a group: its chair and secretary, its organisation's decision secretary, the coordinator."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from lautta.common import clock
from lautta.common.actors import Actor
from lautta.decisions.models import Body, BodyMember, Matter
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def led_bodies(standing: Standing) -> frozenset[int]:
    """Keys of the plan's bodies in which the person is chair or secretary today. One query."""
    seats = BodyMember.objects.leading(clock.today()).filter(
        body__plan=standing.plan, membership__user=standing.user
    )
    return frozenset(seats.values_list("body_id", flat=True))


def may_lead(standing: Standing, body: Body, led: frozenset[int] | None = None) -> bool:
    """Hands its matters on, answers, keeps its minutes. `led`: see led_bodies, when it is known already."""
    if standing.plan.pk != body.plan_id or standing.plan.phase == Plan.Phase.ENDED:
        return False
    if standing.can(Permission.RECORD_DECISIONS, body.organisation_id):
        return True
    return body.pk in (led_bodies(standing) if led is None else led)


def may_bring_for(standing: Standing, organisation: Organisation) -> bool:
    """Brings a matter in the name of an organisation that is no body."""
    return standing.plan.phase != Plan.Phase.ENDED and standing.can(Permission.EDIT_MEASURES, organisation)


def may_act_as_sender(standing: Standing, matter: Matter, led: frozenset[int] | None = None) -> bool:
    """Withdraws the matter or sends it again."""
    if matter.from_body is not None:
        return may_lead(standing, matter.from_body, led)
    return matter.from_organisation is not None and may_bring_for(standing, matter.from_organisation)


def may_keep_members(standing: Standing, body: Body) -> bool:
    """Seats are given by who keeps the body: the coordinator, or its organisation's secretary."""
    return standing.plan.phase != Plan.Phase.ENDED and standing.can(
        Permission.RECORD_DECISIONS, body.organisation_id
    )


def demand_standing(by: Actor, plan: Plan) -> Standing | None:
    """For actions: the actor's standing in this very plan, None for the system, PermissionDenied for everybody else."""
    if is_system(by):
        return None
    if not isinstance(by.standing, Standing) or by.standing.plan.pk != plan.pk:
        raise PermissionDenied(f"another plan than {plan.public_id}")
    return by.standing


def demand_lead(by: Actor, plan: Plan, body: Body) -> None:
    """For actions: PermissionDenied unless the actor may act for the body."""
    standing = demand_standing(by, plan)
    if standing is not None and not may_lead(standing, body):
        raise PermissionDenied(f"may_lead {body.public_id}")
