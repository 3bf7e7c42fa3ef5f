"""Bits of pictures and layout among the text:
readable labels are kept as a list, the rest is named as unread.
"""

from __future__ import annotations

import re
from collections import Counter

from .hyphens import Vocabulary
from .paragraphs import is_open
from .pieces import Piece
from .result import Unread

MAX_WORDS = 14
_MEANT = re.compile(r"[@\d:/]")  # An address, a figure, a label: nobody draws those by accident.
_LETTERS = re.compile(r"[^\W\d_]+")


def sort_out(pieces: list[Piece], vocabulary: Vocabulary) -> tuple[list[Piece], list[Unread]]:
    """The pieces with labels turned into items, and what could not be read."""
    kept: list[Piece] = []
    unread: list[Unread] = []
    counts = Counter(piece.text for piece in pieces if _small(piece))
    repeated = {
        text for text, times in counts.items() if times >= 3 or (times >= 2 and len(text.split()) <= 4)
    }
    for piece in pieces:
        reason = _reason(piece, kept[-1] if kept else None, repeated, vocabulary) if _small(piece) else ""
        if reason:
            unread.append(Unread(piece.at, piece.text, reason))
            continue
        kept.append(piece)
    _labels_to_items(kept)
    return kept, unread


def drop_debris(pieces: list[Piece], vocabulary: Vocabulary) -> tuple[list[Piece], list[Unread]]:
    """Takes out senseless bits before sentences are put together, so that none of them gets into one."""
    kept: list[Piece] = []
    unread: list[Unread] = []
    for piece in pieces:
        begins = not piece.text[:1].islower() or not kept or not is_open(kept[-1].text)
        words = _LETTERS.findall(piece.text)
        if (
            _small(piece)
            and piece.narrow
            and begins
            and len(words) <= 8
            and (not words or _is_senseless(piece.text, words, vocabulary))
            and (words or not any(c.isdigit() for c in piece.text))
        ):
            unread.append(Unread(piece.at, piece.text, "graphic_debris"))
        else:
            kept.append(piece)
    return kept, unread


def _small(piece: Piece) -> bool:
    return (
        piece.kind == "para"
        and len(piece.text) <= 160
        and len(piece.text.split()) <= MAX_WORDS
        and not piece.style
    )


def _reason(piece: Piece, before: Piece | None, repeated: set[str], vocabulary: Vocabulary) -> str:
    text = piece.text
    words = _LETTERS.findall(text)
    if not words:
        return "graphic_text" if any(c.isdigit() for c in text) else "graphic_debris"
    if text in repeated or any(text != other and other.startswith(text + " ") for other in repeated):
        return "repeated_text"
    if text.isupper() and len(words) <= 3:
        return "graphic_debris" if _is_senseless(text, words, vocabulary) else "graphic_text"
    if piece.narrow and _is_senseless(text, words, vocabulary):
        return "graphic_debris"
    if (
        text[0].islower()
        and len(words) <= MAX_WORDS
        and (before is None or not is_open(before.text) or before.kind == "heading")
    ):
        return "fragment"
    return ""


def _is_senseless(text: str, words: list[str], vocabulary: Vocabulary) -> bool:
    return not _MEANT.search(text) and _senseless(words, vocabulary)


def _senseless(words: list[str], vocabulary: Vocabulary) -> bool:
    bad = 0
    for word in words:
        if len(word) <= 2:
            bad += word.isupper()
        elif not word[0].isupper() or word.isupper():
            # A long unknown word is a compound; a short one that the text has only here is a broken one.
            bad += len(word) < 10 and vocabulary.words[word.lower()] <= 1 and not vocabulary.in_language(word)
    return bad >= 0.34 * len(words)


def _labels_to_items(pieces: list[Piece]) -> None:
    """Two or more short texts without a full stop in a row are the labels of a picture,
    or a list without bullets.
    """
    run: list[Piece] = []

    def close() -> None:
        if len(run) >= 2:
            for piece in run:
                piece.kind, piece.certain = "item", False
        run.clear()

    for piece in pieces:
        if (
            _small(piece)
            and piece.narrow
            and is_open(piece.text)
            and piece.text[0].isupper()
            and "(" not in piece.text
        ):
            run.append(piece)
        else:
            close()
    close()
