"""Dividing the pieces under their headings: levels made even, sub-chapters in the order of their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from .pieces import Piece
from .result import Note
from .words import SOURCES_TITLE

DEEPEST = 3  # Deeper headings stay inside the chapter as h3 and h4.


@dataclass
class Section:
    heading: Piece | None
    level: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""

    @property
    def number(self) -> str:
        return self.heading.number if self.heading else ""

    @property
    def is_sources(self) -> bool:
        return bool(SOURCES_TITLE.match(self.title))


def set_levels(pieces: list[Piece]) -> None:
    """Levels 1, 2, 3 … without gaps; headings without numbers go under numbered ones,
    plain ones under capitals.
    """
    headings = [piece for piece in pieces if piece.kind == "heading"]
    numbered = sum(bool(piece.number) and "." not in piece.number for piece in headings) >= 2
    caps = any(piece.style == "caps" for piece in headings)
    for piece in headings:
        if piece.style in ("caps", "plain"):
            free = 2 if numbered and not SOURCES_TITLE.match(piece.text) else 1
            piece.level = (
                free + 1 if piece.style == "plain" and caps and free == 1 and not piece.certain else free
            )
    styled = [piece for piece in headings if piece.style in ("markdown", "underline", "style", "bold")]
    used = sorted({piece.level for piece in styled})
    for piece in styled:
        piece.level = used.index(piece.level) + 1


def divide(pieces: list[Piece]) -> tuple[list[Section], list[Note]]:
    sections = [Section(None, 1)]
    for piece in pieces:
        if piece.kind == "heading" and piece.level <= DEEPEST:
            sections.append(Section(piece, piece.level))
        else:
            sections[-1].pieces.append(piece)
    if not sections[0].pieces:
        del sections[0]
    return _in_number_order(sections)


def _in_number_order(sections: list[Section]) -> tuple[list[Section], list[Note]]:
    """5.3 before 5.2 on a spread of two pages: sub-chapters of one chapter are put in order."""
    notes: list[Note] = []
    out: list[Section] = []
    at = 0
    while at < len(sections):
        if sections[at].level != 2 or not sections[at].number:
            out.append(sections[at])
            at += 1
            continue
        units: list[list[Section]] = []
        prefix = sections[at].number.rsplit(".", 1)[0]
        while at < len(sections) and sections[at].level >= 2:
            section = sections[at]
            if section.level == 2 and section.number:
                if section.number.rsplit(".", 1)[0] != prefix:
                    break
                units.append([])
            units[-1].append(section)
            at += 1
        keys = [_key(unit[0].number) for unit in units]
        if keys != sorted(keys) and len(set(keys)) == len(keys):
            units.sort(key=lambda unit: _key(unit[0].number))
            notes.append(
                Note(
                    "chapters_reordered", {"titles": [f"{unit[0].number} {unit[0].title}" for unit in units]}
                )
            )
        for unit in units:
            out.extend(unit)
    return out, notes


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


def missing_numbers(sections: list[Section]) -> list[str]:
    """Chapter numbers that the plan's own numbering promises but the reading never met."""
    tops = [int(s.number) for s in sections if s.number.isdigit()]
    if len(tops) < 2 or len(set(tops)) != len(tops):
        return []
    return [str(number) for number in range(1, max(tops)) if number not in tops][:20]
