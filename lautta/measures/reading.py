"""Rows for the pages of the room, from the plan in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from lautta.common import clock
from lautta.common.models import AuditEntry
from lautta.measures.checks import FIRST_YEAR, LAST_YEAR
from lautta.measures.models import (
    MeasureGoal,
    MeasureIndicator,
    MeasureYear,
    OrganisationEmphasis,
    ProgressReport,
    Round,
    RoundAnswer,
    YearEvaluation,
)
from lautta.measures.rules import may_manage_rounds
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Goal, Plan
from lautta.plans.standing import Standing


def round_of(plan: Plan, year: int) -> Round:
    """The plan's round of the year, or 404."""
    found = plan.rounds.filter(year=year).first() if FIRST_YEAR <= year <= LAST_YEAR else None
    if found is None:
        raise Http404
    found.plan = plan
    return found


def organisation_of(plan: Plan, public_id: str) -> Organisation:
    """An organisation that takes, or has taken, part in the plan, or 404."""
    found = (
        plan.participations.filter(organisation__public_id=public_id).select_related("organisation").first()
    )
    if found is None:
        raise Http404
    return found.organisation


def organisations_now(plan: Plan, on: dt.date | None = None) -> QuerySet[Organisation]:
    """Those that take part today (or on the day), in name order."""
    now = plan.participations.current(on or clock.today()).values("organisation")
    return Organisation.objects.filter(pk__in=now).in_name_order()


def day_of(round: Round) -> dt.date:
    """The day on which it is asked who takes part: today, or for a closed round its deadline."""
    return round.deadline if round.state == Round.State.CLOSED else clock.today()


def years_of(plan: Plan, standing: Standing) -> QuerySet[MeasureYear]:
    """The measures of the plan, year by year, that the person may see."""
    return MeasureYear.objects.filter(measure__plan=plan).visible_to(standing)


def with_indicators() -> Prefetch:
    """A measure year's indicators with their titles, in one query."""
    return Prefetch("indicator_links", MeasureIndicator.objects.select_related("indicator"))


