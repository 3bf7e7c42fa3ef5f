"""Word: real headings, real tables whose head repeats, the language said in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from lautta.common.documents.tree import Block, Heading, Paragraph, Table

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
_SEA = RGBColor(0x0B, 0x4F, 0x6C)


def write_word(blocks: Iterable[Block], *, title: str, language: str) -> bytes:
    """A docx on landscape A4. `language` is fi, sv or en; `title` stands in the file's properties."""
    doc = Document()
    _page(doc)
    _styles(doc, LOCALES[language])
    doc.core_properties.title = legal(title)
    doc.core_properties.author = "Lautta"
    doc.core_properties.language = LOCALES[language]
    for block in blocks:
        match block:
            case Heading():
                doc.add_heading(legal(block.text), level=block.level)
            case Paragraph():
                doc.add_paragraph(legal(block.text))
            case Table():
                _table(doc, block)
    out = BytesIO()
    doc.save(out)
    return out.getvalue()


def _page(doc: Any) -> None:
    section = doc.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)


def _styles(doc: Any, code: str) -> None:
    """Readable sizes, one colour, and the document's language on the style that all others come from."""
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), code)
    properties.append(language)
    defaults = doc.styles.element.find(qn("w:docDefaults"))
    for standing in defaults.iter(qn("w:lang")) if defaults is not None else ():
        standing.set(qn("w:val"), code)
    for name, size in (("Title", 26), ("Heading 1", 18), ("Heading 2", 14)):
        style = doc.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _SEA
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)


def _table(doc: Any, block: Table) -> None:
    table = doc.add_table(rows=1, cols=len(block.heads))
    table.style = "Table Grid"
    table.autofit = False
    _fill(table.rows[0], table, block.heads, block.widths)
    for cell in _cells_of(table.rows[0], table):
        cell.paragraphs[0].runs[0].bold = True
        _shade(cell)
    _repeat(table.rows[0])
    for texts in block.rows:
        row = table.add_row()
        _unbroken(row)
        _fill(row, table, texts, block.widths)
    doc.add_paragraph()


def _cells_of(row: Any, table: Any) -> list[_Cell]:
    """The row's own cells: `row.cells` walks the whole table each time, which a long table feels."""
    return [_Cell(tc, table) for tc in row._tr.tc_lst]


def _fill(row: Any, table: Any, texts: Sequence[str], widths: Sequence[float]) -> None:
    for cell, words, width in zip(_cells_of(row, table), texts, widths, strict=True):
        cell.paragraphs[0].add_run(legal(words))
        cell.width = Cm(width)


def _repeat(row: Any) -> None:
    """The row is a header: it stands again on every page, and a screen reader reads it with each cell."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _unbroken(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EAF2F5")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def legal(text: str) -> str:
    """Text that XML can hold: a person's stray control character must not break the document."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
