"""Tasks that people write by hand."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.annual_clock import rules
from lautta.annual_clock.models import ClockEvent, Task
from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.saving import checked_save
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing


@transaction.atomic
def create_task(
    *, by: Actor, plan: Plan, title: Translated, owner: User, due: dt.date, organisation: Organisation | None = None,
    event: ClockEvent | None = None, is_illustrative: bool = False,
) -> Task:  # fmt: skip
    """Something for oneself or for another person of the plan."""
    _refuse_outsider(by, plan)
    if not title:
        raise Refused(_("Kirjoita, mitä pitää tehdä."), field="title", status=422)
    held = RoleAssignment.objects.current(clock.today()).filter(plan=plan, membership__user=owner)
    role = held.select_related("membership__organisation").first()
    if role is None:
        raise Refused(_("Henkilö ei ole mukana suunnitelmassa."), field="owner", status=422)
    if not 1990 <= due.year <= 2100:
        raise Refused(_("Tarkista vuosi."), field="due", status=422)
    task = Task(
        plan=plan, title=title, owner=owner, due=due, organisation=organisation or role.membership.organisation, event=event,
        created_by=by.user, created_on=clock.today(), is_illustrative=is_illustrative,
    )  # fmt: skip
    checked_save(task)
    audit.record(by=by, action="task.create", target=task, scope=plan.public_id, changes={"due": (None, due)})
    return task


@transaction.atomic
def finish_task(*, by: Actor, task: Task) -> Task:
    """It is done."""
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    _refuse_outsider(by, task.plan)
    if isinstance(by.standing, Standing) and not rules.may_finish(by.standing, task):
        raise PermissionDenied
    if task.done_on is None:
        task.done_on = max(clock.today(), task.created_on)
        task.version += 1
        checked_save(task)
        audit.record(
            by=by, action="task.finish", target=task, scope=task.plan.public_id, changes={"done_on": (None, task.done_on)}
        )  # fmt: skip
    return task


def _refuse_outsider(by: Actor, plan: Plan) -> None:
    if by.user is None and by.role == "system":
        return
    standing = by.standing
    if not isinstance(standing, Standing) or standing.plan.pk != plan.pk or not standing.is_member:
        raise PermissionDenied
