"""From pieces in order to the imported plan."""

from __future__ import annotations

from . import goals as goal_finding
from .blocks import blocks_html
from .facts import contacts, find_period, find_title
from .pieces import Piece, Reading
from .result import Chapter, ImportedPlan, Location, Note, Participant, Quotation, Table
from .sections import Section, divide, missing_numbers, set_levels
from .sources import Sources, cited_in, is_citation_only

_CLEAR = ("markdown", "underline", "style")  # Headings whose level the file itself says.
_TEXT = ("para", "item", "blockquote", "caption")


def assemble(reading: Reading, *, language: str, filename: str) -> ImportedPlan:
    notes = list(reading.notes)
    pieces = [piece for piece in reading.pieces if piece.text.strip() or piece.kind == "table"]
    title, used, sure = find_title(reading.title, pieces, filename)
    if used is not None:
        pieces = [piece for piece in pieces if piece is not used]
    if not sure:
        notes.append(Note("title_guessed", {"title": title}))
    people = _participants(pieces)
    if people:
        notes.append(Note("personal_data", {"count": len(people)}))
    notes += contacts(pieces)
    pieces = [piece for piece in pieces if piece.kind != "person"]
    set_levels(pieces)
    sections, moved = divide(pieces)
    notes += moved
    period, said = find_period(title, pieces)
    if period and not said:
        notes.append(Note("period_guessed", {"start": period[0], "end": period[1]}))
    notes += _heading_notes(sections)
    chapters, quotations, tables, sources = [], [], [], Sources()
    for index, section in enumerate(sections):
        chapters.append(_chapter(section, sources, notes))
        quotations += [
            _quotation(piece, index, notes) for piece in section.pieces if piece.kind == "quotation"
        ]
        tables += [_table(piece, index) for piece in section.pieces if piece.kind == "table"]
    goals = find_goals(sections)
    if any(not goal.certain for goal in goals):
        notes.append(Note("goals_guessed", {"count": sum(not goal.certain for goal in goals)}))
    return ImportedPlan(
        language=language,
        title=title,
        period=period,
        chapters=tuple(chapters),
        goals=tuple(goals),
        quotations=tuple(quotations),
        tables=tuple(tables),
        sources=sources.all(),
        participants=people,
        unread=tuple(sorted(reading.unread, key=lambda item: (item.location.part, item.location.first))),
        notes=tuple(notes),
    )


def _participants(pieces: list[Piece]) -> tuple[Participant, ...]:
    return tuple(
        Participant(piece.text, piece.organisation, piece.at, piece.certain)
        for piece in pieces
        if piece.kind == "person"
    )


def _heading_notes(sections: list[Section]) -> list[Note]:
    notes = [
        Note("heading_guessed", {"title": section.title}, section.heading.at)
        for section in sections
        if section.heading is not None and not section.heading.certain
    ]
    if not any(section.heading for section in sections):
        notes.append(Note("no_headings"))
    missing = missing_numbers(sections)
    if missing:
        notes.append(Note("numbering_gap", {"missing": missing}))
    return notes


def _chapter(section: Section, sources: Sources, notes: list[Note]) -> Chapter:
    heading = section.heading
    located = [piece.at for piece in ([heading] if heading else []) + section.pieces]
    at = Location(
        min(place.first for place in located),
        max(place.last for place in located),
        min((place.page for place in located if place.page), default=None),
        located[0].unit,
        located[0].part,
    )
    if section.is_sources:
        rest = []
        for piece in section.pieces:
            if piece.kind in ("para", "item", "blockquote"):
                sources.list_entry(f"{piece.number}. {piece.text}" if piece.number else piece.text)
            else:
                rest.append(piece)
        html = blocks_html(rest, notes)
        return Chapter(
            section.number,
            section.title,
            section.level,
            html,
            (),
            at,
            "sources",
            heading is None or heading.certain,
        )
    citations: list[str] = []
    for piece in section.pieces:
        if piece.kind in _TEXT:
            citations += cited_in(piece.text)
        elif piece.kind == "table":
            for row in piece.rows:
                citations += [work for cell in row for work in cited_in(cell)]
    for work in citations:
        sources.cite(work)
    return Chapter(
        section.number,
        section.title,
        section.level,
        blocks_html(section.pieces, notes),
        tuple(dict.fromkeys(citations)),
        at,
        certain=heading is None or heading.certain,
        label=heading.label if heading else "",
    )


