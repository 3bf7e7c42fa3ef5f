"""PDF by Typst: tagged, with a title, a language, bookmarks and alternative texts (its PDF/UA-1 export).

Text goes in as JSON, so that nothing in it is ever read as Typst. A document never fails because of what somebody wrote: characters
without a glyph are replaced, and were some left, the document is made once more with the plainest letters.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from lautta.common.documents.glyphs import plainest, printable
from lautta.common.documents.tree import (
    Block,
    Box,
    Bullets,
    Columns,
    Contents,
    Cover,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Sheet,
    Table,
    Text,
    Turn,
    runs,
    well_formed,
    words,
)  # fmt: skip

TEMPLATE = Path(__file__).with_name("paper.typ")
REGIONS = {"fi": "FI", "sv": "FI", "en": "GB"}
SANS = "Source Sans Pro"
# What a link may lead to: the checker of texts holds the same, but a document may come from elsewhere.
_LINK = re.compile(r"(https?://|mailto:|tel:)\S+\Z")
Clean = Callable[[str], str]


@cache
def fonts() -> typst.Fonts:
    """The sans of headings and tables comes from a package, the serif of running text from Typst itself."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_source_sans_pro.font_directory],
    )


def write_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF. The same sheet gives the same bytes."""
    try:
        return _compiled(_source(sheet, printable), sheet)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _compiled(_source(sheet, plainest), sheet)


def pictures_as_png(svgs: Sequence[str], *, dots: int = 170) -> list[bytes]:
    """Drawings as PNG, each as wide as the text of a standing page, in their order."""
    if not svgs:
        return []
    made = _compiler().compile(
        format="png", ppi=dots, sys_inputs={"data": json.dumps({"pictures": [_tidy(s) for s in svgs]})}
    )
    return [made] if isinstance(made, bytes) else list(made or [])


def _compiler() -> typst.Compiler:
    # A compiler of its own for each document: none is shared between a worker's threads.
    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts(), ignore_system_fonts=True)


def _compiled(source: dict[str, Any], sheet: Sheet) -> bytes:
    made = _compiler().compile(
        format="pdf", pdf_standards="ua-1", sys_inputs={"data": json.dumps(source)}, timestamp=_stamp(sheet)
    )  # fmt: skip
    return made if isinstance(made, bytes) else b"".join(made or [])


def _stamp(sheet: Sheet) -> dt.datetime:
    day = dt.date.fromisoformat(sheet.dated) if sheet.dated else dt.date(2000, 1, 1)
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _source(sheet: Sheet, clean: Clean) -> dict[str, Any]:
    sections: list[dict[str, Any]] = []
    for block in well_formed(sheet.blocks):
        match block:
            case Turn():
                sections.append({"lies": block.landscape, "cover": None, "blocks": []})
            case Cover():
                sections.append({"lies": False, "cover": _block(block, clean), "blocks": []})
                sections.append({"lies": False, "cover": None, "blocks": []})
            case _:
                if not sections:
                    sections.append({"lies": False, "cover": None, "blocks": []})
                sections[-1]["blocks"].append(_block(block, clean))
    return {
        "title": clean(sheet.title).replace("\n", " ").strip() or "Lautta",
        "language": sheet.language,
        "region": REGIONS[sheet.language],
        "running": clean(sheet.running),
        "foot": clean(sheet.foot),
        "one_page": sheet.one_page,
        "sections": [s for s in sections if s["blocks"] or s["cover"]],
    }


def _all(blocks: Iterable[Block], clean: Clean) -> list[dict[str, Any]]:
    return [_block(block, clean) for block in blocks]


def _block(block: Block, clean: Clean) -> dict[str, Any]:
    """One block as plain data; `k` is its kind."""

    def text(given: Text) -> str | list[dict[str, Any]]:
        return _text(given, clean)

    match block:
        case Heading():
            shown = text(block.text)
            # A heading whose every character was invisible is still a heading.
            if not printable(plain(shown)).strip("\u200b \u00a0"):
                shown = "–"
            return {
                "k": "heading", "t": shown, "level": block.level, "colour": block.colour, "fresh": block.fresh
            }  # fmt: skip
        case Paragraph():
            return {"k": "paragraph", "t": text(block.text), "style": block.style}
        case Bullets():
            return {
                "k": "list",
                "items": [_all(item, clean) for item in block.items],
                "start": block.start,
            }
        case Quotation():
            return {"k": "quotation", "t": text(block.text), "by": clean(block.by)}
        case Table():
            return {
                "k": "table", "heads": [text(h) for h in block.heads],
                "rows": [[text(cell) for cell in row] for row in block.rows],
                "widths": list(block.widths), "caption": text(block.caption), "numeric": sorted(block.numeric),
                "short": _is_short(block),
            }  # fmt: skip
        case Picture():
            return {
                "k": "picture", "svg": _tidy(block.svg), "alt": clean(block.alt).strip() or "–",
                "caption": text(block.caption), "width": block.width,
            }  # fmt: skip
        case Facts():
            return {"k": "facts", "pairs": [[clean(name), text(value)] for name, value in block.pairs]}
        case Columns():
            return {
                "k": "columns", "left": _all(block.left, clean), "right": _all(block.right, clean),
                "shares": list(block.shares),
            }  # fmt: skip
        case Box():
            return {"k": "box", "blocks": _all(block.blocks, clean)}
        case Contents():
            return {"k": "contents", "title": clean(block.title).strip() or "–", "depth": block.depth}
        case Cover():
            return {
                "k": "cover", "title": text(block.title), "kicker": clean(block.kicker), "subtitle": text(block.subtitle),
                "lines": [clean(line) for line in block.lines], "note": clean(block.note),
                "long": len(words(block.title)) > 90,
            }  # fmt: skip
        case Turn():
            raise ValueError("the paper turns between blocks, never within one")


def _is_short(table: Table) -> bool:
    """Whether the table surely stands on less than a page, and so is not parted over two."""
    cells = [cell for row in table.rows for cell in row]
    return len(table.rows) <= 14 and sum(len(words(cell)) for cell in cells) < 1_200


def _text(given: Text, clean: Clean) -> str | list[dict[str, Any]]:
    if isinstance(given, str) and "\n" not in given:
        return clean(given)
    return [
        {"s": run.text if run.text == "\n" else clean(run.text), "m": _marks(run.marks)}
        for run in runs(given)
    ]


def plain(shown: str | list[dict[str, Any]]) -> str:
    """The words of a text as it goes to the template."""
    return shown if isinstance(shown, str) else "".join(run["s"] for run in shown).replace("\n", "")


def _marks(marks: Iterable[Any]) -> list[Any]:
    """Marks as the template reads them, outermost first; an address that is none loses its mark."""
    return [
        list(mark) if isinstance(mark, tuple) else mark
        for mark in marks
        if not (isinstance(mark, tuple) and mark[0] == "a" and not _LINK.match(mark[1]))
    ]


_IN_DRAWING = re.compile(r">([^<]+)<")


def _tidy(svg: str) -> str:
    """A drawing whose words all have glyphs."""
    if svg.isascii():
        return svg
    return _IN_DRAWING.sub(lambda m: f">{printable(m[1])}<", svg)
