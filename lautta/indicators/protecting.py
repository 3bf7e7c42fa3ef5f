"""A region's own file before it is published: small numbers hidden, and what would tell them.

Sources protect their own numbers; those of a file are ours to protect. Each year is a table of areas, genders and further
axes. Its sums are found from the areas' own memberships and from the numbers: a sum counts wherever it may hold, unless
the year is seen not to add up. The numbers that are protected are cases: the values of a count, else numerators, else what
value and denominator tell. Where no cases are known the respondents stand for them. See docs/methods/disclosure.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from lautta.indicators.ingestors.building import GENDER_ORDER
from lautta.indicators.models import Indicator
from lautta.indicators.models.catalogue import MULTIPLIERS
from lautta.indicators.panels import Floats, IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.statistics.disclosure import THRESHOLD, hide
from lautta.statistics.panel import Status

Bools = NDArray[np.bool_]
# A year with more cells than this would keep a person waiting for minutes.
MOST_CELLS = 4_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Fewer cases than `threshold`, or fewer respondents than `least_respondents` (0: not asked), are not shown."""

    threshold: int = THRESHOLD
    least_respondents: int = 0


@dataclass(frozen=True, slots=True)
class Protected:
    """The panel as it may be published, and how many cells with a number it hides: the small, and others for their sake."""

    panel: IndicatorPanel
    small: int = 0
    others: int = 0
    cells: int = 0

    @property
    def hidden(self) -> int:
        return self.small + self.others


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Of every cell's whole number: at least `low`, at most `high` (inf where unknown). `are_cases` is False where
    respondents stand for cases that are not known.
    """

    low: Floats
    high: Floats
    are_cases: bool = True


def protect(
    panel: IndicatorPanel, *, kind: str, decimals: int, limits: Limits, parents: Mapping[str, Sequence[str]]
) -> Protected:
    """Hide what is small and what would tell it; a hidden cell loses value, numerator and denominator.

    A true zero is shown unless it would tell. `parents`: the groups that each area belongs to (SourceArea.parents). Raises
    SourceProblem: totals_disagree, cannot_protect, too_large_to_protect.
    """
    bounds = _cases(panel, kind, decimals)
    small = _small(panel, bounds, limits)
    hidden = small.copy()
    for at in range(len(panel.years)):
        if bounds is not None and small[:, at].any():
            hidden[:, at] |= _year(panel, at, bounds, small[:, at], parents)
    said = _said(panel)
    return Protected(
        _without(panel, hidden),
        int((said & small).sum()),
        int((said & hidden & ~small).sum()),
        int(said.sum()),
    )


def _said(panel: IndicatorPanel) -> Bools:
    """Cells of which the file gives a number."""
    if panel.numerators is None:
        return panel.observed
    return panel.observed | (~np.isnan(panel.numerators) & (panel.status == Status.MISSING))


def _cases(panel: IndicatorPanel, kind: str, decimals: int) -> _Bounds | None:
    """What is known of the cases behind each cell; None when nothing is."""
    bottoms, multiplier = panel.denominators, MULTIPLIERS.get(kind)
    known = np.where(panel.observed, panel.values, np.nan)
    tops = known if kind == Indicator.Kind.COUNT else panel.numerators
    low, high = np.zeros(panel.values.shape), np.full(panel.values.shape, np.inf)
    if tops is not None:
        told = ~np.isnan(tops)
        low[told], high[told] = tops[told], tops[told]
    if tops is None and bottoms is None:
        return None
    if multiplier is not None and bottoms is not None:
        told = np.isinf(high) & panel.observed & (bottoms > 0)
        exact, near = known[told] * bottoms[told] / multiplier, np.round(known[told], decimals)
        # A value with more digits than it is shown with tells the very number; a rounded one leaves a choice, but 0 is 0.
        told_exactly = (np.abs(known[told] - near) > 1e-9) | (known[told] == 0)
        slack = np.where(told_exactly, 0.0, 0.5 * 10.0**-decimals * bottoms[told] / multiplier)
        nearest = np.round(exact)
        low[told] = np.where(told_exactly, nearest, np.maximum(0, np.ceil(exact - slack - 1e-9)))
        high[told] = np.where(told_exactly, nearest, np.floor(exact + slack + 1e-9))
        odd = told & (low > high)
        low[odd], high[odd] = np.floor(low[odd] - 1), np.ceil(high[odd] + 1)
    elif tops is None and bottoms is not None:
        told = ~np.isnan(bottoms)
        low[told], high[told] = bottoms[told], bottoms[told]
    return _Bounds(low, high, are_cases=tops is not None or multiplier is not None)


def _small(panel: IndicatorPanel, bounds: _Bounds | None, limits: Limits) -> Bools:
    """What is to be protected: few cases, few respondents, and what the file itself hides, since others would tell it."""
    small = panel.status == Status.SUPPRESSED
    if bounds is not None and bounds.are_cases:
        # Where rounding leaves a choice the smaller number counts. A true zero may be shown.
        zero = bounds.high == 0
        small |= np.isfinite(bounds.high) & (bounds.low < limits.threshold) & ~zero
    if limits.least_respondents and panel.denominators is not None:
        small |= panel.observed & (panel.denominators < limits.least_respondents)
    return small


def _year(
    panel: IndicatorPanel, at: int, bounds: _Bounds, small: Bools, parents: Mapping[str, Sequence[str]]
) -> Bools:
    """Which cells of one year are hidden; shape (areas, genders, …)."""
    low, high, status = bounds.low[:, at], bounds.high[:, at], panel.status[:, at]
    if ((low != np.round(low)) | (low < 0)).any():  # averages and the like: nothing adds up
        return small
    # An area, a gender or a class without any number that year is no part of the year's table.
    there = (status != Status.MISSING) | np.isfinite(high)
    others = [tuple(k for k in range(there.ndim) if k != axis) for axis in range(there.ndim)]
    kept = [np.flatnonzero(there.any(axis=rest)) for rest in others]
    codes = [panel.areas, panel.genders, *(names for _name, names in panel.extra)]
    names = [[codes[axis][i] for i in places] for axis, places in enumerate(kept)]
    box, hidden = np.ix_(*kept), small.copy()
    hidden[box] |= _hidden_in(low[box], high[box], small[box], names, parents, panel.years[at])
    return hidden


def _hidden_in(
    low: Floats, high: Floats, small: Bools, names: Sequence[Sequence[str]], parents: Mapping[str, Sequence[str]],
    year: int,
) -> Bools:  # fmt: skip
    if low.size > MOST_CELLS:
        raise SourceProblem("too_large_to_protect", year=year, cells=low.size, most=MOST_CELLS)
    sums = _sums(low, high, names, parents)
    if sums.shape[0] == 0:
        return small
    # What the year's table does not show, for whatever reason, is to stay untold.
    unknown = np.isinf(high)
    whole = _completed(low.ravel(), high.ravel(), sums)
    if whole is None:
        raise SourceProblem("totals_disagree", year=year)
    try:
        return hide(whole, sums, (small | unknown).ravel()).reshape(low.shape)
    except ValueError as error:
        raise SourceProblem("cannot_protect", year=year) from error


def _sums(
    low: Floats, high: Floats, names: Sequence[Sequence[str]], parents: Mapping[str, Sequence[str]]
) -> sparse.csr_array:
    """Every sum that holds, cell by cell: (sums, cells), each row times the flattened table is 0."""
    places = np.arange(low.size).reshape(low.shape)
    lines: list[tuple[list[int], int]] = []
    for axis, codes in enumerate(names):
        if axis == 0:
            chosen = [(m, t) for m, t in _groups(codes, parents) if _holds(low, high, axis, m, t)[1]]
        elif axis == 1:
            chosen = [([1, 2], 0)] if tuple(codes) == GENDER_ORDER else []
        else:
            chosen = _total_of_others(low, high, axis)
        for members, total in chosen:
            could, _believed = _holds(low, high, axis, members, total)
            at = np.moveaxis(places, axis, 0)
            inside, above = at[members].reshape(len(members), -1), at[total].ravel()
            lines += [
                (inside[:, n].tolist(), int(above[n])) for n in np.flatnonzero(np.asarray(could).ravel())
            ]
    rows = np.repeat(np.arange(len(lines)), [len(inside) + 1 for inside, _above in lines])
    columns = [cell for inside, above in lines for cell in (*inside, above)]
    signs = [sign for inside, _above in lines for sign in (*[1.0] * len(inside), -1.0)]
    return sparse.csr_array((signs, (rows, columns)), shape=(len(lines), low.size))


def _groups(areas: Sequence[str], parents: Mapping[str, Sequence[str]]) -> list[tuple[list[int], int]]:
    """(members of one kind, group) of every group that the table has, as places."""
    found = []
    for place, group in enumerate(areas):
        members = [i for i, code in enumerate(areas) if i != place and group in parents.get(code, ())]
        for kind in sorted({areas[i][:2] for i in members}):
            found.append(([i for i in members if areas[i][:2] == kind], place))
    return found


def _total_of_others(low: Floats, high: Floats, axis: int) -> list[tuple[list[int], int]]:
    """The code that is the sum of all the others, when one is."""
    size = low.shape[axis]
    found = []
    for place in range(size if size > 2 else 0):
        rest = [i for i in range(size) if i != place]
        could, believed = _holds(low, high, axis, rest, place)
        if believed and could.all():
            found.append((rest, place))
    return found[:1]


def _holds(low: Floats, high: Floats, axis: int, members: Sequence[int], total: int) -> tuple[Bools, bool]:
    """Where the total may be the sum of its members, and whether it is believed to be: it is seen once, or never seen not
    to be. A sum too many hides more than is needed and tells nothing.
    """
    least, most = np.take(low, members, axis).sum(axis), np.take(high, members, axis).sum(axis)
    below, above = np.take(low, total, axis), np.take(high, total, axis)
    could = (least <= above) & (below <= most)
    known = np.isfinite(most) & np.isfinite(above)
    return could, bool((known & could & (below > 0)).any() or not (known & ~could).any())


def _completed(low: Floats, high: Floats, sums: sparse.csr_array) -> Floats | None:
    """A whole-number table within the bounds for which the sums hold; None when there is none."""
    if (low == high).all():
        return low if np.abs(sums @ low).max() == 0 else None
    found = optimize.milp(
        np.zeros(low.size),
        constraints=optimize.LinearConstraint(sums, 0, 0),
        integrality=np.ones(low.size),
        bounds=optimize.Bounds(low, high),
    )
    return np.round(found.x) if found.status == 0 and found.x is not None else None


def _without(panel: IndicatorPanel, hidden: Bools) -> IndicatorPanel:
    gone = hidden & (_said(panel) | (panel.status == Status.SUPPRESSED))
    if not gone.any():
        return panel

    def blank(array: Floats | None) -> Floats | None:
        return None if array is None else np.where(gone, np.nan, array)

    return replace(
        panel,
        values=np.where(gone, np.nan, panel.values),
        status=np.where(gone, np.uint8(Status.SUPPRESSED), panel.status).astype(np.uint8),
        numerators=blank(panel.numerators),
        denominators=blank(panel.denominators),
    )
