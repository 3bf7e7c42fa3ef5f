"""How every action of this room writes a measure's year: locked, version by version, with its trail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.measures.checks import ChangedMeanwhile, changed_since
from lautta.measures.indexing import reindex
from lautta.measures.models import Measure, MeasureYear
from lautta.measures.rules import EDITING, require_phase
from lautta.organisations.permissions import Permission
from lautta.plans.access import require

# Kept out of the trail's values: the trail says that it changed, not to whom.
PERSONAL = frozenset({"responsible"})


def names(measure: Measure) -> dict[str, str]:
    """Scope and organisation of an audit row about the measure."""
    return {"scope": measure.plan.public_id, "organisation": measure.organisation.public_id}


def locked(by: Actor, measure_year: MeasureYear, permission: Permission, phases=EDITING) -> MeasureYear:
    """The row as it stands now, locked, after the checks of permission and phase. Call within a transaction.

    The measure's row is locked first, everywhere in this order, since years of one measure share its place in the search.
    """
    measure = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("plan", "organisation")
        .get(pk=measure_year.measure_id)
    )
    require(by, permission, plan=measure.plan, organisation=measure.organisation)
    current = (
        MeasureYear.objects.select_for_update(of=("self",)).select_related("round").get(pk=measure_year.pk)
    )
    current.measure, current.round.plan = measure, measure.plan
    require_phase(by, current.round, phases)
    return current


def saw(current: MeasureYear, version: int) -> None:
    """ChangedMeanwhile unless the version the writer saw still stands."""
    if current.version != version:
        raise ChangedMeanwhile(current, changed_since(current, version))


def write(
    by: Actor, current: MeasureYear, action: str, changes: dict[str, tuple[Any, Any]], **columns: Any
) -> MeasureYear:
    """Store `columns` under a new version, with the trail; the search follows when the year is public."""
    seen, now = current.version, timezone.now()
    stored = MeasureYear.objects.filter(pk=current.pk, version=seen).update(
        version=seen + 1, updated_at=now, **columns
    )
    if not stored:
        raise ChangedMeanwhile(current)
    current.version, current.updated_at = seen + 1, now
    shown = {n: ((None, None) if n in PERSONAL else pair) for n, pair in changes.items() if n != "sort_key"}
    record(
        by=by,
        action=action,
        target=current,
        changes={**shown, "version": (seen, seen + 1)},
        **names(current.measure),
    )
    if current.published_at:
        reindex(current.measure)
    return current
