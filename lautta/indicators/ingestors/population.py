"""Population by single years of age, counted or projected: a table or a file to a panel with the axis `age`, read whole.

Every cell is a whole number of people, ages run from 0 without a gap, and sums are checked against totals: genders and ages
against the table's own, municipalities against their region and the country.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lautta.common.text import fold
from lautta.indicators.ingestors.building import FIRST_YEAR, LAST_YEAR, MOST_EXACT, area_order
from lautta.indicators.ingestors.contents import panel_area, panel_gender, read_contents
from lautta.indicators.ingestors.json_stat import Dataset, read_dataset
from lautta.indicators.ingestors.tables import read_rows
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status

Which = Literal["observed", "projection"]
AGE = "age"
# To age 17 there must be every year; a table that goes to 90 or over has everybody in it.
LEAST_AGES, EVERYBODY = 18, 90
MOST_ROWS = 2_000_000
MOST_UNPACKED = 200_000_000
TOTALS = frozenset({"sss", "yhteensä", "totalt", "total", "kaikki", "999"})
COLUMNS = {
    "area": ("alue", "kunta", "maakunta", "area", "municipality", "region", "kommun", "område", "landskap"),
    "year": ("vuosi", "year", "år", "time"),
    "age": ("ikä", "ika", "age", "ålder"),
    "gender": ("sukupuoli", "kön", "sex", "gender"),
    "value": ("väestö", "vaesto", "befolkning", "population", "pop", "lukumäärä", "arvo", "value", "count"),
}
# {parent's code: its municipalities' codes}: whom a total is checked against.
Members = Mapping[str, Sequence[str]]


def age_of(text: str) -> int | None:
    """The age of "7", "007", "7.0", "100-" or "7 v"; None for a total. SourceProblem for a group of ages."""
    word = fold(text).strip()
    if word.removesuffix(".0") in TOTALS:
        return None
    found = re.fullmatch(r"0*(\d{1,3})(?:\.0)?\s*(?:[-–+]|v\.?|år|years?)?", word)
    if not found or int(found[1]) > 125:
        raise SourceProblem("not_single_years", age=text[:20])
    return int(found[1])


def of_datasets(parts: Sequence[Dataset], which: Which, members: Members) -> IndicatorPanel:
    """The parts of a table with an area, a year and an age axis; genders other than the total are added up."""
    found = read_contents(parts)[0].panel
    if len(found.extra) != 1:
        raise SourceProblem("no_such_variable", role="ikä")
    # (areas, years, genders, ages) → genders away.
    counts = _one_gender(
        {g: np.where(found.status == Status.ZERO, 0.0, found.values)[:, :, at] for at, g in enumerate(found.genders)},
        which,
    )  # fmt: skip
    return build(
        found.areas, found.years, [age_of(code) for code in found.extra[0][1]], counts, which, members
    )


def of_file(
    body: bytes, which: Which, members: Members, areas: Mapping[str, str] | None = None
) -> tuple[IndicatorPanel, int]:
    """The panel of a csv, xlsx (both may be gzipped) or JSON-stat file, and how many rows there were.

    Columns are known by their names: area, year, age, number of people and perhaps gender. `areas` maps names to codes;
    codes are known without it. Raises SourceProblem naming the row.
    """
    if body[:2] == b"\x1f\x8b":
        body = _unpacked(body)
    if body.lstrip()[:1] == b"{":
        panel = of_datasets([read_dataset(body)], which, members)
        return panel, panel.values.size
    rows = read_rows(body, MOST_ROWS)
    if len(rows) < 2:
        raise SourceProblem("no_rows")
    at = _columns([str(cell) for cell in rows[0]])
    cells: dict[str, dict[tuple[str, int, int | None], float]] = {}
    known: dict[str, str] = {}
    names = dict(areas or {})
    letters = "MK" if fold(str(rows[0][at["area"]])) in ("maakunta", "landskap") else ""
    for number, row in enumerate(rows[1:], 2):
        if not any(str(cell).strip() for cell in row):
            continue
        if len(row) <= max(at.values()):
            raise SourceProblem("row_without_number", row=number)
        word = str(row[at["area"]])
        if word not in known:
            known[word] = _area(word, names, letters, number)
        gender = _gender(row[at["gender"]]) if "gender" in at else "total"
        key = (known[word], _year(row[at["year"]], number), age_of(str(row[at["age"]])))
        _add(cells.setdefault(gender, {}), key, _number(row[at["value"]], number))
    return _of_cells(cells, which, members), len(rows) - 1


def build(
    areas: Sequence[str],
    years: Sequence[int],
    ages: Sequence[int | None],
    counts: NDArray[np.float64],
    which: Which,
    members: Members,
) -> IndicatorPanel:
    """The checked panel of `counts` (areas, years, ages), NaN where there is none; the age None is everybody's."""
    kept = sorted((a, at) for at, a in enumerate(ages) if a is not None)
    if [a for a, _ in kept] != list(range(len(kept))) or len(kept) < LEAST_AGES:
        raise SourceProblem(
            "ages_missing", first=kept[0][0] if kept else "–", last=kept[-1][0] if kept else "–"
        )
    order = sorted(range(len(years)), key=lambda at: years[at])
    if any(b - a != 1 for a, b in zip(sorted(years), sorted(years)[1:], strict=False)):
        raise SourceProblem("years_not_in_row", first=min(years), last=max(years))
    places = sorted(range(len(areas)), key=lambda at: area_order(areas[at]))
    turned = counts[np.ix_(places, order)]
    codes, lived = [areas[at] for at in places], [years[at] for at in order]
    people = turned[:, :, [at for _, at in kept]]
    _check_numbers(people, codes, lived)
    if None in ages:
        _check_ages(people, turned[:, :, list(ages).index(None)], codes, lived, which)
    _check_areas(people, codes, lived, which, members)
    status = np.where(np.isnan(people), Status.MISSING, np.where(people == 0, Status.ZERO, Status.VALUE))
    return IndicatorPanel(
        areas=tuple(codes), years=tuple(lived), genders=("total",),
        values=np.ascontiguousarray(people[:, :, None, :]),
        status=np.ascontiguousarray(status.astype(np.uint8)[:, :, None, :]),
        extra=((AGE, tuple(str(a) for a, _ in kept)),),
    )  # fmt: skip


