"""Questions that more than one page asks of the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from lautta.common import clock
from lautta.common.models import User
from lautta.network import vocabulary
from lautta.network.actions.freshness import id_of
from lautta.network.actions.services import municipalities
from lautta.network.models import (
    CentreArea,
    Commitment,
    ContactRequest,
    Process,
    Service,
    ServiceTag,
    TaskCell,
)
from lautta.organisations.models import Area
from lautta.plans.models import Plan, RoleAssignment


def municipalities_of(plan: Plan) -> QuerySet[Area]:
    """The region's municipalities today, by name."""
    return municipalities(plan)


def tag_counts(services: QuerySet[Service], kind: str) -> dict[str, int]:
    """How many of the services bear each code: one query."""
    rows = ServiceTag.objects.filter(kind=kind, service__in=services.order_by().values("pk"))
    return dict(rows.values("code").annotate(n=Count("pk")).values_list("code", "n"))


def request_by_secret(secret: str) -> ContactRequest | None:
    """The request behind a link; None for a forged one."""
    if (found := id_of(secret)) is None:
        return None
    return (
        ContactRequest.objects.select_related("service__plan__region__area", "service__provider")
        .filter(public_id=found)
        .first()
    )


@dataclass
class Row:
    """A task over the areas: one cell each, None where nothing is known."""

    task: vocabulary.Word
    cells: list[TaskCell | None] = field(default_factory=list)


@dataclass
class Matrix:
    """The seven tasks over the areas, and the gaps in it as (area, task, cell or None)."""

    areas: list[CentreArea]
    rows: list[Row]

    @property
    def gaps(self) -> list[tuple[CentreArea, vocabulary.Word, TaskCell | None]]:
        lacking = {TaskCell.State.GAP, TaskCell.State.PLANNED}
        return [
            (area, row.task, cell)
            for row in self.rows
            for area, cell in zip(self.areas, row.cells, strict=True)
            if cell is None or cell.state in lacking
        ]


def centre_areas(plan: Plan) -> list[CentreArea]:
    """Areas with parts, places and cells: a constant number of queries."""
    return list(
        plan.centre_areas.select_related("coordinator").prefetch_related(
            "parts__area", "places__municipality", Prefetch("cells", TaskCell.objects.order_by("task"))
        )
    )


def matrix_of(areas: Iterable[CentreArea]) -> Matrix:
    areas = list(areas)
    cells = {(cell.centre_area_id, cell.task): cell for area in areas for cell in area.cells.all()}
    rows = [Row(word, [cells.get((a.pk, code)) for a in areas]) for code, word in vocabulary.tasks().items()]
    return Matrix(areas, rows)


def processes_of(plan: Plan) -> QuerySet[Process]:
    return plan.processes.prefetch_related("steps", "moves")


def commitments_of(plan: Plan, **only: Any) -> QuerySet[Commitment]:
    """With their organisation, the nearest day first."""
    return plan.commitments.filter(**only).select_related("organisation").in_order()


def proposals_of(plan: Plan) -> QuerySet[ContactRequest]:
    """Changes that contacts have proposed and nobody has decided on, oldest first."""
    return (
        ContactRequest.objects.filter(service__plan=plan, answer=ContactRequest.Answer.CHANGE)
        .select_related("service__provider")
        .prefetch_related("service__area_rows")
        .order_by("answered_on", "pk")
    )


def people_with(
    plan: Plan, *, roles: Iterable[str] = (), organisations: Iterable[int] | None = None
) -> list[User]:
    """Those who hold a role in the plan today, by name: of these roles, in these organisations."""
    rows = RoleAssignment.objects.current(clock.today()).filter(plan=plan, membership__user__is_active=True)
    if roles := list(roles):
        rows = rows.filter(role__in=roles)
    if organisations is not None:
        rows = rows.filter(membership__organisation__in=list(organisations))
    return list(User.objects.filter(pk__in=rows.values("membership__user")).order_by("name", "pk"))
