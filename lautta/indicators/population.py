"""Children by age, now and ahead: what is counted, the official projection and our own scenario, reckoned once and stored.

The scenario is `lautta.statistics.population` over every municipality that has the years; its single ages are rounded so that
every sum of ages and of municipalities is exact. A municipality that the method must refuse says why; so does its region.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lautta.indicators.panels import MUNICIPALITY, Floats, IndicatorPanel
from lautta.statistics.boundaries import boundary_changes
from lautta.statistics.population import Scenario, scenario
from lautta.statistics.results import code_version

METHOD = "children_by_age"
SEED, PATHS, LEVEL = 20_401, 1_000, 0.80
LAST_YEAR = 2040
YEARS_BACK = 15
# Day care and pre-primary, lower and upper comprehensive school, and the rest of compulsory education.
SCHOOL = ((0, 6), (7, 12), (13, 15), (16, 17))
# As the plan's own table has them.
PLAN = ((0, 6), (7, 14), (0, 14))
ALL = (0, 17)
GROUPS = tuple(dict.fromkeys((*SCHOOL, *PLAN, ALL)))
LEAST_YEARS = 12
# A leap of cohorts is looked for in as many years.
BREAK_YEARS = 12


def version() -> str:
    """Of the code: ours and the method's."""
    return f"1.{code_version()}"


def key_of(ages: tuple[int, int]) -> str:
    return f"{ages[0]}-{ages[1]}"


