"""Lines and pages of a text file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .overprint import undouble_lines
from .result import Location


@dataclass
class Line:
    """text is stripped and free of overprint; raw keeps spaces and tabs;
    group counts pages or text frames.
    """

    number: int
    page: int | None
    raw: str
    text: str
    group: int
    starts_group: bool = False
    taken: bool = False
    glued: bool = False
    quote: bool = False
    reference: bool = False


def split_lines(text: str) -> tuple[list[Line], int]:
    """Lines with page numbers (None when the file has no form feeds), and how many lines were overprinted."""
    has_pages = "\f" in text
    rows: list[tuple[int, int, str, bool]] = []
    page, fresh = 1, True
    for number, whole in enumerate(text.split("\n"), start=1):
        for at, part in enumerate(whole.split("\f")):
            if at:
                page, fresh = page + 1, True
            if part.strip() or not at:
                rows.append((number, page, part, fresh and bool(part.strip())))
                fresh = fresh and not part.strip()
    if not has_pages:
        rows = _soft_breaks(rows)
    stripped = [row[2].strip() for row in rows]
    once = undouble_lines(stripped)
    lines, group = [], 0
    for index, (number, at_page, raw, starts) in enumerate(rows):
        group += starts
        clean = once.get(index, stripped[index])
        lines.append(
            Line(
                number,
                at_page if has_pages else None,
                raw if index not in once else clean,
                clean,
                group,
                starts,
            )
        )
    return lines, len(once)


def _soft_breaks(rows: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, str, bool]]:
    """Text out of a PDF without form feeds:
    where a page or frame began, one lone space is left at the line's start.
    """
    filled = [row[2] for row in rows if row[2].strip()]
    lone = sum(row.startswith(" ") and not row.startswith(("  ", " \t")) for row in filled)
    if not lone or lone > 0.08 * len(filled) + 1:
        return rows
    return [
        (number, page, raw, starts or (raw.startswith(" ") and len(raw) > 1 and raw[1] not in " \t"))
        for number, page, raw, starts in rows
    ]


def is_unwrapped(lines: list[Line]) -> bool:
    """Every line is a whole paragraph: most of the longer ones end a sentence."""
    longer = [line.text for line in lines if len(line.text) > 60]
    ended = sum(text[-1] in ".!?:)”" for text in longer)
    return len(longer) >= 3 and ended >= 0.7 * len(longer)


def where(lines: list[Line]) -> Location:
    return Location(lines[0].number, lines[-1].number, lines[0].page)


def typical_width(lines: list[Line]) -> int:
    """How long a full line is: the length under which nine lines of ten stay."""
    lengths = Counter(len(line.text) for line in lines if line.text)
    total, seen = sum(lengths.values()), 0
    for length in sorted(lengths):
        seen += lengths[length]
        if seen >= 0.9 * total:
            return max(20, length)
    return 80
