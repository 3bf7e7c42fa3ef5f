"""Does an area's value clearly differ from its reference (its region, Finland), or is it what chance gives?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from .intervals import Family, limits, rate_interval, tails
from .panel import Codes, Floats, Status

LEVEL = 0.998  # one area in 500 falls outside by chance: a profile shows some fifty indicators at once
INTERVAL = 0.95


class Verdict(IntEnum):
    """TOO_SMALL_TO_TELL: not outside the limits, yet neither double nor half the reference's odds would be; or suppressed.

    NO_DATA: not published. It is not the same as being too small.
    """

    NO_CLEAR_DIFFERENCE = 0
    HIGHER = 1
    LOWER = 2
    TOO_SMALL_TO_TELL = 3
    NO_DATA = 4


@dataclass(frozen=True, eq=False)
class Comparison:
    """All of one shape (areas, …), on the scale of the value; NaN where nothing can be said.

    `low`, `high`: 95 % interval of the area's own value. `limit_low`, `limit_high`: funnel limits around the reference.
    """

    value: Floats
    low: Floats
    high: Floats
    reference: Floats
    limit_low: Floats
    limit_high: Floats
    verdict: NDArray[np.uint8]


def _verdicts(
    higher: NDArray, lower: NDArray, blind: NDArray, status: Codes, usable: NDArray
) -> NDArray[np.uint8]:
    found = np.where(blind, Verdict.TOO_SMALL_TO_TELL, Verdict.NO_CLEAR_DIFFERENCE)
    found = np.where(higher, Verdict.HIGHER, np.where(lower, Verdict.LOWER, found))
    found = np.where(usable, found, Verdict.NO_DATA)
    return np.where(status == Status.SUPPRESSED, Verdict.TOO_SMALL_TO_TELL, found).astype(np.uint8)


def _status(status: ArrayLike | None, values: Floats) -> Codes:
    if status is None:
        return np.where(np.isnan(values), Status.MISSING, Status.VALUE).astype(np.uint8)
    return np.broadcast_to(np.asarray(status, np.uint8), values.shape)


def compare_counts(
    count: ArrayLike,
    size: ArrayLike,
    *,
    reference: ArrayLike,
    reference_size: ArrayLike | None = None,
    part_of_reference: bool = True,
    status: ArrayLike | None = None,
    family: Family = Family.BINOMIAL,
    dispersion: ArrayLike = 1.0,
    level: float = LEVEL,
) -> Comparison:
    """Compare rates count / size with a reference rate.

    `count`, `size` (areas, …), NaN where unknown; `reference` is a rate (0–1 for BINOMIAL) and `reference_size` its
    denominator, both broadcast. With the latter the area's own share in the reference is allowed for (a region of which the area is
    a third does not differ from it by a whole chance variation), or, with `part_of_reference=False`, the reference's own
    chance. `dispersion` ≥ 1 widens everything (`trend.noise(…).factor`). `status` tells suppressed from missing.
    """
    x, n, p = np.broadcast_arrays(
        np.asarray(count, np.float64), np.asarray(size, np.float64), np.asarray(reference, np.float64)
    )
    codes = _status(status, x)
    usable = np.isfinite(x) & (n > 0) & np.isfinite(p) & (codes <= Status.ZERO)
    x, n = np.where(usable, x, np.nan), np.where(usable, n, np.nan)
    own = np.maximum(np.asarray(dispersion, np.float64), 1.0) * np.ones(x.shape)
    joint = own
    if reference_size is not None:
        share = n / np.asarray(reference_size, np.float64)
        joint = own * np.maximum(1 - share, 1e-6) if part_of_reference else own * (1 + share)
    low, high = rate_interval(x, n, family=family, level=INTERVAL, dispersion=own)
    limit_low, limit_high = limits(
        np.where(usable, p, np.nan), n, family=family, level=level, dispersion=joint
    )
    under, over = tails(x, n, p, family=family, dispersion=joint)
    tail = (1 - level) / 2
    double = 2 * p / (1 + p) if family is Family.BINOMIAL else 2 * p
    half = p / (2 - p) if family is Family.BINOMIAL else p / 2
    verdict = _verdicts(over < tail, under < tail, (limit_high > double) & (limit_low < half), codes, usable)
    rate = np.divide(x, n, out=np.full(x.shape, np.nan), where=usable)
    return Comparison(rate, low, high, np.array(p), limit_low, limit_high, verdict)


def compare_values(
    value: ArrayLike,
    reference: ArrayLike,
    *,
    deviation: ArrayLike,
    freedom: ArrayLike = np.inf,
    status: ArrayLike | None = None,
    level: float = LEVEL,
) -> Comparison:
    """Compare published values that have no numerator, by the indicator's own year-to-year noise.

    `deviation` (areas, …) is the standard deviation of one year's value by chance and `freedom` its degrees of freedom:
    `trend.noise(…)` gives both. The limits are Student's t around the reference. Too small to tell: the limits reach
    double the reference and 0.
    """
    v, r, s = np.broadcast_arrays(
        np.asarray(value, np.float64), np.asarray(reference, np.float64), np.asarray(deviation, np.float64)
    )
    codes = _status(status, v)
    usable = np.isfinite(v) & np.isfinite(r) & (s >= 0) & (codes <= Status.ZERO)
    shown, s = np.where(usable, v, np.nan), np.where(usable, s, np.nan)
    df = np.minimum(np.asarray(freedom, np.float64), 1e9) * np.ones(v.shape)
    wide, own = (special.stdtrit(df, 1 - (1 - each) / 2) * s for each in (level, INTERVAL))
    centre = np.where(usable, r, np.nan)
    verdict = _verdicts(shown > centre + wide, shown < centre - wide, wide >= np.abs(centre), codes, usable)
    return Comparison(shown, shown - own, shown + own, np.array(r), centre - wide, centre + wide, verdict)