# --- checks ---------------------------------------------------------------------------------------


def _check_numbers(people: NDArray, areas: Sequence[str], years: Sequence[int]) -> None:
    """Whole people, and no age lacking of an area and year that has others."""
    known = ~np.isnan(people)
    if not known.any():
        raise SourceProblem("no_rows")
    wrong = known & ((people < 0) | (people != np.floor(people)) | (people > MOST_EXACT))
    if wrong.any():
        a, y, n = (int(i[0]) for i in np.nonzero(wrong))
        raise SourceProblem(
            "not_whole_people", area=areas[a], year=years[y], age=n, value=float(people[a, y, n])
        )
    partly = known.any(axis=2)[:, :, None] & ~known
    if partly.any():
        a, y, n = (int(i[0]) for i in np.nonzero(partly))
        raise SourceProblem("cell_missing", area=areas[a], year=years[y], age=n)


def _check_ages(
    people: NDArray, total: NDArray, areas: Sequence[str], years: Sequence[int], which: Which
) -> None:
    """A table of everybody sums to its total; one of children alone to no more. A projection is rounded cell by cell."""
    sums = people.sum(axis=2)
    off = sums - total
    slack = 0.5 * (people.shape[2] + 1) if which == "projection" else 0.0
    wrong = off > slack if people.shape[2] <= EVERYBODY else np.abs(off) > slack
    _refuse(wrong & ~np.isnan(off), sums, total, areas, years)


def _check_areas(
    people: NDArray, areas: Sequence[str], years: Sequence[int], which: Which, members: Members
) -> None:
    """Municipalities sum to their region and to the country in every year and age; where a member lacks, nothing is said."""
    place = {code: at for at, code in enumerate(areas)}
    for parent, parts in members.items():
        rows = [place[code] for code in parts if code in place]
        if parent not in place or len(rows) != len(parts) or not rows:
            continue
        sums, total = people[rows].sum(axis=0), people[place[parent]]
        slack = 0.5 * (len(rows) + 1) if which == "projection" else 0.0
        wrong = (np.abs(sums - total) > slack).any(axis=1)
        _refuse(wrong[None], sums.sum(axis=1)[None], total.sum(axis=1)[None], [parent], years)


