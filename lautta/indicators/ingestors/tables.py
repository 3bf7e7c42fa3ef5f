"""Own files: xlsx or csv with one row a number, by a mapping that says which column is what."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook

from lautta.common.text import fold
from lautta.indicators.ingestors.building import panel_of_rows
from lautta.indicators.ingestors.contents import panel_gender
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status

MOST_ROWS = 200_000
MOST_UNPACKED = 100_000_000
# What people write for a number that is not told, and for one that there is not.
HIDDEN = {"...", "*", "x", "<5", "< 5", "salattu", "hemlig", "suppressed"}
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
ABSENT = {"", ".", "..", "-", "–", "—", "na", "n/a", "nan", "null", "none", "puuttuu"}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """Names of columns. `value`, or `numerator` with `denominator`, must be given; without `gender` all rows are totals.

    `multiplier` makes the value of numerator and denominator where the file has no value (100 for a percentage).
    """

    area: str
    year: str
    value: str = ""
    gender: str = ""
    numerator: str = ""
    denominator: str = ""
    multiplier: float = 100.0


def read_table(body: bytes, filename: str) -> list[dict[str, Any]]:
    """The rows of the first sheet, or of a csv, by the names in its first row. Raises SourceProblem."""
    rows = read_rows(body)
    head = [str(cell).strip() for cell in rows[0]]
    return [dict(zip(head, row, strict=False)) for row in rows[1:] if any(str(cell).strip() for cell in row)]


def read_rows(body: bytes, most: int = MOST_ROWS) -> list[list[Any]]:
    """The first sheet, or a csv, as it is: its first row holds the names. Raises SourceProblem when there is no row."""
    rows = _sheet(body) if body[:2] == b"PK" else _csv(body)
    if not rows:
        raise SourceProblem("no_rows")
    if len(rows) - 1 > most:
        raise SourceProblem("too_many_rows", most=most)
    return rows


def read_file(
    body: bytes, filename: str, mapping: FileMapping, areas: Mapping[str, str]
) -> tuple[IndicatorPanel, int]:
    """The panel of a file and how many rows there were. `areas` maps codes and folded names to codes (see `area_names`).

    An absent row is MISSING: an own file hides nothing without saying so. Raises SourceProblem naming the row.
    """
    rows = read_table(body, filename)
    if not rows:
        raise SourceProblem("no_rows")
    needed = [
        mapping.area,
        mapping.year,
        mapping.value,
        mapping.gender,
        mapping.numerator,
        mapping.denominator,
    ]
    for column in filter(None, needed):
        if column not in rows[0]:
            raise SourceProblem("no_column", column=column)
    if not mapping.value and not (mapping.numerator and mapping.denominator):
        raise SourceProblem("no_column", column="value")
    numbers = {name: _column(rows, getattr(mapping, name)) for name in ("value", "numerator", "denominator")}
    values, hidden = numbers["value"]
    tops, hidden_tops = numbers["numerator"]
    bottoms, _ = numbers["denominator"]
    _check_shares(tops, bottoms, mapping)
    if not mapping.value:
        usable = bottoms > 0
        values = np.divide(tops * mapping.multiplier, bottoms, out=np.full(len(rows), np.nan), where=usable)
        hidden = hidden_tops
    panel = panel_of_rows(
        areas=[_area(row[mapping.area], areas, number) for number, row in enumerate(rows, 2)],
        years=np.array(
            [_year(row[mapping.year], number) for number, row in enumerate(rows, 2)], dtype=np.int64
        ),
        genders=[_gender(row.get(mapping.gender, "")) if mapping.gender else "total" for row in rows],
        values=values,
        numerators=tops,
        denominators=bottoms,
        row_status=np.where(hidden, Status.SUPPRESSED, Status.MISSING).astype(np.uint8),
        absent_may_be_hidden=False,
    )
    return panel, len(rows)


def area_names(areas: Sequence[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """{folded name or code: code} from [(code, names)]. A name that two areas share is left out, unless one is a municipality."""
    found: dict[str, str] = {}
    shared = set()
    for code, names in sorted(areas, key=lambda area: not area[0].startswith("KU")):
        for name in {fold(n) for n in names}:
            if name in found and found[name] != code and not found[name].startswith("KU"):
                shared.add(name)
            found.setdefault(name, code)
    for name in shared:
        del found[name]
    for code, _names in areas:
        found[fold(code)] = code
        if code.startswith("KU"):
            found[code[2:]] = code
    return found


def _sheet(body: bytes) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SourceProblem("too_large", address="", most=MOST_UNPACKED)
            _check_extent(packed)
        return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    except (CalamineError, zipfile.BadZipFile, IndexError, OSError, ValueError) as error:
        raise SourceProblem("unreadable_file") from error


def _check_extent(packed: zipfile.ZipFile) -> None:
    """The reader makes a dense table up to the farthest cell: one stray cell must not ask for all memory."""
    for part in packed.infolist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
            cells = _CELL.findall(packed.read(part))
            height = max((int(row) for _, row in cells), default=0)
            width = max((len(column), column) for column, _ in cells)[1] if cells else b""
            if height > MOST_ROWS + 1 or len(width) > 2:
                raise SourceProblem("too_many_rows", most=MOST_ROWS)


def _csv(body: bytes) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SourceProblem("unreadable_file")
    if "\x00" in text:
        raise SourceProblem("unreadable_file")
    head = text.split("\n", 1)[0]
    delimiter = max(";\t,", key=head.count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    except csv.Error as error:
        raise SourceProblem("unreadable_file") from error


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[np.ndarray, np.ndarray]:
    """Numbers (NaN where none) and which of them are hidden."""
    numbers, hidden = np.full(len(rows), np.nan), np.zeros(len(rows), dtype=bool)
    if not name:
        return numbers, hidden
    for at, row in enumerate(rows):
        cell = row.get(name, "")
        word = str(cell).strip().lower()
        if word in HIDDEN:
            hidden[at] = True
        elif word not in ABSENT:
            numbers[at] = _number(cell, at + 2, name)
    return numbers, hidden


def _number(cell: Any, row: int, column: str) -> float:
    if isinstance(cell, bool):
        raise SourceProblem("bad_cell", row=row, column=column, value=str(cell))
    if isinstance(cell, int | float):
        return float(cell)
    text = re.sub(r"[\s\u00a0\u202f']", "", str(cell)).replace("−", "-").removesuffix("%").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", text):
        raise SourceProblem("bad_cell", row=row, column=column, value=str(cell)[:40])
    return float(text)


def _area(cell: Any, areas: Mapping[str, str], row: int) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    for key in (fold(text), text.zfill(3)):
        if key in areas:
            return areas[key]
    raise SourceProblem("unknown_area", area=text[:40], row=row)


def _year(cell: Any, row: int) -> int:
    if hasattr(cell, "year"):
        return int(cell.year)
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    if not re.fullmatch(r"\d{4}", text):
        raise SourceProblem("bad_year", row=row, value=text[:20])
    return int(text)


def _gender(cell: Any) -> str:
    return panel_gender(str(cell), str(cell)) if str(cell).strip() else "total"


def _check_shares(tops: np.ndarray, bottoms: np.ndarray, mapping: FileMapping) -> None:
    """A share's numerator is a part of its denominator; a rate per 1,000 may count more events than people."""
    if mapping.multiplier != 100:
        return
    wrong = np.flatnonzero(tops > bottoms)
    if wrong.size:
        raise SourceProblem("numerator_over_denominator", row=int(wrong[0]) + 2)
