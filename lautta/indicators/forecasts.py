"""Forecasts of areas, stored with what a page needs: points, two intervals, and the chances of reaching any value.

A forecast is made on the indicator's own grid of years (a survey of every second year stays so), over all municipalities
together, after the last break in the series, and says what comes if things go on as they have. The chances are read from the
quantiles that are stored: no page reckons anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lautta.indicators.models import Indicator
from lautta.indicators.panels import MUNICIPALITY, IndicatorPanel
from lautta.indicators.summaries import denominators
from lautta.statistics import forecast
from lautta.statistics.panel import Floats, Status

METHOD = "forecast"
CODE_VERSION = "2"
YEARS_AHEAD = 6
SHARES = tuple(n / 40 for n in range(1, 40))
INNER, OUTER = (0.1, 0.9), (0.025, 0.975)


@dataclass(frozen=True)
class AreaForecast:
    """Of one area: for each year ahead the point, the ends of the 80 % and the 95 % interval, and the quantiles at SHARES."""

    area: str
    years: Sequence[int]
    point: Sequence[float]
    inner: Sequence[tuple[float, float]]
    outer: Sequence[tuple[float, float]]
    quantiles: Sequence[Sequence[float]]

    def payload(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def chance(self, target: float, year: int, smaller_is_better: bool) -> float | None:
        """Chance (0–1, never quite either) that the target is reached in the year; None for a year that was not forecast."""
        if year not in self.years:
            return None
        below = float(
            np.interp(target, self.quantiles[list(self.years).index(year)], SHARES, left=0.01, right=0.99)
        )
        return below if smaller_is_better else 1 - below


def grid(panel: IndicatorPanel, breaks: Iterable[int], at: int) -> list[int]:
    """Places of the years that the source reports, after the last break, up to the newest year."""
    gender = panel.genders.index("total")
    rows = [n for n, code in enumerate(panel.areas) if code.startswith(MUNICIPALITY)]
    told = panel.observed[rows][..., gender].sum(axis=0)
    first = max((year for year in breaks if year <= panel.years[at]), default=0)
    return [
        n
        for n, year in enumerate(panel.years[: at + 1])
        if year >= first and told[n] * 3 >= told.max(initial=0) > 0
    ]


def forecasts(
    panel: IndicatorPanel, indicator: Indicator, at: int, areas: Iterable[str], breaks: Iterable[int] = ()
) -> list[AreaForecast]:
    """Of the areas asked for whose newest year is known. Empty where the series is too short to be judged by its own past."""
    columns = grid(panel, breaks, at)
    if "total" not in panel.genders or len(columns) < forecast.LEAST_YEARS + 1:
        return []
    gender = panel.genders.index("total")
    steps = np.diff([panel.years[n] for n in columns])
    step = int(np.median(steps))
    if columns[-1] != at or step < 1 or (steps != step).any():
        return []
    values = np.where(
        panel.status[:, columns, gender] <= Status.ZERO, panel.values[:, columns, gender], np.nan
    )
    size = denominators(panel, indicator)
    horizon = max(1, YEARS_AHEAD // step)
    top = 100.0 if indicator.kind == Indicator.Kind.PERCENTAGE else None
    low = 0.0 if np.nanmin(values, initial=0.0) >= 0 else None
    made = forecast.forecast(
        values, horizon, denominators=None if size is None else size[:, columns], bounds=(low, top)
    )
    years = [panel.years[at] + step * (n + 1) for n in range(horizon)]
    return [
        found
        for area in areas
        if (n := panel.area_positions.get(area)) is not None
        and (found := _of(made, n, area, years, low, top))
    ]


def _of(
    made: forecast.Forecast, n: int, area: str, years: list[int], low: float | None, top: float | None
) -> AreaForecast | None:
    shown = [
        h
        for h in range(len(years))
        if np.isfinite(made.point[n, h]) and len(made.errors[h]) >= forecast.LEAST_ERRORS
    ]
    if not shown or shown != list(range(len(shown))):
        return None
    spread = [_quantiles(made, n, h, low, top) for h in shown]
    ends = [[(_cut(made, n, h, share, low, top)) for share in (*INNER, *OUTER)] for h in shown]
    return AreaForecast(
        area,
        [years[h] for h in shown],
        [round(float(made.point[n, h]), 6) for h in shown],
        [(e[0], e[1]) for e in ends],
        [(e[2], e[3]) for e in ends],
        spread,
    )


def _errors(made: forecast.Forecast, h: int) -> NDArray[np.float64]:
    """Past errors both ways round, as the chances of lautta.statistics.forecast are."""
    return np.sort(np.concatenate([made.errors[h], -made.errors[h]]))


def _cut(
    made: forecast.Forecast, n: int, h: int, share: float, low: float | None, top: float | None
) -> float:
    errors = _errors(made, h)
    # Split-conformal: the quantile of n + 1, so that the interval is never too narrow for few errors.
    outward = min(1.0, share + 1 / len(errors)) if share > 0.5 else max(0.0, share - 1 / len(errors))
    value = made.point[n, h] + made.scale[n, h] * np.quantile(errors, outward)
    return round(float(np.clip(value, low, top)), 6)


def _quantiles(made: forecast.Forecast, n: int, h: int, low: float | None, top: float | None) -> list[float]:
    found: Floats = made.point[n, h] + made.scale[n, h] * np.quantile(_errors(made, h), SHARES)
    return [round(float(v), 6) for v in np.clip(found, low, top)]
