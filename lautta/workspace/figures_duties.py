"""Joint indicators that a new release clearly moved wait for their owners and the coordinator to be looked at.

That somebody has looked cannot be told from a date, so one small row a person and plan holds it (FiguresSeen): what came into
use before it is looked at. What nobody looks at is no news after LASTS days and goes by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.common.duties import Duty
from lautta.indicators.models import Vintage
from lautta.organisations.permissions import OWN_ORGANISATION, PLAN_WIDE, Permission, Role
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing
from lautta.workspace.figures_moved import moves
from lautta.workspace.models import FiguresSeen

LASTS = 60
TIME_TO_LOOK = 14

# (owner's key or None, since when the numbers are in use) of one indicator that moved
News = tuple[int | None, dt.datetime]


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duty in one plan, or none."""
    roles = {org: {Role(r) for r in held} for org, held in standing.roles.items()}
    return _duties(standing.plan, {standing.user.pk: roles}, today)


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    rows = RoleAssignment.objects.current(today).filter(plan=plan, membership__user__is_active=True)
    held: dict[int, dict[int, set[Role]]] = {}
    for user, org, role in rows.values_list("membership__user_id", "membership__organisation_id", "role"):
        held.setdefault(user, {}).setdefault(org, set()).add(Role(role))
    return _duties(plan, held, today)


def in_use_since(plan: Plan, today: dt.date) -> dict[int, dt.datetime]:
    """{indicator's key: since when} of joint indicators whose numbers were replaced within LASTS days. One query."""
    begins = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=LASTS), dt.time.min))
    before = Vintage.objects.filter(indicator=OuterRef("indicator"), state=Vintage.State.PAST)
    rows = (
        Vintage.objects.current()
        .filter(Exists(before), indicator__joint_indicators__plan=plan)
        .annotate(since=Coalesce("decided_at", "made_at"))
        .filter(since__gte=begins)
    )
    return dict(rows.order_by().values_list("indicator_id", "since"))


def _duties(plan: Plan, held: Mapping[int, Mapping[int, set[Role]]], today: dt.date) -> list[Duty]:
    since = in_use_since(plan, today) if held else {}
    if not since:
        return []
    news = [
        (move.joint.owner_id, since[move.joint.indicator_id])
        for move in moves(plan)
        if move.joint.indicator_id in since
    ]
    if not news:
        return []
    seen = dict(FiguresSeen.objects.filter(plan=plan, user__in=held).values_list("user", "seen_at"))
    found = (
        _duty(plan, user, _of(roles, news, seen.get(user)), today) for user, roles in sorted(held.items())
    )
    return [duty for duty in found if duty is not None]


def _of(roles: Mapping[int, set[Role]], news: Iterable[News], seen: dt.datetime | None) -> list[dt.datetime]:
    """Days of what the person answers for and has not looked at: the coordinator for everything."""
    sees_all = any(Permission.EDIT_PLAN in PLAN_WIDE.get(r, ()) for held in roles.values() for r in held)
    own = {
        org
        for org, held in roles.items()
        if any(Permission.REPORT in OWN_ORGANISATION.get(r, ()) for r in held)
    }
    return [at for owner, at in news if (sees_all or owner in own) and (seen is None or at > seen)]


def _duty(plan: Plan, user: int, days: list[dt.datetime], today: dt.date) -> Duty | None:
    if not days:
        return None
    first, count = timezone.localdate(min(days)), len(days)
    return Duty(
        key=f"figures:{plan.public_id}:moved:{first:%Y%m%d}:{user}",
        owner=user,
        # A demo lives on an earlier day than its numbers were taken in.
        due=min(first, today) + dt.timedelta(days=TIME_TO_LOOK),
        title=_("Katso, mikä muuttui"),
        url_name="workspace:figures_moved",
        url_kwargs={"plan_id": plan.public_id},
        kind="figures",
        detail=format_lazy(ngettext_lazy("{n} mittari", "{n} mittaria", count), n=count),
        scope=plan.public_id,
    )
