"""The goal tree as readers see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from lautta.plans.models import Goal
from lautta.publishing.links import goal_url
from lautta.publishing.presenters.words import words


@dataclass
class Node:
    """A public goal with its public children, its address and its colour. `count`: measures of its branch."""

    goal: Goal
    url: str
    count: int = 0
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def pk(self) -> int:
        return self.goal.pk

    @property
    def title(self) -> str:
        return words(self.goal.title)

    @property
    def label(self) -> str:
        return f"{self.goal.number} {self.goal.title}".strip()

    @cached_property
    def numbered(self) -> str:
        """ "Tavoite 4.1", or "" for a goal without a number."""
        return _("Tavoite %(number)s") % {"number": self.goal.number} if self.goal.number else ""

    @property
    def colour(self) -> int:
        """1–3, or 0 for what cuts across; a child without a colour has its parent's."""
        return self.goal.colour or (self.parent.colour if self.parent else 0)

    @property
    def main(self) -> "Node":
        return self.parent.main if self.parent else self

    def branch(self) -> list["Node"]:
        """Itself and everything under it, in order."""
        return [self, *(node for child in self.children for node in child.branch())]

    def path(self) -> list["Node"]:
        """From the main goal to itself."""
        return [*(self.parent.path() if self.parent else []), self]


class GoalTree:
    """Public goals of one plan. A goal whose parent is not public is not shown either."""

    def __init__(self, plan_id: str, goals: Iterable[Goal]):
        nodes = {goal.pk: Node(goal, goal_url(plan_id, goal)) for goal in goals}
        for node in nodes.values():
            if node.goal.parent_id in nodes:
                node.parent = nodes[node.goal.parent_id]
                node.parent.children.append(node)
        self.roots = [node for node in nodes.values() if node.goal.parent_id is None]
        self._shown = {node.pk: node for root in self.roots for node in root.branch()}

    def __bool__(self) -> bool:
        return bool(self._shown)

    def __iter__(self):
        return iter(self._shown.values())

    def __contains__(self, pk: int) -> bool:
        return pk in self._shown

    def get(self, pk: int) -> Node | None:
        return self._shown.get(pk)

    def nodes(self, pks: Iterable[int]) -> list[Node]:
        return [self._shown[pk] for pk in pks if pk in self._shown]

    def find(self, public_id: str) -> Node | None:
        return next((node for node in self if node.goal.public_id == public_id), None)

    @property
    def main(self) -> list[Node]:
        return [node for node in self.roots if node.goal.kind == Goal.Kind.MAIN]

    @property
    def cross_cutting(self) -> list[Node]:
        return [node for node in self.roots if node.goal.kind == Goal.Kind.CROSS_CUTTING]

    def counted(self, links: Iterable[tuple[int, int]]) -> "GoalTree":
        """The same tree with `count` of each node filled in."""
        counts = self.rolled_up(links)
        for node in self:
            node.count = counts.get(node.pk, 0)
        return self

    def rolled_up(self, links: Iterable[tuple[int, int]]) -> Mapping[int, int]:
        """How many different measures each goal has with its branch. `links`: (measure, goal) pairs."""
        measures: dict[int, set[int]] = {}
        for measure, goal in links:
            if node := self.get(goal):
                for above in node.path():
                    measures.setdefault(above.pk, set()).add(measure)
        return {pk: len(found) for pk, found in measures.items()}
