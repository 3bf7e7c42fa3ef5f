"""A panel in memory: the arrays of one vintage with the codes of their axes, and how they are written as bytes.

Arrays have the shape (areas, years, genders, …further axes). NaN where no number is known; `status` says why
(lautta.statistics.panel.Status): VALUE, ZERO, SUPPRESSED ("zero or suppressed": the source reports that year for
areas of this kind but gives no row here) or MISSING (not published). Nothing is ever filled with zero.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lautta.statistics.panel import Panel, Status

Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]
QUANTILES = (0.05, 0.25, 0.50, 0.75, 0.95)
# Where codes begin with this they are municipalities.
MUNICIPALITY = "KU"
COUNTRY = "SSS"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a panel. `value` is None unless the status is VALUE or ZERO; so are the others where unknown."""

    area: str
    year: int
    gender: str
    status: Status
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One area and gender over the years: arrays of shape (years,)."""

    area: str
    gender: str
    years: tuple[int, ...]
    values: Floats
    status: Codes
    numerators: Floats | None = None
    denominators: Floats | None = None

    @property
    def observed(self) -> NDArray[np.bool_]:
        """True where a number is known."""
        return self.status <= Status.ZERO

    def latest(self) -> Cell | None:
        """The newest year with a number."""
        at = np.flatnonzero(self.observed)
        return self.cell(int(at[-1])) if at.size else None

    def cell(self, at: int) -> Cell:
        """The year at a position."""
        return Cell(
            self.area, self.years[at], self.gender, Status(int(self.status[at])), _number(self.values, at),
            _number(self.numerators, at), _number(self.denominators, at),
        )  # fmt: skip


def _number(array: Floats | None, at: int) -> float | None:
    return None if array is None or np.isnan(array[at]) else float(array[at])


@dataclass(frozen=True)
class IndicatorPanel:
    """See the module. `extra` is ((name, codes), …) of axes beyond area, year and gender; most panels have none."""

    areas: tuple[str, ...]
    years: tuple[int, ...]
    genders: tuple[str, ...]
    values: Floats
    status: Codes
    numerators: Floats | None = None
    denominators: Floats | None = None
    extra: tuple[tuple[str, tuple[str, ...]], ...] = ()
    indicator_id: int | None = None
    vintage_id: int | None = None

    def __post_init__(self) -> None:
        shape = (len(self.areas), len(self.years), len(self.genders), *(len(c) for _, c in self.extra))
        for array in (self.values, self.status, self.numerators, self.denominators):
            if array is not None and array.shape != shape:
                raise ValueError(f"An array of shape {array.shape} does not fit the codes {shape}.")

    # --- looking up -----------------------------------------------------------------------------

    @cached_property
    def area_positions(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.areas)}

    def __contains__(self, area: str) -> bool:
        return area in self.area_positions

    def series(self, area: str, gender: str = "total", *rest: str) -> Series | None:
        """The area's years, or None when the panel has no such area or gender. `rest`: a code for each extra axis."""
        at = self.area_positions.get(area)
        if at is None or gender not in self.genders:
            return None
        index = (at, slice(None), self.genders.index(gender), *self._rest(rest))
        return Series(
            area, gender, self.years, self.values[index], self.status[index],
            None if self.numerators is None else self.numerators[index],
            None if self.denominators is None else self.denominators[index],
        )  # fmt: skip

    def latest(self, area: str, gender: str = "total", *rest: str) -> Cell | None:
        """The newest number of the area, or None."""
        found = self.series(area, gender, *rest)
        return found.latest() if found else None

    def cell(self, area: str, year: int, gender: str = "total", *rest: str) -> Cell | None:
        """One cell, or None when the panel does not have its area, year or gender."""
        found = self.series(area, gender, *rest)
        return found.cell(self.years.index(year)) if found and year in self.years else None

    def _rest(self, chosen: Sequence[str]) -> tuple[int, ...]:
        """Positions on the extra axes; an axis that is not named gives its first code."""
        return tuple(
            codes.index(chosen[i]) if i < len(chosen) else 0 for i, (_, codes) in enumerate(self.extra)
        )

    # --- parts ----------------------------------------------------------------------------------

    def only(self, areas: Iterable[str]) -> IndicatorPanel:
        """The areas that the panel has of those asked for, in the order asked."""
        chosen = [code for code in areas if code in self.area_positions]
        at = [self.area_positions[code] for code in chosen]
        return replace(
            self,
            areas=tuple(chosen),
            values=self.values[at],
            status=self.status[at],
            numerators=None if self.numerators is None else self.numerators[at],
            denominators=None if self.denominators is None else self.denominators[at],
        )

    def municipalities(self) -> IndicatorPanel:
        return self.only(code for code in self.areas if code.startswith(MUNICIPALITY))

    def statistics(self, gender: str = "total", *rest: str) -> Panel:
        """What lautta.statistics takes: values and status of shape (areas, years) of one gender."""
        index = (slice(None), slice(None), self.genders.index(gender), *self._rest(rest))
        bottoms = None if self.denominators is None else self.denominators[index]
        return Panel(self.values[index], self.status[index], bottoms)

    @property
    def observed(self) -> NDArray[np.bool_]:
        """True where a number is known; shape of `values`."""
        return self.status <= Status.ZERO

    def years_between(self) -> int:
        """The commonest step between years that hold a number: 2 for a survey of every second year."""
        held = np.array(self.years)[self.observed.any(axis=(0, *range(2, self.values.ndim)))]
        if held.size < 3:
            return 1
        steps, counts = np.unique(np.diff(held), return_counts=True)
        return int(steps[counts.argmax()])

    # --- bytes ----------------------------------------------------------------------------------

    def dimensions(self) -> list[list[Any]]:
        """[[name, [codes]], …] as it is stored."""
        axes: list[list[Any]] = [
            ["area", list(self.areas)],
            ["year", list(self.years)],
            ["gender", list(self.genders)],
        ]
        return axes + [[name, list(codes)] for name, codes in self.extra]

    def sha256(self) -> str:
        """Of codes and arrays: the same content gives the same digest on every machine."""
        digest = hashlib.sha256(json.dumps(self.dimensions(), separators=(",", ":")).encode())
        for array in (self.values, self.numerators, self.denominators, self.status):
            digest.update(b"-" if array is None else as_bytes(array))
        return digest.hexdigest()


