"""Intervals and limits of proportions and rates, exact in small numbers, widened by a dispersion factor.

A dispersion φ ≥ 1 is a variance φ times the binomial's or Poisson's; it is reckoned as if φ times fewer people had been
counted. Sources: Clopper and Pearson (1934), Garwood (1936), Spiegelhalter (2005) on funnel plots.
"""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from .panel import Floats

HALVINGS = 40


class Family(Enum):
    """BINOMIAL: each of the denominator counts at most once. POISSON: events that may recur, or a rate per person-year."""

    BINOMIAL = "binomial"
    POISSON = "poisson"


def _at_least(family: Family, count: Floats, size: Floats, rate: Floats) -> Floats:
    """P(X ≥ count), continuous in `count` and in `size`."""
    x = np.maximum(count, 1e-12)
    if family is Family.POISSON:
        tail = special.gammainc(x, size * rate)
    else:
        tail = special.betainc(x, np.maximum(size - x + 1, 1e-12), rate)
    return np.where(count <= 0, 1.0, tail)


def tails(
    count: ArrayLike, size: ArrayLike, rate: ArrayLike, *, family: Family, dispersion: ArrayLike = 1.0
) -> tuple[Floats, Floats]:
    """P(X ≤ count) and P(X ≥ count) where the true rate is `rate`. Shapes broadcast."""
    factor = np.asarray(dispersion, np.float64)
    x, n = np.asarray(count, np.float64) / factor, np.asarray(size, np.float64) / factor
    p = np.asarray(rate, np.float64)
    upper = _at_least(family, x, n, p)
    lower = 1 - _at_least(family, x + 1, n, p)
    return np.where(x >= n, 1.0, lower) if family is Family.BINOMIAL else lower, upper


def rate_interval(
    count: ArrayLike, size: ArrayLike, *, family: Family, level: float = 0.95, dispersion: ArrayLike = 1.0
) -> tuple[Floats, Floats]:
    """Interval of the rate behind `count` of `size`: Clopper–Pearson or Garwood. Never narrower than its level."""
    factor = np.asarray(dispersion, np.float64)
    x, n = np.broadcast_arrays(np.asarray(count, np.float64) / factor, np.asarray(size, np.float64) / factor)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        if family is Family.POISSON:
            low = special.gammaincinv(np.maximum(x, 1e-12), tail) / n
            high = special.gammaincinv(x + 1, 1 - tail) / n
        else:
            low = special.betaincinv(np.maximum(x, 1e-12), np.maximum(n - x + 1, 1e-12), tail)
            high = special.betaincinv(x + 1, np.maximum(n - x, 1e-12), 1 - tail)
            high = np.where((x >= n) & np.isfinite(n), 1.0, high)
    unknown = ~(n > 0) | ~np.isfinite(x)
    low = np.where(x == 0, 0.0, low)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def limits(
    rate: ArrayLike, size: ArrayLike, *, family: Family, level: float = 0.998, dispersion: ArrayLike = 1.0
) -> tuple[Floats, Floats]:
    """Funnel limits: what counts of `size` give by chance where the true rate is `rate`, on the scale of rates.

    The tail probability is (1 - level) / 2 on either side, by halving on the exact (interpolated) tail. NaN where the
    rate or size is unknown. Shapes broadcast.
    """
    p, n = np.broadcast_arrays(
        np.asarray(rate, np.float64), np.asarray(size, np.float64) / np.asarray(dispersion, np.float64)
    )
    tail = (1 - level) / 2
    unknown = ~np.isfinite(p) | ~(n > 0)
    p, n = np.where(unknown, 0.5, p), np.where(unknown, 1.0, n)
    middle = n * p
    top = n if family is Family.BINOMIAL else middle + 12 * np.sqrt(middle + 1) + 40
    # The lower limit is the smallest count whose lower tail reaches `tail`; below -1 that tail is empty.
    low_a, low_b, high_a, high_b = np.full_like(middle, -1.0), middle, middle, top + 1
    for _ in range(HALVINGS):
        half = (low_a + low_b) / 2
        under = 1 - _at_least(family, half + 1, n, p) < tail
        low_a, low_b = np.where(under, half, low_a), np.where(under, low_b, half)
        half = (high_a + high_b) / 2
        over = _at_least(family, half, n, p) < tail
        high_a, high_b = np.where(over, high_a, half), np.where(over, half, high_b)
    low, high = np.maximum(low_b, 0) / n, np.minimum(high_a, top) / n
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
