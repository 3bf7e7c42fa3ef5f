"""The goal tree as pages show it: in order, with what each goal still lacks, and what it is mirrored
against.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lautta.plans.forms.base import IN_LANGUAGE
from lautta.plans.frameworks import Framework, Group, Item
from lautta.plans.models import Goal, LinkedPlan, Plan

Words = str | Promise
TEXT_NAMES = {"title": _("nimi"), "description": _("kuvaus"), "plain": _("selkokieli")}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a goal is missing: in words, and the page that mends it."""

    text: Words
    url_name: str
    url_kwargs: dict[str, str]


@dataclass(slots=True)
class Branch:
    """A goal with the goals below it and what it lacks. `first`, `last`: its place among its siblings."""

    goal: Goal
    below: list[Branch] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    first: bool = False
    last: bool = False
    index: int = 0

    @property
    def walk(self) -> Iterable[Branch]:
        yield self
        for branch in self.below:
            yield from branch.walk


def goal_tree(plan: Plan, frameworks: dict[str, Framework]) -> list[Branch]:
    """Current goals of the plan from the top: four queries, however many goals there are."""
    branches = {goal.pk: Branch(goal) for goal in plan.goals.current().in_order().with_content()}
    tops: list[Branch] = []
    for branch in branches.values():
        branch.lacks = lacks_of(branch.goal, plan, frameworks)
        parent = branches.get(branch.goal.parent_id)
        (parent.below if parent else tops).append(branch)
    for siblings in [tops, *(b.below for b in branches.values())]:
        for index, branch in enumerate(siblings):
            branch.index, branch.first, branch.last = index, index == 0, index == len(siblings) - 1
    return tops


def lacks_of(goal: Goal, plan: Plan, frameworks: dict[str, Framework]) -> list[Lack]:
    """What the goal lacks, most telling first. Its content is read along (see GoalQuerySet.with_content)."""
    ids = {"plan_id": plan.public_id, "goal_id": goal.public_id}
    source = {**ids, "language": goal.title.source}
    lacks = []
    if not goal.plain:
        lacks.append(Lack(_("Selkokielinen teksti"), "plans:goal_edit", source))
    if goal.kind in {Goal.Kind.MAIN, Goal.Kind.SUBGOAL}:
        if goal.owner is None:
            lacks.append(Lack(_("Vastuuorganisaatio"), "plans:goal_edit", source))
        elif goal.owner.ended_on is not None:
            lacks.append(Lack(_("Vastuuorganisaatio: nykyinen on päättynyt"), "plans:goal_edit", source))
    top = goal.kind in {Goal.Kind.MAIN, Goal.Kind.CROSS_CUTTING}
    if goal.kind == Goal.Kind.MAIN and not goal.criteria.all():
        lacks.append(Lack(_("Kriteerit"), "plans:goal_criteria", ids))
    for language in plan.region.languages:
        if language != goal.title.source and (text := _lacking_translation(goal, language)):
            lacks.append(Lack(text, "plans:goal_edit", {**ids, "language": language}))
    if top:
        mirrored = {m.framework for m in goal.mirrorings.all()}
        for framework in frameworks.values():
            if framework.code not in mirrored:
                text = _("Vastine: %(framework)s") % {"framework": framework.title}
                lacks.append(Lack(text, "plans:mirroring_edit", {**ids, "framework": framework.code}))
    return lacks


def _lacking_translation(goal: Goal, language: str) -> Words | None:
    texts = {name: getattr(goal, name) for name in TEXT_NAMES}
    missing = [
        str(TEXT_NAMES[name]) for name, text in texts.items() if text and not text.in_language(language)
    ]
    if any(not c.text.in_language(language) for c in goal.criteria.all()):
        missing.append(str(_("kriteerit")))
    if missing:
        return _("%(language)s: %(parts)s") % {
            "language": str(IN_LANGUAGE[language]).capitalize(),
            "parts": ", ".join(missing),
        }
    stale = [str(TEXT_NAMES[name]) for name, text in texts.items() if text.is_stale(language)]
    if stale:
        return _("Vanhentunut käännös %(language)s: %(parts)s") % {
            "language": IN_LANGUAGE[language], "parts": ", ".join(stale)
        }  # fmt: skip
    return None


@dataclass(frozen=True, slots=True)
class Cell:
    """How a column's goal answers to a row: itself, or only by the goals below it (their numbers)."""

    goal: Goal
    own: bool
    below: tuple[Goal, ...]

    @property
    def is_empty(self) -> bool:
        return not self.own and not self.below


@dataclass(frozen=True, slots=True)
class Row:
    item: Item | LinkedPlan
    cells: tuple[Cell, ...]

    @property
    def is_gap(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Goal × item, with the gaps both ways. Columns are top goals; what their subgoals answer to shows in
    them.
    """

    columns: tuple[Goal, ...]
    groups: tuple[tuple[Any, tuple[Row, ...]], ...]
    unanswered: tuple[Item | LinkedPlan, ...]
    without: tuple[Goal, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for _group, rows in self.groups for row in rows)

    @property
    def answered_count(self) -> int:
        return sum(not row.is_gap for row in self.rows)


def mirror_of_framework(tops: list[Branch], framework: Framework) -> Mirror:
    """The plan against a framework."""

    held = {
        (branch.goal.pk, m.code)
        for top in tops
        for branch in top.walk
        for m in branch.goal.mirrorings.all()
        if m.framework == framework.code
    }

    def holds(goal: Goal, item: Item) -> bool:
        return (goal.pk, item.code) in held

    return _mirror(tops, [(g, g.items) for g in framework.groups], holds)


def mirror_of_linked_plans(tops: list[Branch], linked: Iterable[LinkedPlan]) -> Mirror:
    """The plan against other plans."""

    held = {
        (branch.goal.pk, other.pk)
        for top in tops
        for branch in top.walk
        for other in branch.goal.linked_plans.all()
    }

    def holds(goal: Goal, other: LinkedPlan) -> bool:
        return (goal.pk, other.pk) in held

    return _mirror(tops, [(None, tuple(linked))], holds)


def _mirror(tops: list[Branch], groups: Iterable[tuple[Group | None, tuple]], holds) -> Mirror:
    columns = tuple(branch.goal for branch in tops)
    made = []
    for group, items in groups:
        rows = []
        for item in items:
            cells = tuple(
                Cell(b.goal, holds(b.goal, item), tuple(c.goal for c in b.below if holds(c.goal, item)))
                for b in tops
            )
            rows.append(Row(item, cells))
        made.append((group, tuple(rows)))
    every = [row for _group, rows in made for row in rows]
    return Mirror(
        columns=columns,
        groups=tuple(made),
        unanswered=tuple(row.item for row in every if row.is_gap),
        without=tuple(goal for n, goal in enumerate(columns) if all(row.cells[n].is_empty for row in every)),
    )
