"""From the bytes of an upload to rows of plain cells that can be kept and looked at again. Nothing is judged here.

A file from Excel or a CSV: comma, semicolon or tab; UTF-8 with or without its mark, UTF-16 with it, or Windows-1252.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from lautta.common.text import fold
from lautta.measures.excel import NotReadableError, container
from lautta.network.importing.columns import COLUMNS, MOST_ROWS, known_heads

MOST_BYTES, MOST_CELL, MOST_COLUMNS = 10_000_000, 5_000, 60
# A cell whose formula has no value. No text can be this: control characters are dropped from texts.
FORMULA = "\x00formula"


class NotReadable(Exception):
    """The whole file is refused; the message says why and what to do, in the active language."""


@dataclass(slots=True)
class Table:
    """`heads`: [column letter, key, heading as it stands]; `rows`: [row number, {key: cell}] without empty rows."""

    heads: list[list[str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Table:
        return cls(**data)


def read_table(content: bytes) -> Table:
    """Read a CSV or an xlsx. NotReadable, with a sentence, when the file as a whole will not do; never another error."""
    if not content:
        raise NotReadable(_("Tiedosto on tyhjä."))
    if len(content) > MOST_BYTES:
        raise NotReadable(_("Tiedosto on liian suuri: enintään 10 megatavua."))
    lines = _from_excel(content) if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else _from_csv(content)
    return _as_table(lines)


def _from_excel(content: bytes) -> list[list[str]]:
    try:
        archive = container.check(content)
        sheets = container.sheets(archive)
        if not sheets:
            raise NotReadable(_("Tiedostossa ei ole taulukkoa."))
        name, path = next(iter(sheets.items()))
        scan = container.scan(archive, path, MOST_ROWS)
    except NotReadableError as problem:
        raise NotReadable(str(problem)) from problem
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except BaseException as problem:  # a panic of the reader's Rust code is no Exception
        if isinstance(problem, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise NotReadable(
            _("Tiedostoa ei voi lukea. Tallenna se Excelissä uudelleen ja yritä sitten.")
        ) from problem
    lines = [[_plain(value) for value in line] for line in found]
    for row, column in scan.empty_formulas:
        while len(lines) < row:
            lines.append([])
        line = lines[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = FORMULA
    for (row, column), _error in scan.errors.items():
        if row <= len(lines) and column <= len(lines[row - 1]):
            lines[row - 1][column - 1] = FORMULA
    return lines


def _from_csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise NotReadable(_("Tiedosto ei ole taulukko. Tallenna se CSV- tai xlsx-muodossa."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(lines) > MOST_ROWS + 1:
                raise NotReadable(_("Rivejä on liikaa: enintään %(rows)s.") % {"rows": MOST_ROWS})
            lines.append([_plain(cell) for cell in line[:MOST_COLUMNS]])
    except csv.Error as problem:
        raise NotReadable(
            _("Tiedostossa on rikkinäinen rivi %(row)s: tarkista lainausmerkit.") % {"row": len(lines) + 1}
        ) from problem
    return lines


def _decoded(content: bytes) -> str:
    """By its mark, else as UTF-8, else as what a Finnish Excel writes: Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (dt.datetime, dt.date)):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
    text = ("" if value is None else str(value)).encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)[:MOST_CELL].strip()


def _as_table(lines: list[list[str]]) -> Table:
    """The first line that holds a known heading is the headings; what stands above it is left out."""
    known = known_heads()
    at = next((n for n, line in enumerate(lines[:20]) if any(fold(c) in known for c in line if c)), None)
    if at is None:
        raise NotReadable(
            _("Otsikoita ei löytynyt. Lataa pohja ja täytä se: otsikot ovat ensimmäisellä rivillä.")
        )
    table = Table()
    places: dict[int, str] = {}
    for place, head in enumerate(lines[at]):
        key = known.get(fold(head)) if head and head != FORMULA else None
        if key and key not in places.values():
            places[place] = key
            table.heads.append([get_column_letter(place + 1), key, head])
        elif head:
            table.ignored.append(f"{get_column_letter(place + 1)} ”{head[:60]}”")
    missing = [str(c.label) for c in COLUMNS if c.needed and c.key not in places.values()]
    if missing:
        raise NotReadable(_("Taulukosta puuttuu sarakkeita: %(names)s.") % {"names": ", ".join(missing)})
    for number, line in enumerate(lines[at + 1 :], at + 2):
        cells = {key: line[place] for place, key in places.items() if place < len(line) and line[place]}
        if cells:
            table.rows.append([number, cells])
    if not table.rows:
        raise NotReadable(_("Taulukossa ei ole yhtään palvelua."))
    if len(table.rows) > MOST_ROWS:
        raise NotReadable(_("Rivejä on liikaa: enintään %(rows)s.") % {"rows": MOST_ROWS})
    return table
