"""Reading a plan from a Word file (docx), its body in order."""

from __future__ import annotations

from lxml import etree

from .people import people_among
from .pieces import Piece, Reading
from .quoting import pair_speakers
from .result import Location, Note, PlanUnreadable, Unread
from .word_headings import bold_headings, number_headings
from .word_opening import Package
from .word_runs import Inline, read_inline
from .word_styles import Styles, W, attribute
from .word_tables import read_table
from .words import LANGUAGES, detect_language

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DEEPEST_BOX = 6


def read_docx(data: bytes, language_hint: str | None) -> tuple[Reading, str]:
    """Pieces of a Word file and its language. Raises PlanUnreadable."""
    package = Package(data)
    main = package.main_part()
    folder = main.rsplit("/", 1)[0]
    document = package.xml(main)
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise PlanUnreadable("corrupted")
    styles = Styles(package.xml(f"{folder}/styles.xml"), package.xml(f"{folder}/numbering.xml"))
    reader = _Reader(styles, _notes_of(package, folder))
    reader.blocks(body, 0)
    reader.remaining_notes()
    reader.other_parts(package, folder)
    pieces = reader.pieces
    if not reader.unread and not any(piece.text.strip() or piece.kind == "table" for piece in pieces):
        raise PlanUnreadable("empty")
    language = (
        language_hint if language_hint in LANGUAGES else detect_language(" ".join(p.text for p in pieces))
    )
    number_headings(pieces)
    bold_headings(pieces)
    pieces, titles = people_among(pieces)
    pieces = pair_speakers(pieces)
    return Reading(pieces, reader.unread + titles, reader.notes), language


def _notes_of(package: Package, folder: str) -> dict[tuple[str, str], etree._Element]:
    found: dict[tuple[str, str], etree._Element] = {}
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = package.xml(f"{folder}/{kind}.xml")
        if root is not None:
            for note in root.iterchildren(f"{W}{tag}"):
                if attribute(note, "type") not in (
                    "separator",
                    "continuationSeparator",
                    "continuationNotice",
                ):
                    found[kind, attribute(note, "id")] = note
    return found


