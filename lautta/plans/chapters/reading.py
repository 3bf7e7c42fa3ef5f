"""From any sanitised HTML to canonical blocks: what has no meaning vanishes, no word does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from lautta.plans.chapters.tree import BLOCKS, MARKS, SOFT_BOXES, Mark, Node, Run, joined

DEEPEST = 24
SAME = {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "h1": "h2", "h5": "h4", "h6": "h4"}
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class _Raw:
    tag: str
    attrs: dict[str, str]
    children: list


class _Reader(HTMLParser):
    """Tree of already sanitised HTML, whose tags are balanced; nesting deeper than DEEPEST is flattened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Raw("", {}, [])
        self.open = [self.root]
        self.skipped: list[str] = []

    def handle_starttag(self, tag, attrs):
        tag = SAME.get(tag, tag)
        if tag in {"br", "hr"}:
            self.open[-1].children.append(_Raw(tag, {}, []))
        elif len(self.open) > DEEPEST:
            self.skipped.append(tag)
            self.open[-1].children.append("\n" if tag in BLOCKS | SOFT_BOXES else "")
        else:
            raw = _Raw(tag, {k: v or "" for k, v in attrs}, [])
            self.open[-1].children.append(raw)
            self.open.append(raw)

    def handle_endtag(self, tag):
        tag = SAME.get(tag, tag)
        if tag in {"br", "hr"}:
            return
        if self.skipped:
            self.skipped.pop()
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(text: str) -> tuple[Node, ...]:
    """Canonical blocks of sanitised HTML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return tuple(_blocks(reader.root.children))


# --- from raw tree to blocks ------------------------------------------------------------------------


def _blocks(children: list, marks: tuple[Mark, ...] = ()) -> list[Node]:
    """Flow content: loose words become paragraphs, boxes without a meaning vanish."""
    made: list[Node] = []
    loose: list[Run] = []

    def close() -> None:
        if runs := _tidy(loose):
            made.append(Node("p", runs))
        loose.clear()

    for child in children:
        if isinstance(child, str) or not _has_block(child):
            _collect(child, marks, loose)
            continue
        close()
        if child.tag in MARKS:
            made.extend(_blocks(child.children, _with(marks, child)))
        else:
            made.extend(_block(child, marks))
    close()
    return list(joined(made))


def _has_block(raw: _Raw) -> bool:
    if raw.tag in MARKS:
        return any(not isinstance(c, str) and _has_block(c) for c in raw.children)
    return raw.tag != "br"


def _block(raw: _Raw, marks: tuple[Mark, ...]) -> list[Node]:
    match raw.tag:
        case "hr":
            return [Node("hr")]
        case "h2" | "h3" | "h4":
            return _leaf(raw.tag, raw, marks)
        case "ul" | "ol":
            return _list(raw, marks)
        case "blockquote" | "figure":
            return _box(raw, marks)
        case "table":
            return _table(raw, marks)
        case "figcaption" | "caption":
            return _leaf("p", raw, marks)
        case _:
            return _blocks(raw.children, marks)


def _leaf(tag: str, raw: _Raw, marks: tuple[Mark, ...]) -> list[Node]:
    """A leaf with all words of `raw`; its inner blocks are parted by line breaks."""
    runs: list[Run] = []
    for i, block in enumerate(_blocks(raw.children, marks)):
        for j, leaf in enumerate(block.leaves()):
            if i or j:
                runs.append(Run("\n"))
            runs.extend(leaf.runs)
    tidied = _tidy(runs)
    return [Node(tag, tidied)] if tidied else []


def _list(raw: _Raw, marks: tuple[Mark, ...]) -> list[Node]:
    items: list[Node] = []
    for child in raw.children:
        if isinstance(child, str):
            inner = _blocks([child], marks)
        elif child.tag == "li":
            inner = _blocks(child.children, marks)
        else:
            inner = _blocks([child], marks)
        if inner:
            items.append(Node("li", children=tuple(inner)))
    start = _number(raw.attrs.get("start"), 2, 9999) if raw.tag == "ol" else None
    return [Node(raw.tag, children=tuple(items), attrs=(("start", start),) if start else ())] if items else []


def _box(raw: _Raw, marks: tuple[Mark, ...]) -> list[Node]:
    """A quotation or a figure; the caption of a figure is its last part."""
    caption: list[Node] = []
    rest = []
    for child in raw.children:
        if not isinstance(child, str) and child.tag == "figcaption" and raw.tag == "figure" and not caption:
            caption = _leaf("figcaption", child, marks)
        else:
            rest.append(child)
    inner = _blocks(rest, marks)
    if raw.tag == "figure" and not caption:
        return inner
    children = (*inner, *caption)
    return [Node(raw.tag, children=children)] if children else []


def _table(raw: _Raw, marks: tuple[Mark, ...]) -> list[Node]:
    caption: list[Node] = []
    rows: list[Node] = []
    outside: list[Node] = []

    def gather(part: _Raw, in_head: bool) -> None:
        nonlocal caption
        for child in part.children:
            if isinstance(child, str):
                outside.extend(_blocks([child], marks))
            elif child.tag == "caption" and not caption:
                caption = _leaf("caption", child, marks)
            elif child.tag in {"thead", "tbody", "tfoot"}:
                gather(child, child.tag == "thead")
            elif child.tag == "tr":
                if row := _row(child, in_head, marks):
                    rows.append(row)
            else:
                outside.extend(_blocks([child], marks))

    gather(raw, False)
    if not rows:
        return [*outside, *(Node("p", c.runs) for c in caption)]
    heads = 0
    while heads < len(rows) and all(cell.tag == "th" for cell in rows[heads].children):
        heads += 1
    heads = min(heads, 1) if heads == len(rows) else heads
    parts = [*caption]
    if heads:
        parts.append(Node("thead", children=tuple(rows[:heads])))
    if rows[heads:]:
        parts.append(Node("tbody", children=tuple(rows[heads:])))
    return [*outside, Node("table", children=tuple(parts))]


def _row(raw: _Raw, in_head: bool, marks: tuple[Mark, ...]) -> Node | None:
    cells = []
    for child in raw.children:
        if isinstance(child, str) and not child.strip():
            continue
        is_cell = not isinstance(child, str) and child.tag in {"td", "th"}
        inner = _blocks(child.children if is_cell else [child], marks)
        tag = "th" if in_head or (is_cell and child.tag == "th") else "td"
        attrs = []
        if is_cell:
            for name in ("colspan", "rowspan"):
                if number := _number(child.attrs.get(name), 2, 100):
                    attrs.append((name, number))
        cells.append(Node(tag, children=tuple(inner), attrs=tuple(attrs)))
    return Node("tr", children=tuple(cells)) if cells else None


def _number(value: str | None, least: int, most: int) -> str | None:
    if not value or not value.strip().isascii() or not value.strip().isdigit() or len(value.strip()) > 6:
        return None
    number = int(value)
    return str(number) if least <= number <= most else None


# --- words ----------------------------------------------------------------------------------------


def _collect(node, marks: tuple[Mark, ...], into: list[Run]) -> None:
    if isinstance(node, str):
        into.append(Run(_SPACE.sub(" ", node), marks))
    elif node.tag == "br":
        into.append(Run("\n"))
    else:
        inner = _with(marks, node) if node.tag in MARKS else marks
        for child in node.children:
            _collect(child, inner, into)


def _with(marks: tuple[Mark, ...], raw: _Raw) -> tuple[Mark, ...]:
    if raw.tag == "a":
        href = _SPACE.sub("", raw.attrs.get("href", ""))
        if not href or any(isinstance(m, tuple) for m in marks):
            return marks
        new: Mark = ("a", href)
    else:
        new = raw.tag
    return marks if new in marks else tuple(sorted({*marks, new}, key=_mark_order))


def _mark_order(mark: Mark) -> int:
    return MARKS.index(mark[0] if isinstance(mark, tuple) else mark)


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Joins runs of the same marks, collapses space over their borders, drops space and breaks at both
    ends."""
    made: list[Run] = []
    for run in runs:
        text = run.text
        if not text:
            continue
        if text == "\n":
            while made and made[-1].text == " ":
                made.pop()
            if made and made[-1].text != "\n" and made[-1].text.endswith(" "):
                made[-1] = Run(made[-1].text[:-1], made[-1].marks)
            made.append(Run("\n"))
            continue
        if text[0] == " " and (not made or made[-1].text[-1] in " \n"):
            text = text[1:]
        if not text:
            continue
        if made and made[-1].marks == run.marks and made[-1].text != "\n":
            made[-1] = Run(made[-1].text + text, run.marks)
        else:
            made.append(Run(text, run.marks))
    while made and made[-1].text in {"\n", " "}:
        made.pop()
    if made and made[-1].text.endswith(" "):
        made[-1] = Run(made[-1].text[:-1], made[-1].marks)
    while made and made[0].text == "\n":
        made.pop(0)
    return tuple(made)
