"""Municipalities that merged: facts (data/mergers.yaml), and series recomputed on the division of a stated year.

A series is recomputed only from numerators and denominators (or where the value is itself a count): a rate of a merged
municipality cannot be made of its parts' rates. Where they are lacking, the years before the merger are cut, and named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

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
