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


def fifths(size: np.ndarray) -> np.ndarray:
    """0 for the smallest fifth of areas … 4 for the largest."""
    return np.searchsorted(np.quantile(size, [0.2, 0.4, 0.6, 0.8]), size, side="right")
