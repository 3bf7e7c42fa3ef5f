"""Characters that the paper's fonts have, and what stands for those that they have not.

A PDF that promises accessibility refuses a character without a glyph. A person's text must never break a document: hearts and faces
become the old ones that fonts know, other pictures go, letters of scripts without a font become a box.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("glyphs.txt")
BOX = "□"
# Longer than any word of Finnish that is one: such a word gets places where it may break.
LONGEST = 40
_PIECE = 24
_LONG = re.compile(rf"\S{{{LONGEST},}}")
_FACES = (
    (re.compile("HEART"), "♥"),
    (re.compile("CRY|SAD|FROWN|DISAPPOINT|WORRIED|ANGRY|POUTING|WEARY"), "☹"),
    (re.compile("SMIL|GRIN|FACE WITH TEARS OF JOY|HUGGING"), "☺"),
    (re.compile("STAR"), "★"),
)


@cache
def known() -> frozenset[int]:
    """Code points that some font has."""
    found: set[int] = set()
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        for span in line.split():
            first, _dash, last = span.partition("-")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str) -> str:
    """The text with nothing that no font can show; line breaks stay, very long words may break."""
    if text.isascii() and text.isprintable():
        shown = text
    else:
        shown = "".join(_shown(c) for c in unicodedata.normalize("NFC", text))
    return _LONG.sub(_breakable, shown)


def plainest(text: str) -> str:
    """Letters of Latin, figures and common signs alone: what is left when even `printable` was not enough."""
    kept = (
        c if c == "\n" or ord(c) < 0x180 or c in "–—’”“…€" else "?"
        for c in unicodedata.normalize("NFC", text)
    )
    return "".join(c if c == "\n" or c.isprintable() else " " for c in kept)


def _shown(c: str) -> str:
    if c in "\n ":
        return c
    kind = unicodedata.category(c)
    if c == "\t" or kind in {"Zs", "Zl", "Zp"}:
        return "\n" if kind in {"Zl", "Zp"} else c if c in "\u00a0\u2009\u202f" and ord(c) in known() else " "
    if ord(c) in known():
        return c
    # Invisible by nature, half a pair, private or never given: nothing to show.
    if kind in {"Cc", "Cf", "Cs", "Mn", "Me"}:
        return "\u200b" if c == "\u200b" else ""
    name = unicodedata.name(c, "")
    for pattern, mark in _FACES:
        if kind in {"So", "Sk"} and pattern.search(name):
            return mark
    if kind in {"So", "Sk"}:
        return ""
    return BOX


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return "\u200b".join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))
