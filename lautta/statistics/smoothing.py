"""Point forecasts of many short series at once, after every year of each series in one pass.

`y` is (series, years), NaN before a series begins and where nothing is known; the result (series, years, horizon): what
would have been forecast for 1, 2, … steps on, having seen the years up to and with that one. So a test on the past costs no
more than the forecast itself. Start states are solved by least squares (errors are linear in them), the smoothing parameters
over a grid. All are linear in the data: y → c + k·y moves the forecast alike.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from .panel import Floats

ALPHAS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)
BETAS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.7)
PHIS = (0.8, 0.9, 0.95, 0.98)
THETAS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0)
THETA_ALPHAS = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)


class _Average:
    """Forecasts of a grid weighted by their likelihood, kept as running sums."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.top = np.full(shape[:2], -np.inf)
        self.weight = np.zeros(shape[:2])
        self.sum = np.zeros(shape)

    def add(self, squares: Floats, seen: Floats, forecast: Floats) -> None:
        log = -seen / 2 * np.log(np.maximum(squares, 1e-12))
        top = np.maximum(self.top, log)
        old, new = np.exp(self.top - top), np.exp(log - top)
        self.top, self.weight = top, self.weight * old + new
        self.sum = self.sum * old[:, :, None] + new[:, :, None] * forecast

    def mean(self) -> Floats:
        return self.sum / self.weight[:, :, None]


def _standardised(y: Floats) -> tuple[Floats, Floats, Floats]:
    """Each series less its first value, over its typical step; the first values and the steps."""
    known = np.isfinite(y)
    first = np.where(known.any(axis=1), y[np.arange(len(y)), known.argmax(axis=1)], 0.0)
    moved = y - first[:, None]
    scale = np.sqrt(np.nanmean(np.where(known.any(axis=1)[:, None], moved, 1.0) ** 2, axis=1))
    scale = np.where(scale > 0, scale, 1.0)
    return moved / scale[:, None], first, scale


def damped_ets(y: Floats, horizon: int, *, flat: bool = False, ridge: float = 10.0) -> Floats:
    """Damped trend by exponential smoothing, averaged over its parameters. A missing year passes without an update.

    `ridge` draws the start toward the first value and no trend. `flat`: the slope never changes (β = 0): a level that drifts with
    a trend that dies away.
    """
    z, first, scale = _standardised(y)
    known = np.isfinite(z)
    begun = np.cumsum(known, axis=1) > 0
    seen = np.cumsum(known, axis=1).astype(np.float64)
    filled = np.where(known, z, 0.0)
    series, years = z.shape
    average = _Average((series, years, horizon))
    aheads = [np.cumsum(phi ** np.arange(1, horizon + 1)) for phi in PHIS]
    for alpha, beta in product(ALPHAS, (0.0,) if flat else BETAS):
        # All damping factors in one pass: a pass costs its many small steps more than its arithmetic.
        squares, level, slope = _damped(filled, known, begun, alpha, beta, np.array(PHIS)[:, None], ridge)
        for at, ahead in enumerate(aheads):
            average.add(squares[at], seen, level[at][:, :, None] + slope[at][:, :, None] * ahead)
    made = average.mean() * scale[:, None, None] + first[:, None, None]
    return np.where(known[:, :, None], made, np.nan)


def _damped(
    z: Floats, known: Floats, begun: Floats, alpha: float, beta: float, phi: Floats, ridge: float
) -> tuple[Floats, Floats, Floats]:
    """Squares of errors, level and slope after each year, with the start states that are best for the years so far.

    `phi` (factors, 1); the results (factors, series, years).
    """
    shape, years = (len(phi), len(z)), z.shape[1]
    level, slope = np.zeros(shape), np.zeros(shape)
    a_level, a_slope = np.ones(shape), np.zeros(shape)  # how level and slope depend on the starting level …
    b_level, b_slope = np.zeros(shape), np.ones(shape)  # … and on the starting slope
    yy, ya, yb, aa, ab, bb = (np.zeros(shape) for _ in range(6))
    out = np.empty((3, *shape, years))
    for t in range(years):
        k, started = known[:, t], begun[:, t]
        f, fa, fb = level + phi * slope, a_level + phi * a_slope, b_level + phi * b_slope
        e = np.where(k, z[:, t] - f, 0.0)
        ka, kb = fa * k, fb * k
        yy, ya, yb = yy + e * e, ya + e * ka, yb + e * kb
        aa, ab, bb = aa + ka * ka, ab + ka * kb, bb + kb * kb
        level = np.where(started, f + alpha * e, level)
        slope = np.where(started, phi * slope + alpha * beta * e, slope)
        a_level, a_slope = (
            np.where(started, fa - alpha * ka, a_level),
            np.where(started, phi * a_slope - alpha * beta * ka, a_slope),
        )
        b_level, b_slope = (
            np.where(started, fb - alpha * kb, b_level),
            np.where(started, phi * b_slope - alpha * beta * kb, b_slope),
        )
        p, q = aa + ridge + 1e-9, bb + ridge + 1e-9
        determinant = p * q - ab * ab
        start_a, start_b = (q * ya - ab * yb) / determinant, (p * yb - ab * ya) / determinant
        out[0, ..., t] = yy - start_a * ya - start_b * yb  # the penalised minimum
        out[1, ..., t] = level + a_level * start_a + b_level * start_b
        out[2, ..., t] = slope + a_slope * start_a + b_slope * start_b
    return out[0], out[1], out[2]


