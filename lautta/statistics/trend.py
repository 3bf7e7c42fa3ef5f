"""Is the change over the last years more than chance? A slope over the window against noise learnt from the whole panel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .intervals import Family, limits
from .lines import Lines, fit_lines, segments
from .noise import Noise, noise_of_counts, noise_of_values
from .panel import Bools, Floats, Status

CALL = 0.04  # two-sided; under 5 % so that an error in the noise does not carry false alarms over it
POWER = 0.83  # the stated 80 % with a margin, since the noise is itself an estimate
LEAST_POINTS = 3
LEAST_CASES = 10.0  # in the whole window
SPAN = 5


class Verdict(IntEnum):
    """CANNOT_TELL: too few cases or years, the last year suppressed or missing, or even a doubling would not have shown."""

    NO_CLEAR_CHANGE = 0
    UP = 1
    DOWN = 2
    CANNOT_TELL = 3


@dataclass(frozen=True, eq=False)
class Trend:
    """Per area; changes are over `covered` years (from the window's first to its last known year), on the scale of the value.

    `change` with its 95 % interval `low`–`high`; `detectable`, the smallest change seen with 80 % power; `level`, the
    mean of the window; `noise_low`, `noise_high` (areas, years), where 95 % of years would fall were there no change, NaN outside
    the window; `window` (areas, years), the cells that were used.
    """

    verdict: NDArray[np.uint8]
    change: Floats
    low: Floats
    high: Floats
    detectable: Floats
    level: Floats
    covered: Floats
    noise_low: Floats
    noise_high: Floats
    window: Bools
    noise: Noise


def _window(known: Bools, years: Floats, span: float, breaks: ArrayLike | None) -> Bools:
    """Cells of the last `span` years that lie after the last break."""
    parts = segments(breaks, years, len(known))
    return known & (parts == parts[:, -1:]) & (years >= years[-1] - span - 1e-9)


def _covered(window: Bools, years: Floats) -> Floats:
    first = np.where(window, years, np.inf).min(axis=1)
    last = np.where(window, years, -np.inf).max(axis=1)
    return np.where(np.isfinite(first), last - first, 0.0)


def _t(probability: float, freedom: Floats) -> Floats:
    return special.stdtrit(np.where(np.isfinite(freedom), np.minimum(freedom, 1e9), 1e9), probability)


def _known(values: Floats, status: ArrayLike | None) -> Bools:
    known = np.isfinite(values)
    return known if status is None else known & (np.asarray(status) <= Status.ZERO)


def _hidden(status: ArrayLike | None, suppressed_below: float | None, size: Floats) -> Bools:
    if status is None or suppressed_below is None:
        return np.zeros(size.shape, bool)
    return (np.asarray(status) == Status.SUPPRESSED) & (size > 0)


def trend_of_counts(
    count: ArrayLike,
    size: ArrayLike,
    years: ArrayLike,
    *,
    span: float = SPAN,
    status: ArrayLike | None = None,
    breaks: ArrayLike | None = None,
    family: Family = Family.BINOMIAL,
    suppressed_below: float | None = None,
) -> Trend:
    """Trend of rates count / size.

    `count`, `size` (areas, years), NaN where unknown; `years` (years,) ascending, as the source publishes them (every second year
    stays so); `status` as in `panel.Status`; `breaks` as in `lines.segments`: a series after a break stands alone. The
    test is Cochran and Armitage's, with the variance widened by the panel's own noise and half a case taken off. With
    `suppressed_below` (the source's threshold) a suppressed cell whose size is known counts as anything from 0 to one under it:
    a change is called only if it would be at both ends. Without it a suppressed cell is left out.
    """
    x, n, when = np.asarray(count, np.float64), np.asarray(size, np.float64), np.asarray(years, np.float64)
    known, n_given = _known(x, status) & (n > 0), n
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    noise = noise_of_counts(x, n, when, span=span, breaks=breaks, family=family)
    hidden = _hidden(status, suppressed_below, n_given)
    inside = _window(known | hidden, when, span, breaks)
    if hidden.any():  # the verdict must hold whatever the hidden counts were
        late = when > (when[-1] - span / 2)
        top = suppressed_below - 1 if suppressed_below is not None else 0.0
        bounds = [np.where(hidden, np.where(late == up, top, 0.0), x) for up in (True, False)]
        x = np.where(hidden, top / 2, x)
        n = np.where(hidden, n_given, n)
    else:
        bounds = []
    weights = np.where(inside, n, 0.0)
    covered, freedom = _covered(inside, when), noise.freedom

    def line_of(counts: Floats) -> Lines:
        with np.errstate(divide="ignore", invalid="ignore"):
            return fit_lines(np.where(inside, counts / n, 0.0), weights, when)

    def error(level: Floats, squares: Floats) -> Floats:
        spread = level * (1 - level) if family is Family.BINOMIAL else level
        return covered * np.sqrt(noise.for_slope * np.maximum(spread, 0.0) / squares)

    line = line_of(x)
    cases = np.where(inside, x, 0.0).sum(axis=1)
    usable = (
        inside[:, -1] & (line.points >= LEAST_POINTS) & (cases >= LEAST_CASES) & np.isfinite(noise.factor)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        level, change, half_a_case = line.level, line.slope * covered, covered / 2 / line.squares
        own, threshold = error(level, line.squares), _t(1 - CALL / 2, freedom)
        called = np.abs(change) - half_a_case > threshold * own
        for bound in map(line_of, bounds):
            edge = np.sign(change) * bound.slope * covered
            called &= edge - half_a_case > threshold * error(bound.level, line.squares)
        detectable = half_a_case + (threshold + _t(POWER, freedom)) * own
        for _ in range(30):  # a rise also raises the variance: the fixed point, from below
            middle = level + detectable / 2
            middle = np.minimum(middle, 1.0) if family is Family.BINOMIAL else middle
            detectable = half_a_case + (threshold + _t(POWER, freedom)) * error(middle, line.squares)
        blind = detectable > level
    wide = _t(0.975, noise.freedom) * own
    low, high = limits(
        np.where(usable, level, np.nan)[:, None],
        n,
        family=family,
        level=0.95,
        dispersion=noise.factor[:, None],
    )
    return _trend(usable, called, blind, change, wide, detectable, level, covered, low, high, inside, noise)


def trend_of_values(
    value: ArrayLike,
    years: ArrayLike,
    *,
    span: float = SPAN,
    denominators: ArrayLike | None = None,
    status: ArrayLike | None = None,
    breaks: ArrayLike | None = None,
    step: float = 0.0,
) -> Trend:
    """Trend of published values that have no numerator, by the indicator's own year-to-year noise.

    `value` (areas, years); `denominators` (areas,) or (areas, years), where known, let the noise depend on size; `step` is the
    source's rounding. The rest as in `trend_of_counts`.
    """
    y, when = np.asarray(value, np.float64), np.asarray(years, np.float64)
    known = _known(y, status)
    y = np.where(known, y, np.nan)
    noise = noise_of_values(y, when, denominators=denominators, span=span, breaks=breaks, step=step)
    inside = _window(known, when, span, breaks)
    line = fit_lines(y, inside.astype(np.float64), when)
    covered = _covered(inside, when)
    usable = inside[:, -1] & (line.points >= LEAST_POINTS) & np.isfinite(noise.factor)
    with np.errstate(divide="ignore", invalid="ignore"):
        change, own = line.slope * covered, covered * np.sqrt(noise.for_slope / line.squares)
    threshold = _t(1 - CALL / 2, noise.freedom)
    reach = _t(0.975, noise.freedom) * np.sqrt(noise.factor)
    return _trend(
        usable, np.abs(change) > threshold * own, np.zeros(len(y), bool), change, _t(0.975, noise.freedom) * own,
        (threshold + _t(POWER, noise.freedom)) * own, line.level, covered,
        (line.level - reach)[:, None], (line.level + reach)[:, None], inside, noise,
    )  # fmt: skip


def _trend(
    usable: Bools, called: Bools, blind: Bools, change: Floats, wide: Floats, detectable: Floats, level: Floats,
    covered: Floats, low: Floats, high: Floats, inside: Bools, noise: Noise,
) -> Trend:  # fmt: skip
    verdict = np.where(blind, Verdict.CANNOT_TELL, Verdict.NO_CLEAR_CHANGE)
    verdict = np.where(called, np.where(change > 0, Verdict.UP, Verdict.DOWN), verdict)
    verdict = np.where(usable, verdict, Verdict.CANNOT_TELL).astype(np.uint8)

    def shown(part: Floats) -> Floats:
        return np.where(usable, part, np.nan)

    drawn = inside & usable[:, None]
    return Trend(
        verdict, shown(change), shown(change - wide), shown(change + wide), shown(detectable), shown(level), covered,
        np.where(drawn, low, np.nan), np.where(drawn, high, np.nan), inside, noise,
    )  # fmt: skip
