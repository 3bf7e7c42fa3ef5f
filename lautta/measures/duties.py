"""What waits for whom in this room: answers, progress reports, evaluations, and the coordinator's rounds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lautta.common.duties import Duty
from lautta.measures.choices import ReportPeriod, Status
from lautta.measures.models import MeasureYear, ProgressReport, Round, RoundAnswer, YearEvaluation
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import OWN_ORGANISATION, PLAN_WIDE, Permission, Role
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing

# Last day of each period's report, as (month, day) of the round's year, and the first day on which it waits for anybody.
DUE = {ReportPeriod.SPRING: (5, 31), ReportPeriod.AUTUMN: (11, 30)}
WAITS_FROM = {ReportPeriod.SPRING: (4, 1), ReportPeriod.AUTUMN: (10, 1)}
EVALUATION_WINDOW = dt.timedelta(days=60)
MISSING_WINDOW = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's roles in one organisation."""

    user_id: int
    organisation: Organisation
    roles: frozenset[Role]

    def can(self, permission: Permission) -> bool:
        """By a role in the organisation itself: a coordinator's plan-wide power makes nobody's duty."""
        return any(permission in OWN_ORGANISATION.get(role, ()) for role in self.roles)


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan."""
    holders = [Holder(standing.user.pk, o, standing.roles[o.pk]) for o in standing.organisations]
    return _duties(standing.plan, holders, today)


def duties_of_plan(plan: Plan, today: dt.date) -> list[Duty]:
    """Everybody's duties in the plan, in a constant number of queries."""
    rows = RoleAssignment.objects.filter(
        plan=plan,
        ended_on__isnull=True,
        started_on__lte=today,
        membership__ended_on__isnull=True,
        membership__user__is_active=True,
    ).select_related("membership__organisation")
    roles: dict[tuple[int, int], set[Role]] = defaultdict(set)
    organisations: dict[int, Organisation] = {}
    for row in rows:
        member = row.membership
        roles[member.user_id, member.organisation_id].add(Role(row.role))
        organisations[member.organisation_id] = member.organisation
    holders = [Holder(user, organisations[pk], frozenset(held)) for (user, pk), held in roles.items()]
    return _duties(plan, holders, today)


def open_periods(year: int, today: dt.date) -> list[tuple[ReportPeriod, dt.date]]:
    """Periods of a round's year whose report may wait today: spring until autumn's begins, autumn until the end of January."""
    found = []
    if (
        dt.date(year, *WAITS_FROM[ReportPeriod.SPRING])
        <= today
        < dt.date(year, *WAITS_FROM[ReportPeriod.AUTUMN])
    ):
        found.append((ReportPeriod.SPRING, dt.date(year, *DUE[ReportPeriod.SPRING])))
    if dt.date(year, *WAITS_FROM[ReportPeriod.AUTUMN]) <= today <= dt.date(year + 1, 1, 31):
        found.append((ReportPeriod.AUTUMN, dt.date(year, *DUE[ReportPeriod.AUTUMN])))
    return found


def _duties(plan: Plan, holders: list[Holder], today: dt.date) -> list[Duty]:
    if not holders:
        return []
    rounds = list(plan.rounds.filter(year__gte=today.year - 2).order_by("year"))
    found: dict[str, Duty] = {}
    for duty in (
        *_answers(plan, rounds, holders, today),
        *_reports(plan, rounds, holders, today),
        *_evaluations(plan, rounds, holders, today),
        *_openings(plan, rounds, holders, today),
    ):
        found.setdefault(duty.key, duty)
    return list(found.values())


def _own(round: Round, organisation: Organisation) -> dict[str, str | int]:
    return {"plan_id": round.plan.public_id, "year": round.year, "organisation_id": organisation.public_id}


def _coordinators(holders: Iterable[Holder]) -> set[int]:
    return {
        h.user_id for h in holders if any(Permission.MANAGE_ROUNDS in PLAN_WIDE.get(r, ()) for r in h.roles)
    }


def _answers(plan: Plan, rounds: list[Round], holders: list[Holder], today: dt.date) -> Iterator[Duty]:
    """The round's answer of each organisation, and for the coordinator the silent ones near the deadline."""
    rounds = [r for r in rounds if r.state == Round.State.OPEN]
    if not rounds:
        return
    taking_part = set(plan.participations.current(today).values_list("organisation_id", flat=True))
    answered = set(
        RoundAnswer.objects.filter(round__in=rounds, withdrawn_at__isnull=True).values_list(
            "round_id", "organisation_id"
        )
    )
    for round in rounds:
        round.plan = plan
        silent = {pk for pk in taking_part if (round.pk, pk) not in answered}
        for h in holders:
            if h.organisation.pk in silent and h.can(Permission.EDIT_MEASURES):
                yield Duty(
                    key=f"round_answer:{round.public_id}:{h.organisation.public_id}:{h.user_id}",
                    owner=h.user_id,
                    due=round.deadline,
                    title=format_lazy(_("Anna vuoden {year} toimenpiteet"), year=round.year),
                    detail=lazystr(h.organisation.name),
                    url_name="measures:own_round",
                    url_kwargs=_own(round, h.organisation),
                    kind="round_answer",
                    scope=plan.public_id,
                )
        if silent and today >= round.deadline - MISSING_WINDOW:
            for user_id in _coordinators(holders):
                yield Duty(
                    key=f"round_missing:{round.public_id}:{user_id}",
                    owner=user_id,
                    due=round.deadline,
                    title=_("Muistuta vastaamattomia"),
                    detail=ngettext_lazy(
                        "%(count)d organisaatio ei ole vastannut",
                        "%(count)d organisaatiota ei ole vastannut",
                        len(silent),
                    )
                    % {"count": len(silent)},
                    url_name="measures:round",
                    url_kwargs={"plan_id": plan.public_id, "year": round.year},
                    kind="round_missing",
                    scope=plan.public_id,
                )


