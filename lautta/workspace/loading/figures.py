"""A demo's made-up figures: plausible series for every municipality, the same on every machine, marked as made up on every page.

The file gives each definition a level in the country, a change a year and how much municipalities differ. Numbers come from a
seeded generator as counts by chance at each place's size: small places move, have gaps and are withheld, as real ones do.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import yaml

from lautta.common.actors import SYSTEM
from lautta.indicators.actions import begin_fetch, end_fetch, take_in
from lautta.indicators.actions.summaries import DEMO_SOURCE
from lautta.indicators.definitions import Definition, definitions
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.models import Indicator
from lautta.indicators.models.catalogue import MULTIPLIERS
from lautta.indicators.panels import COUNTRY, IndicatorPanel
from lautta.statistics.panel import Status
from lautta.workspace.loading.population import PopulationFile, read_population
from lautta.workspace.loading.reading import BadFiles, Mistake

FILE = "figures.yaml"
SOURCE = "Lautta, keksitty esimerkki"


@dataclass(frozen=True, slots=True)
class Figure:
    """`level`: the country's value in the first year, in the indicator's unit; `change` a year; `spread` between
    municipalities in proportion to the level; `share` of the inhabitants whom it is about; `lift` for single places. `total`: the
    number itself is published and not its rate; `exact`: without chance, as inhabitants are counted. `others`: {respondents:
    how many times as common} of the same question asked of others.
    """

    definition: Definition
    level: float
    change: float
    spread: float
    share: float
    years: tuple[int, ...]
    genders: bool
    lift: Mapping[str, float]
    total: bool = False
    exact: bool = False
    others: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FiguresFile:
    figures: tuple[Figure, ...]
    inhabitants: Mapping[str, int]
    regions: Mapping[str, tuple[str, ...]]
    population: PopulationFile


def read_figures(folder: Path) -> FiguresFile:
    """Raises BadFiles with what is wrong."""
    try:
        data = yaml.safe_load((folder / FILE).read_text("utf-8"))
        known = definitions()
        figures = tuple(_figure(known[code], row) for code, row in data["figures"].items())
        people = {str(code): int(n) for code, n in data["inhabitants"].items()}
        regions = {str(code): tuple(places) for code, places in data["regions"].items()}
        population = read_population(data["population"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as problem:
        raise BadFiles([Mistake(FILE, "", f"cannot be read: {problem}")]) from problem
    return FiguresFile(figures, people, regions, population)


def _figure(definition: Definition, row: Mapping) -> Figure:
    first, last, step = row.get("years", [2010, 2023, 1])
    return Figure(
        definition, float(row["level"]), float(row.get("change", 0)), float(row.get("spread", 0.15)),
        float(row["share"]), tuple(range(first, last + 1, step)), bool(row.get("genders", False)), row.get("lift", {}),
        bool(row.get("total", False)), bool(row.get("exact", False)), row.get("others", {}),
    )  # fmt: skip


def load_figures(found: FiguresFile, *, say: Callable[[str], object]) -> int:
    """Take the made-up series in as a run of its own; returns how many."""
    run = begin_fetch(by=SYSTEM, source=DEMO_SOURCE, wanted=len(found.figures))
    for figure in found.figures:
        take_in(by=SYSTEM, fetch=run, metadata=metadata_of(figure.definition), panel=panel_of(figure, found))
        for respondents, times in figure.others.items():
            asked = replace(figure, level=figure.level * times, change=figure.change * times)
            panel = panel_of(asked, found, salt=respondents)
            take_in(
                by=SYSTEM, fetch=run, metadata=metadata_of_others(figure.definition, respondents), panel=panel
            )
    end_fetch(by=SYSTEM, fetch=run)
    say(f"{len(found.figures)} indicators with made-up numbers")
    return len(found.figures)


def metadata_of(definition: Definition) -> Metadata:
    return Metadata(
        source=definition.source, source_id=definition.source_id, title=definition.title, kind=definition.kind,
        decimals=1 if definition.decimals is None else definition.decimals, source_name=SOURCE,
    )  # fmt: skip


# Whom a title names, as the source writes it of pupils and of the others.
_WHOM = {
    "fi": ("8. ja 9. luokan oppilaista", {
        "upper_secondary": "lukion 1. ja 2. vuoden opiskelijoista",
        "vocational": "ammatillisen oppilaitoksen 1. ja 2. vuoden opiskelijoista",
    }),
    "sv": ("av eleverna i årskurs 8 och 9", {
        "upper_secondary": "av gymnasisterna, årskurs 1 och 2", "vocational": "av de yrkesstuderande, årskurs 1 och 2",
    }),
    "en": ("of all pupils in 8th and 9th year of comprehensive school", {
        "upper_secondary": "of all pupils in 1st and 2nd year of upper secondary school",
        "vocational": "of all pupils in 1st and 2nd year of vocational school",
    }),
}  # fmt: skip


def metadata_of_others(definition: Definition, respondents: str) -> Metadata:
    """Of the same question asked of others; the definition must know them (ValueError)."""
    if respondents not in definition.same_question:
        raise ValueError(f"{definition.code} is not asked of {respondents}")
    title = definition.title
    for language, (whom, others) in _WHOM.items():
        told = title.in_language(language) or ""
        title = title.with_text(language, told.replace(whom, others[respondents]))
    return replace(metadata_of(definition), source_id=definition.same_question[respondents], title=title)


def panel_of(figure: Figure, found: FiguresFile, *, salt: str = "") -> IndicatorPanel:
    """Municipalities, regions and the country; regions are the sums of their places, the country of all."""
    rng = np.random.default_rng(zlib.crc32((figure.definition.code + salt).encode()))
    places = sorted(found.inhabitants)
    people = np.array([found.inhabitants[code] for code in places], np.float64)
    scale = MULTIPLIERS.get(Indicator.Kind(figure.definition.kind), 1.0)
    genders = ("female", "male", "total") if figure.genders else ("total",)
    rate = _rates(figure, places, rng) / scale
    size = np.maximum(np.round(people * figure.share), 1.0)
    parts = 2 if figure.genders else 1
    halves = []
    for part in range(parts):
        tilt = 1.0 + (0.12 if part == 0 else -0.12) * (parts == 2)
        chance = np.clip(rate * tilt, 0.0, 0.95 if figure.definition.kind == "percentage" else None)
        n = np.maximum(np.round(size / parts), 1.0)[:, None] * np.ones(rate.shape)
        if figure.exact:
            halves.append((np.round(people[:, None] * (1 + figure.change) ** np.arange(rate.shape[1])), n))
            continue
        draw = rng.binomial(n.astype(int), chance) if chance.max() < 1 else rng.poisson(n * chance)
        halves.append((draw.astype(np.float64), n))
    counts = [*(h[0] for h in halves), sum(h[0] for h in halves)] if parts == 2 else [halves[0][0]]
    sizes = [*(h[1] for h in halves), sum(h[1] for h in halves)] if parts == 2 else [halves[0][1]]
    count, size = np.stack(counts, axis=-1), np.stack(sizes, axis=-1)
    areas, count, size = _with_sums(places, found, count, size)
    return _published(figure, areas, genders, count, size, scale)


def _rates(figure: Figure, places: list[str], rng: np.random.Generator) -> np.ndarray:
    """(places, years): the country's path, each place's own level, and a slow wandering of its own."""
    years = np.array(figure.years)
    path = np.maximum(figure.level + figure.change * (years - years[0]), figure.level * 0.1)
    own = np.exp(rng.normal(0.0, figure.spread, len(places)))
    own *= np.array([figure.lift.get(code, 1.0) for code in places])
    wander = np.exp(np.cumsum(rng.normal(0.0, 0.02, (len(places), len(years))), axis=1))
    return path[None] * own[:, None] * wander


def _with_sums(
    places: list[str], found: FiguresFile, count: np.ndarray, size: np.ndarray
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    groups = {code: [places.index(p) for p in members] for code, members in found.regions.items()}
    groups[COUNTRY] = list(range(len(places)))
    more = [(count[rows].sum(axis=0), size[rows].sum(axis=0)) for rows in groups.values()]
    return (
        (*places, *groups),
        np.concatenate([count, np.stack([c for c, _n in more])]),
        np.concatenate([size, np.stack([n for _c, n in more])]),
    )


def _published(
    figure: Figure,
    areas: tuple[str, ...],
    genders: tuple[str, ...],
    count: np.ndarray,
    size: np.ndarray,
    scale: float,
) -> IndicatorPanel:
    """What a source would publish: counts of one to four are withheld, zero stays zero, rates are rounded."""
    decimals = 1 if figure.definition.decimals is None else figure.definition.decimals
    status = np.where(count == 0, Status.ZERO, Status.VALUE).astype(np.uint8)
    few = (count > 0) & (count < figure.definition.threshold)
    # A single hidden gender would follow from the total: then all of the cell go.
    few |= few.any(axis=-1, keepdims=True) & (len(genders) > 1)
    status[few] = Status.SUPPRESSED
    if figure.total:
        return IndicatorPanel(areas, figure.years, genders, np.where(few, np.nan, count), status)
    values = np.where(few, np.nan, np.round(scale * count / size, decimals))
    return IndicatorPanel(areas, figure.years, genders, values, status, np.where(few, np.nan, count), size)
