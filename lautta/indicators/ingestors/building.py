"""Rows to a panel, with the rule for what an absent row means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lautta.indicators.panels import Codes, Floats, IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status

FIRST_YEAR, LAST_YEAR = 1900, 2100
# A year counts as published for a kind of area when this share of those that ever report has a row (and at least two do).
PUBLISHED_SHARE = 0.1
# Whole numbers beyond this are not exact as float64.
MOST_EXACT = 2.0**53
GENDER_ORDER = ("total", "female", "male")


def panel_of_rows(
    *,
    areas: Sequence[str],
    years: NDArray[np.int64],
    genders: Sequence[str],
    values: Floats,
    numerators: Floats | None = None,
    denominators: Floats | None = None,
    extra: Sequence[tuple[str, Sequence[str]]] = (),
    last_years: dict[str, int] | None = None,
    row_status: Codes | None = None,
    absent_may_be_hidden: bool = True,
) -> IndicatorPanel:
    """A panel from rows given as columns of equal length; NaN for a number that a row does not have.

    `extra` is [(name, column), …] for axes beyond area, year and gender. `last_years` says until when an area existed.
    `row_status` is what the source says of a row without a value (SUPPRESSED or MISSING); without
    `absent_may_be_hidden` an absent row is MISSING whatever the others are.
    Raises SourceProblem: no_rows, year_out_of_range, not_finite, too_large_number, contradicting_rows.
    """
    count = len(areas)
    if not count:
        raise SourceProblem("no_rows")
    _check_numbers(years, values, numerators, denominators)
    area_codes, area_at = _coded(areas, area_order)
    year_codes, year_at = np.unique(years, return_inverse=True)
    gender_codes, gender_at = _coded(genders, gender_order)
    rest = [(name, *_coded(column, str)) for name, column in extra]
    shape = (len(area_codes), len(year_codes), len(gender_codes), *(len(codes) for _, codes, _ in rest))
    at = np.ravel_multi_index((area_at, year_at, gender_at, *(place for _, _, place in rest)), shape)
    given = np.zeros(int(np.prod(shape)), dtype=bool)
    given[at] = True
    arrays: list[Floats | None] = []
    for column in (values, numerators, denominators):
        if column is None or np.isnan(column).all():
            arrays.append(None)
            continue
        array = np.full(given.size, np.nan)
        array[at] = column
        _check_contradictions(array[at], column, areas, years)
        arrays.append(array.reshape(shape))
    made_values = arrays[0] if arrays[0] is not None else np.full(shape, np.nan)
    year_list = tuple(int(year) for year in year_codes)
    shown = given if absent_may_be_hidden else np.ones_like(given)
    status = absent_or_given(made_values, shown.reshape(shape), area_codes, year_list, last_years or {})
    if row_status is not None:
        without = np.isnan(values)
        status.reshape(-1)[at[without]] = row_status[without]
    return IndicatorPanel(
        areas=area_codes,
        years=year_list,
        genders=gender_codes,
        values=made_values,
        status=status,
        numerators=arrays[1],
        denominators=arrays[2],
        extra=tuple((name, codes) for name, codes, _ in rest),
    )


def absent_or_given(
    values: Floats,
    given: NDArray[np.bool_],
    areas: Sequence[str],
    years: Sequence[int],
    last_years: dict[str, int],
) -> NDArray[np.uint8]:
    """The status of every cell.

    A row with a number: VALUE, or ZERO when the source itself says 0. A row without the number (only a count): MISSING.
    No row: SUPPRESSED ("zero or suppressed") when the source published that year and gender for areas of this kind: at
    least a tenth of those of the kind that the panel has, and at least two; the area still existed; and it is in the
    panel at all. Else MISSING. A rare event of which fewer than a tenth of areas have a row is thus "not published":
    on the safe side, and never zero.
    """
    status = np.where(np.isnan(values), Status.MISSING, np.where(values == 0, Status.ZERO, Status.VALUE))
    status = status.astype(np.uint8)
    kinds = np.array([kind_letters(code) for code in areas])
    existed = np.array([[year <= last_years.get(code, LAST_YEAR) for year in years] for code in areas])
    existed = existed.reshape(existed.shape + (1,) * (values.ndim - 2))
    for kind in set(kinds.tolist()):
        rows = kinds == kind
        counts = given[rows].sum(axis=0)
        published = (counts >= 2) & (counts >= PUBLISHED_SHARE * rows.sum())
        hidden = np.zeros(values.shape, dtype=bool)
        hidden[rows] = published[None] & ~given[rows]
        status[hidden & existed] = Status.SUPPRESSED
    return status


def kind_letters(code: str) -> str:
    """The first two letters of an area's code, which say its kind."""
    return code[:2]


def _coded(column: Sequence[str], order) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    codes = sorted(set(column), key=order)
    place = {code: at for at, code in enumerate(codes)}
    return tuple(codes), np.fromiter((place[code] for code in column), dtype=np.int64, count=len(column))


def area_order(code: str) -> tuple[int, str]:
    """Municipalities first, then counties, regions and the country: what pages ask for lies together."""
    return ({"KU": 0, "HV": 1, "MK": 2, "SS": 3}.get(code[:2], 4), code)


def gender_order(gender: str) -> tuple[int, str]:
    return (GENDER_ORDER.index(gender) if gender in GENDER_ORDER else len(GENDER_ORDER), gender)


def _check_numbers(years: NDArray[np.int64], *columns: Floats | None) -> None:
    if years.min() < FIRST_YEAR or years.max() > LAST_YEAR:
        wrong = int(years.min() if years.min() < FIRST_YEAR else years.max())
        raise SourceProblem("year_out_of_range", year=wrong)
    for column in columns:
        if column is None:
            continue
        if np.isinf(column).any():
            raise SourceProblem("not_finite", value="inf")
        if (np.abs(column) > MOST_EXACT).any():
            raise SourceProblem("too_large_number", value=float(np.nanmax(np.abs(column))))


def _check_contradictions(
    kept: Floats, column: Floats, areas: Sequence[str], years: NDArray[np.int64]
) -> None:
    """The last row of a cell is what was kept: any other that says something else is a contradiction."""
    differs = ~((kept == column) | (np.isnan(kept) & np.isnan(column)))
    if differs.any():
        at = int(np.flatnonzero(differs)[0])
        raise SourceProblem("contradicting_rows", area=areas[at], year=int(years[at]))
