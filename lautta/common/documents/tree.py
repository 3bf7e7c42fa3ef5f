"""The neutral tree that rooms build and writers read. Text is plain; a writer drops what its format cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 0 is the document's title, 1–4 its headings; no level may be skipped."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` and every row have as many cells as `widths` (in cm). The head is repeated on each page."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


Block = Heading | Paragraph | Table
