"""A made-up little country by single years of age, as a panel, a csv and a PxWeb table."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

import numpy as np

from lautta.common.actors import SYSTEM
from lautta.indicators.fetching_population import take_population
from lautta.indicators.ingestors.population import Which, build
from lautta.indicators.models import FetchEntry
from lautta.indicators.panels import IndicatorPanel

AGES = 19
PLACES = ("KU075", "KU285", "KU286")
YEARS = range(2005, 2024)
AHEAD = range(2023, 2041)


def counts(places: Sequence[str], years: range, *, seed: int = 5, size: int = 300) -> np.ndarray:
    """(areas, years, ages): cohorts of about `size` that move a little, fewer born every year."""
    rng = np.random.default_rng(seed)
    made = np.empty((len(places), len(years), AGES))
    first = years[0] - AGES + 1
    for cohort in range(first, years[-1] + 1):
        now = rng.poisson(size * 0.985 ** (cohort - first), len(places)).astype(float)
        for age in range(AGES):
            if cohort + age in years:
                made[:, cohort + age - years[0], age] = now
            now = np.maximum(now + rng.integers(-3, 4, len(places)), 0)
    return made


def panel(
    which: Which = "observed",
    places: Sequence[str] = PLACES,
    years: range | None = None,
    *,
    top: str = "MK08",
    seed: int = 5,
    size: int = 300,
) -> IndicatorPanel:
    """The places with their region's and the country's sums."""
    span = years or (YEARS if which == "observed" else AHEAD)
    people = counts(places, span, seed=seed, size=size)
    whole = people.sum(axis=0)[None]
    parents = [*([top] if top else []), "SSS"]
    return build(
        [*places, *parents], list(span), list(range(AGES)), np.concatenate([people, *[whole] * len(parents)]), which,
        dict.fromkeys(parents, places),
    )  # fmt: skip


def taken_in(which: Which, found: IndicatorPanel, **arguments) -> FetchEntry:
    return take_population(by=SYSTEM, which=which, panel=found, name="Keksitty väestö", **arguments)


def as_csv(found: IndicatorPanel, *, areas: Sequence[str] | None = None) -> bytes:
    lines = ["alue;vuosi;ikä;väestö"]
    for a, code in enumerate(found.areas):
        if areas is not None and code not in areas:
            continue
        for y, year in enumerate(found.years):
            lines += [
                f"{code};{year};{n};{found.values[a, y, 0, n]:.0f}" for n in range(found.values.shape[3])
            ]
    return "\n".join(lines).encode()


def description(found: IndicatorPanel) -> dict:
    """The table's own description: ages to 100 would be "000" … "100-"; groups of ages stand among them."""
    ages = ["SSS", *(f"{n:03d}" for n in range(found.values.shape[3])), "0-4"]
    axes = {
        "alue_23_20260101": [*found.areas, "SK082"],
        "ika_1": ages,
        "sukupuoli_9_20180101": ["SSS", "1", "2"],
        "timeperiod_y": [str(y) for y in found.years],
        "contentscode": ["muutos", "vaesto_e24"],
    }
    return {
        "title": "11re -- Väestö iän mukaan",
        "variables": [
            {"code": code, "text": code, "values": values, "valueTexts": values, "time": code == "timeperiod_y"}
            | {"elimination": False}
            for code, values in axes.items()
        ],
    }  # fmt: skip


def answer(found: IndicatorPanel, sent: bytes, *, spoil: int = 0) -> bytes:
    """json-stat of a posted query; `spoil` people too many in one cell."""
    query = json.loads(sent)
    chosen = {part["code"]: part["selection"]["values"] for part in query["query"]}
    assert chosen["contentscode"] == ["vaesto_e24"]
    assert chosen["sukupuoli_9_20180101"] == ["SSS"]
    names = list(chosen)
    values = []
    for cell in itertools.product(*chosen.values()):
        at = dict(zip(names, cell, strict=True))
        row = found.values[
            found.areas.index(at["alue_23_20260101"]), found.years.index(int(at["timeperiod_y"])), 0
        ]
        values.append(float(row.sum() if at["ika_1"] == "SSS" else row[int(at["ika_1"])]))
    values[len(chosen["timeperiod_y"]) + 1] += spoil  # the first place, age 0
    return json.dumps({
        "version": "2.0", "class": "dataset", "label": "Väestö", "source": "Tilastokeskus, väestörakenne",
        "updated": "2026-04-01T05:00:00Z",
        "role": {"time": ["timeperiod_y"], "geo": ["alue_23_20260101"], "metric": ["contentscode"]},
        "id": names, "size": [len(v) for v in chosen.values()], "value": values,
        "dimension": {
            name: {"label": name, "category": {"index": values, "label": {v: v for v in values}}}
            for name, values in chosen.items()
        },
    }).encode()  # fmt: skip
