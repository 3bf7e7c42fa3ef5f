"""What a service costs for each resident of an area, year by year: made of a source's costs and its number of inhabitants, stored,
and read by pages. It is ours and not the source's, and pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lautta.indicators.panels import COUNTRY, IndicatorPanel
from lautta.indicators.shares import group_series
from lautta.statistics.panel import Floats, Status

METHOD = "cost_per_resident"
CODE_VERSION = "1"


@dataclass(frozen=True)
class PerResident:
    """Euros for each resident in `years`; None where costs are withheld or missing (`statuses`), or inhabitants unknown."""

    area: str
    years: tuple[int, ...] | list[int]
    values: list[float | None]
    statuses: list[int]
    is_illustrative: bool = False

    def payload(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def per_resident(
    costs: IndicatorPanel, people: IndicatorPanel, unit_euros: float, regions: Mapping[str, str]
) -> list[PerResident]:
    """Of each area asked for (`regions`: area → its region, or "") that has costs: a region's are its municipalities' sum where
    the source gives none of its own, and only of years in which all of them are known.
    """
    made = []
    for area in regions:
        members = [code for code, top in regions.items() if top == area]
        spent = _series(costs, area, members)
        if spent is None:
            continue
        head = _series(people, area, members)
        status = spent[1].astype(int)
        inhabitants = _on_years(head, people.years, costs.years)
        value = np.divide(
            spent[0] * unit_euros, inhabitants, out=np.full(len(status), np.nan), where=inhabitants > 0
        )
        known = (status <= Status.ZERO) & np.isfinite(value)
        status = np.where((status <= Status.ZERO) & ~known, Status.MISSING, status)
        made.append(
            PerResident(
                area,
                list(costs.years),
                [round(float(v), 4) if k else None for v, k in zip(value, known, strict=True)],
                [int(s) for s in status],
            )
        )
    return made


def _series(panel: IndicatorPanel, area: str, members: list[str]) -> tuple[Floats, np.ndarray] | None:
    if area == COUNTRY and area not in panel:
        return None
    found = group_series(panel, area, members, multiplier=None, is_count=True)
    return (found.values, found.status) if found is not None else None


def _on_years(
    found: tuple[Floats, np.ndarray] | None, theirs: tuple[int, ...], ours: tuple[int, ...]
) -> Floats:
    if found is None:
        return np.full(len(ours), np.nan)
    known = {y: v for y, v, s in zip(theirs, *found, strict=True) if s <= Status.ZERO}
    return np.array([known.get(year, np.nan) for year in ours])
