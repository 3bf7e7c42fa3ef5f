"""From the lines that are left: paragraphs, list items, and headings without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .hyphens import Vocabulary, join_lines
from .lines import Line, where
from .pieces import Piece
from .words import GOAL_LABEL, KNOWN_TITLE, PLAN_WORD, SOURCES_TITLE

_BULLET = re.compile(r"^(?P<mark>[•●○▪■◦·➢➤✓✔*]|[–—-](?=\s))\s*(?P<text>\S.*)$")
_NUMBERED = re.compile(r"^(?P<mark>\d{1,3}[.)]|\(?[a-zåäö]\))\s+(?P<text>\S.*)$")
_ENDS = frozenset('.!?:;)”"“»…]')
_REFERENCE = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)]?\s+[A-ZÅÄÖ]|[A-ZÅÄÖ][^\n]{1,90}?\b(?:19|20)\d\d)")
UNWRAPPED_WIDTH = 160
FAR = 5  # A heading stands at most this many lines above its text.


def is_open(text: str) -> bool:
    """The text stops in the middle of a sentence."""
    return bool(text) and text[-1] not in _ENDS


def segments(lines: list[Line], width: int) -> Iterator[list[Line]]:
    """Runs of neighbouring free lines, parted also where a line was plainly ended on purpose."""
    chunk: list[Line] = []
    for line in lines:
        if line.taken or not line.text or (chunk and (line.starts_group or line.glued)):
            if chunk:
                yield from _parts(chunk, width)
            chunk = []
        if line.text and not line.taken:
            chunk.append(line)
    if chunk:
        yield from _parts(chunk, width)


def _parts(chunk: list[Line], width: int) -> Iterator[list[Line]]:
    widest = max(len(line.text) for line in chunk)
    if (
        len(chunk) >= 3
        and widest < 0.5 * width
        and all(line.text[0].isupper() and is_open(line.text) for line in chunk)
    ):
        # Short lines that all begin big: a list without bullets.
        yield from ([line] for line in chunk)
        return
    part: list[Line] = []
    for line in chunk:
        if part and _new_part(part, line, widest, width):
            yield part
            part = []
        part.append(line)
    yield part


def _new_part(part: list[Line], line: Line, widest: int, width: int) -> bool:
    last, text = part[-1].text, line.text
    if _mark(text) and (
        not is_open(last) or _mark(part[0].text) or text[0] in "•●○▪■◦·➢➤✓✔*" or len(part) == 1
    ):
        return True
    if len(text) > 8 and GOAL_LABEL.match(text):
        return True
    if line.quote != part[-1].quote or (len(part) == 1 and _stands_alone(last, text)):
        return True
    if line.reference and not is_open(last) and _REFERENCE.match(text):
        return True
    if not (text[0].isupper() or text[0] in '”"“»(' or text[0].isdigit()):
        return False
    if last.endswith("-"):
        return False
    if width > UNWRAPPED_WIDTH:
        return True
    first_word = len(text.split(maxsplit=1)[0])
    room = widest - len(last) - 1 - first_word
    if not is_open(last):
        return room > 0.25 * widest
    return len(part) == 1 and room > 0.2 * widest and len(last) <= 90 and text[0].isupper()


def _stands_alone(first: str, text: str) -> bool:
    """A first line that is a well-known heading, or a plan's name on its cover."""
    if len(first) <= 40 and (KNOWN_TITLE.match(first) or SOURCES_TITLE.match(first)):
        return True
    return (
        len(first) <= 110
        and text[0].isupper()
        and first[0].isupper()
        and is_open(first)
        and bool(PLAN_WORD.search(first))
    )


def _mark(text: str) -> str:
    match = _BULLET.match(text) or _NUMBERED.match(text)
    return match["mark"] if match else ""


def make_piece(part: list[Line], width: int, vocabulary: Vocabulary) -> Piece:
    text = join_lines([line.text for line in part], vocabulary)
    widest = max(len(line.text) for line in part)
    piece = Piece("para", text, where(part), group=part[0].group, narrow=widest < 0.6 * width)
    if part[0].quote:
        piece.kind = "blockquote"
        return piece
    match = _BULLET.match(text)
    if match:
        piece.kind, piece.text, piece.mark = "item", match["text"], match["mark"]
        return piece
    match = _NUMBERED.match(text)
    if match and not match["text"][:1].isdigit():
        piece.kind, piece.ordered = "item", True
        piece.number, piece.text = match["mark"].strip("().").strip(), match["text"]
    return piece


