"""Headings of a Word file: numbers typed or counted by Word,
and bold lines where no heading style is used.
"""

from __future__ import annotations

import re

from .pieces import Piece
from .words import GOAL_LABEL

_NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})[.)]?(?:\s*\|\s*|\s+)(?P<title>\S.*)$", re.S)
_TAGS = re.compile(r"</?(?:strong|em)>")


def number_headings(pieces: list[Piece]) -> None:
    """A typed number is parted from the title;
    where Word counts by itself, the same numbers are counted here.
    """
    counters = [0] * 9
    for piece in pieces:
        if piece.kind != "heading":
            continue
        piece.html = ""
        match = _NUMBER.match(piece.text)
        if match:
            piece.number, piece.text = match["number"], match["title"]
        elif piece.mark == "auto":
            level = min(piece.level, 9) - 1
            counters[level] += 1
            counters[level + 1 :] = [0] * (8 - level)
            piece.number = ".".join(str(max(1, count)) for count in counters[: level + 1])


def bold_headings(pieces: list[Piece]) -> None:
    """Without heading styles: short paragraphs that are bold as a whole, the larger above the smaller."""
    if any(piece.kind == "heading" for piece in pieces):
        return
    found = [
        piece
        for index, piece in enumerate(pieces)
        if piece.kind == "para"
        and piece.style == "bold-run"
        and len(piece.text) <= 100
        and piece.text[-1] not in ".;,"
        and index + 1 < len(pieces)
        and not GOAL_LABEL.match(piece.text)
    ]
    sizes = sorted({piece.level for piece in found}, reverse=True)
    for piece in found:
        match = _NUMBER.match(piece.text)
        piece.kind, piece.style, piece.certain, piece.html = "heading", "bold", bool(match), ""
        piece.level = sizes.index(piece.level) + 1
        if match:
            piece.number, piece.text = match["number"], match["title"]
            piece.level = match["number"].count(".") + 1
