"""Forecasts of an indicator for all areas, with intervals and chances of reaching a target calibrated on its own past errors.

The points are `stacking`: a combination of smoothers and steadier candidates, weighted by what past errors say. The intervals
are split-conformal: the forecast that would have been made after each past year is compared with what came, per number of steps
ahead, over all areas. An error is measured against a scale √(level^a · (1 + b / denominator) + c · move²), so that small areas,
high levels, and forecasts that move far from the last value get wide intervals. (Vovk, Gammerman and Shafer 2005; Lei et al. 2018.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .panel import Bools, Floats
from .stacking import candidates, cautious, stack, weights

LEAST_YEARS = 8  # known years before a forecast is made or judged
LEAST_ERRORS = 40  # past errors per step, below which there is neither forecast nor interval
BY_SIZE = np.concatenate([[0.0], np.geomspace(1e-3, 1e3, 17)])  # for the median denominator
# For a move as large as the median error. Never 0: a series that has long gone one way has not shown how it turns, and chances
# that rested on such moves came too seldom in the years to 2016 (docs/methods/forecast.md).
BY_MOVE = (1.0, 3.0, 10.0)
BY_LEVEL = (
    0.0,
    1.0,
)  # the variance does not follow the level, or is in proportion to it, as that of counts is
LEAST_LEVEL = 0.1  # of the median level


@dataclass(frozen=True, eq=False)
class Forecast:
    """`point`, `low`, `high`, `scale` (areas, horizon): NaN where the last year is unknown or too few years are known.

    `errors`: for each step the past errors over their scales, sorted; `judged`, how many. `trusted` (horizon, 2, candidates):
    weights of `stacking.NAMES` for an endlessly large and an endlessly small area.
    """

    point: Floats
    low: Floats
    high: Floats
    scale: Floats
    errors: tuple[Floats, ...]
    trusted: Floats
    judged: tuple[int, ...]


def inverse_sizes(denominators: ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    """Inverse denominators over their median: 1 for the median area; 0 everywhere where none are known."""
    if denominators is None:
        return np.zeros(shape)
    given = np.asarray(denominators, np.float64)
    given = np.broadcast_to(given[:, None] if given.ndim == 1 else given, shape)
    usable = given > 0
    inverse = np.divide(1.0, given, out=np.full(shape, np.nan), where=usable)
    return inverse / np.nanmedian(inverse) if usable.any() else np.zeros(shape)


def past_errors(y: Floats, forecasts: Floats) -> Floats:
    """What came less what was forecast, (…, areas, years, horizon) by the year of the forecast; NaN before enough years."""
    years, horizon = forecasts.shape[-2:]
    seen = np.cumsum(np.isfinite(y), axis=1) >= LEAST_YEARS
    errors = np.full(forecasts.shape, np.nan)
    for h in range(1, min(horizon, years - 1) + 1):
        errors[..., :-h, h - 1] = np.where(seen[:, :-h], y[:, h:] - forecasts[..., :-h, h - 1], np.nan)
    return errors


def _levels(made: Floats, known: Bools) -> Floats | None:
    """Forecasts over their median, the level that a variance may follow; None where values are negative or mostly 0."""
    middle = np.median(made[known])
    if middle <= 0 or made[known].min() < 0:
        return None
    return np.maximum(np.where(np.isfinite(made), made, middle) / middle, LEAST_LEVEL)


def _scale(off: Floats, inverse: Floats, moves: Floats, levels: Floats | None) -> tuple[float, float, float]:
    """a, b and c of the scale, the most likely were errors double-exponential, so that outliers weigh little."""
    best, found = np.inf, (0.0, 0.0, 0.0)
    for by_level in (0.0,) if levels is None else BY_LEVEL:
        grown = 1.0 if levels is None else levels**by_level
        for by_move in BY_MOVE if (moves > 0).any() else (0.0,):
            for by_size in BY_SIZE if (inverse > 0).any() else (0.0,):
                scales = np.sqrt(grown * (1 + by_size * inverse) + by_move * moves)
                cost = np.log(scales).mean() + np.log(max((off / scales).mean(), 1e-300))
                if cost < best:
                    best, found = cost, (float(by_level), float(by_size), float(by_move))
    return found


def forecast(
    value: ArrayLike,
    horizon: int,
    *,
    denominators: ArrayLike | None = None,
    group: ArrayLike | None = None,
    level: float = 0.95,
    bounds: tuple[float | None, float | None] = (0.0, None),
) -> Forecast:
    """Forecast 1 … `horizon` steps on from the last column.

    `value` (areas, years) on the indicator's own grid of years, NaN where suppressed or missing (never 0); `denominators`
    (areas,) or (areas, years); `group` (areas,) the regions; `bounds` cut points and intervals (a share: (0, 1)). The
    interval is two-sided at `level`. NaN for steps with fewer than 40 past errors. Raises ValueError for a horizon under 1.
    """
    if horizon < 1:
        raise ValueError("The horizon is at least one step.")
    y = np.asarray(value, np.float64)
    inverse = inverse_sizes(denominators, y.shape)
    labels = (
        np.zeros(len(y), np.intp) if group is None else np.unique(np.asarray(group), return_inverse=True)[1]
    )
    parts = candidates(y, inverse, labels, horizon)
    errors = past_errors(y, parts)
    shape = (len(y), horizon)
    point, scale, wide = (np.full(shape, np.nan) for _ in range(3))
    kept: list[Floats] = []
    trusted = np.full((horizon, 2, len(parts)), np.nan)
    for h in range(horizon):
        known = np.isfinite(errors[..., h]).all(axis=0) & np.isfinite(inverse)
        if known.sum() < LEAST_ERRORS:
            kept.append(np.empty(0))
            continue
        taught = known.any(axis=0).sum()
        learnt = weights(errors[..., h][:, known], inverse[known])
        trusted[h] = cautious(learnt, taught / (h + 1))  # years whose errors overlap say the same thing
        made = stack(parts[..., h], trusted[h], inverse)
        off = stack(errors[..., h], trusted[h], inverse)[known]
        typical = np.median(np.abs(off)) or 1.0
        moves = ((made - y) / typical) ** 2
        levels = _levels(made, known)
        by_level, by_size, by_move = _scale(
            np.abs(off), inverse[known], moves[known], None if levels is None else levels[known]
        )
        grown = 1.0 if levels is None else levels**by_level
        scales = np.sqrt(grown * (1 + by_size * inverse) + by_move * moves)
        scaled = np.sort(off / scales[known])
        kept.append(scaled)
        # The years that taught share their shocks; the year to come has its own.
        fresh = np.sqrt(1 + 1 / taught)
        point[:, h], scale[:, h] = made[:, -1], scales[:, -1] * fresh
        wide[:, h] = scale[:, h] * conformal_quantile(np.abs(scaled), level)
    enough = (np.isfinite(y).sum(axis=1) >= LEAST_YEARS)[:, None]
    point, wide, scale = (np.where(enough, part, np.nan) for part in (point, wide, scale))
    floor, roof = (-np.inf if bounds[0] is None else bounds[0]), (np.inf if bounds[1] is None else bounds[1])
    return Forecast(
        np.clip(point, floor, roof), np.clip(point - wide, floor, roof), np.clip(point + wide, floor, roof), scale,
        tuple(kept), trusted, tuple(len(k) for k in kept),
    )  # fmt: skip


def conformal_quantile(off: Floats, level: float) -> float:
    """The ⌈(n + 1) level⌉-th smallest; infinite when there are too few for the level."""
    rank = int(np.ceil((len(off) + 1) * level - 1e-9))
    return float(np.sort(off)[rank - 1]) if rank <= len(off) else float("inf")


def probability_of_reaching(
    made: Forecast, target: ArrayLike, *, step: int, smaller_is_better: bool
) -> Floats:
    """Chance (areas,) that the value `step` steps on (1 for the next) is at or beyond the target (scalar or (areas,)).

    From the same calibrated errors as the interval, taken both ways round. Never 0 or 1: (k + ½) / (n + 1). Raises
    ValueError for a step that was not forecast.
    """
    if not 1 <= step <= len(made.errors):
        raise ValueError("The step is not one of those forecast.")
    errors = made.errors[step - 1]
    if len(errors) < LEAST_ERRORS:
        return np.full(len(made.point), np.nan)
    both = np.sort(np.concatenate([errors, -errors]))
    with np.errstate(invalid="ignore"):
        needed = (np.asarray(target, np.float64) - made.point[:, step - 1]) / made.scale[:, step - 1]
    if smaller_is_better:
        reached = np.searchsorted(both, needed, side="right")
    else:
        reached = len(both) - np.searchsorted(both, needed, side="left")
    return np.where(np.isfinite(needed), (reached + 0.5) / (len(both) + 1), np.nan)
