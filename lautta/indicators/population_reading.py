"""Reading the stored children by age: one query for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from lautta.indicators.actions.results import parameters_sha256
from lautta.indicators.models import Indicator, StoredResult, Vintage
from lautta.indicators.population import METHOD, ChildrenByAge


def children_of(region, areas: Sequence[str]) -> dict[str, ChildrenByAge]:
    """{area's code: children by age} from the vintages in use; an area of which nothing is stored is absent. One query."""
    seen = Indicator.objects.population(region).filter(source_id__startswith="observed:")
    current = Vintage.objects.current().filter(indicator__in=seen).order_by().values("pk")
    rows = (
        StoredResult.objects.filter(
            method=METHOD,
            parameters_sha256__in=[parameters_sha256({"area": area}) for area in areas],
            vintage__in=current,
        )
        .order_by("pk")
        .values_list("payload", flat=True)
    )
    return {payload["area"]: ChildrenByAge(**payload) for payload in rows}


@dataclass(frozen=True, slots=True)
class Tried:
    """In so many of past cases (`of`), so many years ahead, the interval held what came, `covered` per cent of them."""

    ages: str
    ahead: int
    covered: float
    of: int


@cache
def evidence() -> tuple[Tried, ...]:
    """How the interval did when the scenario was made from earlier years; see docs/methods/population.md."""
    path = Path(__file__).with_name("data") / "population_evidence.yaml"
    return tuple(Tried(**row) for row in yaml.safe_load(path.read_text("utf-8"))["rows"])
