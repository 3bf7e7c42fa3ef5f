"""Sotkanet: an indicator's description and its values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lautta.common.html import plain_text, sanitise
from lautta.common.translated import Translated
from lautta.indicators.ingestors.building import panel_of_rows
from lautta.indicators.ingestors.json_bytes import read_json
from lautta.indicators.ingestors.regions import retired_regions
from lautta.indicators.panels import Floats, IndicatorPanel
from lautta.indicators.problems import SourceProblem

LANGUAGES = ("fi", "sv", "en")
GENDERS = frozenset({"male", "female", "total"})
LICENCE = "CC BY 4.0"
# The source's own codes of value types; where it gives none, the title says it.
KINDS = {"PER100": "percentage", "PERCENT": "percentage", "PER1000": "per_1000", "PER10000": "per_10000",
         "PER100000": "per_100000", "NUMBER": "count", "COUNT": "count", "EURO": "euro", "INDEX": "index"}  # fmt: skip
_TITLE_KINDS = (
    (re.compile(r"/ ?100 ?000\b"), "per_100000"),
    (re.compile(r"/ ?10 ?000\b"), "per_10000"),
    (re.compile(r"/ ?1 ?000\b"), "per_1000"),
    (re.compile(r"\beuro", re.I), "euro"),
    (re.compile(r"%|aste\b|osuus", re.I), "percentage"),
    (re.compile(r"\blkm\b|31\.12|lukumäärä", re.I), "count"),
    (re.compile(r"kerroin|indeksi|suhde\b", re.I), "index"),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says of an indicator. Rich texts are sanitised. `years` is the source's own first and last, or None."""

    source: str
    source_id: str
    title: Translated
    description: Translated = field(default_factory=Translated)
    interpretation: Translated = field(default_factory=Translated)
    limits: Translated = field(default_factory=Translated)
    unit: Translated = field(default_factory=Translated)
    kind: str = "other"
    decimals: int = 1
    source_name: str = ""
    licence: str = ""
    updated: dt.date | None = None
    years: tuple[int, int] | None = None


def read_indicator(body: bytes, source_id: int) -> Metadata:
    """The long form of an indicator. Raises SourceProblem: broken, another indicator's, or without a title."""
    data = read_json(body)
    if not isinstance(data, dict):
        raise SourceProblem("not_an_indicator", source_id=source_id)
    if data.get("id") != source_id:
        raise SourceProblem("wrong_indicator", wanted=source_id, got=str(data.get("id"))[:20])
    title = _texts(data.get("title"), rich=False)
    if not title:
        raise SourceProblem("no_title", source_id=source_id)
    organisation = data.get("organization") or {}
    return Metadata(
        source="sotkanet",
        source_id=str(source_id),
        title=title,
        description=_texts(data.get("description")),
        interpretation=_texts(data.get("interpretation")),
        limits=_texts(data.get("limits")),
        unit=_texts((data.get("primaryValueType") or {}).get("title"), rich=False),
        kind=_kind(data, title.shown("fi").text),
        decimals=_decimals(data.get("decimals")),
        source_name=_texts(organisation.get("title"), rich=False).shown("fi").text[:200],
        licence=LICENCE,
        updated=_date(data.get("data-updated")),
        years=_years(data.get("range")),
    )


def read_values(
    body: bytes,
    source_id: int,
    years: Sequence[int],
    codes: Mapping[int, str],
    last_years: dict[str, int] | None = None,
) -> tuple[IndicatorPanel, int]:
    """The values of an indicator and how many rows there were.

    `codes` maps the source's region ids to codes of areas; `years` are those asked for. Raises SourceProblem for
    anything that does not hold: nothing is taken of a body that is wrong in one row.
    """
    rows = read_json(body)
    if not isinstance(rows, list):
        raise SourceProblem("not_a_list", what="values")
    if not rows:
        raise SourceProblem("no_rows")
    try:
        columns = {name: [row[name] for row in rows] for name in ("indicator", "region", "year", "gender")}
        values = _numbers([row.get("value") for row in rows])
        numerators = _numbers([row.get("absValue") for row in rows])
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceProblem("row_broken", error=str(error)[:100]) from error
    for name in ("indicator", "region", "year"):
        if set(map(type, columns[name])) != {int}:
            raise SourceProblem("row_broken", error=name)
    if set(columns["indicator"]) != {source_id}:
        other = next(got for got in columns["indicator"] if got != source_id)
        raise SourceProblem("wrong_indicator", wanted=source_id, got=other)
    if strange := set(map(str, columns["gender"])) - GENDERS:
        raise SourceProblem("unknown_gender", gender=sorted(strange)[0][:20])
    if outside := set(columns["year"]) - set(years):
        raise SourceProblem("year_not_asked", year=min(outside))
    known = {**retired_regions(), **codes}
    if unknown := set(columns["region"]) - set(known):
        raise SourceProblem("unknown_region", region=min(unknown), count=len(unknown))
    if bool((np.isnan(values) & np.isnan(numerators)).any()):
        raise SourceProblem(
            "row_without_number", row=int(np.flatnonzero(np.isnan(values) & np.isnan(numerators))[0])
        )
    panel = panel_of_rows(
        areas=[known[region] for region in columns["region"]],
        years=np.array(columns["year"], dtype=np.int64),
        genders=columns["gender"],
        values=values,
        numerators=numerators,
        last_years=last_years,
    )
    return panel, len(rows)


def _numbers(column: list[Any]) -> Floats:
    """float64 with NaN for null; SourceProblem for anything that is no number."""
    if set(map(type, column)) - {int, float, type(None)}:
        wrong = next(x for x in column if type(x) not in (int, float, type(None)))
        raise SourceProblem("no_number", value=str(wrong)[:40])
    try:
        return np.array([np.nan if x is None else x for x in column], dtype=np.float64)
    except OverflowError as error:
        raise SourceProblem("too_large_number", value="") from error


def _texts(value: Any, *, rich: bool = True) -> Translated:
    if not isinstance(value, dict):
        return Translated()
    clean = sanitise if rich else (lambda text: plain_text(text).replace("\n", " "))
    texts = {code: clean(str(value.get(code) or "")).strip() for code in LANGUAGES}
    return Translated.from_mapping({code: text for code, text in texts.items() if text})


def _kind(data: dict[str, Any], title: str) -> str:
    code = str((data.get("primaryValueType") or {}).get("code", "")).upper()
    if code in KINDS:
        return KINDS[code]
    return next((kind for pattern, kind in _TITLE_KINDS if pattern.search(title)), "other")


def _decimals(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= 6 else 1


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _years(value: Any) -> tuple[int, int] | None:
    if not isinstance(value, dict):
        return None
    first, last = value.get("start"), value.get("end")
    if type(first) is not int or type(last) is not int or not 1900 <= first <= last <= 2100:
        return None
    return first, last
