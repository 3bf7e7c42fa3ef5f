"""Dates of what happened before it was brought into the installation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from lautta.assessments.models import Publication, StateChange
from lautta.common import audit
from lautta.common.actors import Actor
from lautta.decisions.models import Matter, Minutes
from lautta.measures.models import (
    Measure,
    MeasureHandover,
    MeasureYear,
    ProgressReport,
    RoundAnswer,
    RoundStateChange,
    StatusChange,
    YearEvaluation,
)
from lautta.organisations.access import require_system
from lautta.plans.models import ChapterPublication, ChapterRevision, CoverageMark, Goal, Plan

# Which moments may be set, and the way from the row to its plan.
MOMENTS: dict[type[models.Model], tuple[str, frozenset[str]]] = {
    Plan: ("pk", frozenset({"created_at", "published_at"})),
    ChapterRevision: ("chapter__plan", frozenset({"created_at"})),
    ChapterPublication: ("chapter__plan", frozenset({"published_at"})),
    Goal: ("plan", frozenset({"published_at"})),
    CoverageMark: ("plan", frozenset({"marked_at"})),
    Matter: ("plan", frozenset({"created_at"})),
    Minutes: ("meeting__body__plan", frozenset({"kept_at"})),
    RoundStateChange: ("round__plan", frozenset({"at"})),
    RoundAnswer: ("round__plan", frozenset({"answered_at"})),
    Measure: ("plan", frozenset({"created_at"})),
    MeasureHandover: ("measure__plan", frozenset({"at"})),
    MeasureYear: ("measure__plan", frozenset({"published_at", "updated_at"})),
    StatusChange: ("measure_year__measure__plan", frozenset({"at"})),
    ProgressReport: ("measure_year__measure__plan", frozenset({"created_at"})),
    YearEvaluation: ("round__plan", frozenset({"created_at"})),
    StateChange: ("assessment__plan", frozenset({"at"})),
    Publication: ("assessment__plan", frozenset({"published_at"})),
}

Moment = tuple[models.Model, str, dt.datetime]


@transaction.atomic
def backdate(*, by: Actor, plan: Plan, moments: Iterable[Moment]) -> int:
    """Give rows of the plan the time when it happened: (row, field of MOMENTS, time); returns how many.

    For bringing in history at the command line; nobody else may. The trail of each row keeps the time when it
    was really written, and gets one line here. A time in the future is a ValueError; what is not public does
    not become public.
    """
    require_system(by)
    now = timezone.now()
    groups: dict[tuple[type[models.Model], str], dict[int, dt.datetime]] = defaultdict(dict)
    for row, field, at in moments:
        model = type(row)
        if model not in MOMENTS or field not in MOMENTS[model][1]:
            raise ValueError(f"{model.__name__}.{field} is not a moment that can be set")
        if at > now:
            raise ValueError(f"{model.__name__}.{field}: {at} has not come yet")
        groups[model, field][row.pk] = at
    counts: dict[str, int] = {}
    for (model, field), times in groups.items():
        path = MOMENTS[model][0]
        rows = list(model._default_manager.filter(pk__in=times, **{path: plan.pk}))
        if len(rows) != len(times):
            raise PermissionDenied("a row of another plan")
        changed = [row for row in rows if getattr(row, field) is not None]
        for row in changed:
            setattr(row, field, times[row.pk])
        model._default_manager.bulk_update(changed, [field], batch_size=100)
        counts[f"{model._meta.model_name}.{field}"] = len(changed)
    if counts:
        changes = {name: (None, count) for name, count in sorted(counts.items())}
        audit.record(by=by, action="history.backdate", target=plan, scope=plan.public_id, changes=changes)
    return sum(counts.values())
