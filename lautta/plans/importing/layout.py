"""Undoing a PDF's layout: headings drawn after the text they head, and paragraphs whose halves lie apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from .hyphens import Vocabulary
from .paragraphs import is_open
from .pieces import Piece
from .result import Location, Note

REACH = 3  # How many pages or frames apart the halves of a paragraph may lie.
PAGE = 400  # More pieces than this are not one page: the file does not say where its pages begin.


def lift_headings(pieces: list[Piece]) -> tuple[list[Piece], list[Note]]:
    """Moves chapter headings that stand in the middle of their page to its start, where the page shows that.

    A heading is displaced when it cuts a sentence, or when its own sub-chapter (4.1) comes before it (4).
    Once a file has shown that twice, headings run into the next text, or with no text after them on their
    page, are displaced too.
    """
    pages = [list(members) for _, members in groupby(pieces, key=lambda piece: piece.group)]
    tops = [
        (page, at) for page in pages if len(page) <= PAGE for at, piece in enumerate(page) if _is_top(piece)
    ]
    shown = [(page, at) for page, at in tops if _cuts_sentence(page, at) or _after_its_child(page, at)]
    displaced = {id(page[at]) for page, at in shown}
    glued = {id(page[at]) for page, at in tops if page[at].glued}
    if len(displaced) >= 2 or (displaced and glued - displaced):
        displaced |= glued | {id(page[at]) for page, at in tops if not _text_after(page, at)}
    notes = []
    for page, at in tops:
        piece = page[at]
        if id(piece) not in displaced or at == 0 or any(_is_top(other) for other in page[:at]):
            continue
        first = page[0].at.first
        page.insert(0, page.pop(at))
        notes.append(
            Note(
                "heading_moved",
                {"title": piece.text, "from_line": piece.at.first, "to_line": first},
                piece.at,
            )
        )
    return [piece for page in pages for piece in page], notes


def _is_top(piece: Piece) -> bool:
    return piece.kind == "heading" and bool(piece.number) and "." not in piece.number


def _near(page: list[Piece], at: int, step: int) -> Piece | None:
    at += step
    while 0 <= at < len(page) and page[at].kind != "heading":
        if page[at].kind == "para":
            return page[at]
        at += step
    return None


def _cuts_sentence(page: list[Piece], at: int) -> bool:
    before, after = _near(page, at, -1), _near(page, at, 1)
    if before is None or after is None:
        return False
    return is_open(before.text) and len(before.text) > 60 and after.text[0].islower()


def _after_its_child(page: list[Piece], at: int) -> bool:
    child = page[at].number + "."
    return any(piece.kind == "heading" and piece.number.startswith(child) for piece in page[:at])


def _text_after(page: list[Piece], at: int) -> bool:
    return any(piece.kind in ("para", "item", "table") and len(piece.text) > 60 for piece in page[at + 1 :])


def join_distant(pieces: list[Piece], vocabulary: Vocabulary) -> tuple[list[Piece], list[Note]]:
    """Joins a paragraph that stops to the one text nearby that goes on,
    where the cut word proves it or none else could be.
    """
    order = {id(piece): at for at, piece in enumerate(pieces)}
    tails: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.kind == "para" and piece.text[0].islower():
            tails[piece.group].append(piece)
    gone: set[int] = set()
    notes: list[Note] = []
    for head in pieces:
        if head.kind in ("para", "item") and head.text.endswith("-") and id(head) not in gone:
            near = [
                tail
                for group in range(head.group - REACH, head.group + REACH + 1)
                for tail in tails[group][:PAGE]
                if tail is not head and id(tail) not in gone and vocabulary.heals(head.text, tail.text)
            ]
            if len(near) == 1:
                notes.append(_put_together(head, near[0], order, gone, vocabulary))
    for at, head in enumerate(pieces):
        if id(head) in gone or not _may_go_on(head):
            continue
        tail = _next_text(pieces, at, gone)
        if tail is not None and tail.text[0].islower() and len(tail.text) > 40:
            notes.append(_put_together(head, tail, order, gone, vocabulary))
    return [piece for piece in pieces if id(piece) not in gone], notes


def _may_go_on(piece: Piece) -> bool:
    return (
        piece.kind == "para" and is_open(piece.text) and len(piece.text) > 90 and not piece.text[-1].isdigit()
    )


def _next_text(pieces: list[Piece], at: int, gone: set[int]) -> Piece | None:
    """The next paragraph, over quotations and headings of the same page."""
    for index in range(at + 1, len(pieces)):
        piece = pieces[index]
        if piece.group - pieces[at].group > 1 or piece.kind in ("item", "table"):
            return None
        if piece.kind == "para" and id(piece) not in gone:
            return piece
    return None


def _put_together(
    head: Piece, tail: Piece, order: dict[int, int], gone: set[int], vocabulary: Vocabulary
) -> Note:
    """The whole stands where the earlier half stood."""
    note = Note("paragraph_joined", {"start": head.text[-40:], "end": tail.text[:40]}, head.at)
    if head.text.endswith("-"):
        before, _, cut = head.text.rpartition(" ")
        text = f"{before} {vocabulary.join(cut, tail.text)}".strip()
    else:
        text = f"{head.text} {tail.text}"
    earlier, later = (head, tail) if order[id(head)] < order[id(tail)] else (tail, head)
    earlier.kind, earlier.text, earlier.narrow = head.kind, text, False
    earlier.number, earlier.ordered, earlier.mark = head.number, head.ordered, head.mark
    earlier.at = Location(min(head.at.first, tail.at.first), max(head.at.last, tail.at.last), head.at.page)
    gone.add(id(later))
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
