"""Reading a plan from plain text, also text taken out of a PDF."""

from __future__ import annotations

from .columns import unfold
from .furniture import take_contents, take_furniture
from .graphics import drop_debris, sort_out
from .headings import Heading, find_headings, unglue
from .hyphens import Vocabulary
from .layout import join_distant, lift_headings, name_cuts
from .lines import Line, is_unwrapped, split_lines, typical_width, where
from .paragraphs import UNWRAPPED_WIDTH, join_open, make_piece, mark_headings, restore_dashes, segments
from .people import take_people
from .pieces import Piece, Reading
from .quoting import quoted, take_quotations
from .result import Note
from .text_tables import take_tables
from .words import SOURCES_TITLE, speaker_code


def read_text(text: str, language: str) -> Reading:
    """Pieces of a text (already cleaned by `decoding.decode`) in reading order."""
    lines, doubled = split_lines(text)
    vocabulary = Vocabulary([line.text for line in lines], language)
    width = typical_width(lines)
    notes = [Note("overprint_removed", {"count": doubled})] if doubled else []
    unread = take_furniture(lines)
    unread += take_contents(lines)
    lines, unfolded = unfold(unglue(lines))
    notes += unfolded
    tables = take_tables(lines)
    people, titles = take_people(lines, vocabulary)
    headings = find_headings(lines)
    _mark_references(lines, headings)
    quotations, lone_speakers = take_quotations(lines, headings, vocabulary)
    unread += titles + lone_speakers
    fixed = [
        *tables,
        *people,
        *quotations,
        *(_heading_piece(lines, heading) for heading in headings.values()),
    ]
    wrap = UNWRAPPED_WIDTH + 1 if is_unwrapped(lines) else width
    running = [make_piece(part, width, vocabulary) for part in segments(lines, wrap)]
    # Python's sort is stable: pieces of one line (a table in two halves) keep their order.
    pieces, debris = drop_debris(sorted([*fixed, *running], key=lambda piece: piece.at.first), vocabulary)
    unread += debris
    pieces = join_open(pieces, vocabulary)
    for piece in pieces:
        _as_quoted(piece)
    restore_dashes(pieces)
    mark_headings(pieces)
    pieces, moved = lift_headings(pieces)
    pieces, joined = join_distant(join_open(pieces, vocabulary), vocabulary)
    notes += moved + joined
    pieces, bits = sort_out(pieces, vocabulary)
    unread += bits
    notes += name_cuts(pieces)
    if vocabulary.guessed:
        notes.append(Note("hyphen_guessed", {"words": sorted(set(vocabulary.guessed))[:200]}))
    return Reading(pieces, unread, notes)


def _mark_references(lines: list[Line], headings: dict[int, Heading]) -> None:
    """Lines under "Lähteet", up to the next heading: each entry is a paragraph of its own there."""
    inside = False
    for index, line in enumerate(lines):
        heading = headings.get(index)
        if heading is not None:
            inside = bool(SOURCES_TITLE.match(heading.title))
        elif len(line.text) < 40 and SOURCES_TITLE.match(line.text):
            inside = True
        elif inside:
            line.reference = True


def _heading_piece(lines: list[Line], heading: Heading) -> Piece:
    members = lines[heading.first : heading.first + heading.count]
    for line in members:
        line.taken = True
    return Piece(
        "heading",
        heading.title,
        where(members),
        level=heading.level,
        number=heading.number,
        style=heading.style,
        certain=heading.certain,
        group=members[0].group,
        glued=heading.glued,
        label=heading.label,
    )


def _as_quoted(piece: Piece) -> None:
    if piece.kind != "para" or piece.text[0] not in "”\"“»«„'":
        return
    found = quoted(piece.text)
    if found is None:
        return
    if found[1]:
        piece.kind, (piece.text, piece.role) = "quotation", found
        piece.speaker = speaker_code(piece.role)
    else:
        piece.kind = "blockquote"