def _quotation(piece: Piece, chapter: int, notes: list[Note]) -> Quotation:
    if not piece.certain:
        notes.append(Note("quotation_guessed", {"excerpt": piece.text[:80]}, piece.at))
    return Quotation(piece.text, piece.role, piece.speaker or "other", chapter, piece.at, piece.certain)


def _table(piece: Piece, chapter: int) -> Table:
    return Table(
        piece.text,
        tuple(piece.header),
        tuple(tuple(row) for row in piece.rows),
        chapter,
        tuple(piece.notes),
        piece.html,
        piece.at,
        piece.certain,
    )


def find_goals(sections: list[Section]) -> list[goal_finding.Goal]:
    goals = goal_finding.Goals()
    for index, section in enumerate(sections):
        for position, piece in enumerate(section.pieces):
            if piece.kind == "para":
                goal_finding.from_sentences(goals, piece.text, index)
            if piece.kind in ("para", "item"):
                after = section.pieces[position + 1] if position + 1 < len(section.pieces) else None
                follows = (
                    after.text if piece.kind == "para" and after is not None and after.kind == "para" else ""
                )
                if goal_finding.GOAL_LABEL.match(follows):
                    follows = ""
                goal_finding.from_label(goals, piece.text, index, follows)
            if piece.kind == "table":
                goal_finding.from_table(goals, piece, index)
        _from_headings(goals, sections, index)
    return goals.found


def _from_headings(goals: goal_finding.Goals, sections: list[Section], index: int) -> None:
    section = sections[index]
    if section.heading is None:
        return
    if goal_finding.GOAL_LABEL.match(section.title):
        goal_finding.from_label(goals, section.title, index, " ".join(_target_state(section)))
        return
    if not goal_finding.is_goal_chapter(section.title) or section.is_sources:
        return
    above: int | None = None
    children = 0
    for at in range(index + 1, len(sections)):
        child = sections[at]
        if child.level <= section.level:
            break
        if goal_finding.GOAL_LABEL.match(child.title):
            children += 1
            continue
        depth = child.level - section.level
        if depth > 2 or bool(child.number) < bool(section.number):
            continue
        texts = _target_state(child)
        main = depth == 1
        found = goals.add(
            "main" if main else "subgoal",
            child.title,
            at,
            number=child.number,
            description=" ".join(texts),
            criteria=_criteria(texts),
            parent=None if main else above,
            certain=child.heading is not None
            and child.heading.certain
            and (bool(child.number) or child.heading.style in _CLEAR),
        )
        above = found if main else above
        children += 1
    if children:
        return
    for piece in section.pieces:
        if piece.kind == "item" and piece.certain and not goal_finding.GOAL_LABEL.match(piece.text):
            first, *more = goal_finding.sentences(piece.text)
            goals.add(
                "main",
                first,
                index,
                number=piece.number,
                description=" ".join(more),
                criteria=tuple(more),
                certain=False,
            )


def _target_state(section: Section) -> list[str]:
    """Running text and bullets; a numbered list beside them is something else (a ladder, steps)."""
    prose = [
        piece.text
        for piece in section.pieces
        if (piece.kind == "para" or (piece.kind == "item" and not piece.ordered))
        and not is_citation_only(piece.text)
        and not goal_finding.GOAL_LABEL.match(piece.text)
    ]
    return prose or [piece.text for piece in section.pieces if piece.kind == "item"]


def _criteria(texts: list[str]) -> tuple[str, ...]:
    return tuple(sentence for text in texts for sentence in goal_finding.sentences(text))