def _refuse(
    wrong: NDArray, sums: NDArray, total: NDArray, areas: Sequence[str], years: Sequence[int]
) -> None:
    if wrong.any():
        a, y = (int(i[0]) for i in np.nonzero(wrong))
        raise SourceProblem(
            "sums_disagree", area=areas[a], year=years[y], sum=int(sums[a, y]), total=int(total[a, y])
        )


# --- a file's rows --------------------------------------------------------------------------------


def _unpacked(body: bytes) -> bytes:
    try:
        made = zlib.decompressobj(31).decompress(body, MOST_UNPACKED + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise SourceProblem("unreadable_file") from error
    if len(made) > MOST_UNPACKED:
        raise SourceProblem("too_large", address="", most=MOST_UNPACKED)
    return made


def _columns(head: Sequence[str]) -> dict[str, int]:
    """{what: position}; a column's name is one of the words, or begins with one and goes on after a mark ("vaesto_e24")."""
    found: dict[str, int] = {}
    for what, words in COLUMNS.items():
        for at, name in enumerate(head):
            word = re.split(r"[^a-zåäö]", fold(name.strip().lstrip("\ufeff")))[0]
            if word in {fold(w) for w in words} and at not in found.values():
                found[what] = at
                break
        if what not in found and what != "gender":
            raise SourceProblem("no_column", column=words[0])
    return found


def _area(word: str, names: Mapping[str, str], letters: str, row: int) -> str:
    text = word.strip().removesuffix(".0")
    if letters and re.fullmatch(r"\d{1,2}", text):
        return letters + text.zfill(2)
    if re.fullmatch(r"\d{1,3}", text):
        return "KU" + text.zfill(3)
    if fold(text) in names:
        return names[fold(text)]
    try:
        return panel_area(text.upper())
    except SourceProblem as problem:
        raise SourceProblem("unknown_area", area=text[:20], row=row) from problem


def _year(cell: Any, row: int) -> int:
    text = str(cell).strip().removesuffix(".0").rstrip("*")
    if not re.fullmatch(r"\d{4}", text):
        raise SourceProblem("bad_year", row=row, value=text[:20])
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise SourceProblem("year_out_of_range", year=int(text))
    return int(text)


def _gender(cell: Any) -> str:
    return panel_gender(str(cell), str(cell)) if str(cell).strip() else "total"


def _number(cell: Any, row: int) -> float:
    text = re.sub(r"[\s\u00a0\u202f]", "", str(cell)).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", text):
        raise SourceProblem("bad_cell", row=row, column="väestö", value=str(cell)[:40])
    return float(text)


def _add(
    cells: dict[tuple[str, int, int | None], float], key: tuple[str, int, int | None], value: float
) -> None:
    if cells.setdefault(key, value) != value:
        raise SourceProblem("contradicting_rows", area=key[0], year=key[1])


def _of_cells(
    cells: Mapping[str, Mapping[tuple[str, int, int | None], float]], which: Which, members: Members
) -> IndicatorPanel:
    keys = {key for rows in cells.values() for key in rows}
    if not keys:
        raise SourceProblem("no_rows")
    areas, years = sorted({k[0] for k in keys}, key=area_order), sorted({k[1] for k in keys})
    ages: list[int | None] = sorted({k[2] for k in keys if k[2] is not None})  # type: ignore[assignment]
    if any(k[2] is None for k in keys):
        ages.append(None)
    places = ({c: i for i, c in enumerate(axis)} for axis in (areas, years, ages))
    of_area, of_year, of_age = places
    counts = {}
    for gender, rows in cells.items():
        array = np.full((len(areas), len(years), len(ages)), np.nan)
        at = np.array([(of_area[a], of_year[y], of_age[n]) for a, y, n in rows])  # type: ignore[index]
        array[at[:, 0], at[:, 1], at[:, 2]] = list(rows.values())
        counts[gender] = array
    return build(areas, years, ages, _one_gender(counts, which), which, members)


def _one_gender(counts: Mapping[str, NDArray], which: Which) -> NDArray:
    """Everybody: the total where it is given (and both genders must then sum to it), else girls and boys together."""
    both = counts["female"] + counts["male"] if {"female", "male"} <= set(counts) else None
    total = counts.get("total")
    if total is None:
        if both is None:
            raise SourceProblem("one_gender_alone")
        return both
    slack = 1.5 if which == "projection" else 0.0
    if both is not None and (np.abs(both - total) > slack).any():
        raise SourceProblem("genders_disagree")
    return total
