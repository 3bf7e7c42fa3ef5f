"""Looking into an xlsx before anything reads it whole: is it one, is it safe in size, what does its sheet hold.

calamine makes a dense table up to the farthest cell, so that one stray cell could ask for all memory: extents are counted
here first, from the sheet's own XML, together with what calamine does not tell: formulas without a value.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from django.utils.translation import gettext as _

MOST_BYTES = 10_000_000
MOST_UNPACKED = 80_000_000
MOST_ENTRIES = 500
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class NotReadableError(Exception):
    """The whole file is refused; the message says why and what to do, in the active language."""


@dataclass(slots=True)
class Scan:
    """What the sheet's XML tells. Cells are (row, column) from 1."""

    rows: int = 0
    columns: int = 0
    empty_formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def check(content: bytes) -> zipfile.ZipFile:
    """The file as an archive whose parts unpack to a sane size; NotReadableError with a sentence otherwise."""
    if not content:
        raise NotReadableError(_("Tiedosto on tyhjä."))
    if len(content) > MOST_BYTES:
        raise NotReadableError(_("Tiedosto on liian suuri: enintään 10 megatavua."))
    if content.startswith(_OLE):
        raise NotReadableError(
            _(
                "Tämä on vanha tai salasanalla suojattu Excel-tiedosto. Tallenna se xlsx-muodossa ilman salasanaa."
            )
        )
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_UNPACKED:
            raise NotReadableError(
                _("Tiedosto purkautuu liian suureksi. Lataa taulukko uudelleen ja täytä se.")
            )
        if any(e.flag_bits & 0x1 for e in entries):
            raise NotReadableError(_("Tiedosto on suojattu salasanalla. Poista salasana ja yritä uudelleen."))
        # The sizes above are the file's own word; unpacking every part proves them, since a part longer than it says fails.
        if archive.testzip() is not None:
            raise NotReadableError(_not_xlsx())
    except NotReadableError:
        raise
    except Exception as problem:
        raise NotReadableError(_not_xlsx()) from problem
    if "xl/workbook.xml" not in archive.namelist():
        raise NotReadableError(_not_xlsx())
    return archive


def _not_xlsx() -> str:
    return _(
        "Tiedosto ei ole Excel-tiedosto (xlsx), tai se on vioittunut. Lataa taulukko uudelleen ja täytä se."
    )


def sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """{sheet's name: its part in the archive}, in the workbook's order; sheets without a table of cells are left out."""
    try:
        targets = {
            node.get("Id"): node.get("Target") or ""
            for node in _tree(archive, "xl/_rels/workbook.xml.rels")
            if (node.get("Type") or "").endswith("/worksheet")
        }
        found = {}
        for node in _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
            target = targets.get(node.get(f"{_REL}id"))
            if target:
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                if path in archive.namelist():
                    found[node.get("name") or ""] = path
    except NotReadableError:
        raise
    except Exception as problem:
        raise NotReadableError(_not_xlsx()) from problem
    return found


def _tree(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    content = archive.read(path)
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise NotReadableError(_not_xlsx())
    return ElementTree.fromstring(content)  # noqa: S314 (entities are refused above)


def scan(archive: zipfile.ZipFile, path: str, most_rows: int) -> Scan:
    """Walk the sheet's cells once. NotReadableError when it is larger than any table of measures."""
    found, cells = Scan(), 0
    with archive.open(path) as part:
        start = part.read(4096)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise NotReadableError(_not_xlsx())
    try:
        with archive.open(path) as part:
            row = column = 0
            for event, node in ElementTree.iterparse(part, ("start", "end")):  # noqa: S314
                if event == "start":
                    if node.tag == f"{_MAIN}row":
                        row, column = int(node.get("r") or row + 1), 0
                    continue
                if node.tag == f"{_MAIN}c":
                    cells += 1
                    row, column = _place(node.get("r"), row, column)
                    _look(node, row, column, found)
                    if cells > MOST_CELLS:
                        raise NotReadableError(_too_big(most_rows))
                    node.clear()
                elif node.tag == f"{_MAIN}row":
                    node.clear()
                elif node.tag == f"{_MAIN}mergeCell":
                    found.merged.append(node.get("ref") or "?")
                    _merge_within(node.get("ref") or "")
    except NotReadableError:
        raise
    except Exception as problem:
        raise NotReadableError(_not_xlsx()) from problem
    if found.rows > most_rows + 1 or found.columns > MOST_COLUMNS:
        raise NotReadableError(_too_big(most_rows))
    return found


def _too_big(most_rows: int) -> str:
    return _("Taulukossa on liikaa rivejä tai sarakkeita: enintään %(rows)s riviä.") % {"rows": most_rows}


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """(row, column) of a cell; a cell without a reference follows the one before."""
    if not reference:
        return row, column + 1
    match = _CELL.fullmatch(reference)
    if not match:
        raise NotReadableError(_not_xlsx())
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]), number


def _merge_within(reference: str) -> None:
    for corner in reference.split(":"):
        if not _CELL.fullmatch(corner):
            raise NotReadableError(_not_xlsx())


def _look(node: ElementTree.Element, row: int, column: int, found: Scan) -> None:
    value = node.find(f"{_MAIN}v")
    has_value = value is not None and bool(value.text)
    if has_value and node.get("t") == "e":
        found.errors[row, column] = value.text[:20]
    formula = node.find(f"{_MAIN}f")
    if formula is not None and not has_value and node.find(f"{_MAIN}is") is None:
        found.empty_formulas.add((row, column))
        has_value = True
    if has_value or node.find(f"{_MAIN}is") is not None:
        found.rows, found.columns = max(found.rows, row), max(found.columns, column)
    elif row > 1_048_576 or column > 16_384:
        raise NotReadableError(_not_xlsx())