class _Reader:
    def __init__(self, styles: Styles, notes: dict[tuple[str, str], etree._Element]) -> None:
        self.styles = styles
        self.pieces: list[Piece] = []
        self.unread: list[Unread] = []
        self.notes: list[Note] = []
        self._notes = notes
        self._used_notes: set[tuple[str, str]] = set()
        self._number = 0
        self._inserted = 0

    def blocks(self, parent: etree._Element, depth: int) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, depth)
            elif tag == f"{W}tbl":
                self._table(child, depth)
            elif tag == f"{W}sdt":
                self._content_control(child, depth)
            elif tag == f"{W}altChunk":
                self._name("embedded_object", "")
            elif tag not in (f"{W}sectPr", f"{W}tcPr", f"{W}pPr"):
                self.blocks(child, depth)

    def _at(self, part: str = "") -> Location:
        number = max(1, self._number)
        return Location(number, number, unit="part" if part else "paragraph", part=part)

    def _name(self, reason: str, text: str, part: str = "") -> None:
        self.unread.append(Unread(self._at(part), " ".join(text.split()), reason))

    def _content_control(self, element: etree._Element, depth: int) -> None:
        gallery = attribute(element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if gallery == "Table of Contents":
            entries = [read_inline(p).text for p in content.iter(f"{W}p")]
            self._number += 1
            self._name("table_of_contents", "\n".join(entry for entry in entries if entry))
        else:
            self.blocks(content, depth)

    def _paragraph(self, element: etree._Element, depth: int) -> None:
        self._number += 1
        properties = element.find(f"{W}pPr")
        style = attribute(properties.find(f"{W}pStyle")) if properties is not None else ""
        inline = read_inline(element, bold=self.styles.is_bold(style))
        if self.styles.is_contents(style):
            if inline.text:
                self._name("table_of_contents", inline.text)
            return
        text = inline.text
        if text:
            self.pieces.append(self._piece(element, style, inline, text))
        self._extras(inline, depth)

    def _piece(self, element: etree._Element, style: str, inline: Inline, text: str) -> Piece:
        properties = element.find(f"{W}pPr")
        outline = attribute(properties.find(f"{W}outlineLvl")) if properties is not None else ""
        direct = properties.find(f"{W}numPr") if properties is not None else None
        flat = " ".join(text.split())
        piece = Piece("para", flat, self._at(), html=inline.html())
        num_id, level = self.styles.numbering(style, direct)
        heading = self.styles.heading_level(style, outline)
        if heading:
            piece.kind, piece.level, piece.style = "heading", heading, "style"
            if num_id and self.styles.is_ordered(num_id, level, style):
                piece.mark = "auto"
        elif self.styles.is_title(style):
            piece.kind = "title"
        elif self.styles.is_caption(style):
            piece.kind = "caption"
        elif self.styles.is_quote(style):
            piece.kind = "blockquote"
        elif num_id or self.styles.is_list(style):
            piece.kind, piece.ordered = "item", self.styles.is_ordered(num_id, level, style)
        elif inline.all_bold:
            piece.style = "bold-run"
            piece.level = int(max([*inline.sizes, self.styles.size(style)], default=0))
        return piece

    def _extras(self, inline: Inline, depth: int) -> None:
        for reason, text in inline.extras:
            self._name(reason, text)
        if inline.inserted:
            self._inserted += inline.inserted
            self.notes = [note for note in self.notes if note.code != "insertions_accepted"]
            self.notes.append(Note("insertions_accepted", {"count": self._inserted}))
        for key in inline.notes:
            self._footnote(key)
        for box in inline.boxes:
            before = len(self.pieces)
            if depth < _DEEPEST_BOX:
                self.blocks(box, depth + 1)
                shown = " ".join(piece.text for piece in self.pieces[before:])[:80]
                if shown:
                    self.notes.append(Note("text_box", {"excerpt": shown}, self._at()))
            else:
                self._name("unplaced", "".join(box.itertext(f"{W}t")))

    def _footnote(self, key: tuple[str, str]) -> None:
        note = self._notes.get(key)
        if note is None or key in self._used_notes:
            return
        self._used_notes.add(key)
        texts = [read_inline(p) for p in note.iter(f"{W}p")]
        for inline in texts:
            for reason, text in inline.extras:
                self._name(reason, text, key[0])
        text = " ".join(inline.text for inline in texts if inline.text)
        if text:
            mark = key[1] if key[0] == "footnotes" else f"e{key[1]}"
            self.pieces.append(
                Piece("para", f"[{mark}] {' '.join(text.split())}", self._at(key[0]), style="note")
            )

    def remaining_notes(self) -> None:
        for key, note in self._notes.items():
            if key not in self._used_notes:
                text = " ".join(read_inline(p).text for p in note.iter(f"{W}p"))
                if text.strip():
                    self._name("unplaced", text, key[0])

    def _table(self, element: etree._Element, depth: int) -> None:
        caption = self.pieces[-1] if self.pieces and self.pieces[-1].kind == "caption" else None
        rows = list(element.iter(f"{W}tr"))
        if len(rows) == 1 and len(list(element.iter(f"{W}tc"))) == 1:
            # A frame around text, not a table.
            for cell in element.iter(f"{W}tc"):
                self.blocks(cell, depth)
            return
        self._number += 1
        extras: list[Inline] = []
        grid = read_table(element, caption.text if caption else "", lambda cell: _cell_text(cell, extras))
        for inline in extras:
            self._extras(inline, depth)
        if grid is None:
            return
        if caption is not None:
            self.pieces.remove(caption)
        self.pieces.append(
            Piece(
                "table",
                caption.text if caption else "",
                self._at(),
                html=grid.html,
                header=grid.header,
                rows=grid.rows,
                notes=grid.notes,
                certain=grid.header_sure,
            )
        )

    def other_parts(self, package: Package, folder: str) -> None:
        """Comments, page headers and footers are named, not read into the plan."""
        comments = package.xml(f"{folder}/comments.xml")
        if comments is not None:
            for comment in comments.iterchildren(f"{W}comment"):
                text = " ".join(read_inline(p).text for p in comment.iter(f"{W}p"))
                if text.strip():
                    self._name("comment", text, "comments")
        seen: set[str] = set()
        for name in sorted(package.names):
            file = name.removeprefix(f"{folder}/")
            if name == file or not file.startswith(("header", "footer")) or not file.endswith(".xml"):
                continue
            root = package.xml(name)
            text = (
                " ".join(read_inline(p).text for p in root.iter(f"{W}p")).strip() if root is not None else ""
            )
            if text and text not in seen:
                seen.add(text)
                part = "header" if file.startswith("header") else "footer"
                self._name("page_header" if part == "header" else "page_footer", text, part)


def _cell_text(cell: etree._Element, extras: list[Inline]) -> str:
    """Words of a cell; a table inside it is flattened, cells parted by bars and rows by semicolons."""
    parts: list[str] = []
    for child in cell:
        if child.tag == f"{W}p":
            inline = read_inline(child)
            if inline.extras or inline.boxes or inline.notes or inline.inserted:
                extras.append(inline)
            parts.append(inline.text)
        elif child.tag == f"{W}tbl":
            rows = [
                " | ".join(filter(None, (_cell_text(inner, extras) for inner in row.iterchildren(f"{W}tc"))))
                for row in child.iterchildren(f"{W}tr")
            ]
            parts.append("; ".join(filter(None, rows)))
        elif child.tag != f"{W}tcPr":
            parts.append(_cell_text(child, extras))
    return " ".join(" ".join(part.split()) for part in parts if part.strip())