def restore_dashes(pieces: list[Piece]) -> None:
    """A lone line with a dash is a signature or a remark, not a list."""
    for index, piece in enumerate(pieces):
        near = pieces[max(0, index - 1) : index] + pieces[index + 1 : index + 2]
        if (
            piece.kind == "item"
            and piece.mark
            and piece.mark in "–—-"
            and not any(other.kind == "item" for other in near)
        ):
            piece.kind, piece.text = "para", f"{piece.mark} {piece.text}"


def join_open(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Neighbours of which the first stops and the second goes on in the middle of a sentence become one."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and _continues(last, piece):
            _append(last, piece, vocabulary)
        else:
            joined.append(piece)
    return joined


def _continues(last: Piece, piece: Piece) -> bool:
    if last.kind not in ("para", "item") or piece.kind != "para" or not is_open(last.text):
        return False
    return piece.text[0].islower() or (
        # A citation that a page's end cut off: "(Hastrup, A." is open by its bracket.
        last.text.rfind("(") > last.text.rfind(")")
        and len(last.text) - last.text.rfind("(") < 120
        and piece.text[0] != "("
    )


def _append(last: Piece, piece: Piece, vocabulary: Vocabulary) -> None:
    head, _, tail = last.text.rpartition(" ")
    if last.text.endswith("-"):
        healed = vocabulary.join(tail, piece.text)
        last.text = f"{head} {healed}".strip()
    else:
        last.text = f"{last.text} {piece.text}"
    last.narrow = last.narrow and piece.narrow
    last.at = type(last.at)(last.at.first, max(last.at.last, piece.at.last), last.at.page)


def mark_headings(pieces: list[Piece]) -> None:
    """Short lines without a full stop that stand over running text are headings (a guess unless well
    known).
    """
    for index, piece in enumerate(pieces):
        if piece.kind != "para" or not _looks_like_title(piece.text):
            continue
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if after is None or (after.group != piece.group and not KNOWN_TITLE.match(piece.text)):
            continue
        if after.at.unit == "line" and after.at.first - piece.at.last > FAR:
            continue
        before = pieces[index - 1] if index else None
        known = bool(KNOWN_TITLE.match(piece.text) or SOURCES_TITLE.match(piece.text))
        caps = piece.text.isupper() and sum(c.isalpha() for c in piece.text) >= 4
        prose = (
            after.kind == "para"
            and after.text[0].isupper()
            and (len(after.text) >= 100 or (caps and len(after.text) >= 40 and not after.text.isupper()))
        )
        if (
            before is not None
            and before.kind == "para"
            and is_open(before.text)
            and not before.narrow
            and not known
            and len(before.text) > 90
        ):
            continue
        # Over a list a long line is the list's own opening ("Suunnitelmaa valmisteltaessa kuultiin"), a
        # short one a heading.
        listed = after.kind in ("item", "table", "heading", "blockquote", "quotation")
        if known or prose or (caps and listed) or (after.kind == "item" and _is_name(piece.text)):
            piece.kind, piece.style = "heading", "caps" if caps else "plain"
            piece.text = piece.text.rstrip(":") if known else piece.text
            piece.certain = known or caps


def _is_name(text: str) -> bool:
    """At most three words, the last of which is no Finnish verb ("kuultiin", "sovimme")."""
    return len(text.split()) <= 3 and not text.endswith(("tiin", "taan", "tään", "vat", "vät", "mme"))


def _looks_like_title(text: str) -> bool:
    return (
        len(text) <= 90
        and len(text.split()) <= 12
        and (text[0].isupper() or text[0].isdigit())
        and any(c.isalpha() for c in text)
        and (text[-1].isalnum() or text[-1] in ")?" or SOURCES_TITLE.match(text) is not None)
        and sum(c.isalpha() for c in text) > 0.5 * len(text.replace(" ", ""))
    )
