"""plan.yaml: the plan, its organisations and organiser, and the goal tree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.organisations.actions import succeed_organisation
from lautta.organisations.actions.organisations import update_organisation
from lautta.organisations.permissions import Permission
from lautta.plans.actions.goals import create_goal, publish_goal, set_criteria
from lautta.plans.actions.mirroring import link_plan, set_goal_mirroring, update_linked_plan
from lautta.plans.actions.participation import join_plan, leave_plan, succeed_in_plan
from lautta.plans.actions.plan import create_plan, publish_plan, set_organiser, set_phase
from lautta.plans.choices import TargetGroup
from lautta.plans.frameworks import frameworks
from lautta.plans.models import Goal, LinkedPlan, Plan
from lautta.workspace.loading.areas import OrganisationRow, RegionFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World


@dataclass
class OrganiserRow:
    row: Row
    organisation: str
    started_on: dt.date


@dataclass
class LinkedRow:
    row: Row
    key: str
    kind: str
    title: Translated
    years: str
    url: str


@dataclass
class GoalRow:
    row: Row
    kind: str
    number: str
    title: Translated
    description: Translated
    plain: Translated
    colour: int | None = None
    owner: str = ""
    status: str = ""
    target_groups: list[str] = field(default_factory=list)
    criteria: list[Translated] = field(default_factory=list)
    mirrors: dict[str, list[str]] = field(default_factory=dict)
    linked_plans: list[str] = field(default_factory=list)
    illustrative: bool = False
    below: list[GoalRow] = field(default_factory=list)


@dataclass
class PlanFile:
    row: Row
    title: Translated
    purpose: Translated
    plain: Translated
    start: dt.date | None
    end: dt.date | None
    phase: str
    published_on: dt.date | None
    illustrative: bool
    organisations: list[str]
    organisers: list[OrganiserRow]
    linked_plans: dict[str, LinkedRow] = field(default_factory=dict)
    goals: list[GoalRow] = field(default_factory=list)

    @property
    def numbers(self) -> dict[str, GoalRow]:
        """Every goal that has a number, subgoals included."""
        return {g.number: g for top in self.goals for g in (top, *top.below) if g.number}


def read_plan(files: Files, known: RegionFile) -> PlanFile:
    """The plan with its goals; organisations by their keys in region.yaml."""
    top = files.read("plan.yaml")
    illustrative = top.flag("illustrative")
    head = top.child("plan")
    head.skip("key", "subtitle", "legal_basis", "possible_extension")
    if head.text("region", required=False) not in ("", known.key):
        head.wrong("region", f"the region is “{known.key}” in region.yaml")
    period = head.child("period")
    found = PlanFile(
        head,
        title=head.translated("title"),
        purpose=head.translated("purpose"),
        plain=head.translated("plain", required=False),
        start=period.date("start"),
        end=period.date("end"),
        phase=head.choice("phase", Plan.Phase.values, required=False, default=Plan.Phase.DRAFTING),
        published_on=head.date("published", required=False),
        illustrative=head.flag("illustrative", default=illustrative),
        organisations=head.choices("organisations", known.organisations, required=True),
        organisers=[
            OrganiserRow(r, r.choice("organisation", known.organisations), r.date("from"))
            for r in head.rows("accountable_organiser")
        ],
    )
    for organiser in found.organisers:
        # The end of one follows from the beginning of the next.
        organiser.row.skip("to", "reason")
    for row in head.rows("linked_plans"):
        row.skip("illustrative")
        key = row.new_key("key", found.linked_plans)
        found.linked_plans[key] = LinkedRow(
            row, key, row.choice("kind", LinkedPlan.Kind.values), row.translated("title"),
            row.text("years", required=False, most=20), row.text("url", required=False, most=500),
        )  # fmt: skip
    if aim := top.child("cross_cutting_aim", required=False):
        found.goals.append(_read_aim(aim, illustrative))
    numbers: set[str] = set()
    for row in top.rows("goals", required=True):
        goal = _read_goal(row, found, known, illustrative)
        found.goals.append(goal)
        for each in (goal, *goal.below):
            if each.number in numbers:
                each.row.wrong("number", f"“{each.number}” is given twice")
            numbers.add(each.number)
    return found


def _read_aim(row: Row, illustrative: bool) -> GoalRow:
    row.skip("key")
    aim = GoalRow(
        row, Goal.Kind.CROSS_CUTTING, row.text("number", required=False, most=12), row.translated("title"),
        row.translated("description", required=False), row.translated("plain", required=False),
        illustrative=row.flag("illustrative", default=illustrative),
    )  # fmt: skip
    for r in row.rows("means"):
        r.skip("key")
        aim.below.append(
            GoalRow(
                r, Goal.Kind.MEANS, r.text("number", required=False, most=12), r.translated("title"),
                r.translated("description", required=False), r.translated("plain", required=False),
                illustrative=r.flag("illustrative", default=illustrative),
            )
        )  # fmt: skip
    return aim


def _read_goal(row: Row, plan: PlanFile, known: RegionFile, illustrative: bool) -> GoalRow:
    row.skip("key", "official_name")
    mirrors = row.child("mirrors", required=False)
    goal = GoalRow(
        row,
        Goal.Kind.MAIN,
        number=row.text("number", most=12),
        title=row.translated("title"),
        description=row.translated("description", required=False),
        plain=row.translated("plain", required=False),
        colour=row.whole("colour", least=1, most=3) if row.has("colour") else None,
        owner=row.choice("owner", known.organisations, required=False),
        status=row.choice("status", Goal.Status.values, required=False, default=Goal.Status.NOT_STARTED),
        target_groups=row.choices("target_groups", TargetGroup.values),
        criteria=row.translated_list("criteria"),
        mirrors=read_mirrors(mirrors),
        linked_plans=mirrors.choices("linked_plans", plan.linked_plans) if mirrors else [],
        illustrative=row.flag("illustrative", default=illustrative),
    )
    row.skip("colour")
    for r in row.rows("subgoals"):
        goal.below.append(
            GoalRow(
                r,
                Goal.Kind.SUBGOAL,
                number=r.text("number", most=12),
                title=r.translated("title"),
                description=r.translated("description", required=False),
                plain=r.translated("plain", required=False),
                owner=r.choice("owner", known.organisations, required=False),
                status=r.choice(
                    "status", Goal.Status.values, required=False, default=Goal.Status.NOT_STARTED
                ),
                target_groups=r.choices("target_groups", TargetGroup.values),
                criteria=r.translated_list("criteria"),
                illustrative=r.flag("illustrative", default=illustrative),
            )
        )
    return goal


def read_mirrors(mirrors: Row | None) -> dict[str, list[str]]:
    """Codes by framework, each known to the framework."""
    if mirrors is None:
        return {}
    return {
        code: mirrors.choices(code, sorted(found.codes))
        for code, found in frameworks().items()
        if mirrors.has(code)
    }


def load_plan(found: PlanFile, known: RegionFile, world: World) -> None:
    """The plan, still in preparation, with its organisations and its first organiser."""
    with found.row.blamed():
        world.plan = create_plan(
            by=SYSTEM, region=world.region, title=found.title, purpose=found.purpose, plain=found.plain,
            period_start=found.start.year, period_end=found.end.year, is_illustrative=found.illustrative,
        )  # fmt: skip
        for key in found.organisations:
            organisation = world.organisations[key]
            begun = max(found.start, organisation.started_on or dt.date.min)  # type: ignore[type-var]
            join_plan(by=SYSTEM, plan=world.plan, organisation=organisation, started_on=begun)
    if found.organisers:
        first = found.organisers[0]
        with first.row.blamed():
            set_organiser(
                by=SYSTEM, plan=world.plan, organisation=world.organisations[first.organisation],
                started_on=first.started_on,
            )  # fmt: skip


def load_goals(found: PlanFile, world: World) -> None:
    """The goal tree with criteria and what it answers to."""
    by = world.actor(Permission.EDIT_PLAN)
    for linked in found.linked_plans.values():
        with linked.row.blamed():
            world.linked_plans[linked.key] = link_plan(
                by=by,
                plan=world.plan,
                kind=linked.kind,
                title=linked.title,
                years=linked.years,
                url=linked.url,
            )
    agreeing: dict[str, list[Goal]] = {key: [] for key in found.linked_plans}
    for row in found.goals:
        goal = _load_goal(row, None, world)
        for below in row.below:
            _load_goal(below, goal, world)
        for key in row.linked_plans:
            agreeing[key].append(goal)
    for key, goals in agreeing.items():
        if goals:
            with found.linked_plans[key].row.blamed():
                update_linked_plan(by=by, linked=world.linked_plans[key], goals=goals)


def _load_goal(row: GoalRow, parent: Goal | None, world: World) -> Goal:
    by = world.actor(Permission.EDIT_PLAN)
    with row.row.blamed():
        goal = create_goal(
            by=by, plan=world.plan, kind=row.kind, title=row.title, number=row.number, parent=parent,
            colour=row.colour, description=row.description, plain=row.plain, target_groups=row.target_groups,
            owner=world.organisations[row.owner] if row.owner else None,
            status=row.status or Goal.Status.NOT_STARTED, is_illustrative=row.illustrative,
        )  # fmt: skip
        if row.criteria:
            set_criteria(by=by, goal=goal, criteria=[(None, text) for text in row.criteria])
        for framework, codes in row.mirrors.items():
            set_goal_mirroring(by=by, goal=goal, framework=framework, codes=codes)
    if row.number:
        world.goals[row.number] = goal
    return goal


def publish(found: PlanFile, world: World) -> None:
    """Put the plan in force as the file says and, when it has been published, open its site and its goals."""
    by = world.actor(Permission.PUBLISH_PLAN)
    with found.row.blamed():
        if found.phase != Plan.Phase.DRAFTING:
            set_phase(by=by, plan=world.plan, phase=Plan.Phase.IN_FORCE)
        if found.published_on is None:
            return
        at = world.moment(found.published_on, "plan")
        world.plan = publish_plan(by=by, plan=world.plan)
        world.happened(world.plan, "published_at", at)
        world.happened(world.plan, "created_at", at - dt.timedelta(days=200))
        for goal in world.plan.goals.in_order().filter(parent=None):
            _publish_goal(goal, by, at, world)
            for below in goal.children.in_order():
                _publish_goal(below, by, at, world)


def _publish_goal(goal: Goal, by, at: dt.datetime, world: World) -> None:
    world.happened(publish_goal(by=by, goal=goal), "published_at", at)


def end_plan(found: PlanFile, world: World) -> None:
    """When the file says that the plan has ended; last, since nothing more is written after it."""
    if found.phase == Plan.Phase.ENDED:
        with found.row.blamed():
            set_phase(by=SYSTEM, plan=world.plan, phase=Plan.Phase.ENDED)


def hand_over(found: PlanFile, known: RegionFile, world: World, *, before: dt.date) -> None:
    """What ends and begins before the date, in the order of time: organisations that end (and hand over to
    their successors), and new organisers where a succession has not seen to it already.
    """
    changes: list[tuple[dt.date, OrganiserRow | OrganisationRow]] = [
        # A new organiser's eve comes before whatever else ends on that day.
        *((o.started_on - dt.timedelta(days=1), o) for o in found.organisers[1:]),
        *((o.ended_on, o) for o in known.organisations.values() if o.ended_on),
    ]
    for day, change in sorted(changes, key=lambda c: c[0]):
        if day >= before:
            break
        with change.row.blamed():
            if isinstance(change, OrganiserRow):
                _change_organiser(change, world)
            else:
                _end(change, world)
        world.people_changed()


def _change_organiser(organiser: OrganiserRow, world: World) -> None:
    organisation = world.organisations[organiser.organisation]
    now = world.plan.organiser_periods.filter(ended_on__isnull=True).first()
    if now and now.organisation_id != organisation.pk and now.started_on < organiser.started_on:
        set_organiser(
            by=world.actor(Permission.PUBLISH_PLAN),
            plan=world.plan,
            organisation=organisation,
            started_on=organiser.started_on,
        )


def _end(o: OrganisationRow, world: World) -> None:
    organisation, plan = world.organisations[o.key], world.plan
    organisation.refresh_from_db()
    if organisation.ended_on is not None:
        return
    by = world.actor(Permission.PUBLISH_PLAN)
    in_plan = plan.participations.filter(organisation=organisation, ended_on__isnull=True).exists()  # type: ignore[misc]
    if o.successor:
        successor = world.organisations[o.successor]
        ending = {"by": by if in_plan else SYSTEM, "organisation": organisation, "successor": successor}
        if in_plan:
            succeed_in_plan(plan=plan, last_day=o.ended_on, **ending)
        else:
            succeed_organisation(last_day=o.ended_on, **ending)
    else:
        if in_plan:
            leave_plan(by=by, plan=plan, organisation=organisation, last_day=o.ended_on)
        update_organisation(by=SYSTEM, organisation=organisation, ended_on=o.ended_on)
    world.organisations[o.key].refresh_from_db()
