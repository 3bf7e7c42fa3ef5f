"""Shares made of counts: where a source gives how many but not of how many, and for groups that it does not publish.

What is made here is ours and not the source's: `derived` says which cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lautta.indicators.definitions import definitions
from lautta.indicators.models import Indicator
from lautta.indicators.panels import Floats, IndicatorPanel, Series
from lautta.indicators.reading import panels_of
from lautta.statistics.panel import Status

# Under this many steps of its rounding a rate cannot tell its denominator.
LEAST_STEPS = 5


@dataclass(frozen=True)
class SharedPanel:
    """A panel with denominators where they are known, and which of its values were made here."""

    panel: IndicatorPanel
    derived: NDArray[np.bool_]


def with_denominators(
    indicators: Iterable[Indicator], *, areas: Sequence[str] | None = None
) -> dict[int, SharedPanel]:
    """{indicator's key: panel} of the current vintages, two queries in all.

    Denominators: the file's own; else the counts of the indicators that the definition names (for example children
    under 18); else, where the source gives value and count, count × multiplier / value, which is off by what the
    source rounds away. A value that the source leaves out is made where its count and a named denominator are known.
    """
    wanted = list(indicators)
    panels = panels_of(wanted, areas=areas)
    named = {i.pk: definitions()[i.definition].denominator for i in wanted if i.definition in definitions()}
    ids = {source_id for chosen in named.values() for source_id in chosen}
    bases = (
        list(Indicator.objects.filter(source="sotkanet", source_id__in=ids, region__isnull=True))
        if ids
        else []
    )
    counts = panels_of(bases, areas=areas) if bases else {}
    by_id = {base.source_id: counts[base.pk] for base in bases if base.pk in counts}
    return {
        indicator.pk: _shared(
            panels[indicator.pk],
            indicator.multiplier,
            indicator.decimals,
            [by_id.get(i) for i in named.get(indicator.pk, ())],
        )
        for indicator in wanted
        if indicator.pk in panels
    }


def implied(values: Floats, cases: Floats, multiplier: float, decimals: int) -> Floats:
    """Denominators that rate and cases tell; NaN where there is neither, or where the rate is so small that its rounding
    would decide (under LEAST_STEPS steps). As exact as the rate's rounding lets them be.
    """
    told = (values > LEAST_STEPS * 10.0**-decimals) & (cases > 0)
    found = np.full(values.shape, np.nan)
    found[told] = np.maximum(
        np.round(cases[told] * multiplier / values[told]), cases[told] if multiplier == 100 else 0
    )
    return found


def _shared(
    panel: IndicatorPanel,
    multiplier: float | None,
    decimals: int,
    bases: Sequence[IndicatorPanel | None],
) -> SharedPanel:
    nothing = np.zeros(panel.values.shape, dtype=bool)
    if multiplier is None or panel.denominators is not None or panel.extra:
        return SharedPanel(panel, nothing)
    bottoms = np.full(panel.values.shape, np.nan)
    if bases and all(base is not None for base in bases):
        bottoms = np.sum([_counts_on(base, panel) for base in bases if base is not None], axis=0)
    tops = panel.numerators
    if tops is None:
        return SharedPanel(replace(panel, denominators=bottoms), nothing)
    usable = ~np.isnan(tops) & (bottoms > 0)
    derived = usable & (panel.status == Status.MISSING)
    values, status = panel.values.copy(), panel.status.copy()
    values[derived] = tops[derived] * multiplier / bottoms[derived]
    status[derived] = np.where(values[derived] == 0, Status.ZERO, Status.VALUE)
    bottoms = np.where(np.isnan(bottoms), implied(panel.values, tops, multiplier, decimals), bottoms)
    return SharedPanel(replace(panel, values=values, status=status, denominators=bottoms), derived)


def _counts_on(base: IndicatorPanel, panel: IndicatorPanel) -> Floats:
    """The counts of another panel laid on this one's areas, years and genders; NaN where it has none."""
    counts = base.values if base.numerators is None else base.numerators
    found = np.full(panel.values.shape, np.nan)
    rows = [(at, base.area_positions[a]) for at, a in enumerate(panel.areas) if a in base]
    years = [(at, base.years.index(y)) for at, y in enumerate(panel.years) if y in base.years]
    genders = [(at, base.genders.index(g)) for at, g in enumerate(panel.genders) if g in base.genders]
    if rows and years and genders:
        here, there = (
            np.ix_(*axes) for axes in zip(*(_pairs(p) for p in (rows, years, genders)), strict=True)
        )
        found[here] = counts[there]
    return found


def _pairs(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def group_series(
    panel: IndicatorPanel,
    group: str,
    members: Sequence[str],
    *,
    multiplier: float | None,
    is_count: bool = False,
    gender: str = "total",
) -> Series | None:
    """The years of a group of areas: as published where the panel has a row of its own for `group`, else the sum of its
    members' numerators and denominators (with `is_count` of their values), for years in which every member has them.
    None when neither can be had.
    """
    published = panel.series(group, gender)
    if published is not None and published.observed.any():
        return published
    part = panel.only(members)
    if gender not in panel.genders or len(part.areas) != len(members) or not members:
        return None
    at = panel.genders.index(gender)
    rest = (0,) * len(panel.extra)
    index = (slice(None), slice(None), at, *rest)
    if is_count:
        tops, bottoms, value = None, None, part.values[index].sum(axis=0)
    elif multiplier is not None and part.numerators is not None and part.denominators is not None:
        tops, bottoms = part.numerators[index].sum(axis=0), part.denominators[index].sum(axis=0)
        value = np.divide(tops * multiplier, bottoms, out=np.full(tops.shape, np.nan), where=bottoms > 0)
    else:
        return None
    hidden = (part.status[index] == Status.SUPPRESSED).any(axis=0)
    unknown = np.where(hidden, Status.SUPPRESSED, Status.MISSING)
    status = np.where(np.isnan(value), unknown, np.where(value == 0, Status.ZERO, Status.VALUE)).astype(
        np.uint8
    )
    return Series(group, gender, panel.years, value, status, tops, bottoms)


def members_of(parents: Mapping[str, Sequence[str]], group: str) -> list[str]:
    """Municipalities of a group, from {code: its parents} (SourceArea.parents)."""
    return sorted(code for code, above in parents.items() if group in above and code.startswith("KU"))
