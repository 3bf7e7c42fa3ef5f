"""What waits for whom: entries to be looked at, proposals to be decided on, promises that fall due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.common.duties import Duty
from lautta.network.models import CentreArea, Commitment, ContactRequest, ServiceArea
from lautta.organisations.permissions import PLAN_WIDE, Permission, Role
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing

# A promise is on the list this long before its day.
AHEAD = dt.timedelta(days=30)


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""
    found = promises(standing.plan, today, owner=standing.user.pk)
    if standing.can(Permission.KEEP_DIRECTORY):
        return found + _directory(standing.plan, [standing.user.pk], today)
    if standing.can_somewhere(Permission.KEEP_DIRECTORY):
        return found + _areas(standing.plan, today, coordinator=standing.user.pk)
    return found


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    roles = [role.value for role, may in PLAN_WIDE.items() if Permission.KEEP_DIRECTORY in may]
    keepers = _holders(plan, roles, today)
    local = set(_holders(plan, [Role.FAMILY_CENTRE_COORDINATOR.value], today)) - set(keepers)
    areas = [d for d in _areas(plan, today) if d.owner in local]
    return promises(plan, today) + _directory(plan, keepers, today) + areas


def _holders(plan: Plan, roles: list[str], today: dt.date) -> list[int]:
    rows = RoleAssignment.objects.filter(
        plan=plan, role__in=roles, ended_on__isnull=True, started_on__lte=today, membership__ended_on__isnull=True,
        membership__user__is_active=True,
    )  # fmt: skip
    return sorted(set(rows.values_list("membership__user_id", flat=True)))


def promises(plan: Plan, today: dt.date, owner: int | None = None) -> list[Duty]:
    """Promises whose day is near or past, to whoever sees to each."""
    rows = Commitment.objects.filter(
        plan=plan, owner__isnull=False, owner__is_active=True, due_on__lte=today + AHEAD
    )
    if owner is not None:
        rows = rows.filter(owner=owner)
    return [
        Duty(
            key=f"network:{plan.public_id}:commitment:{row.public_id}", owner=row.owner_id, due=row.due_on,
            title=_("Kerro, miten lupauksen kävi"), url_name="network:commitment",
            url_kwargs={"plan_id": plan.public_id, "commitment_id": row.public_id}, kind="network",
            detail=str(row.what), scope=plan.public_id,
        )
        for row in rows.open().in_order()
    ]  # fmt: skip


def _directory(plan: Plan, users: list[int], today: dt.date) -> list[Duty]:
    """For those who keep the whole directory."""
    if not users:
        return []
    stale = plan.services.stale(today).count()
    waiting = ContactRequest.objects.filter(service__plan=plan, answer=ContactRequest.Answer.CHANGE).count()
    return [duty for user in users for duty in _both(plan, user, stale, waiting, today)]


def _areas(plan: Plan, today: dt.date, coordinator: int | None = None) -> list[Duty]:
    """For family-centre coordinators, each in their own municipalities."""
    areas = CentreArea.objects.filter(plan=plan, coordinator__isnull=False)
    if coordinator is not None:
        areas = areas.filter(coordinator=coordinator)
    owners: dict[int, set[int]] = {}
    for owner, area in areas.values_list("coordinator", "parts__area"):
        owners.setdefault(owner, set()).add(area)
    if not owners:
        return []
    found: list[Duty] = []
    stale = _by_area(plan.services.stale(today).values("pk"))
    waiting = _by_area(
        ContactRequest.objects.filter(service__plan=plan, answer=ContactRequest.Answer.CHANGE).values(
            "service"
        )
    )
    for owner, own in sorted(owners.items()):
        found += _both(
            plan, owner, sum(stale.get(a, 0) for a in own), sum(waiting.get(a, 0) for a in own), today
        )
    return found


def _by_area(services) -> dict[int, int]:
    """How many of the services each municipality has; one of two municipalities counts in both."""
    rows = ServiceArea.objects.filter(service__in=services).values("area").annotate(n=Count("pk"))
    return dict(rows.values_list("area", "n"))


def _both(plan: Plan, user: int, stale: int, waiting: int, today: dt.date) -> Iterable[Duty]:
    # One a month: a duty that is always due today would be called to mind every week for ever.
    month_end = (today.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    if stale:
        yield Duty(
            key=f"network:{plan.public_id}:stale:{user}", owner=user, due=month_end,
            title=_("Tarkista hakemiston vanhat yhteystiedot"), url_name="network:services_stale",
            url_kwargs={"plan_id": plan.public_id}, kind="network", scope=plan.public_id,
            detail=format_lazy(ngettext_lazy("{n} palvelu odottaa", "{n} palvelua odottaa", stale), n=stale),
        )  # fmt: skip
    if waiting:
        yield Duty(
            key=f"network:{plan.public_id}:proposals:{user}", owner=user, due=today,
            title=_("Käsittele ehdotetut yhteystiedot"), url_name="network:proposals",
            url_kwargs={"plan_id": plan.public_id}, kind="network", scope=plan.public_id,
            detail=format_lazy(ngettext_lazy("{n} ehdotus odottaa", "{n} ehdotusta odottaa", waiting), n=waiting),
        )  # fmt: skip