def year_of(plan: Plan, standing: Standing, measure_id: str, year: int) -> MeasureYear:
    """One measure's one year that the person may see, or 404."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    found = (
        years_of(plan, standing)
        .filter(measure__public_id=measure_id, round__year=year)
        .select_related("measure__organisation", "round", "responsible", "carried_from__round")
        .prefetch_related("goals__parent", "partners", "mirrorings", with_indicators())
        .first()
    )
    if found is None:
        raise Http404
    found.measure.plan = found.round.plan = plan
    return found


def goals_of_years(years: Iterable[MeasureYear]) -> dict[int, list[int]]:
    """{measure year: primary keys of its goals, in the plan's order}. One query."""
    found: dict[int, list[int]] = {}
    links = MeasureGoal.objects.filter(measure_year__in=[y.pk for y in years]).order_by(
        "goal__position", "goal_id"
    )
    for year, goal in links.values_list("measure_year_id", "goal_id"):
        found.setdefault(year, []).append(goal)
    return found


def goal_tree(plan: Plan) -> dict[int, Goal]:
    """Living goals by primary key, in the plan's order. One query."""
    return {g.pk: g for g in plan.goals.current().in_order()}


def main_goals(goals: dict[int, Goal], also: str = "") -> list[Goal]:
    """Those the list is narrowed by: main goals and the cross-cutting aim, and the one of the public id `also`."""
    return [g for g in goals.values() if g.parent_id is None or g.public_id == also]


def with_subgoals(goals: dict[int, Goal], public_id: str) -> list[int]:
    """The goal and those under it; empty when there is none of that id."""
    return [
        g.pk
        for g in goals.values()
        if g.public_id == public_id or (g.parent_id in goals and goals[g.parent_id].public_id == public_id)
    ]


def carry_over_candidates(round: Round, organisation: Organisation) -> list[MeasureYear]:
    """The newest earlier year of each of the organisation's living measures that is not in the round yet, from the last round."""
    last = round.plan.rounds.filter(year__lt=round.year).aggregate(year=Max("year"))["year"]
    return list(
        MeasureYear.objects.filter(
            round__plan=round.plan,
            round__year=last,
            measure__organisation=organisation,
            measure__ended_on__isnull=True,
        )
        .exclude(measure__in=MeasureYear.objects.filter(round=round).values("measure"))
        .select_related("measure", "round")
        .in_order()
    )


def years_of_organisation(round: Round, organisation: Organisation, standing: Standing) -> list[MeasureYear]:
    """The organisation's measures of the round that the person may see."""
    return list(
        years_of(round.plan, standing)
        .filter(round=round)
        .of_organisation(organisation)
        .select_related("measure__organisation", "round")
        .in_order()
    )


@dataclass(frozen=True, slots=True)
class Participant:
    """One organisation's place in a round."""

    organisation: Organisation
    answer: RoundAnswer | None
    measures: int
    published: int
    evaluated: bool


def participants(round: Round) -> list[Participant]:
    """Every organisation that takes part (see day_of), in name order. Four queries at any size."""
    answers = {
        a.organisation_id: a for a in RoundAnswer.objects.filter(round=round, withdrawn_at__isnull=True)
    }
    counts = {
        pk: (every, public)
        for pk, every, public in MeasureYear.objects.filter(round=round)  # type: ignore[misc]
        .with_organisation_then()
        .values("organisation_then")
        .annotate(every=Count("pk"), public=Count("pk", filter=Q(published_at__isnull=False)))
        .values_list("organisation_then", "every", "public")
    }
    evaluated = set(YearEvaluation.objects.filter(round=round).values_list("organisation_id", flat=True))
    return [
        Participant(o, answers.get(o.pk), *counts.get(o.pk, (0, 0)), o.pk in evaluated)
        for o in organisations_now(round.plan, day_of(round))
    ]


def rounds_with_counts(plan: Plan) -> list[Round]:
    """Newest first, with `.measures`, `.answered` and `.organisations` (those asked) counted. Two queries."""
    measures = (
        MeasureYear.objects.filter(round=OuterRef("pk"))
        .order_by()
        .values("round")
        .annotate(n=Count("pk"))
        .values("n")
    )
    answered = (
        RoundAnswer.objects.filter(round=OuterRef("pk"), withdrawn_at__isnull=True)
        .order_by()
        .values("round")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rounds = list(
        plan.rounds.newest_first().annotate(measures=Subquery(measures), answered=Subquery(answered))
    )
    stays = list(plan.participations.values_list("started_on", "ended_on", "organisation__ended_on"))
    for r in rounds:
        r.plan, day = plan, day_of(r)
        r.organisations = sum(
            began <= day and all(end is None or end >= day for end in ends) for began, *ends in stays
        )
    return rounds  # type: ignore[return-value]


def answer_of(round: Round, organisation: Organisation) -> RoundAnswer | None:
    return RoundAnswer.objects.filter(
        round=round, organisation=organisation, withdrawn_at__isnull=True
    ).first()


def emphasis_of(round: Round, organisation: Organisation) -> OrganisationEmphasis | None:
    return OrganisationEmphasis.objects.filter(round=round, organisation=organisation).first()


def evaluations_of(round: Round, organisation: Organisation) -> list[YearEvaluation]:
    """Newest first."""
    return list(YearEvaluation.objects.filter(round=round, organisation=organisation).order_by("-number"))


def trail_of(measure_year: MeasureYear) -> list[AuditEntry]:
    """The newest hundred rows of the trail about the year and its measure."""
    about = Q(kind="measureyear", object_id=str(measure_year.pk)) | Q(
        kind="measure", object_id=measure_year.measure.public_id
    )
    return list(AuditEntry.objects.filter(about).order_by("-at", "-pk")[:100])


def other_years(measure_year: MeasureYear, plan: Plan, standing: Standing) -> list[MeasureYear]:
    """The same measure in other rounds, oldest first: the chain of carrying over."""
    return list(
        years_of(plan, standing)
        .filter(measure=measure_year.measure_id)
        .select_related("round")
        .order_by("round__year")
    )


def organisations_ever(plan: Plan) -> QuerySet[Organisation]:
    """All that take or have taken part, in name order."""
    return Organisation.objects.filter(pk__in=plan.participations.values("organisation")).in_name_order()


def narrowed(
    plan: Plan, standing: Standing, chosen: Mapping[str, Any], goals: dict[int, Goal]
) -> QuerySet[MeasureYear]:
    """The rows that the chosen filters (presenters.filters.read) leave, in order."""
    years = years_of(plan, standing).select_related("measure__organisation", "round")
    value = {name: f.chosen for name, f in chosen.items()}
    if value["year"].isdigit():
        years = years.filter(round__year=int(value["year"]))
    if value["mine"]:
        years = years.filter(measure__organisation__in=standing.organisation_ids)
    if value["mine"] == "draft":
        years = years.filter(published_at__isnull=True)
    if value["goal"]:
        years = years.for_goals(with_subgoals(goals, value["goal"]))
    if value["organisation"]:
        wanted = Organisation.objects.filter(public_id=value["organisation"]).values("pk")[:1]
        years = years.with_organisation_then().filter(organisation_then=wanted)
    if value["status"]:
        years = years.filter(status=value["status"])
    if value["tier"]:
        years = years.filter(service_tier=int(value["tier"]))
    if value["group"]:
        years = years.for_group(value["group"])
    return years.in_order() if value["year"] != "all" else years.order_by("sort_key", "-round__year", "pk")


def reports_of(measure_year: MeasureYear) -> list[ProgressReport]:
    """Newest first, each with the report that it corrects; corrected ones stand behind their correction."""
    return list(
        measure_year.reports.filter(corrected_by__isnull=True)
        .select_related("corrects")
        .order_by("-created_at", "-pk")
    )


def reason_of(measure_year: MeasureYear) -> str:
    """Why the status is what it is, when somebody said why."""
    newest = measure_year.status_changes.order_by("-pk").first()
    return newest.reason if newest else ""


def round_to_fill(plan: Plan, standing: Standing, asked: str) -> tuple[Round | None, list[Round]]:
    """The round that a new measure goes to, and the other possible ones: open ones, and all for the coordinator."""
    rounds = list(plan.rounds.newest_first())
    if not may_manage_rounds(standing):
        rounds = [r for r in rounds if r.state == Round.State.OPEN]
    else:
        rounds.sort(key=lambda r: (r.state != Round.State.OPEN, -r.year))
    for r in rounds:
        r.plan = plan
    chosen = next((r for r in rounds if str(r.year) == asked), rounds[0] if rounds else None)
    return chosen, [r for r in rounds if r is not chosen]


def organisations_to_fill(plan: Plan, standing: Standing) -> list[Organisation]:
    """Organisations for which the person may give measures, the person's own first."""
    own = standing.organisations_where(Permission.EDIT_MEASURES)
    if not standing.can(Permission.EDIT_MEASURES):
        return own
    return [*own, *(o for o in organisations_now(plan) if o.pk not in standing.roles)]
