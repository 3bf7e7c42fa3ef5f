"""Writing a measure: its content of one year, its publishing, its end, and its handing over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lautta.common.actors import Actor
from lautta.common.audit import apply_changes, record
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures.checks import (
    clean_content,
    dates,
    require_taking_part_now,
)
from lautta.measures.indexing import reindex
from lautta.measures.models import Measure, MeasureGoal, MeasureHandover, MeasureYear, Round, StatusChange
from lautta.measures.rules import EDITING, require_phase
from lautta.measures.writing import PERSONAL, locked, names, saw, write
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Goal, Plan


@transaction.atomic
def create_measure(
    *,
    by: Actor,
    plan: Plan,
    round: Round,
    organisation: Organisation,
    title: Translated,
    change: Translated,
    goals: Iterable[Goal],
    target_groups: Iterable[str],
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    **later: Any,
) -> MeasureYear:
    """A new measure and its content in one round, as a draft of the organisation. `later`: other names of checks.CONTENT."""
    require(by, Permission.EDIT_MEASURES, plan=plan, organisation=organisation)
    if round.plan_id != plan.pk:
        raise Refused(_("Kierros ei kuulu tähän suunnitelmaan."), field="round")
    current_round = Round.objects.get(pk=round.pk)
    require_phase(by, current_round, EDITING)
    require_taking_part_now(plan, organisation)
    values = {"title": title, "change": change, "goals": goals, "target_groups": target_groups, **later}
    clean = clean_content(plan, organisation, values)
    dates(starts_on, ends_on)
    goals, partners = clean.pop("goals"), clean.pop("partners", [])
    if any(g.ended_at for g in goals):
        raise Refused(_("Tavoite on päättynyt. Valitse toinen."), field="goals", status=422)
    measure = Measure.objects.create(plan=plan, organisation=organisation)
    made = MeasureYear.objects.create(
        measure=measure, round=round, starts_on=starts_on, ends_on=ends_on, **clean
    )
    MeasureGoal.objects.bulk_create(MeasureGoal(measure_year=made, goal=g) for g in goals)
    if partners:
        made.partners.set(partners)
    StatusChange.objects.create(measure_year=made, status=made.status, by=by.user)
    changes = {
        n: (None, v) for n, v in {**clean, "goals": goals, "starts_on": starts_on, "ends_on": ends_on}.items()
    }
    changes = {n: ((None, None) if n in PERSONAL else pair) for n, pair in changes.items() if n != "sort_key"}
    record(
        by=by, action="measure.create", target=made, changes={**changes, "version": (0, 1)}, **names(measure)
    )
    return made


@transaction.atomic
def update_measure(
    *, by: Actor, measure_year: MeasureYear, version: int | None = None, **values: Any
) -> MeasureYear:
    """Change some of the content (checks.CONTENT). `version` is the one the writer saw (default: that of `measure_year`).

    Raises ChangedMeanwhile, naming the fields, when others have saved since; nothing is then stored. Returns the row as
    it stands after the change; saving what already stands stores nothing.
    """
    seen = measure_year.version if version is None else version
    current = locked(by, measure_year, Permission.EDIT_MEASURES)
    saw(current, seen)
    clean = clean_content(current.measure.plan, current.measure.organisation, values)
    many = {name: clean.pop(name) for name in ("goals", "partners") if name in clean}
    changes = apply_changes(current, clean)
    dates(current.starts_on, current.ends_on)
    columns = {name: after for name, (_before, after) in changes.items()}
    changes |= _set_many(current, many)
    if not changes:
        return current
    return write(by, current, "measure.update", changes, **columns)


def _set_many(current: MeasureYear, many: dict[str, list[Any]]) -> dict[str, tuple[Any, Any]]:
    """Goals and partners; those given that differ are stored, and returned as {name: (before, after)}."""
    changes = {}
    for name, wanted in many.items():
        before = list(getattr(current, name).all())
        if {o.pk for o in before} == {o.pk for o in wanted}:
            continue
        if name == "goals" and any(g.ended_at for g in wanted if g not in before):
            raise Refused(_("Tavoite on päättynyt. Valitse toinen."), field="goals", status=422)
        getattr(current, name).set(wanted)
        changes[name] = (before, wanted)
    return changes


@transaction.atomic
def publish_measure(*, by: Actor, measure_year: MeasureYear) -> MeasureYear:
    """The organisation lets everybody see this year's content. Publishing a public one changes nothing."""
    current = locked(by, measure_year, Permission.PUBLISH_MEASURES)
    if current.published_at:
        return current
    if not current.goals.exists():
        raise Refused(_("Valitse tavoite ennen julkaisemista."), field="goals")
    now = timezone.now()
    MeasureYear.objects.filter(pk=current.pk).update(published_at=now)
    current.published_at = now
    record(
        by=by,
        action="measure.publish",
        target=current,
        changes={"published_at": (None, now)},
        **names(current.measure),
    )
    reindex(current.measure)
    return current


