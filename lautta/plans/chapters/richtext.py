"""Rich text as a tree in one canonical form: what is compared, merged and stored.

Two texts that read alike are the same string in this form: marks are nested in one order, adjoining lists are one, a lone
paragraph of a list item or a cell has no tag of its own, white space is collapsed, the head of a table is found.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import nh3

from lautta.common.html import ATTRIBUTES, SCHEMES, TAGS, plain_text, sanitise

# The order in which marks are nested, outermost first.
MARKS = ("a", "cite", "strong", "em", "u", "s", "sub", "sup")
LEAVES = {"p", "h2", "h3", "h4", "caption", "figcaption"}
# Boxes that may hold one paragraph without its tag.
SOFT_BOXES = {"li", "td", "th"}
BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table", "figure", "hr"}
DEEPEST = 24
ABYSS = 600

_SAME = {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "h1": "h2", "h5": "h4", "h6": "h4"}
_PLAIN_BOXES = {
    "div", "section", "article", "main", "header", "footer", "aside", "address", "center", "pre", "dl", "dt", "dd",
    "details", "summary", "form", "fieldset", "legend", "nav", "figure", "option",
}  # fmt: skip
_wide = nh3.Cleaner(
    tags=TAGS | set(_SAME) | _PLAIN_BOXES,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    clean_content_tags={"script", "style", "iframe", "object", "template", "noscript", "svg", "math"},
    link_rel=None,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_ANY_TAG = re.compile(r"<(/?)(?!br\b|hr\b|img\b|col\b|meta\b|link\b|input\b)[a-zA-Z][^>]*>", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")

# A mark is its tag, or for a link ("a", address).
Mark = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one set of marks; "\\n" is a line break."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A leaf has `runs`, a box has `children`; `attrs` only what is kept (start, colspan, rowspan)."""

    tag: str
    runs: tuple[Run, ...] = ()
    children: tuple[Node, ...] = ()
    attrs: tuple[tuple[str, str], ...] = ()

    @property
    def is_leaf(self) -> bool:
        return self.tag in LEAVES or self.tag == "hr"

    def leaves(self) -> Iterator[Node]:
        """Every leaf in reading order."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def text(self) -> str:
        """The words, leaves parted by line breaks."""
        return "\n".join("".join(run.text for run in leaf.runs) for leaf in self.leaves())


# --- reading --------------------------------------------------------------------------------------


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
        tag = _SAME.get(tag, tag)
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
        tag = _SAME.get(tag, tag)
        if tag in {"br", "hr"}:
            return
        if self.skipped:
            self.skipped.pop()
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(text: str) -> tuple[Node, ...]:
    """The blocks of any HTML, canonical. Everything unknown loses its tag and keeps its words; scripts lose both."""
    text = _CONTROL.sub("", text)
    if _is_abyss(text):
        text = "".join(f"<p>{html.escape(line)}</p>" for line in plain_text(text).split("\n"))
    reader = _Reader()
    reader.feed(_wide.clean(text))
    reader.close()
    return tuple(_blocks(reader.root.children))


def _is_abyss(text: str) -> bool:
    """Nesting that no writer makes: the cleaner's time grows with the square of the depth."""
    depth = 0
    for slash in _ANY_TAG.findall(text):
        depth = max(0, depth - 1) if slash else depth + 1
        if depth > ABYSS:
            return True
    return False


def serialise(blocks: Iterable[Node]) -> str:
    """Sanitised HTML of blocks on one line; `parse` gives the same blocks back."""
    # Past the cache: whole texts would fill the memory, and redacted words would stay in it.
    return sanitise.__wrapped__("".join(_html(block) for block in joined(blocks)))


def canonical(text: str) -> str:
    """Any HTML in canonical form. Idempotent."""
    return serialise(parse(text))


_TAG_NAME = re.compile(r"<\s*([a-zA-Z][a-zA-Z0-9:-]*)")
_HANDLER = re.compile(r"<[^>]*\s(on[a-z]+|style)\s*=", re.I)
_BAD_LINK = re.compile(r"""(?:href|src)\s*=\s*["']?\s*(javascript|data|vbscript)\s*:""", re.I)
_SILENT = {
    "span",
    "font",
    "html",
    "body",
    "head",
    "meta",
    "link",
    "title",
    "colgroup",
    "col",
    "o:p",
    "small",
    "label",
}


def removed(text: str) -> list[str]:
    """Names of what sanitising takes out of the HTML, for telling the writer: tags, handlers, kinds of link; [] if none."""
    found = {name.lower() for name in _TAG_NAME.findall(text)} - TAGS - set(_SAME) - _PLAIN_BOXES - _SILENT
    found |= {name.lower() for name in _HANDLER.findall(text)} - {"style"}
    found |= {f"{name.lower()}:" for name in _BAD_LINK.findall(text)}
    return sorted(found)


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


def joined(blocks: Iterable[Node]) -> Iterator[Node]:
    """Adjoining lists of one kind are one list, unless the second has a number of its own to start from."""
    last: Node | None = None
    for block in blocks:
        if last and block.tag == last.tag and block.tag in {"ul", "ol"} and not block.attrs:
            last = replace(last, children=last.children + block.children)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


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
    """Joins runs of the same marks, collapses space over their borders, drops space and breaks at both ends."""
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


# --- writing --------------------------------------------------------------------------------------


def inline_html(runs: Sequence[Run]) -> str:
    """Escaped HTML of runs; marks that neighbours share stay open between them."""
    out: list[str] = []
    open_marks: list[Mark] = []
    for i, run in enumerate(runs):
        wanted = run.marks
        if run.text == "\n":
            after = next((r.marks for r in runs[i:] if r.text != "\n"), ())
            wanted = tuple(open_marks[: _shared(open_marks, after)])
        keep = _shared(open_marks, wanted)
        out.extend(_closing(mark) for mark in reversed(open_marks[keep:]))
        out.extend(_opening(mark) for mark in wanted[keep:])
        open_marks = list(wanted)
        out.append("<br>" if run.text == "\n" else html.escape(run.text, quote=False))
    out.extend(_closing(mark) for mark in reversed(open_marks))
    return "".join(out)


def _shared(a: Sequence[Mark], b: Sequence[Mark]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _opening(mark: Mark) -> str:
    return f'<a href="{html.escape(mark[1])}">' if isinstance(mark, tuple) else f"<{mark}>"


def _closing(mark: Mark) -> str:
    return "</a>" if isinstance(mark, tuple) else f"</{mark}>"


def _html(node: Node, scope: str = "") -> str:
    if node.tag == "hr":
        return "<hr>"
    if node.is_leaf:
        return f"<{node.tag}>{inline_html(node.runs)}</{node.tag}>"
    attrs = "".join(f' {name}="{value}"' for name, value in node.attrs)
    if node.tag == "th" and scope:
        attrs += f' scope="{scope}"'
    if node.tag in {"thead", "tbody"}:
        scope = "col" if node.tag == "thead" else "row"
    paragraphs = sum(child.tag == "p" for child in node.children)
    bare = node.tag in SOFT_BOXES and paragraphs == 1
    inner = "".join(
        inline_html(child.runs) if bare and child.tag == "p" else _html(child, scope)
        for child in node.children
    )
    return f"<{node.tag}{attrs}>{inner}</{node.tag}>"
