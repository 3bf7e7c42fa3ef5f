"""Passages of a frozen document that a comment is bound to: the blocks of a chapter's text, a goal, a measure. Pure.

A version never changes, so a passage's number is enough to find it; the hash of its words says that the comment was written
about these words and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lautta.common.html import plain_text
from lautta.common.translated import Translated
from lautta.decisions.choices import TargetKind
from lautta.decisions.freezing import Document, digest
from lautta.plans.chapters.richtext import parse, serialise

LONGEST_QUOTE = 600


@dataclass(frozen=True)
class Passage:
    """`block` is None for a goal or a measure. `html` is safe to show; `words` are plain."""

    kind: str
    key: str
    words: str
    html: str = ""
    language: str = ""
    block: int | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of the words of a block; empty for what is no block."""
        return digest(self.words) if self.block is not None else ""

    @property
    def quoted(self) -> str:
        return self.words if len(self.words) <= LONGEST_QUOTE else f"{self.words[: LONGEST_QUOTE - 1]}…"

    @property
    def anchor(self) -> str:
        return f"p{self.block}" if self.block is not None else f"p-{self.key}"


def chapter_passages(chapter: Mapping[str, Any], language: str) -> list[Passage]:
    """The blocks of the chapter's text in the language, numbered from 1; [] when it has no such text.

    Blocks without words (a line across) are shown and not counted out: every block has its number.
    """
    text = chapter["texts"].get(language)
    if not text:
        return []
    found = []
    for number, node in enumerate(parse(text["body"]), 1):
        block = serialise([node])
        found.append(Passage(TargetKind.CHAPTER, chapter["id"], plain_text(block), block, language, number))
    return found


def thing_passage(kind: str, row: Mapping[str, Any]) -> Passage:
    """A goal or a measure as one passage."""
    title = str(Translated.from_json(row["title"]))
    return Passage(kind, row["id"], f"{row.get('number', '')} {title}".strip())


def find_passage(
    document: Document, kind: str, key: str, language: str = "", block: int | None = None
) -> Passage | None:
    """The passage of the document, or None when it has no such."""
    if kind == TargetKind.CHAPTER:
        chapter = next((c for c in document.chapters if c["id"] == key), None)
        blocks = chapter_passages(chapter, language) if chapter else []
        return next((p for p in blocks if p.block == block and p.words), None)
    rows = {TargetKind.GOAL: document.goals, TargetKind.MEASURE: document.measures}.get(kind, [])  # type: ignore[call-overload]
    row = next((r for r in rows if r["id"] == key), None)
    return thing_passage(kind, row) if row and block is None else None