@transaction.atomic
def unpublish_measure(*, by: Actor, measure_year: MeasureYear, reason: str = "") -> MeasureYear:
    """Take this year's content back from the public pages and the search."""
    current = locked(by, measure_year, Permission.PUBLISH_MEASURES)
    if not current.published_at:
        return current
    before = current.published_at
    MeasureYear.objects.filter(pk=current.pk).update(published_at=None)
    current.published_at = None
    changes = {"published_at": (before, None), "reason": (None, reason.strip()[:300])}
    record(by=by, action="measure.unpublish", target=current, changes=changes, **names(current.measure))
    reindex(current.measure)
    return current


def _locked_measure(by: Actor, measure: Measure) -> Measure:
    current = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("plan", "organisation")
        .get(pk=measure.pk)
    )
    require(by, Permission.EDIT_MEASURES, plan=current.plan, organisation=current.organisation)
    return current


@transaction.atomic
def end_measure(*, by: Actor, measure: Measure, ended_on: dt.date, reason: str) -> Measure:
    """The measure is not carried over any more. Its years stay as they are, and public ones stay public."""
    reason = reason.strip()
    if not reason:
        raise Refused(_("Kerro, miksi toimenpide päättyy."), field="reason", status=422)
    if len(reason) > 300:
        raise Refused(
            _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": 300}, field="reason", status=422
        )
    current = _locked_measure(by, measure)
    changes = apply_changes(current, {"ended_on": ended_on, "ended_reason": reason})
    if changes:
        Measure.objects.filter(pk=current.pk).update(ended_on=ended_on, ended_reason=reason)
        record(by=by, action="measure.end", target=current, changes=changes, **names(current))
    return current


@transaction.atomic
def resume_measure(*, by: Actor, measure: Measure) -> Measure:
    """Ended by mistake: it may be carried over again."""
    current = _locked_measure(by, measure)
    changes = apply_changes(current, {"ended_on": None, "ended_reason": ""})
    if changes:
        Measure.objects.filter(pk=current.pk).update(ended_on=None, ended_reason="")
        record(by=by, action="measure.resume", target=current, changes=changes, **names(current))
    return current


@transaction.atomic
def hand_over(*, by: Actor, measure: Measure, to: Organisation, first_year: int, reason: str = "") -> Measure:
    """A successor answers for the measure from the round of `first_year` on. Address, reports and past years stay.

    Only along the line of succession (Organisation.successor), and the successor must take part in the plan today.
    """
    current = _locked_measure(by, measure)
    former = current.organisation
    if to.pk == former.pk:
        return current
    if to.pk not in _successors(former):
        raise Refused(
            _("%(name)s ei ole organisaation %(former)s seuraaja.")
            % {"name": to.name, "former": former.name},
            field="organisation",
        )
    require_taking_part_now(current.plan, to)
    MeasureHandover.objects.create(
        measure=current,
        from_organisation=former,
        to_organisation=to,
        first_year=first_year,
        reason=reason.strip()[:300],
    )
    Measure.objects.filter(pk=current.pk).update(organisation=to)
    MeasureYear.objects.filter(
        measure=current, round__year__gte=first_year, responsible__isnull=False
    ).exclude(
        responsible__in=User.objects.filter(memberships__organisation=to, memberships__ended_on__isnull=True)
    ).update(responsible=None)
    changes = {"organisation": (former, to), "first_year": (None, first_year)}
    record(by=by, action="measure.hand_over", target=current, changes=changes, **names(current))
    current.organisation = to
    reindex(current)
    return current


def _successors(organisation: Organisation) -> list[int]:
    """Primary keys of those that follow, nearest first; a circle ends where it began."""
    line: list[int] = []
    following = organisation.successor
    while following is not None and following.pk not in (*line, organisation.pk):
        line.append(following.pk)
        following = following.successor
    return line
