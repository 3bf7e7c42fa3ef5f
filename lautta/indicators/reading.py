"""Reading panels: current vintages as arrays with codes. See docs/indicators.md for examples."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.db.models import QuerySet

from lautta.indicators.models import Indicator, StoredResult, Vintage
from lautta.indicators.panels import COUNTRY, QUANTILES, Cell, IndicatorPanel, Series, from_bytes, shape_of

__all__ = [
    "COUNTRY",
    "Cell",
    "IndicatorPanel",
    "Series",
    "current_panel",
    "latest",
    "national_quantiles",
    "panel_of_vintage",
    "panels_of",
    "result_of",
    "series",
]

_COLUMNS = ("pk", "indicator_id", "dimensions", "values", "status", "numerators", "denominators")
_WITHOUT_COUNTS = ("pk", "indicator_id", "dimensions", "values", "status")


def current_panel(indicator: Indicator) -> IndicatorPanel | None:
    """The current vintage's panel, or None when nothing has been taken in. One query; the arrays are read-only views."""
    row = Vintage.objects.filter(indicator=indicator, state="current").values_list(*_COLUMNS).first()
    return _panel(row) if row else None


def panel_of_vintage(vintage: Vintage) -> IndicatorPanel:
    """The panel of any vintage."""
    return _panel(Vintage.objects.filter(pk=vintage.pk).values_list(*_COLUMNS).get())


def panels_of(
    indicators: Iterable[Indicator] | QuerySet[Indicator],
    *,
    areas: Iterable[str] | None = None,
    counts: bool = True,
) -> dict[int, IndicatorPanel]:
    """{indicator's key: panel} of the current vintages, in one query.

    `areas`: only these areas' rows are kept (codes as "KU286"); those that a panel lacks are left out of it. Without
    `counts` numerators and denominators are not read, which halves what the database hands over.
    """
    rows = Vintage.objects.filter(indicator__in=list(indicators), state="current").values_list(
        *(_COLUMNS if counts else _WITHOUT_COUNTS)
    )
    wanted = None if areas is None else list(areas)
    found = {}
    for row in rows:
        panel = _panel(row)
        found[row[1]] = panel if wanted is None else panel.only(wanted)
    return found


def latest(indicator: Indicator, area: str, gender: str = "total") -> Cell | None:
    """The newest number of an area ("KU286"), or None."""
    panel = current_panel(indicator)
    return panel.latest(area, gender) if panel else None


def series(indicator: Indicator, area: str, gender: str = "total") -> Series | None:
    """The years of an area, or None."""
    panel = current_panel(indicator)
    return panel.series(area, gender) if panel else None


def national_quantiles(indicator: Indicator, gender: str = "total") -> dict[int, tuple[float, ...]]:
    """{year: (5, 25, 50, 75, 95 %)} over municipalities; a year in which fewer than five have a number is absent."""
    row = (
        Vintage.objects.filter(indicator=indicator, state="current")
        .values_list("dimensions", "quantiles")
        .first()
    )
    if row is None:
        return {}
    axes = dict(row[0])
    if gender not in axes["gender"]:
        return {}
    shape = (*shape_of(row[0])[1:], len(QUANTILES))
    found = np.frombuffer(row[1], dtype="<f8").reshape(shape)
    rest = (0,) * (len(shape) - 3)
    by_year = found[(slice(None), axes["gender"].index(gender), *rest)]
    return {
        year: tuple(float(x) for x in line)
        for year, line in zip(axes["year"], by_year, strict=True)
        if line[0] == line[0]
    }


def result_of(vintage_id: int, method: str, **parameters: Any) -> StoredResult | None:
    """The newest stored result of a method on a vintage with these parameters, or None."""
    from lautta.indicators.actions.results import parameters_sha256

    return (
        StoredResult.objects.filter(
            vintage_id=vintage_id, method=method, parameters_sha256=parameters_sha256(parameters)
        )
        .order_by("-pk")
        .first()
    )


def _panel(row: tuple[Any, ...]) -> IndicatorPanel:
    key, indicator_id, dimensions, values, status, *counts = row
    shape = shape_of(dimensions)
    axes = [(name, tuple(codes)) for name, codes in dimensions]
    numerators, denominators = counts or (None, None)
    return IndicatorPanel(
        areas=axes[0][1],
        years=axes[1][1],
        genders=axes[2][1],
        extra=tuple(axes[3:]),
        values=from_bytes(values, shape),  # type: ignore[arg-type]
        status=from_bytes(status, shape, "u1"),  # type: ignore[arg-type]
        numerators=from_bytes(numerators, shape),
        denominators=from_bytes(denominators, shape),
        indicator_id=indicator_id,
        vintage_id=key,
    )
