"""What a page says of an area's newest number: beside its region and Finland, and over the years. Reckoned once for a vintage,
stored (actions/summaries.py) and read by pages, which never estimate anything themselves.

Where the source gives no number for the whole country, the middle municipality stands in its place, and the page says so.
The denominator of a rate is the source's where it gives one. Sotkanet gives the rate and the number of cases: the denominator
then follows from the two, as exactly as the rate's rounding lets it, and a cell that is zero takes its nearest year's.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lautta.indicators import groups
from lautta.indicators.models import Indicator
from lautta.indicators.panels import COUNTRY, MUNICIPALITY, Floats, IndicatorPanel, quantiles_of
from lautta.indicators.shares import implied
from lautta.statistics import comparison, intervals, trend
from lautta.statistics.intervals import Family
from lautta.statistics.panel import Status

METHOD = "area_summary"
SERIES = "area_series"
ALL_AREAS = "all_areas"
CODE_VERSION = "5"
MOSTLY = 0.8
# Years of a small line in a table.
SHORT = 12
SIMILAR = 15


@dataclass(frozen=True)
class AreaSummary:
    """Numbers on the scale of the indicator; None where nothing is known. Verdicts as in lautta.statistics.

    `low` and `high` are the ends of the 95 % interval of the newest number, `lows` and `highs` those of every year. `country`
    is the middle municipality where `is_median`. `change` is over the trend's years; `detectable` the smallest that shows.
    `is_made_here`: the newest number is a share that we made of the source's counts. `similar` are the municipalities nearest
    in inhabitants, `similar_values` their median of each year. `groups` are those of lautta.indicators.groups in the newest
    year, `gender_gap` whether girls clearly differ from boys. Years before `joined_before` are sums of the municipalities that
    merged, on the division of `division`; those before `cut_before` could not be put together.
    """

    area: str
    year: int | None
    value: float | None
    status: int
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    country: float | None = None
    is_median: bool = False
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
    lows: Sequence[float | None] = ()
    highs: Sequence[float | None] = ()
    similar: Sequence[str] = ()
    similar_values: Sequence[float | None] = ()
    is_made_here: bool = False
    is_illustrative: bool = False
    groups: Sequence[Mapping[str, Any]] = ()
    gender_gap: int = comparison.Verdict.NO_DATA
    division: int | None = None
    joined_before: int | None = None
    cut_before: int | None = None

    def payload(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def short(self) -> dict[str, Any]:
        """Without what only the indicator's own page shows: a list of sixty reads no more than it draws."""
        known = [n for n, status in enumerate(self.statuses) if status != Status.MISSING][-SHORT:]
        last = slice(known[0], None) if known else slice(0, 0)
        return self.payload() | {
            "years": list(self.years[last]), "values": list(self.values[last]), "statuses": list(self.statuses[last]),
            "lows": [], "highs": [], "similar": [], "similar_values": [],
            "groups": [],
        }  # fmt: skip


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
    is_median: bool

    def arrays(self) -> dict[str, NDArray]:
        names = ("value", "status", "low", "high", "denominator", "against_country", "trend")
        return {name: getattr(self, name) for name in names}


def denominators(panel: IndicatorPanel, indicator: Indicator, gender: str = "total") -> Floats | None:
    """(areas, years): the panel's own, else those that rate and cases imply; a cell without takes its nearest year's. None
    for what is no share.
    """
    at = panel.genders.index(gender)
    if panel.denominators is not None:
        own = panel.denominators[..., at]
        return _from_nearest_year(own) if np.isfinite(own).any() else None
    if panel.numerators is None or indicator.multiplier is None:
        return None
    size = implied(panel.values[..., at], panel.numerators[..., at], indicator.multiplier, indicator.decimals)
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
    return groups.family_of(indicator)


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
    reference: float
    is_median: bool


