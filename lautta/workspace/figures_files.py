"""An own file before it is taken in: the proposal of which column is what, its first rows, and every cell that cannot be read."""

from __future__ import annotations

import base64
import binascii
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from lautta.common.text import fold
from lautta.indicators.files import known_area_names
from lautta.indicators.ingestors.tables import FileMapping, read_file, read_table
from lautta.indicators.problems import SourceProblem

# The file travels in the page between choosing it and saying what its columns are; nothing is stored before.
MOST_BYTES = 1_000_000
PREVIEW = 5
# As many cells as a person corrects at a time; a file with more is read again.
MOST_NAMED = 100
COLUMNS = ("area", "year", "gender", "value", "numerator", "denominator")
LIKELY = {
    "area": ("kunta", "alue", "kommun", "område", "area", "municipality", "region"),
    "year": ("vuosi", "år", "year"),
    "gender": ("sukupuoli", "kön", "gender", "sex"),
    "numerator": ("osoittaja", "täljare", "numerator", "tapauksia", "lkm"),
    "denominator": ("nimittäjä", "nämnare", "denominator", "vastaajia", "n"),
    "value": ("arvo", "osuus", "värde", "andel", "value", "share", "prosentti"),
}
NAMING = frozenset({"bad_cell", "unknown_area", "bad_year", "unknown_gender", "year_out_of_range"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came, with its columns and first rows; JSON-stat says itself what is what and has none."""

    filename: str
    body: bytes
    columns: tuple[str, ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()

    @property
    def packed(self) -> str:
        return base64.b64encode(self.body).decode()

    @property
    def is_table(self) -> bool:
        return bool(self.columns)


def open_file(filename: str, body: bytes) -> Sent:
    """Raises SourceProblem when it is no table and no JSON-stat, or too large."""
    if len(body) > MOST_BYTES:
        raise SourceProblem("too_large", address="", most=MOST_BYTES)
    if body.lstrip()[:1] == b"{":
        return Sent(filename, body)
    rows = read_table(body, filename)
    if not rows:
        raise SourceProblem("no_rows")
    columns = tuple(name for name in rows[0] if name)
    if not columns:
        raise SourceProblem("unreadable_file")
    preview = tuple(tuple(_text(row.get(name, "")) for name in columns) for row in rows[:PREVIEW])
    return Sent(filename, body, columns, preview)


def unpack(filename: str, packed: str) -> Sent:
    """The file that a page carried. Raises SourceProblem when it came broken."""
    try:
        body = base64.b64decode(packed.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise SourceProblem("unreadable_file") from error
    return open_file(filename, body)


def proposal(columns: Sequence[str]) -> dict[str, str]:
    """{what: column} of those whose name says what they are; each column once."""
    found: dict[str, str] = {}
    for exact in (True, False):
        for what, words in LIKELY.items():
            for column in columns:
                name, known = fold(column), [fold(word) for word in words]
                likely = name in known if exact else any(len(w) > 3 and w in name for w in known)
                if likely and what not in found and column not in found.values():
                    found[what] = column
    return found


def rejected_cells(sent: Sent, mapping: FileMapping) -> list[dict[str, Any]]:
    """Problems of every cell that cannot be read, as problem_words.sentence takes them, at most a hundred. Slow only for
    rows that have one: whole rows are tried in halves.
    """
    areas = known_area_names()
    rows = read_table(sent.body, sent.filename)
    spare = next(iter(areas), "SSS")
    found: list[dict[str, Any]] = []
    parts = [(0, len(rows))]
    while parts and len(found) < MOST_NAMED:
        first, last = parts.pop()
        problem = _problem(rows[first:last], mapping, areas)
        if problem is None:
            continue
        if last - first > 1:
            middle = (first + last) // 2
            parts += [(middle, last), (first, middle)]
        else:
            found += _problems_of_row(rows[first], first + 2, mapping, areas, spare)
    return found[:MOST_NAMED]


def _problems_of_row(
    row: Mapping[str, Any], number: int, mapping: FileMapping, areas: Mapping[str, str], spare: str
) -> list[dict[str, Any]]:
    """One after another: a cell that is told is put right before the row is tried again."""
    left, found = dict(row), []
    for _try in range(len(COLUMNS)):
        problem = _problem([left], mapping, areas)
        if problem is None:
            break
        told = problem.to_json()
        if "row" in told["parameters"]:
            told["parameters"]["row"] = number
        else:
            told["row"] = number
        found.append(told)
        if problem.code == "bad_cell":
            left[str(problem.parameters["column"])] = ""
        elif problem.code == "unknown_area":
            left[mapping.area] = spare
        elif problem.code in ("bad_year", "year_out_of_range"):
            left[mapping.year] = "2020"
        elif problem.code == "unknown_gender":
            left[mapping.gender] = ""
        else:
            break
    return found


def _problem(
    rows: Sequence[Mapping[str, Any]], mapping: FileMapping, areas: Mapping[str, str]
) -> SourceProblem | None:
    """What the reader of files says of these rows alone; two rows that contradict each other are no cell's fault."""
    columns = list(
        dict.fromkeys(c for f in fields(mapping) if f.name in COLUMNS and (c := getattr(mapping, f.name)))
    )
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerows([columns, *([_text(row.get(c, "")) for c in columns] for row in rows)])
    try:
        read_file(buffer.getvalue().encode(), "rows.csv", mapping, areas)
    except SourceProblem as problem:
        return problem if problem.code in (*NAMING, "numerator_over_denominator") else None
    return None


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell.year) if hasattr(cell, "year") else str(cell)
