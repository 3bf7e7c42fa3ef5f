"""From the bytes of an upload to rows of raw cells that can be kept and looked at again. Nothing is judged here."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from lautta.measures.excel import container
from lautta.measures.excel.columns import HEADER_ROW, MOST_ROWS, NEEDED, columns, every_title, sheet_names
from lautta.measures.excel.container import NotReadableError

MOST_TEXT = 32_767
# A raw cell: text, or what Excel knew it to be. JSON, so that it can wait in the database for the person's word.
Raw = str | dict[str, Any]


@dataclass(slots=True)
class Upload:
    """A sheet as it was read. `heads` names each known column: [column letter, key, number, heading as it stands]."""

    sheet: str
    heads: list[tuple[str, str, int, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Upload:
        return cls(**{**data, "heads": [tuple(h) for h in data["heads"]]})


def read_upload(content: bytes) -> Upload:
    """Read the sheet of measures. NotReadableError, with a sentence, when the file as a whole will not do; never another error."""
    archive = container.check(content)
    found = container.sheets(archive)
    name = _own_sheet(found)
    scan = container.scan(archive, found[name], MOST_ROWS)
    table = _table(content, name)
    upload = Upload(sheet=name, merged=scan.merged)
    _read_heads(upload, table[HEADER_ROW - 1] if table else [])
    letters = {letter: _index(letter) for letter, *_rest in upload.heads}
    for number, line in enumerate(table[HEADER_ROW:], HEADER_ROW + 1):
        cells: dict[str, Raw] = {}
        for letter, place in letters.items():
            raw = _raw(line[place]) if place < len(line) else ""
            if (number, place + 1) in scan.empty_formulas:
                raw = {"formula": True}
            elif error := scan.errors.get((number, place + 1)):
                raw = {"error": error}
            if raw != "":
                cells[letter] = raw
        if cells:
            upload.rows.append({"row": number, "cells": cells})
    # calamine's table may end above a formula without a value or an error, yet the person meant something by it.
    read = {row["row"] for row in upload.rows}
    for row, column in sorted({*scan.empty_formulas, *scan.errors}):
        letter = get_column_letter(column)
        if row > HEADER_ROW and row not in read and letter in letters:
            read.add(row)
            error = scan.errors.get((row, column))
            upload.rows.append(
                {"row": row, "cells": {letter: {"error": error} if error else {"formula": True}}}
            )
    return upload


def _own_sheet(found: dict[str, str]) -> str:
    wanted = sheet_names()
    for name in found:
        if name.strip().casefold() in wanted:
            return name
    names = ", ".join(f"”{n[:40]}”" for n in list(found)[:8]) or "–"
    raise NotReadableError(
        _(
            "Tiedostossa ei ole taulukkoa ”Toimenpiteet”. Siinä on: %(names)s. Lataa taulukko Lautasta ja täytä se."
        )
        % {"names": names}
    )


def _table(content: bytes, name: str) -> list[list[Any]]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except BaseException as problem:  # a panic of the reader's Rust code is no Exception
        if isinstance(problem, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise NotReadableError(
            _(
                "Tiedostoa ei voi lukea. Avaa se Excelissä, tallenna uudelleen xlsx-muodossa ja yritä uudelleen."
            )
        ) from problem


def _read_heads(upload: Upload, line: list[Any]) -> None:
    known = dict(every_title())
    seen: set[tuple[str, int]] = set()
    for place, head in enumerate(line):
        title = " ".join(str(head).split())
        if not title:
            continue
        column = known.get(title.casefold())
        if column is None or (column.key, column.number) in seen:
            upload.ignored.append(f"{get_column_letter(place + 1)} ”{title[:60]}”")
            continue
        seen.add((column.key, column.number))
        upload.heads.append((get_column_letter(place + 1), column.key, column.number, title))
    keys = {key for key, _number in seen}
    if missing := [c.title() for c in columns(1, 1) if c.key in NEEDED and c.key not in keys]:
        raise NotReadableError(
            _("Taulukosta puuttuu sarakkeita: %(names)s. Otsikot ovat rivillä 1; älä muuta niitä.")
            % {"names": ", ".join(missing)}
        )


def _index(letter: str) -> int:
    number = 0
    for character in letter:
        number = number * 26 + ord(character) - 64
    return number - 1


def _raw(value: Any) -> Raw:
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, bool):
        return {"bool": value}
    if isinstance(value, dt.datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, int):
        return {"number": float(value)} if abs(value) < 10**15 else str(value)
    if isinstance(value, float):
        return {"number": value} if math.isfinite(value) else str(value)
    return "" if value is None else _storable(str(value))


def _storable(text: str) -> str:
    """Text that a database and a page can hold: no NUL or other control characters, no half of a pair."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)[:MOST_TEXT].strip()
