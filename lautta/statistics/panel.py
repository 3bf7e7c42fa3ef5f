"""Panels: values and what is known of each cell. Suppressed, missing and zero are three different things."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.uint8]


class Status(IntEnum):
    """What is known of a cell; stored as uint8.

    SUPPRESSED also stands for "zero or suppressed", the absent row of a source that publishes the year for other areas.
    MISSING is for what was not published at all.
    """

    VALUE = 0
    ZERO = 1
    SUPPRESSED = 2
    MISSING = 3


def _frozen(array: NDArray, dtype: type) -> NDArray:
    """A read-only copy: a stored panel cannot be changed through the array it was made from."""
    copy: NDArray = np.array(array, dtype=dtype, copy=True)
    copy.setflags(write=False)
    return copy


@dataclass(frozen=True, eq=False)
class Panel:
    """One indicator: `values` (float64) and `status` (uint8) of the same shape (areas, years, …).

    `denominators`, where they exist, have the same shape; NaN where unknown. A cell without a value holds NaN, never
    0; a ZERO cell holds exactly 0. The arrays are copied and made read-only. Raises ValueError when the parts do
    not fit one another.
    """

    values: Floats
    status: Codes
    denominators: Floats | None = None

    def __post_init__(self) -> None:
        raw = np.asarray(self.status)
        if raw.size and (raw.min() < 0 or raw.max() > max(Status)):
            raise ValueError("A status is not one of VALUE, ZERO, SUPPRESSED, MISSING.")
        object.__setattr__(self, "values", _frozen(self.values, np.float64))
        object.__setattr__(self, "status", _frozen(raw, np.uint8))
        if self.values.ndim < 2:
            raise ValueError("A panel has at least the axes areas and years.")
        if self.values.shape != self.status.shape:
            raise ValueError(f"Values {self.values.shape} and status {self.status.shape} differ in shape.")
        known = self.observed()
        if not np.isfinite(self.values[known]).all():
            raise ValueError("A cell with a value holds no finite number.")
        if not np.isnan(self.values[~known]).all():
            raise ValueError("A suppressed or missing cell holds a number.")
        if (self.values[self.status == Status.ZERO] != 0).any():
            raise ValueError("A zero cell holds something else than 0.")
        if self.denominators is not None:
            object.__setattr__(self, "denominators", _frozen(self.denominators, np.float64))
            if self.denominators.shape != self.values.shape:
                raise ValueError(f"Denominators {self.denominators.shape} do not fit {self.values.shape}.")
            if (self.denominators < 0).any() or np.isinf(self.denominators).any():
                raise ValueError("A denominator is negative or infinite.")

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape

    def observed(self) -> Bools:
        """True where a number is known (VALUE or ZERO)."""
        return self.status <= Status.ZERO

    def rates(self) -> Floats:
        """Values over denominators; NaN where either is unknown or the denominator is 0."""
        if self.denominators is None:
            raise ValueError("The panel has no denominators.")
        usable = self.observed() & (self.denominators > 0)
        return np.divide(self.values, self.denominators, out=np.full(self.shape, np.nan), where=usable)

    def years(self, chosen: slice | ArrayLike) -> Panel:
        """The same areas for chosen positions of the year axis."""
        at = chosen if isinstance(chosen, slice) else np.asarray(chosen)
        bottoms = None if self.denominators is None else self.denominators[:, at]
        return Panel(self.values[:, at], self.status[:, at], bottoms)


def panel(
    values: ArrayLike, *, denominators: ArrayLike | None = None, absent: Status = Status.MISSING
) -> Panel:
    """A panel from numbers with NaN where there is none; what `absent` means is the caller's knowledge."""
    if absent not in (Status.SUPPRESSED, Status.MISSING):
        raise ValueError("An absent cell is SUPPRESSED or MISSING: it is never filled with a number.")
    numbers = np.asarray(values, dtype=np.float64)
    status = np.where(np.isnan(numbers), absent, np.where(numbers == 0, Status.ZERO, Status.VALUE))
    return Panel(numbers, status, None if denominators is None else np.asarray(denominators, np.float64))


def panel_of_rows(values: ArrayLike, *, denominators: ArrayLike | None = None) -> Panel:
    """A panel from a source that leaves out rows that are zero or suppressed (Sotkanet).

    `values` (areas, years, …) has NaN where no row came. In a year (and further axes) for which some area has a row,
    an absent one is SUPPRESSED, "zero or suppressed"; where no area has any, nothing was published: MISSING.
    """
    numbers = np.asarray(values, dtype=np.float64)
    published = np.broadcast_to(np.isfinite(numbers).any(axis=0, keepdims=True), numbers.shape)
    made = panel(numbers, denominators=denominators)
    status = np.where(np.isnan(numbers) & published, Status.SUPPRESSED, made.status)
    return Panel(numbers, status, made.denominators)
