"""How much an indicator moves from year to year by chance, estimated from the panel itself.

Straight lines are fitted to each area's windows of years; what is left over is noise. Its variance is fitted over the
areas by their size: for counts, base + per_size × size times the binomial's or Poisson's (families that move together, years
that differ), and never below 1 in a verdict; for values without numerators, base + per_size / denominator. An area
noisier than its size tells keeps its own noise to the degree that its years prove it (Smyth 2004, moderated variances; the
prior's degrees of freedom by moments). Real bends within a window count as noise, so that the estimate errs to the careful side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .intervals import Family
from .lines import CORRELATIONS, Lines, fit_lines, segments, slope_price, windows
from .panel import Bools, Floats

ENOUGH = 5.0  # cases a year on average: below this the squares of residuals are too ragged to learn from
ROUNDS = 25


@dataclass(frozen=True, eq=False)
class Noise:
    """`factor` (areas,): for counts, variance over the binomial's or Poisson's, ≥ 1; for values, the variance of one year.
    NaN where nothing can be said.

    `for_slope` is the same with the price of correlated years. `freedom` (areas,) are degrees of freedom, infinite where
    the areas' noises do not differ. `base`, `per_size`: the fitted rule; `base` < 1 is a stock that moves less from year to year
    than chance (the same children are counted again), which `correlation` then tells. `correlation`: between neighbouring years,
    of the base's part and of the part that grows with size.
    """

    factor: Floats
    for_slope: Floats
    freedom: Floats
    base: float
    per_size: float
    prior_freedom: float
    correlation: tuple[float, float]


@dataclass(frozen=True, eq=False)
class _Fits:
    lines: list[Lines]
    drivers: list[Floats]
    lengths: list[int]


def _two(y: Floats, driver: Floats, weights: Floats) -> tuple[float, float]:
    """Weighted least squares y ≈ a + b · driver with a, b ≥ 0."""
    total, wx = weights.sum(), (weights * driver).sum()
    wxx, wy, wxy = (weights * driver**2).sum(), (weights * y).sum(), (weights * driver * y).sum()
    determinant = total * wxx - wx**2
    if determinant > 1e-12 * total * wxx:
        a, b = (wxx * wy - wx * wxy) / determinant, (total * wxy - wx * wy) / determinant
        if a >= 0 and b >= 0:
            return float(a), float(b)
        if a < 0:
            return 0.0, float(max(wxy / wxx, 0.0))
    return float(max(wy / total, 0.0)), 0.0


def _rule(squares: Floats, freedom: Floats, driver: Floats) -> tuple[float, float]:
    """base and per_size of variance ≈ base + per_size × driver, by repeated weighting (gamma with identity link)."""
    scale = driver.max() if driver.max() > 0 else 1.0
    mean = (squares * freedom).sum() / freedom.sum()
    if mean <= 0:
        return 0.0, 0.0
    fitted = np.full_like(squares, mean)
    a, b = mean, 0.0
    for _ in range(ROUNDS):
        a, b = _two(squares, driver / scale, freedom / fitted**2)
        fitted = np.maximum(a + b * driver / scale, 1e-3 * mean)
    return float(a), b / scale


def _price(
    fits: _Fits, use: list[Bools], fitted: Floats, shares: Floats
) -> tuple[tuple[float, float], Floats]:
    """Correlations of the two parts of the noise, and what they cost a slope: (shown, price) per part.

    The products of neighbouring residuals are split by least squares into the base's part and the size's part.
    """
    longest = max(fits.lengths)
    if longest < 4:
        return (0.0, 0.0), np.ones(2)
    products, left, right = [], [], []
    for line, u, f, share, length in zip(fits.lines, use, fitted, shares, fits.lengths, strict=True):
        if length == longest:
            whole = u & (line.points == longest)
            off = line.residuals[whole]
            products.append((off[:, 1:] * off[:, :-1]).sum(axis=1) / f[whole])
            left.append((1 - share[whole]) * (longest - 2))
            right.append(share[whole] * (longest - 2))
    y, design = np.concatenate(products), np.column_stack([np.concatenate(left), np.concatenate(right)])
    shown, price = slope_price(longest)
    if len(y) < 10:
        return (0.0, 0.0), np.ones(2)
    found = np.linalg.lstsq(design, y, rcond=1e-6)[0]
    if design[:, 1].sum() < 0.02 * design.sum() or design[:, 0].sum() < 0.02 * design.sum():
        found[:] = y.sum() / design.sum()  # one part is too little to be seen apart
    at = np.interp(found, shown, CORRELATIONS)
    return (float(at[0]), float(at[1])), np.asarray(np.interp(at, CORRELATIONS, price))


def _prior_freedom(ratio: Floats, freedom: Floats) -> float:
    """Degrees of freedom of the prior from the scatter of variances over what sizes tell; infinite when chance explains it."""
    mean = (ratio * freedom).sum() / freedom.sum()
    if len(ratio) < 3 or mean <= 0:
        return np.inf
    d = len(freedom) / (1 / freedom).sum()
    scatter = ((ratio - mean) ** 2 * freedom).sum() / freedom.sum() / mean**2
    excess = d * scatter - 2
    return float((4 * d * scatter + 2 * d - 4) / excess) if excess > 1e-9 else np.inf


def _moderated(fits: _Fits, use: list[Bools], driver_now: Floats, floor: float) -> Noise:
    """Put the windows together. `driver` is what the variance grows with; `use` the windows that may teach."""
    freedom = np.array([np.where(u, line.points - 2, 0.0) for u, line in zip(use, fits.lines, strict=True)])
    rest = np.array([line.rest for line in fits.lines])
    drivers = np.array(fits.drivers)
    taught = freedom > 0
    nothing = np.full(len(driver_now), np.nan)
    if not taught.any():
        return Noise(nothing, nothing, nothing, np.nan, np.nan, np.nan, (0.0, 0.0))
    base, per_size = _rule(rest[taught] / freedom[taught], freedom[taught], drivers[taught])
    fitted = base + per_size * np.where(taught, drivers, 0.0)
    own_freedom = freedom.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(taught & (fitted > 0), rest / fitted, 0.0)
        ratio = scaled.sum(axis=0) / own_freedom
    some = own_freedom > 0
    rule_freedom = _prior_freedom(ratio[some], own_freedom[some])
    prior = np.minimum(
        rule_freedom, own_freedom.sum() - own_freedom
    )  # the rule is no surer than the other areas' years
    with np.errstate(invalid="ignore"):
        share = (prior + np.where(some, ratio, 0.0) * own_freedom) / (prior + own_freedom)
    expected = base + per_size * driver_now
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(fitted > 0, per_size * np.where(taught, drivers, 0.0) / fitted, 0.0)
        share_now = np.where(expected > 0, per_size * driver_now / expected, 0.0)
    correlation, price = _price(fits, use, np.maximum(fitted, 1e-300), shares)
    now = expected * share
    slope = now * (price[0] * (1 - share_now) + price[1] * share_now)
    return Noise(
        np.maximum(now, floor),
        np.maximum(slope, floor),
        prior + own_freedom,
        base,
        per_size,
        prior,
        correlation,
    )


def noise_of_counts(
    count: ArrayLike,
    size: ArrayLike,
    years: ArrayLike,
    *,
    span: float = 5,
    breaks: ArrayLike | None = None,
    family: Family = Family.BINOMIAL,
) -> Noise:
    """Noise of counts beyond the binomial or Poisson.

    `count`, `size` (areas, years), NaN where unknown; `years` (years,) ascending; `span` is the length of a window in
    years; `breaks` as in `lines.segments`.
    """
    x, n = np.asarray(count, np.float64), np.asarray(size, np.float64)
    when = np.asarray(years, np.float64)
    parts = segments(breaks, when, len(x))
    known = np.isfinite(x) & (n > 0)
    fits, use, enough, now = _Fits([], [], []), [], [], None
    for window in windows(when, span):
        k = known[:, window] & (parts[:, window] == parts[:, window][:, -1:])
        xw, nw = np.where(k, x[:, window], 0.0), np.where(k, n[:, window], 0.0)
        points = np.maximum(k.sum(axis=1), 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = xw.sum(axis=1) / nw.sum(axis=1)
            variance = p * (1 - p) if family is Family.BINOMIAL else p
            weights = np.where(k & (variance > 0)[:, None], nw / variance[:, None], 0.0)
            line = fit_lines(xw / nw, weights, when[window])
        mean_size = nw.sum(axis=1) / points
        driver = np.maximum(mean_size - 1, 0) if family is Family.BINOMIAL else mean_size * np.nan_to_num(p)
        fits.lines.append(line)
        fits.drivers.append(driver)
        fits.lengths.append(window.stop - window.start)
        use.append(line.points >= 3)
        enough.append((line.points >= 3) & (xw.sum(axis=1) >= ENOUGH * points))
        now = driver if now is None else now
    teachers = enough if sum(e.sum() for e in enough) >= 20 else use
    return _moderated(fits, teachers, now if now is not None else np.zeros(len(x)), 1.0)


def noise_of_values(
    value: ArrayLike,
    years: ArrayLike,
    *,
    denominators: ArrayLike | None = None,
    span: float = 5,
    breaks: ArrayLike | None = None,
    step: float = 0.0,
) -> Noise:
    """Noise of published values that have no numerator.

    `value` (areas, years), NaN where unknown; `denominators` of the same shape or (areas,), where they are known at least roughly
    (the population will do); `step` is the rounding of the source (0.1 for one decimal): noise is never below it.
    """
    y, when = np.asarray(value, np.float64), np.asarray(years, np.float64)
    parts = segments(breaks, when, len(y))
    n = np.full(y.shape, np.inf)
    if denominators is not None:
        given = np.asarray(denominators, np.float64)
        n = np.broadcast_to(given[:, None] if given.ndim == 1 else given, y.shape)
    known = np.isfinite(y) & (n > 0)
    fits, use, now = _Fits([], [], []), [], None
    for window in windows(when, span):
        k = known[:, window] & (parts[:, window] == parts[:, window][:, -1:])
        line = fit_lines(y[:, window], k.astype(np.float64), when[window])
        driver = np.where(k, 1 / np.where(k, n[:, window], 1.0), 0.0).sum(axis=1) / np.maximum(
            k.sum(axis=1), 1
        )
        fits.lines.append(line)
        fits.drivers.append(driver)
        fits.lengths.append(window.stop - window.start)
        use.append(line.points >= 3)
        now = driver if now is None else now
    return _moderated(fits, use, now if now is not None else np.zeros(len(y)), step**2 / 12)
