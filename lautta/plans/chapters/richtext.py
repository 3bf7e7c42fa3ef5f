"""Rich text in one canonical form: what is compared, merged and stored.

Two texts that read alike are the same string in this form: marks are nested in one order, adjoining lists are
one,
a lone paragraph of a list item or a cell has no tag of its own, white space is collapsed, the head of a table
is found.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import nh3

from lautta.common.html import ATTRIBUTES, SCHEMES, TAGS, sanitise
from lautta.plans.chapters.reading import SAME, read
from lautta.plans.chapters.tree import Mark, Node, Run, block_html, inline_html, joined

__all__ = ["Mark", "Node", "Run", "canonical", "inline_html", "parse", "removed", "serialise"]

# Deeper nesting than any writer makes: the cleaner's time grows with the square of the depth.
ABYSS = 600

_PLAIN_BOXES = {
    "div", "section", "article", "main", "header", "footer", "aside", "address", "center", "pre", "dl", "dt",
    "dd", "details", "summary", "form", "fieldset", "legend", "nav", "figure", "option",
}  # fmt: skip
_wide = nh3.Cleaner(
    tags=TAGS | set(SAME) | _PLAIN_BOXES,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    clean_content_tags={"script", "style", "iframe", "object", "template", "noscript", "svg", "math"},
    link_rel=None,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
# No pattern here looks past the next "<": a text of nothing else must take no longer than another.
_TAG = re.compile(r"<[^<>]*>")
_OPEN_OR_CLOSE = re.compile(r"<(/?)(?!br\b|hr\b|img\b|col\b|meta\b|link\b|input\b)[a-zA-Z][^<>]*>", re.I)


def parse(text: str) -> tuple[Node, ...]:
    """The blocks of any HTML, canonical. What is unknown loses its tag and keeps its words; scripts lose
    both."""
    text = _CONTROL.sub("", text)
    if _is_abyss(text):
        words = html.unescape(_TAG.sub("\n", text))
        text = "".join(f"<p>{html.escape(line)}</p>" for line in words.split("\n") if line.strip())
    return read(_wide.clean(text))


def _is_abyss(text: str) -> bool:
    depth = 0
    for slash in _OPEN_OR_CLOSE.findall(text):
        depth = max(0, depth - 1) if slash else depth + 1
        if depth > ABYSS:
            return True
    return False


def serialise(blocks: Iterable[Node]) -> str:
    """Sanitised HTML of blocks on one line; `parse` gives the same blocks back."""
    return sanitise("".join(block_html(block) for block in joined(blocks)))


def canonical(text: str) -> str:
    """Any HTML in canonical form. Idempotent."""
    return serialise(parse(text))


_TAG_NAME = re.compile(r"<\s*([a-zA-Z][a-zA-Z0-9:-]*)")
_HANDLER = re.compile(r"<[^<>]*\s(on[a-z]+|style)\s*=", re.I)
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
    """What sanitising takes out of the HTML, for telling the writer: tags, handlers, kinds of link; [] if
    none."""
    found = {name.lower() for name in _TAG_NAME.findall(text)} - TAGS - set(SAME) - _PLAIN_BOXES - _SILENT
    found |= {name.lower() for name in _HANDLER.findall(text)} - {"style"}
    found |= {f"{name.lower()}:" for name in _BAD_LINK.findall(text)}
    return sorted(found)
