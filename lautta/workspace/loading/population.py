"""A demo's made-up population by age and a made-up official projection of it: seeded, whole, marked as made up on every page.

Cohorts are born by the file's path of births at each place's size and grow older with a little moving in and out. Where the
file knows how many children of two ages there really were, the path is bent so that the example stays near them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lautta.common.actors import SYSTEM
from lautta.indicators.actions.summaries import DEMO_SOURCE
from lautta.indicators.fetching_population import take_population
from lautta.indicators.ingestors.population import Which, build
from lautta.indicators.panels import COUNTRY, IndicatorPanel

AGES = 19
# Of a cohort, so many in a thousand move in and as many out in a year.
MOVERS = 0.02
FACTS_YEAR = 2019


@dataclass(frozen=True, slots=True)
class PopulationFile:
    """`births`: {year: per thousand inhabitants}, straight between; `children`: {place: (ages 0–6, ages 7–15)} in 2019."""

    seed: int
    years: tuple[int, int]
    projected: tuple[int, int]
    births: Mapping[int, float]
    children: Mapping[str, tuple[int, int]]


def read_population(data: Mapping) -> PopulationFile:
    """Raises KeyError, TypeError or ValueError for what is wrong."""
    return PopulationFile(
        int(data["seed"]), _pair(data["years"]), _pair(data["projected"]),
        {int(year): float(rate) for year, rate in data["births"].items()},
        {str(code): _pair(pair) for code, pair in data["children"].items()},
    )  # fmt: skip


def _pair(values) -> tuple[int, int]:
    first, last = values
    return int(first), int(last)


def panels(
    found: PopulationFile, inhabitants: Mapping[str, int], regions: Mapping[str, tuple[str, ...]]
) -> dict[Which, IndicatorPanel]:
    """What was counted and what is projected of every place, of the regions (MK…) and the country."""
    rng = np.random.default_rng(found.seed)
    places = sorted(inhabitants)
    people = np.array([inhabitants[code] for code in places], np.float64)
    first, last = found.years
    cohorts = range(first - AGES + 1, last + 1)
    born = rng.poisson(_births(found, places, people, cohorts))
    counted = np.empty((len(places), last - first + 1, AGES))
    for at, cohort in enumerate(cohorts):
        now = born[:, at]
        for age in range(AGES):
            year = cohort + age
            if first <= year <= last:
                counted[:, year - first, age] = now
            now = np.maximum(now + rng.poisson(MOVERS * now + 0.1) - rng.poisson(MOVERS * now + 0.1), 0)
    start = found.projected[0] - 1
    ahead = _projected(counted[:, start - first], found.projected)
    tops = {
        code: [places.index(p) for p in parts] for code, parts in regions.items() if code.startswith("MK")
    }
    return {
        "observed": _panel("observed", places, range(first, last + 1), counted, tops),
        "projection": _panel(
            "projection", places, range(found.projected[0], found.projected[1] + 1), ahead, tops
        ),
    }


def _births(found: PopulationFile, places: list[str], people: NDArray, cohorts: range) -> NDArray:
    rates = np.interp(list(cohorts), list(found.births), list(found.births.values())) / 1_000
    path = people[:, None] * rates[None]
    year = np.array(cohorts)
    old, young = (FACTS_YEAR - 15, FACTS_YEAR - 7), (FACTS_YEAR - 6, FACTS_YEAR)
    for code, (small, big) in found.children.items():
        row = path[places.index(code)]
        factors = [
            known / row[(year >= first) & (year <= last)].sum() for known, (first, last) in ((big, old), (small, young))
        ]  # fmt: skip
        row *= np.where(year <= old[1], factors[0], factors[1])
    return path


def _projected(base: NDArray, years: tuple[int, int]) -> NDArray:
    """Births a little fewer every year, cohorts as they are: another view than our own scenario takes."""
    made = np.empty((len(base), years[1] - years[0] + 1, AGES))
    now = base
    births = base[:, :3].mean(axis=1)
    for step in range(made.shape[1]):
        now = np.concatenate([births[:, None] * 0.988 ** (step + 1), now[:, :-1]], axis=1)
        made[:, step] = np.floor(now + 0.5)
    return made


def _panel(
    which: Which, places: list[str], years: range, counts: NDArray, tops: Mapping[str, list[int]]
) -> IndicatorPanel:
    sums = [counts[rows].sum(axis=0) for rows in tops.values()] + [counts.sum(axis=0)]
    members = {code: [places[at] for at in rows] for code, rows in tops.items()} | {COUNTRY: places}
    return build(
        [*places, *tops, COUNTRY], list(years), list(range(AGES)), np.concatenate([counts, np.stack(sums)]), which, members
    )  # fmt: skip


def load_population(
    made: Mapping[Which, IndicatorPanel], source: str, *, say: Callable[[str], object]
) -> None:
    """Take the made-up vintages in, each as a run of its own."""
    for which, panel in made.items():
        take_population(by=SYSTEM, which=which, panel=panel, name=source, run_source=DEMO_SOURCE)
    say("population by age and its projection, made up")