def reckon(
    panel: IndicatorPanel,
    indicator: Indicator,
    *,
    breaks: Iterable[int] = (),
    populations: Mapping[str, float] | None = None,
) -> Reckoned | None:
    """Comparison with the country and trend of every area. None when it has no numbers for all genders together.

    `breaks`: years in which a new series begins. `populations` of areas, for values without cases: small places move more.
    """
    if "total" not in panel.genders or panel.extra or (at := newest_year(panel)) is None:
        return None
    gender = panel.genders.index("total")
    years = np.array(panel.years[: at + 1], np.float64)
    value, status = panel.values[:, : at + 1, gender], panel.status[:, : at + 1, gender]
    cut = sorted({year for year in breaks if panel.years[0] < year <= panel.years[at]}) or None
    country = panel.area_positions.get(COUNTRY)
    if country is not None and status[country, -1] > Status.ZERO:
        country = None
    middle = float(quantiles_of(panel)[at, gender, 2])
    size = denominators(panel, indicator)
    if size is not None and panel.numerators is not None and _counted(panel, at, gender):
        size, kind, scale = size[:, : at + 1], family(indicator), indicator.multiplier or 1.0
        count = np.where(status == Status.ZERO, 0.0, panel.numerators[:, : at + 1, gender])
        trends = trend.trend_of_counts(count, size, years, status=status, breaks=cut, family=kind)
        if country is not None and not size[country, -1] > 0:
            country = None
        reference = middle / scale if country is None else float(count[country, -1] / size[country, -1])
        compared = comparison.compare_counts(
            count[:, -1], size[:, -1], reference=reference, status=status[:, -1], family=kind,
            reference_size=None if country is None else size[country, -1],
            dispersion=_finite(trends.noise.factor, 1.0),
        )  # fmt: skip
        newest = size[:, -1]
    else:
        scale, count = 1.0, None
        sizes = None if not populations else np.array([populations.get(a, np.nan) for a in panel.areas])
        step = 10.0**-indicator.decimals
        trends = trend.trend_of_values(value, years, denominators=sizes, status=status, breaks=cut, step=step)
        reference = middle if country is None else float(value[country, -1])
        compared = comparison.compare_values(
            value[:, -1], reference, deviation=np.sqrt(_finite(trends.noise.factor, np.nan)),
            freedom=trends.noise.freedom, status=status[:, -1],
        )  # fmt: skip
        newest = np.full(len(value), np.nan)
    return Reckoned(
        at, value[:, -1], status[:, -1], newest, compared, trends, scale, count is not None, reference * scale,
        country is None,
    )  # fmt: skip


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
        _number(found.reference),
        found.is_median,
    )


def summaries(
    panel: IndicatorPanel,
    indicator: Indicator,
    found: Reckoned,
    regions: Mapping[str, str],
    populations: Mapping[str, float] | None = None,
    made_here: NDArray[np.bool_] | None = None,
    whole: IndicatorPanel | None = None,
) -> list[AreaSummary]:
    """One for each area asked for that the panel has. `regions`: area → the region it is compared with, or "". `whole`: the panel
    with its further axes, for the groups.
    """
    gender = panel.genders.index("total")
    quantiles = quantiles_of(panel)[found.at, gender]
    shown = slice(0, found.at + 1)
    wanted = [n for code in regions if (n := panel.area_positions.get(code)) is not None]
    ends = dict(zip(wanted, zip(*_intervals(panel, indicator, found, wanted), strict=True), strict=True))
    country = panel.area_positions.get(COUNTRY)
    factor = _finite(found.trends.noise.factor, 1.0)
    sizes = {g: denominators(panel, indicator, g) for g in panel.genders if g != "total"}
    parts = groups.groups(whole or panel, indicator, found.at, regions, factor, sizes)
    made = []
    for code, region in regions.items():
        n = panel.area_positions.get(code)
        if n is None:
            continue
        values, statuses = panel.values[n, shown, gender], panel.status[n, shown, gender]
        if found.status[n] == Status.MISSING:
            made.append(_older(panel, found, n, shown))
            continue
        comparable = indicator.kind != Indicator.Kind.COUNT
        against_region = (
            _against(panel, indicator, found, n, panel.area_positions.get(region)) if comparable else None
        )
        window = np.flatnonzero(found.trends.window[n])
        similar = similar_to(code, populations or {}, besides={a for a, r in regions.items() if r == region})
        rows = [panel.area_positions[a] for a in similar if a in panel.area_positions]
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
                country=None if country == n or not comparable else _number(found.reference),
                is_median=found.is_median,
                region=None if against_region is None else _number(found.value[panel.area_positions[region]]),
                region_code=region if against_region is not None else "",
                against_country=int(found.compared.verdict[n])
                if country != n and comparable
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
                similar=similar,
                is_made_here=made_here is not None and bool(made_here[n, found.at, gender]),
                similar_values=_medians(panel.values[rows, shown, gender]) if rows else (),
                lows=[_number(v) for v in ends[n][0]],
                highs=[_number(v) for v in ends[n][1]],
                groups=parts.get(code, ()),
                gender_gap=groups.gender_gap(panel, indicator, found.at, n, factor[n], sizes),
            )
        )
    return made