def _reports(plan: Plan, rounds: list[Round], holders: list[Holder], today: dt.date) -> Iterator[Duty]:
    """Reports of measures under way: of the responsible person, or where none is named, of all who report for it."""
    waiting = {r.pk: open_periods(r.year, today) for r in rounds if r.state != Round.State.PLANNED}
    periods = [period for found in waiting.values() for period, _due in found]
    reporters = [h for h in holders if h.can(Permission.REPORT)]
    if not periods or not reporters:
        return
    by_organisation: dict[int, list[int]] = defaultdict(list)
    for h in reporters:
        by_organisation[h.organisation.pk].append(h.user_id)
    rows = MeasureYear.objects.filter(
        round__in=[pk for pk, found in waiting.items() if found],
        status=Status.UNDER_WAY,
        measure__organisation__in=by_organisation,
        measure__ended_on__isnull=True,
    ).select_related("measure", "round")
    for period in ReportPeriod:
        reported = ProgressReport.objects.filter(measure_year=OuterRef("pk"), period=period.value)
        rows = rows.annotate(**{f"has_{period.value}": Exists(reported)})
    for row in rows.annotate(responsible_reports=Exists(_reporting_role(plan))):
        here = by_organisation[row.measure.organisation_id]
        owners = [u for u in here if u == row.responsible_id] if row.responsible_reports else here
        for period, due in waiting[row.round_id]:
            if getattr(row, f"has_{period.value}") or row.starts_on > due:
                continue
            for owner in owners:
                yield _report_duty(plan, row, period, due, owner)


def _reporting_role(plan: Plan) -> QuerySet[RoleAssignment]:
    """The named responsible person still reports for the organisation; else the measure waits for all who do."""
    reporting = [role.value for role, held in OWN_ORGANISATION.items() if Permission.REPORT in held]
    return RoleAssignment.objects.filter(
        plan=plan,
        role__in=reporting,
        ended_on__isnull=True,
        membership__ended_on__isnull=True,
        membership__user=OuterRef("responsible"),
        membership__organisation=OuterRef("measure__organisation"),
    )


def _report_duty(plan: Plan, row: MeasureYear, period: ReportPeriod, due: dt.date, owner: int) -> Duty:
    titles = {
        ReportPeriod.SPRING: _("Kirjoita kevään väliraportti"),
        ReportPeriod.AUTUMN: _("Kirjoita syksyn raportti"),
    }
    return Duty(
        key=f"report:{row.measure.public_id}:{row.round.year}:{period.value}:{owner}",
        owner=owner,
        due=due,
        title=titles[period],
        detail=lazystr(row.title),
        url_name="measures:report",
        url_kwargs={"plan_id": plan.public_id, "measure_id": row.measure.public_id, "year": row.round.year},
        kind="report",
        scope=plan.public_id,
    )


def _evaluations(plan: Plan, rounds: list[Round], holders: list[Holder], today: dt.date) -> Iterator[Duty]:
    """The year's evaluation, of organisations that had measures in the round."""
    near = [
        r
        for r in rounds
        if r.evaluation_deadline
        and r.state != Round.State.PLANNED
        and abs(r.evaluation_deadline - today) <= EVALUATION_WINDOW
    ]
    evaluators = [h for h in holders if h.can(Permission.EVALUATE_YEAR)]
    if not near or not evaluators:
        return
    with_measures = set(
        MeasureYear.objects.filter(
            round__in=near, measure__organisation__in={h.organisation.pk for h in evaluators}
        )
        .values_list("round_id", "measure__organisation_id")
        .distinct()
    )
    done = set(
        YearEvaluation.objects.filter(round__in=near).values_list("round_id", "organisation_id").distinct()
    )
    for round in near:
        round.plan = plan
        for h in evaluators:
            place = (round.pk, h.organisation.pk)
            if place in with_measures and place not in done:
                yield Duty(
                    key=f"evaluation:{round.public_id}:{h.organisation.public_id}:{h.user_id}",
                    owner=h.user_id,
                    due=round.evaluation_deadline,
                    title=format_lazy(_("Arvioi vuosi {year}"), year=round.year),
                    detail=lazystr(h.organisation.name),
                    url_name="measures:evaluation",
                    url_kwargs=_own(round, h.organisation),
                    kind="evaluation",
                    scope=plan.public_id,
                )


def _openings(plan: Plan, rounds: list[Round], holders: list[Holder], today: dt.date) -> Iterator[Duty]:
    """A planned round whose day has come waits for the coordinator."""
    for round in rounds:
        if round.state == Round.State.PLANNED and round.opens_on and round.opens_on <= today:
            for user_id in _coordinators(holders):
                yield Duty(
                    key=f"round_open:{round.public_id}:{user_id}",
                    owner=user_id,
                    due=round.opens_on,
                    title=format_lazy(_("Avaa vuoden {year} kierros"), year=round.year),
                    url_name="measures:round",
                    url_kwargs={"plan_id": plan.public_id, "year": round.year},
                    kind="round_open",
                    scope=plan.public_id,
                )
