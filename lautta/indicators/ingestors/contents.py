"""The contents of a dataset, each of which is one indicator: axes told apart, codes made the panels' own, marks read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lautta.common.translated import Translated
from lautta.indicators.ingestors.building import FIRST_YEAR, LAST_YEAR, area_order, gender_order
from lautta.indicators.ingestors.json_stat import MOST_CELLS, Dataset
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.panels import Codes, Floats, IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status

LICENCE = "CC BY 4.0"
# Statistics Finland's marks: "-" none, "." not applicable, ".." not available or too uncertain, "..." secret.
MARKS = {"-": Status.ZERO, "...": Status.SUPPRESSED}
_AREA = re.compile(r"(?:SSS|KU\d{3}|SK\d{3}|MK\d{2}|HVA?\d{2})")
_GENDERS = {
    "total": ("sss", "yhteensä", "totalt", "total", "båda könen", "sukupuolet yhteensä", "t", "0"),
    "male": ("miehet", "män", "males", "male", "men", "pojat", "1", "m"),
    "female": ("naiset", "kvinnor", "females", "female", "women", "tytöt", "2", "f"),
}


@dataclass(frozen=True, slots=True)
class Content:
    """One content of a dataset, that is one indicator."""

    code: str
    label: str
    unit: str
    decimals: int
    panel: IndicatorPanel


def read_contents(parts: Sequence[Dataset]) -> list[Content]:
    """The indicators of a dataset that came in one or several parts.

    Axes beyond area, year, gender and content become extra axes; those with a single code are dropped. Raises
    SourceProblem: no_such_variable, not_yearly, unknown_area, unknown_gender, parts_disagree, no_rows.
    """
    first = parts[0]
    if any([d.code for d in p.dimensions] != [d.code for d in first.dimensions] for p in parts):
        raise SourceProblem("parts_disagree")
    area = first.role("geo", lambda d: bool(re.match("alue|kunta|maakunta|region|area|omr", d.code, re.I)))
    year = first.role("time", lambda d: bool(re.match("vuosi|time|år|year", d.code, re.I)))
    if area is None or year is None:
        raise SourceProblem("no_such_variable", role="alue" if area is None else "vuosi")
    metric = first.role("metric", lambda d: bool(re.match("tiedot|contents", d.code, re.I)))
    gender = next((d for d in first.dimensions if re.match("sukupuoli|kön|sex|gender", d.code, re.I)), None)
    named = {d.code for d in (area, year, metric, gender) if d is not None}
    merged, status, codes = _merge(parts)
    order = [d.code for d in first.dimensions]
    rest = [code for code in order if code not in named and len(codes[code]) > 1]
    contents = codes[metric.code] if metric else [""]
    return [
        _content(
            first, merged, status, codes, order, content, area.code, year.code, gender and gender.code,
            metric and metric.code, rest,
        )
        for content in contents
    ]  # fmt: skip


def _merge(parts: Sequence[Dataset]) -> tuple[Floats, Codes, dict[str, list[str]]]:
    """The parts as one array over the union of codes; every cell must have come once."""
    first = parts[0]
    codes = {
        d.code: list(dict.fromkeys(code for part in parts for code in part.dimensions[at].codes))
        for at, d in enumerate(first.dimensions)
    }
    shape = tuple(len(codes[d.code]) for d in first.dimensions)
    if math.prod(shape) > MOST_CELLS:
        raise SourceProblem("too_large", address="", most=MOST_CELLS)
    merged, status = np.full(shape, np.nan), np.full(shape, Status.MISSING, dtype=np.uint8)
    came = np.zeros(shape, dtype=np.uint8)
    for part in parts:
        where = np.ix_(*([codes[d.code].index(code) for code in d.codes] for d in part.dimensions))
        own = np.where(
            np.isnan(part.values), Status.MISSING, np.where(part.values == 0, Status.ZERO, Status.VALUE)
        )
        values, flat = part.values.copy(), own.reshape(-1)
        for at, mark in part.marks.items():
            if flat[at] == Status.MISSING and mark in MARKS:
                flat[at] = MARKS[mark]
                if MARKS[mark] == Status.ZERO:
                    values.reshape(-1)[at] = 0.0
        merged[where], status[where] = values, own
        came[where] += 1
    if (came != 1).any():
        raise SourceProblem("parts_disagree")
    return merged, status, codes


def _content(
    first: Dataset,
    merged: Floats,
    status: Codes,
    codes: Mapping[str, list[str]],
    order: list[str],
    content: str,
    area: str,
    year: str,
    gender: str | None,
    metric: str | None,
    rest: list[str],
) -> Content:
    values, marks = merged, status
    kept = list(order)
    for at, code in reversed(list(enumerate(order))):
        if code == metric or (code not in (area, year, gender) and code not in rest):
            take = codes[code].index(content) if code == metric else 0
            values, marks = np.take(values, take, axis=at), np.take(marks, take, axis=at)
            kept.pop(at)
    wanted = [area, year, *([gender] if gender else []), *rest]
    turn = [kept.index(code) for code in wanted]
    values, marks = values.transpose(turn), marks.transpose(turn)
    if not gender:
        values, marks = np.expand_dims(values, 2), np.expand_dims(marks, 2)
    labels = {d.code: d.labels for d in first.dimensions}
    areas = [panel_area(code) for code in codes[area]]
    years = [panel_year(code) for code in codes[year]]
    genders = [panel_gender(c, labels[gender].get(c, "")) for c in codes[gender]] if gender else ["total"]
    if len(set(areas)) != len(areas) or len(set(genders)) != len(genders):
        raise SourceProblem("parts_disagree")
    places = (
        sorted(range(len(areas)), key=lambda i: area_order(areas[i])),
        sorted(range(len(years)), key=lambda i: years[i]),
        sorted(range(len(genders)), key=lambda i: gender_order(genders[i])),
    )
    pick = np.ix_(*places, *(range(len(codes[code])) for code in rest))
    if (marks > Status.ZERO).all():
        raise SourceProblem("no_rows")
    about = next((d for d in first.dimensions if d.code == metric), None)
    unit = (about.units.get(content) or {}) if about else {}
    return Content(
        code=content,
        label=about.labels.get(content, content) if about else first.label,
        unit=str(unit.get("base", "")),
        decimals=unit["decimals"] if type(unit.get("decimals")) is int else first.decimals,
        panel=IndicatorPanel(
            areas=tuple(areas[i] for i in places[0]),
            years=tuple(years[i] for i in places[1]),
            genders=tuple(genders[i] for i in places[2]),
            values=np.ascontiguousarray(values[pick]),
            status=np.ascontiguousarray(marks[pick]),
            extra=tuple((code, tuple(codes[code])) for code in rest),
        ),
    )


def panel_area(code: str) -> str:
    """The panel's code of an area: "KU286", "286" → "KU286", "HVA10" → "HV10"."""
    if re.fullmatch(r"\d{3}", code):
        return "KU" + code
    if not _AREA.fullmatch(code):
        raise SourceProblem("unknown_area", area=code[:20], row="–")
    return code.replace("HVA", "HV")


