"""Word: real headings and lists, real tables whose head repeats, pictures with alternative text, the language said in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from lautta.common.documents.tree import (
    Block,
    Box,
    Bullets,
    Columns,
    Contents,
    Cover,
    Facts,
    Heading,
    Mark,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Sheet,
    Table,
    Text,
    Turn,
    runs,
    well_formed,
    words,
)  # fmt: skip
from lautta.common.documents.word_styles import LOCALES, element, legal, lettered, numbered, styled

__all__ = ["legal", "write_sheet", "write_word"]

_SEA = RGBColor(0x0B, 0x4F, 0x6C)
_GOALS = (_SEA, RGBColor(0x0F, 0x76, 0x6E), RGBColor(0x7A, 0x3E, 0x9D), RGBColor(0xA8, 0x43, 0x0D))
_ROOM = {True: 25.7, False: 16.0}
_STYLES = {"lead": "Lead", "small": "Small", "under": "Small", "label": "Label"}


def write_word(blocks: Iterable[Block], *, title: str, language: str, landscape: bool = True) -> bytes:
    """A docx on A4. `language` is fi, sv or en; `title` stands in the file's properties."""
    return write_sheet(Sheet(title, language, list(blocks)), landscape=landscape)


def write_sheet(sheet: Sheet, *, landscape: bool = False) -> bytes:
    """The sheet as docx. Nothing of a person's text makes it fail: what XML cannot hold is left out."""
    return _Writer(sheet, landscape).written()


class _Writer:
    """One document in the making."""

    def __init__(self, sheet: Sheet, landscape: bool):
        self.sheet, self.lies = sheet, landscape
        self.blocks = well_formed(sheet.blocks)
        self.doc: Any = Document()
        styled(self.doc, sheet.language)
        self.style_ids = {style.name: style.style_id for style in self.doc.styles}
        _turned(self.doc.sections[0], landscape)
        properties = self.doc.core_properties
        properties.title, properties.author = legal(sheet.title)[:250], "Lautta"
        properties.language = LOCALES[sheet.language]
        self.marks, self.drawn = 0, iter(())

    def written(self) -> bytes:
        drawings = [block.svg for block in _deep(self.blocks) if isinstance(block, Picture)]
        if drawings:
            from lautta.common.documents.pdf import (
                pictures_as_png,
            )  # the typesetter starts only where it is wanted

            self.drawn = iter(pictures_as_png(drawings))
        if self.sheet.foot or self.sheet.running:
            self._edges()
        self._all(self.blocks)
        out = BytesIO()
        self.doc.save(out)
        return out.getvalue()

    def _edges(self) -> None:
        section = self.doc.sections[0]
        section.header.paragraphs[0].add_run(legal(self.sheet.running)).font.size = Pt(9)
        line = section.footer.paragraphs[0]
        line.add_run(legal(self.sheet.foot + "   ")).font.size = Pt(9)
        line._p.append(element("w:fldSimple", {"w:instr": "PAGE"}))

    def _all(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block.text, _STYLES.get(block.style, "Normal"))
            case Bullets():
                self._list(block, 0)
            case Quotation():
                self._paragraph(block.text, "Quote")
                if block.by:
                    self._paragraph(f"– {block.by}", "Small")
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case Facts():
                for name, value in block.pairs:
                    self._paragraph([Run(f"{name}: ", ("strong",)), *runs(value)], "Normal")
            case Columns():
                self._all([*block.left, *block.right])
            case Box():
                self._all(block.blocks)
            case Cover():
                self._cover(block)
            case Contents():
                self._contents(block)
            case Turn():
                if block.landscape != self.lies:
                    self.lies = block.landscape
                    _turned(self.doc.add_section(WD_SECTION.NEW_PAGE), block.landscape)

    def _heading(self, block: Heading) -> None:
        made = self.doc.add_heading("", level=block.level)
        self._runs(made, block.text)
        made.paragraph_format.page_break_before = block.fresh
        if block.level:
            self.marks += 1
            name, number = f"_Toc{self.marks:06d}", str(self.marks)
            made._p.insert(1, element("w:bookmarkStart", {"w:id": number, "w:name": name}))
            made._p.append(element("w:bookmarkEnd", {"w:id": number}))
            if block.colour:
                for run in made.runs:
                    run.font.color.rgb = _GOALS[block.colour]

    def _paragraph(self, text: Text, style: str) -> Any:
        made = self.doc.add_paragraph()
        if style != "Normal":
            # By its id: looking a style up by name walks all of them, which a long document feels.
            made._p.style = self.style_ids[style]
        self._runs(made, text)
        return made

    def _runs(self, paragraph: Any, text: Text) -> None:
        for run in runs(text):
            if run.text == "\n":
                paragraph.add_run().add_break()
                continue
            address = next((m[1] for m in run.marks if isinstance(m, tuple) and m[0] == "a"), "")
            made = paragraph.add_run(legal(run.text))
            _dress(made, run.marks)
            if address:
                link = element("w:hyperlink", {})
                link.set(
                    qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                )  # fmt: skip
                paragraph._p.replace(made._r, link)
                link.append(made._r)

    def _list(self, block: Bullets, depth: int) -> None:
        """Word has styles for three depths; deeper lists stand at the third."""
        base = "List Bullet" if block.start is None else "List Number"
        style = base if depth == 0 else f"{base} {min(depth, 2) + 1}"
        number = None if block.start is None else numbered(self.doc, style, block.start)
        for item in block.items:
            for i, part in enumerate(item):
                if isinstance(part, Bullets):
                    self._list(part, depth + 1)
                elif isinstance(part, Paragraph):
                    made = self._paragraph(part.text, style if i == 0 else "List Continue")
                    if number is not None and i == 0:
                        lettered(made, number)
                else:
                    self._block(part)

    def _cover(self, block: Cover) -> None:
        for _line in range(4):
            self.doc.add_paragraph()
        if block.kicker:
            self._paragraph(block.kicker, "Kicker")
        self._runs(self.doc.add_heading("", level=0), block.title)
        if block.subtitle:
            self._paragraph(block.subtitle, "Subtitle")
        for line in block.lines:
            self._paragraph(line, "Normal")
        if block.note:
            self._paragraph([Run(block.note, ("strong",))], "Normal")
        self.doc.add_page_break()

    def _contents(self, block: Contents) -> None:
        """A field that Word renews; until then the headings as links to their places."""
        self._paragraph(block.title, "TOC Heading")
        headings = [b for b in _deep(self.blocks) if isinstance(b, Heading) and b.level]
        entries = [(i, b) for i, b in enumerate(headings, start=1) if b.level <= block.depth]
        for at, (number, heading) in enumerate(entries):
            line = self.doc.add_paragraph(style="Normal")
            line.paragraph_format.left_indent = Cm(0.6 * (heading.level - 1))
            line.paragraph_format.space_after = Pt(2)
            if at == 0:
                line._p.append(_field("begin"))
                line._p.append(_instruction(f'TOC \\o "1-{block.depth}" \\h \\z \\u'))
                line._p.append(_field("separate"))
            link = element("w:hyperlink", {"w:anchor": f"_Toc{number:06d}", "w:history": "1"})
            run = line.add_run(legal(words(heading.text)))
            line._p.append(link)
            link.append(run._r)
            if at == len(entries) - 1:
                line._p.append(_field("end"))

    def _picture(self, block: Picture) -> None:
        line = self.doc.add_paragraph()
        line.paragraph_format.keep_with_next = bool(block.caption)
        shape = line.add_run().add_picture(BytesIO(next(self.drawn)), width=Cm(_ROOM[False] * block.width))
        shape._inline.docPr.set("descr", legal(block.alt))
        if block.caption:
            self._paragraph(block.caption, "Caption")

    def _table(self, block: Table) -> None:
        if words(block.caption).strip():
            self._paragraph(block.caption, "Label").paragraph_format.keep_with_next = True
        table = self.doc.add_table(rows=1, cols=len(block.heads))
        table.style, table.autofit = "Table Grid", False
        whole = sum(block.widths)
        widths = [w * min(1.0, _ROOM[self.lies] / whole) if whole > _ROOM[self.lies] or whole > 12 else
                  w * _ROOM[self.lies] / whole for w in block.widths]  # fmt: skip
        self._fill(table.rows[0], table, block.heads, widths, block.numeric, head=True)
        _mark_row(table.rows[0], "w:tblHeader")
        for texts in block.rows:
            row = table.add_row()
            _mark_row(row, "w:cantSplit")
            self._fill(row, table, texts, widths, block.numeric)
        self.doc.add_paragraph()

    def _fill(
        self, row: Any, table: Any, texts: Sequence[Text], widths: Sequence[float], numeric: frozenset[int],
        head: bool = False,
    ) -> None:  # fmt: skip
        for at, (cell, text, width) in enumerate(zip(_cells_of(row, table), texts, widths, strict=True)):
            line = cell.paragraphs[0]
            if isinstance(text, str) and "\n" not in text:
                line.add_run(legal(text)).bold = head or None
            else:
                self._runs(line, text)
            if at in numeric:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if head:
                for run in line.runs:
                    run.bold = True
                shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EAF2F5"})
                cell._tc.get_or_add_tcPr().append(shade)
            cell.width = Cm(width)