def _older(panel: IndicatorPanel, found: Reckoned, n: int, shown: slice) -> AreaSummary:
    """Of an area that the source left out of its newest year: its own newest number, compared with nothing."""
    gender = panel.genders.index("total")
    values, statuses = panel.values[n, shown, gender], panel.status[n, shown, gender]
    known = np.flatnonzero(statuses <= Status.ZERO)
    at = int(known[-1]) if known.size else None
    return AreaSummary(
        area=panel.areas[n],
        year=None if at is None else panel.years[at],
        value=None if at is None else _number(values[at]),
        status=int(Status.MISSING if at is None else statuses[at]),
        years=list(panel.years[shown]),
        values=[_number(v) if s <= Status.ZERO else None for v, s in zip(values, statuses, strict=True)],
        statuses=[int(s) for s in statuses],
    )


def similar_to(area: str, populations: Mapping[str, float], *, besides: Container[str] = ()) -> list[str]:
    """The municipalities nearest in inhabitants, in proportion; none for what is no municipality or has no known number."""
    if not area.startswith(MUNICIPALITY) or not populations.get(area):
        return []
    own = populations[area]
    others = [
        (abs(math.log(people / own)), code)
        for code, people in populations.items()
        if code.startswith(MUNICIPALITY) and code != area and code not in besides and people > 0
    ]
    return [code for _far, code in sorted(others)[:SIMILAR]]


def _medians(values: Floats) -> list[float | None]:
    """Of each year; None where under half of the areas have a number."""
    known = np.isfinite(values)
    enough = known.sum(axis=0) * 2 >= len(values)
    found = [
        float(np.median(column[k])) if k.any() else np.nan
        for column, k in zip(values.T, known.T, strict=True)
    ]
    return [_number(v) if fine else None for v, fine in zip(found, enough, strict=True)]


def _intervals(
    panel: IndicatorPanel, indicator: Indicator, found: Reckoned, rows: list[int]
) -> tuple[Floats, Floats]:
    """95 % intervals of the areas in every year up to the newest, shape (areas, years)."""
    gender, years = panel.genders.index("total"), slice(0, found.at + 1)
    values, statuses = panel.values[rows, years, gender], panel.status[rows, years, gender]
    noise = found.trends.noise.factor[rows][:, None]
    if (
        found.counted
        and panel.numerators is not None
        and (size := denominators(panel, indicator)) is not None
    ):
        count = np.where(statuses == Status.ZERO, 0.0, panel.numerators[rows, years, gender])
        count = np.where(statuses <= Status.ZERO, count, np.nan)
        low, high = intervals.rate_interval(
            count, size[rows, years], family=family(indicator), dispersion=_finite(noise, 1.0)
        )
        return low * found.scale, high * found.scale
    reach = 1.96 * np.sqrt(noise)
    shown = np.where(statuses <= Status.ZERO, values, np.nan)
    low = np.maximum(shown - reach, 0.0) if np.nanmin(panel.values, initial=0.0) >= 0 else shown - reach
    return low, shown + reach


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