def panel_year(code: str) -> int:
    """2020 of "2020" or "2020*" (preliminary). SourceProblem for a month, a quarter or a year that cannot be."""
    found = re.fullmatch(r"(\d{4})\*?", code)
    if not found:
        raise SourceProblem("not_yearly", value=code[:20])
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise SourceProblem("year_out_of_range", year=int(found[1]))
    return int(found[1])


def panel_gender(code: str, label: str) -> str:
    """The panel's word for a gender, by the label and then by the code."""
    for word in (label, code):
        for gender, words in _GENDERS.items():
            if word.strip().lower() in words:
                return gender
    raise SourceProblem("unknown_gender", gender=code[:20])


def metadata_of(content: Content, dataset: Dataset, source_id: str, titles: Mapping[str, str]) -> Metadata:
    """What the table says of one content. `titles` are {language: label}; the dataset's own is used where they lack."""
    texts = {code: text for code, text in titles.items() if text}
    name = Translated.from_mapping({"fi": content.label, **texts})
    return Metadata(
        source="statfin",
        source_id=source_id,
        title=name,
        unit=Translated.of(content.unit),
        kind=kind_of_unit(content.unit, content.label),
        decimals=min(content.decimals, 6),
        source_name=dataset.source or "Tilastokeskus",
        licence=LICENCE,
        updated=dataset.updated,
    )


_UNIT_KINDS = (
    ("%", "percentage"),
    ("prosent", "percentage"),
    ("promille", "per_1000"),
    ("euro", "euro"),
    ("lukumäärä", "count"),
    ("lkm", "count"),
)


def kind_of_unit(unit: str, label: str) -> str:
    """The kind of value by the unit's words, and by the label's where the unit says nothing."""
    text = f"{unit} {label}".lower()
    return next((kind for word, kind in _UNIT_KINDS if word in text), "other")
