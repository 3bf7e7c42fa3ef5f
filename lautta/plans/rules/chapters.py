"""Who may do what with chapters, in which phase of the plan. Each predicate takes a standing and a
chapter."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied

from lautta.common.actors import Actor
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Chapter, Plan
from lautta.plans.standing import Standing


def plan_is_open(plan: Plan) -> bool:
    """An ended plan is history: nobody edits it."""
    return plan.phase != Plan.Phase.ENDED


def can_create_chapter(standing: Standing, organisation: Organisation | int | None = None) -> bool:
    """A joint chapter: the coordinator. An organisation's own section: its lead too."""
    if not plan_is_open(standing.plan):
        return False
    if standing.can(Permission.EDIT_PLAN):
        return True
    return organisation is not None and standing.can(Permission.EDIT_OWN_SECTION, organisation)


def can_edit_chapter(standing: Standing, chapter: Chapter) -> bool:
    """The coordinator edits every chapter that has not ended, a lead the own section of the organisation."""
    if chapter.plan_id != standing.plan.pk or chapter.ended_at is not None:
        return False
    return can_create_chapter(standing, chapter.organisation_id)


def can_publish_chapter(standing: Standing, chapter: Chapter) -> bool:
    """The coordinator, and a lead the own section."""
    if chapter.organisation_id is None and not standing.can(Permission.PUBLISH_PLAN):
        return False
    return can_edit_chapter(standing, chapter)


def can_end_chapter(standing: Standing, chapter: Chapter) -> bool:
    """Whoever may publish it may end it."""
    return can_publish_chapter(standing, chapter)


def can_order_chapters(standing: Standing) -> bool:
    """The order of the chapters is the coordinator's."""
    return can_create_chapter(standing)


def can_see_drafts(standing: Standing, chapter: Chapter) -> bool:
    """Unpublished revisions: the coordinator, and of a section its own organisation."""
    if chapter.plan_id != standing.plan.pk:
        return False
    return standing.sees_all_drafts or (
        chapter.organisation_id is not None and chapter.organisation_id in standing.roles
    )


def can_redact_chapter(standing: Standing, chapter: Chapter) -> bool:
    """Personal data is removed on request in every phase, also from an ended plan."""
    return chapter.plan_id == standing.plan.pk and standing.can(Permission.EDIT_PLAN)


def demand_rule(by: Actor, rule: Callable[[Standing, Chapter], bool], chapter: Chapter) -> None:
    """For actions: PermissionDenied unless the rule holds; the system (no user) may do everything."""
    if by.user is None and by.role == "system":
        return
    if not isinstance(by.standing, Standing) or not rule(by.standing, chapter):
        raise PermissionDenied(f"{rule.__name__} {chapter.public_id}")


def demand_creation(by: Actor, plan: Plan, organisation: Organisation | None) -> None:
    """For actions: PermissionDenied unless the actor may add a chapter to this very plan."""
    if by.user is None and by.role == "system":
        return
    standing = by.standing
    if not isinstance(standing, Standing) or standing.plan.pk != plan.pk:
        raise PermissionDenied(f"another plan than {plan.public_id}")
    if not can_create_chapter(standing, organisation):
        raise PermissionDenied(f"can_create_chapter {plan.public_id}")
