"""The real data beside the project, as arrays. Nothing of it is kept in the project."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    path = SHARED / name
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if name.endswith(".gz")
        else path.open(encoding="utf-8") as lines
    ):
        yield from csv.DictReader(lines)


@cache
def child_panel() -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
    """Columns (309 areas × 32 years, NaN where no row), codes, years, region of each area."""
    found = list(rows("panels/finland_child_kunta.csv.gz"))
    codes = np.array(sorted({row["kunta"] for row in found}))
    at = {code: i for i, code in enumerate(codes)}
    years = np.array(sorted({int(row["year"]) for row in found}))
    names = [n for n in found[0] if n not in ("kunta", "name", "maakunta", "region", "year")]
    columns = {name: np.full((len(codes), len(years)), np.nan) for name in names}
    region = np.empty(len(codes), dtype="<U2")
    for row in found:
        i, j = at[row["kunta"]], int(row["year"]) - years[0]
        region[i] = row["maakunta"]
        for name in names:
            if row[name] != "":
                columns[name][i, j] = float(row[name])
    return columns, codes, years, region


@cache
def children_by_age() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Population 0–18: (309 areas, 2 sexes, 19 ages, 32 years), codes, years."""
    found = list(rows("population_age0_18_kunta.csv.gz"))
    codes = np.array(sorted({row["kunta"] for row in found}))
    at = {code: i for i, code in enumerate(codes)}
    years = np.array(sorted({int(row["year"]) for row in found}))
    people = np.full((len(codes), 2, 19, len(years)), np.nan)
    for row in found:
        sex = 0 if row["sex"] == "female" else 1
        people[at[row["kunta"]], sex, int(row["age"]), int(row["year"]) - years[0]] = float(row["pop"])
    return people, codes, years


@cache
def regions_by_age() -> tuple[np.ndarray, np.ndarray]:
    """Population of the 19 regions: (regions, ages 0–100, years 1972–), years."""
    found = [row for row in rows("population_by_age.csv.gz") if row["maakunta"] != "246"]
    codes = sorted({row["maakunta"] for row in found})
    years = np.array(sorted({int(row["year"]) for row in found}))
    people = np.zeros((len(codes), 101, len(years)))
    for row in found:
        people[codes.index(row["maakunta"]), int(row["age"]), int(row["year"]) - years[0]] += float(
            row["pop"]
        )
    return people, years


def official_2019(codes: np.ndarray) -> np.ndarray:
    """The official projection of 2019 for ages 0–18: (areas, ages, 2019–2021)."""
    at = {code: i for i, code in enumerate(codes)}
    people = np.full((len(codes), 19, 3), np.nan)
    for row in rows("projection2019_128v_kunta_age.csv.gz"):
        age, year = float(row["ika"]), float(row["time"])
        if row["alue"] in at and age <= 18 and year <= 2021:
            people[at[row["alue"]], int(age), int(year) - 2019] = float(row["vaesto_e19"])
    return people


def fifths(size: np.ndarray) -> np.ndarray:
    """0 for the smallest fifth of areas … 4 for the largest."""
    return np.searchsorted(np.quantile(size, [0.2, 0.4, 0.6, 0.8]), size, side="right")