def dynamic_theta(y: Floats, horizon: int) -> Floats:
    """Dynamic optimised theta (Fiorucci et al. 2016); a missing year repeats the one before."""
    z, first, scale = _standardised(y)
    known = np.isfinite(z)
    begun = np.cumsum(known, axis=1) > 0
    filled = np.zeros_like(z)
    for t in range(z.shape[1]):
        filled[:, t] = np.where(known[:, t], z[:, t], filled[:, t - 1] if t else 0.0)
    lines = _running_lines(filled, begun)
    best = np.full(z.shape, np.inf)
    made = np.zeros((*z.shape, horizon))
    for theta in THETAS:
        tried = _theta(filled, known, begun, lines, theta, np.array(THETA_ALPHAS)[:, None], horizon)
        for squares, forecast in zip(*tried, strict=True):
            better = squares < best
            best = np.where(better, squares, best)
            made = np.where(better[:, :, None], forecast, made)
    made = made * scale[:, None, None] + first[:, None, None]
    return np.where(known[:, :, None], made, np.nan)


def _running_lines(z: Floats, begun: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """After each year of a series: its number of years, mean, and the line's start and slope."""
    series, years = z.shape
    count, mean, slope = np.zeros(series), np.zeros(series), np.zeros(series)
    out = np.zeros((4, series, years + 1))
    for t in range(years):
        n = count + begun[:, t]
        n1 = np.maximum(n, 1)
        slope = np.where(n >= 2, ((n - 2) * slope + 6 / n1 * (z[:, t] - mean)) / (n + 1), 0.0)
        mean = np.where(begun[:, t], (count * mean + z[:, t]) / n1, mean)
        count = n
        out[:, :, t + 1] = count, mean, mean - (n + 1) / 2 * slope, slope
    return out[0], out[1], out[2], out[3]


def _theta(
    z: Floats, known: Floats, begun: Floats, lines: tuple[Floats, Floats, Floats, Floats],
    theta: float, alpha: Floats, horizon: int,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Squares of errors (alphas, series, years) and forecasts (alphas, series, years, horizon); `alpha` (alphas, 1)."""
    weight = 1 - 1 / theta
    counts, means, starts, slopes = lines
    shape, years = (len(alpha), len(z)), z.shape[1]
    level, reach = np.zeros(shape), np.ones(shape)
    yy, yr, rr = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    squares, levels = np.empty((*shape, years)), np.empty((*shape, years))
    for t in range(years):
        n = counts[:, t] + 1
        line = (1 - alpha) ** (n - 1) * starts[:, t] + (1 - (1 - alpha) ** n) / alpha * slopes[:, t]
        e = np.where(known[:, t], z[:, t] - level - weight * line, 0.0)
        r = np.where(known[:, t], reach, 0.0)
        yy, yr, rr = yy + e * e, yr + e * r, rr + r * r
        level = np.where(begun[:, t], alpha * z[:, t] + (1 - alpha) * level, level)
        reach = np.where(begun[:, t], (1 - alpha) * reach, reach)
        start = yr / np.maximum(rr, 1e-12)
        squares[..., t], levels[..., t] = yy - start * yr, level + start * reach
    count, mean, start_of, slope = (part[:, 1:].copy() for part in (counts, means, starts, slopes))
    forecast = np.empty((*shape, years, horizon))
    alpha = alpha[:, :, None]
    for h in range(horizon):
        n = count + 1
        point = levels + weight * ((1 - alpha) ** count * start_of + (1 - (1 - alpha) ** n) / alpha * slope)
        forecast[..., h] = point
        slope = ((n - 2) * slope + 6 / n * (point - mean)) / (n + 1)
        mean = (count * mean + point) / n
        start_of = mean - (n + 1) / 2 * slope
        levels = alpha * point + (1 - alpha) * levels
        count = n
    return squares, forecast


def drift(y: Floats, horizon: int) -> Floats:
    """The last value, going on as it has gone on average from the first."""
    known = np.isfinite(y)
    at = known.argmax(axis=1)
    steps = np.maximum(np.arange(y.shape[1]) - at[:, None], 1)
    pace = (y - y[np.arange(len(y)), at][:, None]) / steps
    return y[:, :, None] + pace[:, :, None] * np.arange(1, horizon + 1)


def combination(y: Floats, horizon: int) -> Floats:
    """Mean of dynamic theta, damped trend (two ways) and drift: see docs/methods/forecast.md for what each gives."""
    parts = [
        dynamic_theta(y, horizon), damped_ets(y, horizon), damped_ets(y, horizon, flat=True, ridge=0.0), drift(y, horizon),
    ]  # fmt: skip
    return np.mean(parts, axis=0)
