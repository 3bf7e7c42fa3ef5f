"""Empirical Bayes: a small area's rate drawn toward its region as far as its few people leave it uncertain.

Beta-binomial or gamma–Poisson; the spread between areas is found by moments (Paule and Mandel 1982; Kleinman 1973): the
spread for which the weighted squares of the areas' distances from their regions are as large as their degrees of
freedom. The spread is common to the regions, since one region has too few municipalities to tell its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from .intervals import Family
from .panel import Floats

HALVINGS = 60


@dataclass(frozen=True, eq=False)
class Shrunk:
    """Shape (areas, indicators), NaN where the count or the denominator is unknown.

    `rate` is the posterior mean, `low` and `high` its credible interval, `centre` the region's mean, `weight` how much of
    the area's own rate is in it. `spread` (indicators,) is ρ of the beta-binomial, α of the gamma–Poisson: the
    squared coefficient of variation between areas for rates; 0 when chance alone explains the differences.
    """

    rate: Floats
    low: Floats
    high: Floats
    centre: Floats
    weight: Floats
    spread: Floats


def _by_group(values: Floats, group: np.ndarray) -> Floats:
    """Sums over the areas of each one's group, NaN as nothing, laid back on the areas."""
    sums = np.zeros((group.max() + 1, values.shape[1]))
    np.add.at(sums, group, np.nan_to_num(values))
    return sums[group]


def _factor(size: Floats, centre: Floats, spread: Floats, family: Family) -> Floats:
    """Variance over the binomial's or Poisson's."""
    return 1 + (size - 1) * spread if family is Family.BINOMIAL else 1 + size * centre * spread


def shrink(
    count: ArrayLike,
    size: ArrayLike,
    *,
    group: ArrayLike | None = None,
    family: Family = Family.BINOMIAL,
    level: float = 0.95,
) -> Shrunk:
    """Shrink rates toward the mean of each area's group.

    `count` and `size` (areas,) or (areas, indicators), NaN where unknown (suppressed or missing: such a cell gets no
    estimate and lends none); `group` (areas,) whole numbers or names, one group when left out.
    """
    x, n = np.asarray(count, np.float64), np.asarray(size, np.float64)
    one = x.ndim == 1
    x, n = np.broadcast_arrays(x[:, None] if one else x, n[:, None] if n.ndim == 1 else n)
    labels = (
        np.zeros(len(x), np.intp) if group is None else np.unique(np.asarray(group), return_inverse=True)[1]
    )
    known = np.isfinite(x) & (n > 0)
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    p = x / n
    members = _by_group(known.astype(np.float64), labels)
    # Whole-number counts of groups that have at least two areas: each area then spends 1/members of a degree of freedom.
    freedom = np.where(members > 1, 1 - 1 / np.maximum(members, 1), 0.0) * known

    def centre_of(spread: Floats) -> Floats:
        pooled = _by_group(x, labels) / np.maximum(_by_group(n, labels), 1e-300)
        weights = n / _factor(n, pooled, spread, family)
        return _by_group(weights * p, labels) / np.maximum(_by_group(weights, labels), 1e-300)

    def excess(spread: Floats) -> Floats:
        centre = centre_of(spread)
        variance = centre * (1 - centre) if family is Family.BINOMIAL else centre
        variance = variance / n * _factor(n, centre, spread, family)
        with np.errstate(divide="ignore", invalid="ignore"):
            squares = np.where(variance > 0, (p - centre) ** 2 / variance, 0.0)
        return np.nansum(np.where(freedom > 0, squares, 0.0), axis=0) - freedom.sum(axis=0)

    low = np.zeros(x.shape[1])
    high = np.full(x.shape[1], 0.999 if family is Family.BINOMIAL else 1e4)
    none = excess(low) <= 0
    for _ in range(HALVINGS):
        # Halved on the square root: spreads lie near 0.
        half = ((np.sqrt(low) + np.sqrt(high)) / 2) ** 2
        more = excess(half) > 0
        low, high = np.where(more, half, low), np.where(more, high, half)
    spread = np.where(none, 0.0, (low + high) / 2)
    return _posterior(x, n, centre_of(spread), spread, family, level, one)


def _posterior(
    x: Floats, n: Floats, centre: Floats, spread: Floats, family: Family, level: float, one: bool
) -> Shrunk:
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        if family is Family.BINOMIAL:
            strength = np.where(spread > 0, 1 / spread - 1, np.inf) * np.ones_like(x)
        else:
            strength = np.where((spread > 0) & (centre > 0), 1 / (spread * centre), np.inf)
        weight = np.where(np.isfinite(strength), n / (n + strength), 0.0)
        rate = np.where(np.isfinite(x), weight * (x / n) + (1 - weight) * centre, np.nan)
        finite = np.where(np.isfinite(strength), strength, 1e12)
        a = np.maximum(x + finite * centre, 1e-12)
        if family is Family.BINOMIAL:
            b = np.maximum(n - x + finite * (1 - centre), 1e-12)
            low, high = special.betaincinv(a, b, tail), special.betaincinv(a, b, 1 - tail)
        else:
            low, high = (
                special.gammaincinv(a, tail) / (n + finite),
                special.gammaincinv(a, 1 - tail) / (n + finite),
            )
    known = np.isfinite(x)

    def shown(part: Floats) -> Floats:
        kept = np.where(known, part, np.nan)
        return kept[:, 0] if one else kept

    return Shrunk(shown(rate), shown(low), shown(high), shown(centre), shown(weight), spread)