def as_bytes(array: NDArray) -> bytes:
    """Row-major, little-endian; every NaN written alike."""
    if array.dtype == np.uint8:
        return array.tobytes()
    made = np.array(array, dtype="<f8", copy=True, order="C")
    made[np.isnan(made)] = np.nan
    return made.tobytes()


def from_bytes(data: bytes | memoryview | None, shape: tuple[int, ...], kind: str = "<f8") -> NDArray | None:
    """A read-only view of stored bytes, no copy; None for None."""
    return None if data is None else np.frombuffer(data, dtype=kind).reshape(shape)


def shape_of(dimensions: list[list[Any]]) -> tuple[int, ...]:
    return tuple(len(codes) for _, codes in dimensions)


def quantiles_of(panel: IndicatorPanel) -> Floats:
    """QUANTILES over the municipalities with a number, shape (years, genders, …, 5); NaN where fewer than five have one."""
    rows = [at for at, code in enumerate(panel.areas) if code.startswith(MUNICIPALITY)]
    values = panel.values[rows]
    if not rows:
        return np.full((*panel.values.shape[1:], len(QUANTILES)), np.nan)
    ordered = np.sort(values, axis=0)  # NaN last
    count = (~np.isnan(values)).sum(axis=0)
    found = np.empty((len(QUANTILES), *count.shape))
    for number, share in enumerate(QUANTILES):
        place = share * np.maximum(count - 1, 0)
        low = np.floor(place).astype(int)
        high = np.minimum(low + 1, np.maximum(count - 1, 0))
        below = np.take_along_axis(ordered, low[None], axis=0)[0]
        above = np.take_along_axis(ordered, high[None], axis=0)[0]
        found[number] = below + (above - below) * (place - low)
    found[:, count < 5] = np.nan
    return np.moveaxis(found, 0, -1)
