"""Who may do what with the annual clock."""

from __future__ import annotations

from lautta.annual_clock.models import ClockEvent, Task
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.standing import Standing


def may_add(standing: Standing) -> bool:
    return standing.can_somewhere(Permission.KEEP_CLOCK)


def may_keep(standing: Standing, organisation: Organisation | int | None) -> bool:
    """Changes the events of the organisation; those of the whole plan only plan-wide."""
    return standing.can(Permission.KEEP_CLOCK, organisation)


def may_change(standing: Standing, event: ClockEvent) -> bool:
    return may_keep(standing, event.organisation_id)


def may_prepare_year(standing: Standing) -> bool:
    return standing.can(Permission.KEEP_CLOCK)


def may_finish(standing: Standing, task: Task) -> bool:
    """One's own task, one's own making, and everything for the coordinator."""
    return standing.user.pk in (task.owner_id, task.created_by_id) or standing.can(Permission.KEEP_CLOCK)