def _deep(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, those within others too."""
    for block in blocks:
        yield block
        match block:
            case Columns():
                yield from _deep([*block.left, *block.right])
            case Box():
                yield from _deep(block.blocks)
            case Bullets():
                for item in block.items:
                    yield from _deep(item)


def _dress(run: Any, marks: Iterable[Mark]) -> None:
    font = run.font
    for mark in marks:
        match mark:
            case "strong":
                font.bold = True
            case "em" | "cite":
                font.italic = True
            case "u" | ("a", _):
                font.underline = True
            case "s":
                font.strike = True
            case "sub":
                font.subscript = True
            case "sup":
                font.superscript = True
            case ("lang", code):
                run._r.get_or_add_rPr().append(element("w:lang", {"w:val": LOCALES.get(code, code)}))


def _turned(section: Any, lies: bool) -> None:
    long, short = Cm(29.7), Cm(21.0)
    section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if lies else (short, long)
    section.left_margin = section.right_margin = Cm(2.0 if lies else 2.5)
    section.top_margin = section.bottom_margin = Cm(1.8 if lies else 2.3)


def _field(kind: str) -> Any:
    run = OxmlElement("w:r")
    run.append(element("w:fldChar", {"w:fldCharType": kind}))
    return run


def _instruction(text: str) -> Any:
    run, told = OxmlElement("w:r"), element("w:instrText", {"xml:space": "preserve"})
    told.text = text
    run.append(told)
    return run


def _cells_of(row: Any, table: Any) -> list[_Cell]:
    """The row's own cells: `row.cells` walks the whole table each time, which a long table feels."""
    return [_Cell(tc, table) for tc in row._tr.tc_lst]


def _mark_row(row: Any, name: str) -> None:
    """`w:tblHeader`: stands again on every page and is read with each cell. `w:cantSplit`: stays on one page."""
    row._tr.get_or_add_trPr().append(element(name, {"w:val": "true"}))