@dataclass(frozen=True)
class ChildrenByAge:
    """Of one area. Every list is over `years`, None where there is nothing: {"0-6": [...], …} of whole people.

    `refusal` is {"code", "parameters"} where there is no scenario: too_few_years, years_missing, boundary, member, past.
    `sources` is {"observed" | "projection": {"name", "updated", "taken_in", "address", "sha256"}}.
    """

    area: str
    base_year: int
    years: Sequence[int]
    observed: Mapping[str, Sequence[int | None]]
    scenario: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    low: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    high: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    official: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    members: Sequence[str] = ()
    refusal: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seed: int = SEED
    code_version: str = ""
    level: float = LEVEL
    is_illustrative: bool = False

    def payload(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def at(self, what: str, ages: tuple[int, int], year: int) -> int | None:
        """One number of "observed", "scenario", "low", "high" or "official"."""
        row = getattr(self, what).get(key_of(ages))
        return row[list(self.years).index(year)] if row and year in self.years else None


def reckon(
    observed: IndicatorPanel,
    projection: IndicatorPanel | None,
    regions: Mapping[str, Sequence[str]],
    *,
    groups: Mapping[str, str],
    mergers: Container[tuple[str, int]] = (),
    last_year: int = LAST_YEAR,
) -> list[ChildrenByAge]:
    """Every region (code: its municipalities) and its municipalities, those that have a counted year.

    `groups` gives the region of any municipality, whose pattern it is drawn toward; `mergers` are (municipality, first year).
    """
    own = {code for parts in regions.values() for code in parts}
    made = _Made.of(observed, own, groups, mergers, last_year)
    found = []
    for top, parts in regions.items():
        places = [made.area(code, projection) for code in parts if code in observed]
        places = [p for p in places if p is not None]
        whole = made.region(top, parts, places, projection)
        found += [whole] if whole else []
        found += places
    return found


def whole_numbers(point: Floats) -> Floats:
    """`point` (areas, ages, horizon) in whole people: any run of ages from 0 is within one half of what it was."""
    return np.diff(np.floor(np.cumsum(point, axis=1) + 0.5), axis=1, prepend=0.0)


def refusals(
    people: Floats, years: Sequence[int], areas: Sequence[str], mergers: Container[tuple[str, int]]
) -> dict[str, dict[str, Any]]:
    """{area: refusal} of the areas whose cohorts leapt together of late; `people` (areas, ages, years)."""
    found = boundary_changes(people)
    small = found.too_small()
    made = {}
    for a, area in enumerate(areas):
        for y in range(max(0, len(years) - BREAK_YEARS), len(years)):
            # Where chance could pass for a leap, or hide one, the register alone is believed.
            if (area, years[y]) in mergers if small[a, y] else found.changed[a, y]:
                made[area] = _refusal("boundary", year=years[y])
    return made


def _refusal(code: str, **parameters: Any) -> dict[str, Any]:
    return {"code": code, "parameters": parameters}


@dataclass(frozen=True)
class _Made:
    """The scenario of every municipality that can have one."""

    panel: IndicatorPanel
    years: tuple[int, ...]
    base: int
    codes: tuple[str, ...]
    whole: Floats
    scenario: Scenario | None
    refused: Mapping[str, Mapping[str, Any]]
    bounds: Mapping[tuple[int, int], tuple[Floats, Floats]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        panel: IndicatorPanel,
        own: Container[str],
        groups: Mapping[str, str],
        mergers: Container[tuple[str, int]],
        last: int,
    ) -> _Made:
        """`own`: the municipalities that are asked for; all others teach the method and are then let go."""
        base = panel.years[-1]
        shown = tuple(range(max(panel.years[0], base - YEARS_BACK), max(last, base) + 1))
        counts = panel.values[:, :, 0].transpose(0, 2, 1)
        rows = [
            at for at, code in enumerate(panel.areas)
            if code.startswith(MUNICIPALITY) and np.isfinite(counts[at]).all()
        ]  # fmt: skip
        refused: dict[str, Mapping[str, Any]] = {
            code: _refusal("years_missing") for code in panel.areas if code.startswith(MUNICIPALITY)
        }
        codes = [panel.areas[at] for at in rows]
        common: dict[str, Any] = {}
        if len(panel.years) < LEAST_YEARS:
            common = _refusal("too_few_years", years=len(panel.years), least=LEAST_YEARS)
        elif base >= last:
            common = _refusal("past", year=last)
        if common or not rows:
            return cls(panel, shown, base, (), counts[:0], None, {c: common or refused[c] for c in refused})
        for code in codes:
            del refused[code]
        broken = refusals(counts[rows], panel.years, codes, mergers)
        refused |= broken
        kept = [at for at, code in zip(rows, codes, strict=True) if code not in broken]
        codes = [code for code in codes if code not in broken]
        if not kept:
            return cls(panel, shown, base, (), counts[:0], None, refused)
        # A table that ends at an age has no cohort to learn from further ahead than that.
        horizon = min(last - base, counts.shape[1] - 1)
        made = scenario(
            counts[kept], horizon, rng=np.random.default_rng(SEED), paths=PATHS,
            group=[groups.get(code, "") for code in codes],
        )  # fmt: skip
        rows = [at for at, code in enumerate(codes) if code in own]
        made = replace(made, point=made.point[rows], born=made.born[:, rows], unborn=made.unborn[:, rows])
        codes = [codes[at] for at in rows]
        bounds = {ages: made.interval(_slice(ages), level=LEVEL) for ages in GROUPS}
        return cls(panel, shown, base, tuple(codes), whole_numbers(made.point), made, refused, bounds)

    def area(self, code: str, projection: IndicatorPanel | None) -> ChildrenByAge | None:
        """A municipality; None where nothing is counted."""
        counted = self._counted(code)
        if counted is None:
            return None
        common = {
            "area": code, "base_year": self.base, "years": list(self.years), "observed": counted,
            "official": self._official([code], projection), "code_version": version(),
        }  # fmt: skip
        if code not in self.codes:
            return ChildrenByAge(**common, refusal=self.refused.get(code) or _refusal("years_missing"))
        at = self.codes.index(code)
        ends = {ages: (low[at], high[at]) for ages, (low, high) in self.bounds.items()}
        return ChildrenByAge(**common, **self._ahead(self.whole[at], ends))

    def region(
        self,
        top: str,
        parts: Sequence[str],
        places: Sequence[ChildrenByAge],
        projection: IndicatorPanel | None,
    ) -> ChildrenByAge | None:
        """The sum of its municipalities, in what is counted, official and our own. None where one is not counted."""
        if not parts or len(places) != len(parts):
            return None
        common: dict[str, Any] = {
            "area": top, "base_year": self.base, "years": list(self.years), "members": list(parts),
            "observed": {key_of(ages): _sum([p.observed[key_of(ages)] for p in places]) for ages in GROUPS},
            "official": self._official(parts, projection, top), "code_version": version(),
        }  # fmt: skip
        lacking = [p.area for p in places if p.refusal]
        if lacking or self.scenario is None:
            first = next(p.refusal for p in places if p.refusal)
            alike = len(lacking) == len(places)
            return ChildrenByAge(**common, refusal=first if alike else _refusal("member", areas=lacking))
        rows = [self.codes.index(code) for code in parts]
        ends = {ages: self.scenario.interval(_slice(ages), areas=rows, level=LEVEL) for ages in GROUPS}
        return ChildrenByAge(**common, **self._ahead(self.whole[rows].sum(axis=0), ends))

    def _counted(self, code: str) -> dict[str, list[int | None]] | None:
        row = self.panel.values[self.panel.area_positions[code], :, 0]
        if np.isnan(row[-1]).all():
            return None
        return {
            key_of(ages): self._aligned(row[:, _slice(ages)].sum(axis=1), self.panel.years) for ages in GROUPS
        }

    def _official(
        self, codes: Sequence[str], projection: IndicatorPanel | None, own: str = ""
    ) -> dict[str, list[int | None]]:
        """The sum of the areas; the region's own row where the projection has no municipalities."""
        if projection is None:
            return {}
        rows = [projection.area_positions[code] for code in codes if code in projection]
        if len(rows) != len(codes):
            if own not in projection:
                return {}
            rows = [projection.area_positions[own]]
        people = projection.values[rows, :, 0].sum(axis=0)
        return {
            key_of(ages): self._aligned(people[:, _slice(ages)].sum(axis=1), projection.years)
            for ages in GROUPS
        }

    def _ahead(self, whole: Floats, ends: Mapping[tuple[int, int], tuple[Floats, Floats]]) -> dict[str, Any]:
        """The parts of a scenario from `whole` (ages, horizon) and the ends of intervals (horizon,) of each group."""
        ahead = range(self.base + 1, self.base + 1 + whole.shape[1])
        made: dict[str, Any] = {"scenario": {}, "low": {}, "high": {}}
        for ages in GROUPS:
            point = whole[_slice(ages)].sum(axis=0)
            low, high = ends[ages]
            made["scenario"][key_of(ages)] = self._aligned(point, ahead)
            made["low"][key_of(ages)] = self._aligned(np.minimum(np.floor(low), point), ahead)
            made["high"][key_of(ages)] = self._aligned(np.maximum(np.ceil(high), point), ahead)
        return made

    def _aligned(self, values: NDArray, years: Iterable[int]) -> list[int | None]:
        known = {year: int(v) for year, v in zip(years, values, strict=True) if v == v}
        return [known.get(year) for year in self.years]


def _slice(ages: tuple[int, int]) -> slice:
    return slice(ages[0], ages[1] + 1)


def _sum(rows: Sequence[Sequence[int | None]]) -> list[int | None]:
    return [None if any(v is None for v in column) else sum(column) for column in zip(*rows, strict=True)]  # type: ignore[arg-type]
