"""Rich text as a tree: its parts, and how they are written as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

# The order in which marks are nested, outermost first.
MARKS = ("a", "cite", "strong", "em", "u", "s", "sub", "sup")
LEAVES = {"p", "h2", "h3", "h4", "caption", "figcaption"}
# Boxes that may hold one paragraph without its tag.
SOFT_BOXES = {"li", "td", "th"}
BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table", "figure", "hr"}

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


def block_html(node: Node, scope: str = "") -> str:
    """HTML of a block on one line; `scope` is what a head cell in it heads."""
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
        inline_html(child.runs) if bare and child.tag == "p" else block_html(child, scope)
        for child in node.children
    )
    return f"<{node.tag}{attrs}>{inner}</{node.tag}>"
