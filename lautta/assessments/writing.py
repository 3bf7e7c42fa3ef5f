"""How every action of this room writes: the row locked, the step open, the version seen, the trail left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lautta.assessments import rules
from lautta.assessments.models import Assessment
from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.conflicts import StaleForm, changed_since


def locked(
    by: Actor, assessment: Assessment, permission: Permission = Permission.EDIT_MEASURES
) -> Assessment:
    """The row as it stands now, locked, after the check of permission. Call within a transaction."""
    current = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("plan__region__area", "organisation")
        .get(pk=assessment.pk)
    )
    require(by, permission, plan=current.plan, organisation=current.organisation)
    rules.refuse_ended(by, current.plan)
    return current


def saw(current: Assessment, version: int, names: Iterable[str]) -> None:
    """StaleForm when somebody has changed one of these since the version that the writer saw.

    Two people at different steps do not disturb each other: what the other one saved elsewhere is let be.
    """
    if current.version == version:
        return
    changed = changed_since(current, version)
    mine = {name: pair for name, pair in changed.items() if name in set(names)}
    if mine:
        raise StaleForm(changed=mine, version=current.version)


def write(by: Actor, current: Assessment, action: str, changes: dict[str, tuple[Any, Any]]) -> Assessment:
    """Save the row under a new version, with its trail."""
    seen = current.version
    current.version = seen + 1
    checked_save(current)
    trail(by, current, action, {**changes, "version": (seen, seen + 1)})
    return current


def trail(by: Actor, current: Assessment, action: str, changes: dict[str, tuple[Any, Any]]) -> None:
    # The sort key follows from the title and tells nobody anything.
    shown = {name: pair for name, pair in changes.items() if name != "sort_key"}
    record(
        by=by,
        action=action,
        target=current,
        scope=current.plan.public_id,
        organisation=current.organisation.public_id,
        changes=shown,
    )
