"""What waits for whom in this room: voices that nobody has looked at yet."""

import datetime as dt

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.common.duties import Duty
from lautta.organisations.permissions import PLAN_WIDE, Permission
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing
from lautta.voices import rules


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""
    if not rules.may_moderate(standing):
        return []
    return _duties(standing.plan, [standing.user.pk], today)


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    roles = [role.value for role, may in PLAN_WIDE.items() if Permission.MODERATE_VOICES in may]
    users = RoleAssignment.objects.filter(
        plan=plan,
        role__in=roles,
        ended_on__isnull=True,
        started_on__lte=today,
        membership__ended_on__isnull=True,
        membership__user__is_active=True,
    ).values_list("membership__user_id", flat=True)
    return _duties(plan, sorted(set(users)), today)


def _duties(plan: Plan, users: list[int], today: dt.date) -> list[Duty]:
    waiting = plan.voices.pending().count() if users else 0
    if not waiting:
        return []
    detail = format_lazy(ngettext_lazy("{n} ääni odottaa", "{n} ääntä odottaa", waiting), n=waiting)
    return [
        Duty(
            key=f"voices:{plan.public_id}:moderate:{user}",
            owner=user,
            due=today,
            title=_("Tarkista uudet äänet"),
            url_name="voices:list",
            url_kwargs={"plan_id": plan.public_id},
            kind="voices",
            detail=detail,
            scope=plan.public_id,
        )
        for user in users
    ]
