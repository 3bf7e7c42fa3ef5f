"""Municipalities that merged: facts (data/mergers.yaml), and series recomputed on the division of a stated year.

A series is recomputed only from numerators and denominators (or where the value is itself a count): a rate of a merged
municipality cannot be made of its parts' rates. Where they are lacking, the years before the merger are cut, and named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from lautta.indicators.panels import COUNTRY, Codes, Floats, IndicatorPanel
from lautta.statistics.panel import Status

DATA = Path(__file__).with_name("data") / "mergers.yaml"


@dataclass(frozen=True, slots=True)
class Merger:
    """`old` went whole into `new` at the beginning of `year`; codes as KU286."""

    old: str
    new: str
    year: int


@cache
def mergers() -> tuple[Merger, ...]:
    """The mergers known, oldest first."""
    rows = yaml.safe_load(DATA.read_text("utf-8"))["mergers"]
    found = [Merger(old, row["into"], int(row["year"])) for row in rows for old in row["from"]]
    return tuple(sorted(found, key=lambda m: (m.year, m.old)))


def last_years(known: Iterable[Merger] | None = None) -> dict[str, int]:
    """{code: the last year in which it was a municipality of its own}."""
    return {m.old: m.year - 1 for m in (mergers() if known is None else known)}


@dataclass(frozen=True, slots=True)
class Cut:
    """The area's years before `year` were cut: its parts cannot be put together."""

    area: str
    year: int


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A panel on the division of one year, what had to be cut, and `joined`: the areas whose years before `year` are sums of
    what merged into them.
    """

    panel: IndicatorPanel
    cuts: tuple[Cut, ...]
    joined: tuple[Cut, ...] = ()


# A sum of municipalities above the country's own figure by more than this share counts somebody twice.
TOLERANCE = 0.001


def on_division(
    panel: IndicatorPanel,
    year: int,
    *,
    multiplier: float | None,
    is_count: bool = False,
    known: Iterable[Merger] | None = None,
) -> Recomputed:
    """The panel on the division of 1 January of `year`: municipalities that merged by then are one in every year.

    From numerators and denominators, whose sums times `multiplier` give the value, or with `is_count` from the values
    themselves; else the years before the merger are cut. A year in which the municipalities with the merged ones sum to
    more than the country's own figure holds them twice: there the source has recomputed the series itself, and the
    successor's row stays. A part that is suppressed makes the whole suppressed.
    """
    done = [m for m in (mergers() if known is None else known) if m.year <= year and m.old in panel]
    if not done:
        return Recomputed(panel, ())
    into = _final(mergers() if known is None else known, year)
    arrays = _Arrays.of(panel)
    counted = is_count or (
        multiplier is not None and panel.numerators is not None and panel.denominators is not None
    )
    twice = _counted_twice(panel, [m.old for m in done], is_count)
    cuts, joined = [], []
    for target in dict.fromkeys(into[m.old] for m in done):
        parts = [m for m in done if into[m.old] == target]
        last = max(m.year for m in parts)
        before = [at for at, y in enumerate(panel.years) if y < last]
        if target not in panel or not before:
            continue
        if not counted:
            arrays.cut(panel.area_positions[target], before)
            cuts.append(Cut(target, last))
            continue
        for at in before:
            if twice is not None and bool(twice[at].any()):
                continue
            rows = [panel.area_positions[target]]
            rows += [panel.area_positions[m.old] for m in parts if panel.years[at] < m.year]
            arrays.add_up(rows, at, None if is_count else multiplier)
            if Cut(target, last) not in joined:
                joined.append(Cut(target, last))
    gone = {m.old for m in done}
    left = arrays.panel(panel).only(a for a in panel.areas if a not in gone)
    return Recomputed(left, tuple(cuts), tuple(joined))


def _final(known: Iterable[Merger], year: int) -> dict[str, str]:
    """{merged: what it belongs to on the division of the year}, along chains of mergers."""
    step = {m.old: m.new for m in known if m.year <= year}
    found = {}
    for old in step:
        here = old
        while here in step:
            here = step[here]
        found[old] = here
    return found


def _counted_twice(panel: IndicatorPanel, olds: list[str], is_count: bool) -> NDArray[np.bool_] | None:
    """By year and gender: do the municipalities with the merged ones sum to more than the country?"""
    counts = panel.values if is_count else panel.numerators
    if counts is None or COUNTRY not in panel:
        return None
    rows = [at for at, code in enumerate(panel.areas) if code.startswith("KU")]
    total = np.nansum(counts[rows], axis=0)
    whole = counts[panel.area_positions[COUNTRY]]
    held = (~np.isnan(counts[[panel.area_positions[o] for o in olds]])).any(axis=0)
    return held & ~np.isnan(whole) & (total > whole * (1 + TOLERANCE))


@dataclass
class _Arrays:
    """Copies that may be written to."""

    values: Floats
    status: Codes
    numerators: Floats | None
    denominators: Floats | None

    @classmethod
    def of(cls, panel: IndicatorPanel) -> _Arrays:
        tops, bottoms = panel.numerators, panel.denominators
        return cls(
            panel.values.copy(), panel.status.copy(),
            None if tops is None else tops.copy(), None if bottoms is None else bottoms.copy(),
        )  # fmt: skip

    def cut(self, area: int, years: list[int]) -> None:
        for array in (self.values, self.numerators, self.denominators):
            if array is not None:
                array[area, years] = np.nan
        self.status[area, years] = Status.MISSING

    def add_up(self, rows: list[int], year: int, multiplier: float | None) -> None:
        """The sum of the rows goes to the first of them; unknown where one part is."""
        target = rows[0]
        statuses = self.status[rows, year]
        for array in (self.numerators, self.denominators):
            if array is not None:
                array[target, year] = array[rows, year].sum(axis=0)
        if multiplier is None:
            value = self.values[rows, year].sum(axis=0)
        else:
            tops, bottoms = self.numerators[target, year], self.denominators[target, year]  # type: ignore[index]
            value = np.divide(tops * multiplier, bottoms, out=np.full(tops.shape, np.nan), where=bottoms > 0)
        hidden = (statuses == Status.SUPPRESSED).any(axis=0)
        unknown = np.where(hidden, Status.SUPPRESSED, Status.MISSING)
        status = np.where(np.isnan(value), unknown, np.where(value == 0, Status.ZERO, Status.VALUE))
        self.values[target, year], self.status[target, year] = value, status

    def panel(self, panel: IndicatorPanel) -> IndicatorPanel:
        return replace(
            panel, values=self.values, status=self.status,
            numerators=self.numerators, denominators=self.denominators,
        )  # fmt: skip
