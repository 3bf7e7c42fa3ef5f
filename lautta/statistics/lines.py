"""Weighted straight lines through many series at once, and what their residuals tell of noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .panel import Floats

CORRELATIONS = np.linspace(0, 0.95, 96)


@dataclass(frozen=True, eq=False)
class Lines:
    """One line per area: weighted `level` (at the weighted mean time), `slope`, `squares` (Σ w (t - t̄)²),
    `rest` (weighted residual sum of squares), `points`, and `residuals` √w (y - line), 0 where not observed."""

    level: Floats
    slope: Floats
    squares: Floats
    rest: Floats
    points: Floats
    residuals: Floats


def fit_lines(y: ArrayLike, weights: ArrayLike, times: ArrayLike) -> Lines:
    """Weighted least squares of `y` (areas, points) on `times` (points,); a weight of 0 takes a cell out."""
    w = np.asarray(weights, np.float64)
    y = np.where(w > 0, np.asarray(y, np.float64), 0.0)
    t = np.asarray(times, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = w.sum(axis=1)
        level = (w * y).sum(axis=1) / total
        from_middle = t - ((w * t).sum(axis=1) / total)[:, None]
        squares = (w * from_middle**2).sum(axis=1)
        slope = (w * from_middle * y).sum(axis=1) / squares
        off = y - level[:, None] - slope[:, None] * from_middle
    off = np.where(w > 0, off, 0.0) * np.sqrt(w)
    return Lines(level, slope, squares, (off**2).sum(axis=1), (w > 0).sum(axis=1).astype(float), off)


def windows(years: Floats, span: float) -> list[slice]:
    """Positions of the windows of `span` years that end at the last year and, without overlap, before it; newest first."""
    found, end = [], len(years)
    while end > 0:
        start = int(np.searchsorted(years, years[end - 1] - span - 1e-9))
        found.append(slice(start, end))
        end = start
    return found


def segments(breaks: ArrayLike | None, years: Floats, areas: int) -> np.ndarray:
    """Number of the unbroken segment of each cell (areas, years), from years in which a new series begins.

    `breaks`: years, for all areas alike, or a mask (areas, years) that is True in the first year of a new series.
    """
    if breaks is None:
        return np.zeros((areas, len(years)), np.intp)
    given = np.asarray(breaks)
    if given.dtype != bool:
        starts = np.zeros((1, len(years)), np.intp)
        for year in np.atleast_1d(given):
            starts[0] += years >= year
        return np.broadcast_to(starts, (areas, len(years)))
    return np.cumsum(np.broadcast_to(given, (areas, len(years))), axis=1)


def slope_price(points: int) -> tuple[Floats, Floats]:
    """For AR(1) noise with correlations 0, 0.01 … 0.95, seen through a line fitted to evenly spaced points:

    the ratio Σ e_t e_{t+1} / Σ e_t² that residuals then show (negative for independent noise), and the price: how many times larger
    the slope's variance is than the residuals say.
    """
    x = np.arange(points) - (points - 1) / 2
    design = np.column_stack([np.ones(points), x])
    maker = np.eye(points) - design @ np.linalg.pinv(design)
    apart = np.abs(np.subtract.outer(np.arange(points), np.arange(points)))
    shown, price = [], []
    for r in CORRELATIONS:
        matrix = r**apart
        seen = maker @ matrix @ maker
        shown.append(np.trace(seen, offset=1) / np.trace(seen))
        price.append((x @ matrix @ x / (x @ x)) / (np.trace(seen) / (points - 2)))
    return np.array(shown), np.array(price)
