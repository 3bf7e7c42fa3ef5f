"""What waits for whom in this room: tasks written by hand, and a new year's dates to be checked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.annual_clock.models import Task, YearCheck
from lautta.common.duties import Duty
from lautta.organisations.permissions import Role
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""
    return [duty for duty in duties_of_plan(standing.plan, today) if duty.owner == standing.user.pk]


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    tasks = list(plan.tasks.open().by_due())
    waiting = Counter(
        YearCheck.objects.filter(
            event__plan=plan, event__ended_on__isnull=True, checked_on__isnull=True
        ).values_list("year", flat=True)
    )
    if not tasks and not waiting:
        return []
    people = _People(plan, today)
    found = [_task(plan, task, owner) for task in tasks for owner in people.for_task(task)]
    for year, count in sorted(waiting.items()):
        found += [_check(plan, year, count, owner) for owner in people.coordinators]
    return found


class _People:
    """Who is in the plan today: a task whose owner is gone goes to a lead of its organisation, else to the coordinators."""

    def __init__(self, plan: Plan, today: dt.date):
        rows = RoleAssignment.objects.current(today).filter(plan=plan, membership__user__is_active=True)
        held = list(
            rows.values_list("membership__user_id", "membership__organisation_id", "role").order_by("pk")
        )
        self.present = {user for user, _organisation, _role in held}
        self.coordinators = sorted({user for user, _organisation, role in held if role == Role.COORDINATOR})
        self.leads: dict[int, int] = {}
        for user, organisation, role in held:
            if role == Role.LEAD:
                self.leads.setdefault(organisation, user)

    def for_task(self, task: Task) -> Iterable[int]:
        if task.owner_id in self.present:
            return [task.owner_id]
        if task.organisation_id in self.leads:
            return [self.leads[task.organisation_id]]
        return self.coordinators


def _task(plan: Plan, task: Task, owner: int) -> Duty:
    mine = _("Tehtävä") if task.owner_id == owner else _("Tehtävä, jonka tekijä ei ole enää mukana")
    return Duty(
        key=f"task:{task.public_id}:{owner}", owner=owner, due=task.due, title=lazystr(task.title), url_name="annual_clock:tasks",
        url_kwargs={"plan_id": plan.public_id}, kind="task", detail=mine,
        scope=plan.public_id,
    )  # fmt: skip


def _check(plan: Plan, year: int, count: int, owner: int) -> Duty:
    """The dates of a year are checked before it begins."""
    return Duty(
        key=f"clock_check:{plan.public_id}:{year}:{owner}", owner=owner, due=dt.date(year - 1, 12, 15),
        title=format_lazy(_("Tarkista vuoden {year} päivät"), year=year), url_name="annual_clock:checklist",
        url_kwargs={"plan_id": plan.public_id, "year": year}, kind="clock",
        detail=format_lazy(ngettext_lazy("{n} tapahtuma odottaa", "{n} tapahtumaa odottaa", count), n=count), scope=plan.public_id,
    )  # fmt: skip
