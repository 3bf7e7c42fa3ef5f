"""Undoing a PDF's layout: headings drawn after the text they head, and paragraphs whose halves lie apart."""

from __future__ import annotations

from .hyphens import Vocabulary
from .paragraphs import is_open
from .pieces import Piece
from .result import Location, Note

REACH = 3  # How many pages or frames apart the halves of a paragraph may lie.


def lift_headings(pieces: list[Piece]) -> list[Note]:
    """Moves chapter headings that stand in the middle of their page to its start, where the page shows that.

    A heading is displaced when it cuts a sentence, or when its own sub-chapter (4.1) comes before it (4).
    Once a file has shown that twice, headings run into the next text, or with no text after them on their page,
    are displaced too.
    """
    tops = [piece for piece in pieces if piece.kind == "heading" and piece.number and "." not in piece.number]
    sure = {id(piece) for piece in tops if _cuts_sentence(pieces, piece) or _after_its_child(pieces, piece)}
    glued = {id(piece) for piece in tops if piece.glued}
    if len(sure) >= 2 or (sure and glued - sure):
        sure |= glued | {id(piece) for piece in tops if not _text_after(pieces, piece)}
    notes = []
    for piece in tops:
        if id(piece) not in sure:
            continue
        at = _index(pieces, piece)
        start = at
        while start > 0 and pieces[start - 1].group == piece.group:
            start -= 1
        if any(other in tops for other in pieces[start:at]) or start == at:
            continue
        first = pieces[start].at.first
        pieces.insert(start, pieces.pop(at))
        notes.append(
            Note(
                "heading_moved",
                {"title": piece.text, "from_line": piece.at.first, "to_line": first},
                piece.at,
            )
        )
    return notes


def _index(pieces: list[Piece], piece: Piece) -> int:
    return next(index for index, other in enumerate(pieces) if other is piece)


def _near(pieces: list[Piece], piece: Piece, step: int) -> Piece | None:
    at = _index(pieces, piece) + step
    while 0 <= at < len(pieces) and pieces[at].group == piece.group:
        if pieces[at].kind == "para":
            return pieces[at]
        if pieces[at].kind == "heading":
            return None
        at += step
    return None


def _cuts_sentence(pieces: list[Piece], piece: Piece) -> bool:
    before, after = _near(pieces, piece, -1), _near(pieces, piece, 1)
    return (
        before is not None
        and after is not None
        and is_open(before.text)
        and len(before.text) > 60
        and after.text[0].islower()
    )


def _after_its_child(pieces: list[Piece], piece: Piece) -> bool:
    at = _index(pieces, piece) - 1
    while at >= 0 and pieces[at].group == piece.group:
        other = pieces[at]
        if other.kind == "heading" and other.number.startswith(piece.number + "."):
            return True
        at -= 1
    return False


def _text_after(pieces: list[Piece], piece: Piece) -> bool:
    at = _index(pieces, piece) + 1
    while at < len(pieces) and pieces[at].group == piece.group:
        if pieces[at].kind in ("para", "item", "table") and len(pieces[at].text) > 60:
            return True
        at += 1
    return False


def join_distant(pieces: list[Piece], vocabulary: Vocabulary) -> list[Note]:
    """Joins a paragraph that stops to the one text nearby that goes on, where the cut word proves it or none else could be."""
    notes: list[Note] = []
    for head in [piece for piece in pieces if piece.kind in ("para", "item") and piece.text.endswith("-")]:
        tails = [
            piece
            for piece in pieces
            if piece is not head
            and piece.kind == "para"
            and abs(piece.group - head.group) <= REACH
            and piece.text[0].islower()
            and vocabulary.heals(head.text, piece.text)
        ]
        if len(tails) == 1:
            notes.append(_put_together(pieces, head, tails[0], vocabulary))
    for head in [piece for piece in pieces if _may_go_on(piece)]:
        tail = _next_text(pieces, head)
        if tail is not None and tail.text[0].islower() and len(tail.text) > 40:
            notes.append(_put_together(pieces, head, tail, vocabulary))
    return notes


def _may_go_on(piece: Piece) -> bool:
    return (
        piece.kind == "para" and is_open(piece.text) and len(piece.text) > 90 and not piece.text[-1].isdigit()
    )


def _next_text(pieces: list[Piece], head: Piece) -> Piece | None:
    """The next paragraph, over quotations and headings of the same page."""
    for piece in pieces[_index(pieces, head) + 1 :]:
        if piece.group - head.group > 1 or piece.kind in ("item", "table"):
            return None
        if piece.kind == "para":
            return piece
    return None


def _put_together(pieces: list[Piece], head: Piece, tail: Piece, vocabulary: Vocabulary) -> Note:
    ends, begins = head.text[-40:], tail.text[:40]
    if head.text.endswith("-"):
        before, _, cut = head.text.rpartition(" ")
        text = f"{before} {vocabulary.join(cut, tail.text)}".strip()
    else:
        text = f"{head.text} {tail.text}"
    note = Note("paragraph_joined", {"start": ends, "end": begins}, head.at)
    earlier, later = (head, tail) if _index(pieces, head) < _index(pieces, tail) else (tail, head)
    earlier.kind, earlier.text, earlier.narrow, earlier.number = head.kind, text, False, head.number
    earlier.at = Location(min(head.at.first, tail.at.first), max(head.at.last, tail.at.last), head.at.page)
    del pieces[_index(pieces, later)]
    return note


def name_cuts(pieces: list[Piece]) -> list[Note]:
    """Long texts that still begin or stop in the middle of a sentence."""
    return [
        Note(
            "paragraph_cut",
            {"excerpt": piece.text[:60] if piece.text[0].islower() else piece.text[-60:]},
            piece.at,
        )
        for piece in pieces
        if piece.kind == "para"
        and len(piece.text) > 90
        and (piece.text[0].islower() or piece.text[-1] in "-,")
    ]
