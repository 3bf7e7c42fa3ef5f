"""How much to trust the forecast, the area's standing in its region, its own mean or its last value: learnt from past errors.

The weights are positive and sum to one, for large and for small areas apart (between them by 1 / denominator), so that levels of
small places are drawn toward steadier candidates only as far as that made past errors smaller.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import nnls

from .panel import Floats
from .smoothing import combination

NAMES = ("combination", "standing in the region", "own mean of five years", "last value")
CLIP = 4.0  # errors beyond four typical ones weigh as four
# The last value weighs beforehand as this many independent years of past errors: on targets to 2016 the chances over one half
# then came as often as said.
LAST_VALUE_YEARS = 0.125


def group_means(y: Floats, size: Floats, group: np.ndarray) -> Floats:
    """Mean of each area's group per year, weighted by size, laid back on the areas; NaN where no area is known."""
    weight = np.where(np.isfinite(y) & np.isfinite(size), size, 0.0)
    sums = np.zeros((2, group.max() + 1, y.shape[1]))
    np.add.at(sums[0], group, weight * np.nan_to_num(y))
    np.add.at(sums[1], group, weight)
    return np.divide(sums[0], sums[1], out=np.full(sums[0].shape, np.nan), where=sums[1] > 0)[group]


def trailing_mean(y: Floats, years: int) -> Floats:
    """Mean of the known values among the last `years`, at every year."""
    known = np.isfinite(y)
    sums, counts = np.cumsum(np.nan_to_num(y), axis=1), np.cumsum(known, axis=1).astype(np.float64)
    sums[:, years:] -= sums[:, :-years].copy()
    counts[:, years:] -= counts[:, :-years].copy()
    return np.divide(sums, counts, out=np.full(y.shape, np.nan), where=counts > 0)


def candidates(y: Floats, inverse: Floats, group: np.ndarray, horizon: int) -> Floats:
    """Forecasts of the four candidates after every year: (candidates, areas, years, horizon)."""
    region = group_means(y, 1 / np.where(inverse > 0, inverse, 1.0), group)
    firsts = np.unique(group, return_index=True)[1]
    # Series do not know of each other: those of the regions go through the same pass.
    both = combination(np.concatenate([y, region[firsts]]), horizon)
    path = both[len(y) :][group]
    steps = np.ones(horizon)
    made = np.stack([
        both[: len(y)],
        path + trailing_mean(y - region, 5)[:, :, None],
        trailing_mean(y, 5)[:, :, None] * steps,
        y[:, :, None] * steps,
    ])  # fmt: skip
    return np.where(np.isfinite(made).all(axis=0), made, np.nan)


def weights(errors: Floats, inverse: Floats) -> Floats:
    """Weights (2, candidates) of an endlessly large and an endlessly small area.

    From past errors (candidates, n) at `inverse` (n,).
    """
    small = inverse / (1 + inverse)
    scaled = errors / np.sqrt(1 + inverse)
    bound = CLIP * np.median(np.abs(scaled))
    scaled = np.clip(scaled, -bound, bound)
    rows = np.concatenate([scaled * (1 - small), scaled * small]).T
    many = len(errors)
    # Sums to one: two rows heavy enough to hold, light enough for the arithmetic.
    heavy = 1e3 * np.sqrt((rows**2).sum())
    if heavy == 0:
        return np.full((2, many), 1 / many)
    sums = np.zeros((2, 2 * many))
    sums[0, :many], sums[1, many:] = heavy, heavy
    # The normal equations are as good for so few columns, and much quicker than the tall table.
    left = np.concatenate([np.linalg.qr(rows, mode="r"), sums])
    found = nnls(left, np.concatenate([np.zeros(len(left) - 2), [heavy, heavy]]))[0].reshape(2, many)
    totals = found.sum(axis=1, keepdims=True)
    return np.where(totals > 0, found / np.where(totals > 0, totals, 1.0), 1 / many)


def cautious(trusted: Floats, years: float) -> Floats:
    """`trusted` (2, candidates), learnt from so many independent years, with what the last value weighs beforehand mixed in.

    The errors of one year go together, so that weights learnt from thousands of them rest on few years and follow a common
    direction of the past too readily.
    """
    last_value = np.eye(len(NAMES))[NAMES.index("last value")]
    return (years * trusted + LAST_VALUE_YEARS * last_value) / (years + LAST_VALUE_YEARS)


def stack(parts: Floats, trusted: Floats, inverse: Floats) -> Floats:
    """Weighted candidates: `parts` (candidates, areas, years), `trusted` (2, candidates), `inverse` (areas, years)."""
    small = inverse / (1 + inverse)
    large_one, small_one = np.tensordot(trusted, parts, axes=1)
    return large_one * (1 - small) + small_one * small
