"""What a page says of an area's newest number: beside its region and Finland, and over the years. Reckoned once for a vintage,
stored (actions/summaries.py) and read by pages, which never estimate anything themselves.

The denominator of a rate is the source's where it gives one. Sotkanet gives the rate and the number of cases: the denominator
then follows from the two, as exactly as the rate's rounding lets it, and a cell that is zero takes its nearest year's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lautta.indicators.models import Indicator
from lautta.indicators.panels import COUNTRY, MUNICIPALITY, Floats, IndicatorPanel, quantiles_of
from lautta.statistics import comparison, trend
from lautta.statistics.intervals import Family
from lautta.statistics.panel import Status

METHOD = "area_summary"
ALL_AREAS = "all_areas"
CODE_VERSION = "1"
SHOWN_YEARS = 12
# Under this share of its rounding step a rate cannot tell its denominator.
LEAST_STEPS = 5
MOSTLY = 0.8


@dataclass(frozen=True)
class AreaSummary:
    """Numbers on the scale of the indicator; None where nothing is known. Verdicts as in lautta.statistics."""

    area: str
    year: int | None
    value: float | None
    status: int
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    country: float | None = None
    region: float | None = None
    region_code: str = ""
    against_country: int = comparison.Verdict.NO_DATA
    against_region: int = comparison.Verdict.NO_DATA
    trend: int = trend.Verdict.CANNOT_TELL
    change: float | None = None
    detectable: float | None = None
    trend_from: int | None = None
    genders: Mapping[str, float | None] = field(default_factory=dict)
    quantiles: Sequence[float] = ()
    years: Sequence[int] = ()
    values: Sequence[float | None] = ()
    statuses: Sequence[int] = ()

    def payload(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class AllAreas:
    """Every municipality in the newest year: arrays of shape (areas,), for the map and the comparison of all."""

    year: int
    areas: tuple[str, ...]
    value: Floats
    status: NDArray[np.uint8]
    low: Floats
    high: Floats
    denominator: Floats
    against_country: NDArray[np.uint8]
    trend: NDArray[np.uint8]
    country: float | None

    def arrays(self) -> dict[str, NDArray]:
        names = ("value", "status", "low", "high", "denominator", "against_country", "trend")
        return {name: getattr(self, name) for name in names}


def denominators(panel: IndicatorPanel, indicator: Indicator, gender: str = "total") -> Floats | None:
    """(areas, years): the source's own, else those that rate and cases imply; None for what is no share."""
    at = panel.genders.index(gender)
    if panel.denominators is not None:
        return panel.denominators[..., at]
    if panel.numerators is None or indicator.multiplier is None:
        return None
    value, count = panel.values[..., at], panel.numerators[..., at]
    told = (value > LEAST_STEPS * 10.0**-indicator.decimals) & (count > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(told, count * indicator.multiplier / value, np.nan)
    if indicator.kind == Indicator.Kind.PERCENTAGE:
        size = np.maximum(size, count)
    return _from_nearest_year(size)


def _from_nearest_year(size: Floats) -> Floats:
    """NaN replaced by the area's nearest year that has a number (the earlier of two as near)."""
    known = ~np.isnan(size)
    years = size.shape[1]
    places = np.arange(years)
    before = np.maximum.accumulate(np.where(known, places, -1), axis=1)
    after = np.minimum.accumulate(np.where(known, places, years * 9)[:, ::-1], axis=1)[:, ::-1]
    nearest = np.where((before >= 0) & (places - before <= after - places), before, after)
    nearest = np.where(nearest >= years, before, nearest)
    taken = np.take_along_axis(size, np.clip(nearest, 0, years - 1), axis=1)
    return np.where(known.any(axis=1, keepdims=True), taken, np.nan)


def family(indicator: Indicator) -> Family:
    return Family.BINOMIAL if indicator.kind == Indicator.Kind.PERCENTAGE else Family.POISSON


def newest_year(panel: IndicatorPanel, gender: str = "total") -> int | None:
    """Place of the newest year in which the source reports: at least half as many areas as in its fullest year."""
    reporting = (panel.status[..., panel.genders.index(gender)] <= Status.SUPPRESSED).sum(axis=0)
    observed = panel.observed[..., panel.genders.index(gender)].any(axis=0)
    full = np.flatnonzero((reporting * 2 >= reporting.max(initial=0)) & observed)
    return int(full[-1]) if full.size else None


@dataclass(frozen=True, eq=False)
class Reckoned:
    """Of all areas of a panel up to its newest year; shape (areas,) unless said."""

    at: int
    value: Floats
    status: NDArray[np.uint8]
    size: Floats
    compared: comparison.Comparison
    trends: trend.Trend
    scale: float
    counted: bool


def reckon(panel: IndicatorPanel, indicator: Indicator, breaks: Iterable[int] = ()) -> Reckoned | None:
    """Comparison with the country and trend of every area. None when it has no numbers for all genders together."""
    if "total" not in panel.genders or panel.extra or (at := newest_year(panel)) is None:
        return None
    gender = panel.genders.index("total")
    years = np.array(panel.years[: at + 1], np.float64)
    value, status = panel.values[:, : at + 1, gender], panel.status[:, : at + 1, gender]
    told = status[:, -1] <= Status.ZERO
    size = denominators(panel, indicator)
    cut = sorted({year for year in breaks if panel.years[0] < year <= panel.years[at]}) or None
    country = panel.area_positions.get(COUNTRY)
    if size is not None and panel.numerators is not None and _counted(panel, at, gender):
        count, size = panel.numerators[:, : at + 1, gender], size[:, : at + 1]
        count = np.where(status == Status.ZERO, 0.0, count)
        kind = family(indicator)
        over_time = trend.trend_of_counts(count, size, years, status=status, breaks=cut, family=kind)
        reference = count[country, -1] / size[country, -1] if country is not None else np.nan
        reference_size = size[country, -1] if country is not None else None
        compared = comparison.compare_counts(
            count[:, -1], size[:, -1], reference=reference, reference_size=reference_size, status=status[:, -1],
            family=kind, dispersion=_finite(over_time.noise.factor, 1.0),
        )  # fmt: skip
        return Reckoned(
            at,
            value[:, -1],
            status[:, -1],
            size[:, -1],
            compared,
            over_time,
            indicator.multiplier or 1.0,
            True,
        )
    step = 10.0**-indicator.decimals
    over_time = trend.trend_of_values(value, years, status=status, breaks=cut, step=step)
    reference = value[country, -1] if country is not None and told[country] else np.nan
    compared = comparison.compare_values(
        value[:, -1], reference, deviation=np.sqrt(_finite(over_time.noise.factor, np.nan)),
        freedom=over_time.noise.freedom, status=status[:, -1],
    )  # fmt: skip
    return Reckoned(
        at, value[:, -1], status[:, -1], np.full(len(value), np.nan), compared, over_time, 1.0, False
    )


def _counted(panel: IndicatorPanel, at: int, gender: int) -> bool:
    """Whether nearly every number of the newest year comes with its cases: some sources give them for some years only."""
    numbers = panel.status[:, at, gender] <= Status.ZERO
    if panel.numerators is None or not numbers.any():
        return False
    return bool(np.isfinite(panel.numerators[numbers, at, gender]).mean() > MOSTLY)


def _finite(array: Floats, otherwise: float) -> Floats:
    return np.where(np.isfinite(array), array, otherwise)


def all_areas(panel: IndicatorPanel, found: Reckoned) -> AllAreas:
    """The municipalities of the panel."""
    rows = [n for n, code in enumerate(panel.areas) if code.startswith(MUNICIPALITY)]
    country = panel.area_positions.get(COUNTRY)
    return AllAreas(
        panel.years[found.at],
        tuple(panel.areas[n] for n in rows),
        np.where(found.status <= Status.ZERO, found.value, np.nan)[rows],
        found.status[rows],
        (found.compared.low * found.scale)[rows],
        (found.compared.high * found.scale)[rows],
        found.size[rows],
        found.compared.verdict[rows],
        found.trends.verdict[rows],
        None if country is None else _number(found.value[country]),
    )


def summaries(
    panel: IndicatorPanel,
    indicator: Indicator,
    found: Reckoned,
    regions: Mapping[str, str],
) -> list[AreaSummary]:
    """One for each area asked for that the panel has. `regions`: area → the region it is compared with, or ""."""
    gender = panel.genders.index("total")
    quantiles = quantiles_of(panel)[found.at, gender]
    shown = slice(max(0, found.at + 1 - SHOWN_YEARS), found.at + 1)
    country = panel.area_positions.get(COUNTRY)
    made = []
    for code, region in regions.items():
        n = panel.area_positions.get(code)
        if n is None:
            continue
        values, statuses = panel.values[n, shown, gender], panel.status[n, shown, gender]
        against_region = _against(panel, indicator, found, n, panel.area_positions.get(region))
        window = np.flatnonzero(found.trends.window[n])
        made.append(
            AreaSummary(
                area=code,
                year=panel.years[found.at],
                value=_number(found.value[n]) if found.status[n] <= Status.ZERO else None,
                status=int(found.status[n]),
                numerator=None
                if panel.numerators is None
                else _number(panel.numerators[n, found.at, gender]),
                denominator=_number(found.size[n]),
                low=_number(found.compared.low[n] * found.scale),
                high=_number(found.compared.high[n] * found.scale),
                country=None if country is None or country == n else _number(found.value[country]),
                region=None if against_region is None else _number(found.value[panel.area_positions[region]]),
                region_code=region if against_region is not None else "",
                against_country=int(found.compared.verdict[n])
                if country not in (None, n)
                else int(comparison.Verdict.NO_DATA),
                against_region=int(comparison.Verdict.NO_DATA) if against_region is None else against_region,
                trend=int(found.trends.verdict[n]),
                change=_number(found.trends.change[n] * found.scale),
                detectable=_number(found.trends.detectable[n] * found.scale),
                trend_from=panel.years[int(window[0])] if window.size else None,
                genders={
                    g: _number(panel.values[n, found.at, at])
                    for at, g in enumerate(panel.genders)
                    if g != "total" and panel.status[n, found.at, at] <= Status.ZERO
                },
                quantiles=[round(float(q), 6) for q in quantiles] if np.isfinite(quantiles).all() else (),
                years=list(panel.years[shown]),
                values=[
                    _number(v) if s <= Status.ZERO else None for v, s in zip(values, statuses, strict=True)
                ],
                statuses=[int(s) for s in statuses],
            )
        )
    return made


def _against(
    panel: IndicatorPanel, indicator: Indicator, found: Reckoned, n: int, region: int | None
) -> int | None:
    """Verdict of an area against its region, or None where there is none or the region has no number."""
    if region is None or region == n or found.status[region] > Status.ZERO:
        return None
    one = slice(n, n + 1)
    status = found.status[one]
    if found.counted:
        gender = panel.genders.index("total")
        assert panel.numerators is not None  # noqa: S101 (reckon found sizes)
        count = panel.numerators[:, found.at, gender]
        count = np.where(found.status == Status.ZERO, 0.0, count)
        compared = comparison.compare_counts(
            count[one], found.size[one], reference=count[region] / found.size[region],
            reference_size=found.size[region], status=status, family=family(indicator),
            dispersion=_finite(found.trends.noise.factor[one], 1.0),
        )  # fmt: skip
    else:
        compared = comparison.compare_values(
            found.value[one], found.value[region], deviation=np.sqrt(found.trends.noise.factor[one]),
            freedom=found.trends.noise.freedom[one], status=status,
        )  # fmt: skip
    return int(compared.verdict[0])


def _number(value: float | np.floating) -> float | None:
    return None if not np.isfinite(value) else round(float(value), 6)
