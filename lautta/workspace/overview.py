"""The coordinator's picture of a round: organisations × goals, who has answered, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from lautta.common import clock
from lautta.measures.models import MeasureGoal, Round
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal, Plan


@dataclass(frozen=True, slots=True)
class Cell:
    """Measures of an organisation for a goal: published ones and drafts."""

    published: int = 0
    drafts: int = 0

    @property
    def total(self) -> int:
        return self.published + self.drafts


@dataclass(slots=True)
class Row:
    organisation: Organisation
    cells: list[tuple[Goal, Cell]]
    measures: int = 0
    drafts: int = 0
    answered: bool = False
    nothing_new: bool = False
    evaluated: bool = False
    unreported: int = 0

    @property
    def is_silent(self) -> bool:
        """Neither answered nor given one measure."""
        return not self.answered and not self.measures


@dataclass(slots=True)
class Overview:
    goals: list[Goal]
    rows: list[Row]
    totals: list[tuple[Goal, Cell]] = field(default_factory=list)

    @property
    def silent(self) -> list[Row]:
        return [row for row in self.rows if row.is_silent]

    @property
    def unanswered(self) -> list[Row]:
        return [row for row in self.rows if not row.answered]

    @property
    def answered_count(self) -> int:
        return sum(row.answered for row in self.rows)

    @property
    def empty_goals(self) -> list[Goal]:
        return [goal for goal, total in self.totals if not total.total]


def _root_of(goals: list[Goal]) -> dict[int, int]:
    """{goal: the main goal (or cross-cutting aim) above it}: a measure of a subgoal counts for its main goal."""
    parents = {goal.pk: goal.parent_id for goal in goals}

    def root(pk: int) -> int:
        seen = set()
        while (up := parents.get(pk)) and pk not in seen:
            seen.add(pk)
            pk = up
        return pk

    return {goal.pk: root(goal.pk) for goal in goals}


def overview(plan: Plan, round: Round) -> Overview:
    """Read the whole picture in a constant number of queries (seven)."""
    goals = list(plan.goals.current().in_order())
    root = _root_of(goals)
    heads = [goal for goal in goals if goal.kind in (Goal.Kind.CROSS_CUTTING, Goal.Kind.MAIN)]
    organisations = [
        p.organisation
        for p in plan.participations.current(clock.today())
        .select_related("organisation")
        .order_by("organisation__sort_key", "pk")
    ]
    years = round.measure_years.values("measure__organisation").annotate(
        n=Count("pk", distinct=True),
        drafts=Count("pk", filter=Q(published_at__isnull=True), distinct=True),
        unreported=Count("pk", filter=Q(status="under_way", reports__isnull=True), distinct=True),
    )
    counts = {row["measure__organisation"]: row for row in years}
    cells = _cells(round, root)
    answers = {a.organisation_id: a for a in round.answers.filter(withdrawn_at__isnull=True)}
    evaluated = set(round.evaluations.values_list("organisation_id", flat=True))
    rows = []
    for organisation in organisations:
        count, answer = counts.get(organisation.pk, {}), answers.get(organisation.pk)  # type: ignore[var-annotated]
        rows.append(
            Row(
                organisation=organisation,
                cells=[(goal, cells.get((organisation.pk, goal.pk), Cell())) for goal in heads],
                measures=count.get("n", 0),
                drafts=count.get("drafts", 0),
                unreported=count.get("unreported", 0),
                answered=answer is not None,
                nothing_new=bool(answer and answer.nothing_new),
                evaluated=organisation.pk in evaluated,
            )
        )
    totals = [
        (
            goal,
            Cell(sum(row.cells[i][1].published for row in rows), sum(row.cells[i][1].drafts for row in rows)),
        )
        for i, goal in enumerate(heads)
    ]
    return Overview(heads, rows, totals)


def _cells(round: Round, root: dict[int, int]) -> dict[tuple[int, int], Cell]:
    links = MeasureGoal.objects.filter(measure_year__round=round).values_list(
        "measure_year_id", "measure_year__measure__organisation_id", "goal_id", "measure_year__published_at"
    )
    # A measure of two subgoals of the same main goal is counted there once.
    found: dict[tuple[int, int], dict[int, bool]] = defaultdict(dict)
    for year, organisation, goal, published in links:
        found[organisation, root.get(goal, goal)][year] = published is not None
    return {
        key: Cell(sum(years.values()), sum(not p for p in years.values())) for key, years in found.items()
    }
