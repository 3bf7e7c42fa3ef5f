"""Tables of a Word file, with merged and nested cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from . import markup
from .result import Note
from .table_sums import check_totals
from .word_styles import W, attribute, is_on

MAX_SPAN = 200


@dataclass
class Cell:
    text: str
    across: int = 1
    down: int = 1
    column: int = 0


@dataclass
class Grid:
    """rows as plain text of equal length (a merged cell's text stands in its first place);
    html with spans.
    """

    header: list[str]
    rows: list[list[str]]
    html: str
    notes: list[Note]
    header_sure: bool


def read_table(table: etree._Element, title: str, text_of: Callable[[etree._Element], str]) -> Grid | None:
    """None for a table without rows. text_of gives the plain text of a cell."""
    cells: list[list[Cell]] = []
    headers = 0
    open_cells: dict[int, Cell] = {}
    for row in _rows(table):
        out, seen = _row(row, open_cells, text_of)
        open_cells = seen
        if is_on(row.find(f"{W}trPr/{W}tblHeader")) and headers == len(cells):
            headers += 1
        cells.append(out)
    if not cells:
        return None
    width = max((cell.column + cell.across for row in cells for cell in row), default=0)
    plain = [_plain(row, width) for row in cells]
    sure = headers > 0
    head = max(1, headers) if len(cells) > 1 else 0
    header = (
        [" ".join(filter(None, column)) for column in zip(*plain[:head], strict=True)]
        if head
        else [""] * width
    )
    notes = [] if sure or not head else [Note("table_header_guessed", {"title": title or plain[0][0]})]
    if any(True for _ in table.iter(f"{W}tbl")) and any(a is not table for a in table.iter(f"{W}tbl")):
        notes.append(Note("nested_table_flattened", {"title": title or plain[0][0]}))
    notes += check_totals(title, header, plain[head:])
    return Grid(header, plain[head:], _html(title, cells, head), notes, sure)


def _rows(table: etree._Element) -> list[etree._Element]:
    rows = []
    for child in table:
        if child.tag == f"{W}tr":
            rows.append(child)
        elif child.tag in (f"{W}sdt", f"{W}ins"):
            rows.extend(row for row in child.iter(f"{W}tr") if _owner(row) is table)
    return rows


def _owner(element: etree._Element) -> etree._Element | None:
    return next((a for a in element.iterancestors() if a.tag == f"{W}tbl"), None)


def _row(
    row: etree._Element, above: dict[int, Cell], text_of: Callable[[etree._Element], str]
) -> tuple[list[Cell], dict[int, Cell]]:
    out: list[Cell] = []
    seen: dict[int, Cell] = {}
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for element in row.iter(f"{W}tc"):
        if next(a for a in element.iterancestors() if a.tag == f"{W}tr") is not row:
            continue
        properties = element.find(f"{W}tcPr")
        across = _number(properties.find(f"{W}gridSpan"), 1) if properties is not None else 1
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        text = text_of(element)
        if merge is not None and attribute(merge) != "restart" and column in above:
            cell = above[column]
            cell.down += 1
            # Word hides what a covered cell holds; here it is kept.
            cell.text = f"{cell.text} {text}".strip()
        else:
            cell = Cell(text, across, 1, column)
            out.append(cell)
        if merge is not None:
            seen[column] = cell
        column += across
    return out, seen


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = attribute(element)
    return min(int(value), MAX_SPAN) if value.isdigit() and int(value) > 0 else otherwise


def _plain(row: list[Cell], width: int) -> list[str]:
    out = [""] * width
    for cell in row:
        out[cell.column] = cell.text
    return out


def _html(title: str, cells: list[list[Cell]], head: int) -> str:
    parts = ["<table>"]
    if title:
        parts.append(f"<caption>{markup.inline(title)}</caption>")
    for index, row in enumerate(cells):
        if index == 0:
            parts.append("<thead>" if head else "<tbody>")
        if index == head and head:
            parts.append("</thead><tbody>")
        parts.append(
            "<tr>"
            + "".join(_cell(cell, index < head or (cell.column == 0 and bool(cell.text))) for cell in row)
            + "</tr>"
        )
    parts.append("</thead></table>" if head == len(cells) else "</tbody></table>")
    return "".join(parts)


def _cell(cell: Cell, heads: bool) -> str:
    tag = "th" if heads else "td"
    spans = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
        f' rowspan="{cell.down}"' if cell.down > 1 else ""
    )
    return f"<{tag}{spans}>{markup.inline(cell.text)}</{tag}>"
