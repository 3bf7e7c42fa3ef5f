"""Reading the stored children by age: one query for a page."""

from __future__ import annotations

from collections.abc import Sequence

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
