"""Who may say how the plan covers what the law asks."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from lautta.common.actors import Actor
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def may_mark(standing: Standing, organisation: Organisation | None) -> bool:
    """The coordinator for the whole plan and for every organisation, a lead for the own organisation; until the plan has ended."""
    if standing.plan.phase == Plan.Phase.ENDED:
        return False
    return standing.can(Permission.EDIT_PLAN) or (
        organisation is not None and standing.can(Permission.EDIT_OWN_SECTION, organisation)
    )


def demand_mark(by: Actor, plan: Plan, organisation: Organisation | None) -> None:
    """For actions: PermissionDenied unless the actor may mark in this very plan."""
    if is_system(by):
        return
    standing = by.standing
    if (
        not isinstance(standing, Standing)
        or standing.plan.pk != plan.pk
        or not may_mark(standing, organisation)
    ):
        raise PermissionDenied(f"may_mark {plan.public_id}")
