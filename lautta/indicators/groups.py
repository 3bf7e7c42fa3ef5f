"""Groups within an area: girls and boys, ages and whatever else a source divides its numbers by.

A page reads them stored. A withheld group stays withheld, and where only one group of a division is withheld the source's own
rule (or the file's) has already hidden another: nothing is reckoned here from a total and its other parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from lautta.indicators.models import Indicator
from lautta.indicators.panels import Floats, IndicatorPanel
from lautta.statistics import comparison, intervals
from lautta.statistics.intervals import Family
from lautta.statistics.panel import Status

GENDER = "gender"
# How sources write "all together" on an axis.
TOTALS = frozenset({"total", "sss", "_t", "yhteensä", "kaikki", "totalt", "all"})
# More groups than this of one axis would be a table of its own (single years of age).
MOST_GROUPS = 12


def total_of(codes: Iterable[str]) -> str | None:
    """The code of "all together" among the codes of an axis, or None."""
    return next((code for code in codes if code.casefold() in TOTALS), None)


def without_axes(panel: IndicatorPanel, *, is_count: bool) -> IndicatorPanel | None:
    """The panel without axes beyond area, year and gender: each at its total, or where it has none and the values are counts,
    summed. None when that cannot be done. A sum of which a part is withheld is withheld.
    """
    values, status = panel.values, panel.status
    tops, bottoms = panel.numerators, panel.denominators
    for _name, codes in reversed(panel.extra):
        total = total_of(codes)
        if total is not None or len(codes) == 1:
            at = 0 if total is None else codes.index(total)
            values, status = values[..., at], status[..., at]
            tops, bottoms = (None if a is None else a[..., at] for a in (tops, bottoms))
        elif is_count:
            hidden, known = (status == Status.SUPPRESSED).any(axis=-1), (status <= Status.ZERO).all(axis=-1)
            values = np.where(known, values.sum(axis=-1), np.nan)
            status = np.where(known, np.where(values == 0, Status.ZERO, Status.VALUE), Status.MISSING)
            status = np.where(hidden, Status.SUPPRESSED, status).astype(np.uint8)
            tops = bottoms = None
        else:
            return None
    return replace(panel, values=values, status=status, numerators=tops, denominators=bottoms, extra=())


def groups(
    panel: IndicatorPanel,
    indicator: Indicator,
    at: int,
    areas: Iterable[str],
    dispersion: Floats,
    sizes: Mapping[str, Floats | None],
) -> dict[str, list[dict[str, Any]]]:
    """{area: [{axis, code, value, status, low, high}]} in the year at place `at`: numbers on the indicator's scale, None where
    unknown. `panel` may have axes of its own; `sizes` are denominators (areas, years) by gender.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for area in areas:
        n = panel.area_positions.get(area)
        if n is not None:
            found[area] = [*_genders(panel, indicator, at, n, dispersion[n], sizes), *_others(panel, at, n)]
    return found


def _genders(
    panel: IndicatorPanel,
    indicator: Indicator,
    at: int,
    n: int,
    factor: float,
    sizes: Mapping[str, Floats | None],
) -> list[dict[str, Any]]:
    if panel.extra:
        return []
    made = []
    for g, code in enumerate(panel.genders):
        if code == "total":
            continue
        size = sizes.get(code)
        top = None if panel.numerators is None else panel.numerators[n, at, g]
        low = high = None
        status = int(panel.status[n, at, g])
        if status <= Status.ZERO and top is not None and size is not None and indicator.multiplier:
            ends = intervals.rate_interval(
                0.0 if status == Status.ZERO else top, size[n, at], family=family_of(indicator), dispersion=max(factor, 1.0)
            )  # fmt: skip
            low, high = (_number(float(end) * indicator.multiplier) for end in ends)
        made.append(_group(GENDER, code, panel.values[n, at, g], status) | {"low": low, "high": high})
    return made


def gender_gap(
    panel: IndicatorPanel,
    indicator: Indicator,
    at: int,
    n: int,
    factor: float,
    sizes: Mapping[str, Floats | None],
) -> int:
    """Whether girls clearly differ from boys (lautta.statistics.comparison.Verdict); NO_DATA where it cannot be judged."""
    unknown = int(comparison.Verdict.NO_DATA)
    girls, boys = sizes.get("female"), sizes.get("male")
    if panel.extra or panel.numerators is None or girls is None or boys is None or not indicator.multiplier:
        return unknown
    f, m = panel.genders.index("female"), panel.genders.index("male")
    if panel.status[n, at, m] > Status.ZERO or not boys[n, at] > 0:
        return unknown
    count = np.where(panel.status[n, at] == Status.ZERO, 0.0, panel.numerators[n, at])
    found = comparison.compare_counts(
        count[f : f + 1], girls[n, at : at + 1], reference=count[m] / boys[n, at], reference_size=boys[n, at],
        part_of_reference=False, status=panel.status[n, at, f : f + 1], family=family_of(indicator),
        dispersion=max(factor, 1.0),
    )  # fmt: skip
    return int(found.verdict[0])


def _others(panel: IndicatorPanel, at: int, n: int) -> list[dict[str, Any]]:
    if not panel.extra or "total" not in panel.genders:
        return []
    totals = [total_of(codes) for _name, codes in panel.extra]
    made = []
    for axis, (name, codes) in enumerate(panel.extra):
        rest = [
            0 if total is None else panel.extra[other][1].index(total) for other, total in enumerate(totals)
        ]
        # Without a total of another axis a part would be a part of a part.
        if any(t is None and len(panel.extra[o][1]) > 1 for o, t in enumerate(totals) if o != axis):
            continue
        parts = [code for code in codes if code != totals[axis]]
        if not 1 < len(parts) <= MOST_GROUPS:
            continue
        for code in parts:
            rest[axis] = codes.index(code)
            spot = (n, at, panel.genders.index("total"), *rest)
            made.append(_group(name, code, panel.values[spot], int(panel.status[spot])))
    return made


def _group(axis: str, code: str, value: float, status: int) -> dict[str, Any]:
    shown = _number(float(value)) if status <= Status.ZERO else None
    return {"axis": axis, "code": code, "value": shown, "status": status, "low": None, "high": None}


def family_of(indicator: Indicator) -> Family:
    return Family.BINOMIAL if indicator.kind == Indicator.Kind.PERCENTAGE else Family.POISSON


def _number(value: float) -> float | None:
    return round(value, 6) if np.isfinite(value) else None
