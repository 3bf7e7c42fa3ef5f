"""The plan's title and period, and personal data that stands in running text."""

from __future__ import annotations

import re
from pathlib import PurePath

from .pieces import Piece
from .result import Note
from .words import KNOWN_TITLE, PLAN_WORD

_SPAN = re.compile(r"\b(20\d\d)\s*[–—-]\s*(20\d\d)\b")
_CUE = re.compile(
    r"vuosille|vuosiksi|kaude|suunnitelma|ohjelma|strategia|för åren|period|planen|plan\b|for the years|"
    r"strategy",
    re.I,
)
_CONTACT = re.compile(
    r"\b[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}\b|(?<![\d.])(?:\+358|0)[ -]?(?:4\d|50|5|19|2|3|6|"
    r"8|9)[ -]?\d{3}[ -]?\d{3,4}\b"
)


def find_period(title: str, pieces: list[Piece]) -> tuple[tuple[int, int] | None, bool]:
    """((first year, last year) or None, whether a word beside it says that it is the plan's)."""
    best: tuple[int, int] | None = None
    for text in [title, *(piece.text for piece in pieces[:400])]:
        for match in _SPAN.finditer(text[:20_000]):
            span = int(match.group(1)), int(match.group(2))
            if not 0 < span[1] - span[0] <= 15:
                continue
            if text is title or _CUE.search(text[max(0, match.start() - 80) : match.end() + 40]):
                return span, True
            best = best or span
    return best, False


def find_title(given: str, pieces: list[Piece], filename: str) -> tuple[str, Piece | None, bool]:
    """(title, the piece it was taken from when it is nothing but the title, certain)."""
    if given.strip():
        return given.strip(), None, True
    titles = [piece for piece in pieces if piece.kind == "title"]
    if titles:
        return titles[0].text, titles[0], True
    tops = [
        piece
        for piece in pieces
        if piece.kind == "heading" and piece.style in ("markdown", "underline") and piece.level == 1
    ]
    first_text = next((piece for piece in pieces if piece.kind in ("heading", "para")), None)
    # A numbered one is a chapter: as a title it would lose its number.
    named = len(tops) == 1 and tops[0] is first_text and not tops[0].number
    if named and not KNOWN_TITLE.match(tops[0].text):
        return tops[0].text, tops[0], True
    for piece in pieces[:6]:
        short = piece.kind in ("heading", "para") and len(piece.text) <= 160 and not piece.text.endswith(".")
        if short and not piece.number and PLAN_WORD.search(piece.text):
            return piece.text, piece, True
    for piece in pieces:
        if piece.kind == "heading" and not piece.number and PLAN_WORD.search(piece.text):
            return piece.text, None, False
    stem = PurePath(filename.replace("\\", "/")).stem
    return re.sub(r"[_\s]+", " ", stem).strip(), None, False


def contacts(pieces: list[Piece]) -> list[Note]:
    """E-mail addresses and telephone numbers in the text, so that somebody asks whether they may stay."""
    # The search is dear: most texts hold neither sign.
    return [
        Note("personal_data_in_text", {"excerpt": match.group()}, piece.at)
        for piece in pieces
        if piece.kind in ("para", "item", "table")
        and ("@" in piece.text or "0" in piece.text)
        and (match := _CONTACT.search(piece.text))
    ]
