"""Rich text of a chapter as blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lautta.common.documents import Block, Bullets, Heading, Paragraph, Quotation, Run, Table, Text
from lautta.plans.chapters.richtext import Node, parse

_HEADS = {"h2": 1, "h3": 2, "h4": 3}
# A table wider than this cannot be read on paper; nobody writes one by hand.
MOST_COLUMNS = 12


def rich(html: str, *, under: int, language: str = "") -> list[Block]:
    """The blocks of HTML whose headings stand below level `under`. `language` is given where it is not the document's."""
    # Half a surrogate pair has no bytes, and the cleaner works on bytes.
    return list(_blocks(parse(html.encode("utf-8", "ignore").decode()), under, language))


def _blocks(nodes: Iterable[Node], under: int, language: str) -> Iterator[Block]:
    for node in nodes:
        match node.tag:
            case "p" | "figcaption" | "caption":
                yield Paragraph(_text(node, language))
            case "h2" | "h3" | "h4":
                yield Heading(_text(node, language), min(4, under + _HEADS[node.tag]))
            case "ul" | "ol":
                yield _list(node, under, language)
            case "blockquote":
                yield Quotation(_whole(node, language))
            case "table":
                yield from _table(node, language)
            case "hr":
                continue
            case _:
                yield from _blocks(node.children, under, language)


def _text(node: Node, language: str) -> tuple[Run, ...]:
    tongue = (("lang", language),) if language else ()
    return tuple(Run(run.text, (*tongue, *run.marks)) for run in node.runs)


def _whole(node: Node, language: str) -> Text:
    """All that the node says, its leaves on lines of their own."""
    made: list[Run] = []
    for leaf in node.leaves():
        if leaf.runs:
            made += [Run("\n")] if made else []
            made += _text(leaf, language)
    return tuple(made)


def _list(node: Node, under: int, language: str) -> Bullets:
    start = None
    if node.tag == "ol":
        given = dict(node.attrs).get("start", "1")
        start = max(1, min(int(given), 9999)) if given.isdigit() else 1
    return Bullets([list(_blocks(item.children, under, language)) for item in node.children], start)


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _table(node: Node, language: str) -> Iterator[Block]:
    """A table whose first row is its head. What spans cells stands in the first of them."""
    caption = next((_text(c, language) for c in node.children if c.tag == "caption"), ())
    grid = [_cells(row, language) for row in _rows(node)]
    grid = [row for row in grid if row]
    if not grid:
        return
    width = max(map(len, grid))
    if width > MOST_COLUMNS:
        for row in grid:
            yield Paragraph(_joined(row))
        return
    head, *rest = [[*row, *([""] * (width - len(row)))] for row in grid]
    if not rest:
        yield Paragraph(_joined(head))
        return
    yield Table(head, rest, [1.0] * width, caption=caption)


def _cells(row: Node, language: str) -> list[Text]:
    made: list[Text] = []
    for cell in row.children:
        made.append(_whole(cell, language))
        span = dict(cell.attrs).get("colspan", "1")
        made += [""] * (min(int(span), MOST_COLUMNS) - 1 if span.isdigit() else 0)
    return made


def _joined(cells: Sequence[Text]) -> tuple[Run, ...]:
    made: list[Run] = []
    for cell in cells:
        if cell:
            made += [Run(" · ")] if made else []
            made += [Run(cell)] if isinstance(cell, str) else list(cell)
    return tuple(made)
