"""JSON-stat 2.0 (PxWeb's answers, or a file): a dataset, or the parts of one, to panels."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lautta.indicators.ingestors.building import MOST_EXACT
from lautta.indicators.ingestors.json_bytes import read_json
from lautta.indicators.panels import Floats
from lautta.indicators.problems import SourceProblem

MOST_CELLS = 20_000_000


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    units: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset; `values` (NaN where null) and `marks` have the shape of the dimensions."""

    label: str
    source: str
    updated: dt.date | None
    dimensions: tuple[Dimension, ...]
    roles: Mapping[str, tuple[str, ...]]
    values: Floats
    marks: Mapping[int, str]
    decimals: int = 0

    def role(self, name: str, guess: Callable[[Dimension], bool]) -> Dimension | None:
        """The dimension of a role, or the first that looks like it where the source names none."""
        named = [d for d in self.dimensions if d.code in self.roles.get(name, ())]
        return next(iter(named or [d for d in self.dimensions if guess(d)]), None)


def read_dataset(body: bytes) -> Dataset:
    """A body. Raises SourceProblem: not_json_stat, wrong_size, not_finite, no_number, too_large."""
    data = read_json(body)
    try:
        if data.get("class", "dataset") != "dataset":
            raise ValueError("class")
        dimensions = tuple(_dimension(code, data["dimension"][code]) for code in data["id"])
        sizes = tuple(len(d.codes) for d in dimensions)
        if sizes != tuple(data["size"]) or not dimensions:
            raise ValueError("size")
        roles = {name: tuple(codes) for name, codes in (data.get("role") or {}).items()}
        given, status = data["value"], data.get("status")
        decimals = ((data.get("extension") or {}).get("px") or {}).get("decimals")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SourceProblem("not_json_stat", error=str(error)[:60]) from error
    count = math.prod(sizes)
    if count > MOST_CELLS:
        raise SourceProblem("too_large", address="", most=MOST_CELLS)
    return Dataset(
        label=str(data.get("label", "")),
        source=str(data.get("source", "")),
        updated=_date(data.get("updated")),
        dimensions=dimensions,
        roles=roles,
        values=_values(given, count).reshape(sizes),
        marks=_marks(status, count),
        decimals=decimals if type(decimals) is int and 0 <= decimals <= 6 else 0,
    )


def _dimension(code: str, data: Mapping[str, Any]) -> Dimension:
    category = data["category"]
    labels = {str(k): str(v) for k, v in (category.get("label") or {}).items()}
    index = category.get("index", list(labels))
    codes = index if isinstance(index, list) else sorted(index, key=lambda key: index[key])
    if len(set(codes)) != len(codes) or not codes:
        raise ValueError(code)
    return Dimension(
        code, str(data.get("label", code)), tuple(str(c) for c in codes), labels, category.get("unit") or {}
    )


def _values(given: Any, count: int) -> Floats:
    if isinstance(given, dict):
        try:
            pairs = {int(at): value for at, value in given.items()}
        except ValueError as error:
            raise SourceProblem("not_json_stat", error="value") from error
        if any(not 0 <= at < count for at in pairs):
            raise SourceProblem("wrong_size")
        column: list[Any] = [pairs.get(at) for at in range(count)]
    elif isinstance(given, list) and len(given) == count:
        column = given
    else:
        raise SourceProblem("wrong_size")
    if set(map(type, column)) - {int, float, type(None)}:
        raise SourceProblem(
            "no_number", value=str(next(x for x in column if type(x) not in (int, float, type(None))))[:40]
        )
    try:
        values = np.array([np.nan if x is None else x for x in column], dtype=np.float64)
    except OverflowError as error:
        raise SourceProblem("too_large_number", value="") from error
    if np.isinf(values).any():
        raise SourceProblem("not_finite", value="inf")
    if (np.abs(values) > MOST_EXACT).any():
        raise SourceProblem("too_large_number", value="")
    return values


def _marks(status: Any, count: int) -> dict[int, str]:
    if status is None:
        return {}
    if isinstance(status, str):
        return dict.fromkeys(range(count), status)
    if isinstance(status, list) and len(status) in (1, count):
        whole = status * count if len(status) == 1 else status
        return {at: str(mark) for at, mark in enumerate(whole) if mark is not None}
    if isinstance(status, dict) and all(str(at).isdigit() and int(at) < count for at in status):
        return {int(at): str(mark) for at, mark in status.items()}
    raise SourceProblem("not_json_stat", error="status")


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
