"""Lists of people in a text: they become participants (personal data), never chapter text."""

from __future__ import annotations

import re

from .hyphens import Vocabulary
from .lines import Line, where
from .pieces import Piece
from .result import Unread
from .words import ORGANISATION, PEOPLE_TITLE

_PART = r"[A-ZÅÄÖÉÜŠŽ][a-zåäöéüšžáóèøæ]+(?:-[A-ZÅÄÖÉÜŠŽ][a-zåäöéüšžáóèøæ]+)?"
NAME = re.compile(
    rf"^(?P<name>{_PART}(?: (?:{_PART}|[A-ZÅÄÖ]\.|von|af|de)){{1,3}})(?:(?:,\s*|\s+[–-]\s+|\t\s*|"
    rf" {{2,}})(?P<rest>\S.{{0,120}}))?$"
)
MAX_WORDS = 7


def name_in(text: str) -> re.Match[str] | None:
    match = NAME.match(text) if len(text) <= 160 else None
    return None if match is None or ORGANISATION.search(text.split(",")[0]) else match


def take_people(lines: list[Line], vocabulary: Vocabulary) -> tuple[list[Piece], list[Unread]]:
    """Runs of at least four names (two under a heading that says so), with the organisations above them."""
    filled = [index for index, line in enumerate(lines) if line.text and not line.taken]
    last_fifth = lines[filled[int(len(filled) * 0.8)]].number if filled else 0
    pieces: list[Piece] = []
    unread: list[Unread] = []
    at = 0
    while at < len(filled):
        line = lines[filled[at]]
        titled = len(line.text) < 90 and bool(PEOPLE_TITLE.match(line.text))
        ahead = [lines[index] for index in filled[at + 1 : at + 3]]
        if not titled and not _begins_people(line, ahead, vocabulary):
            at += 1
            continue
        start = at + 1 if titled else at
        end = _end_of_run(lines, filled, start, vocabulary)
        run = [lines[index] for index in filled[start:end]]
        names = sum(_is_person(member, vocabulary) for member in run)
        needed = 2 if titled else 4 if line.number >= last_fifth else 6
        if names >= needed and names >= 0.5 * len(run):
            if titled:
                line.taken = True
                unread.append(Unread(where([line]), line.text, "participants_heading"))
            pieces.extend(_people_of(run, vocabulary))
            at = end
        else:
            at = max(at + 1, start)
    return pieces, unread


def _begins_people(line: Line, ahead: list[Line], vocabulary: Vocabulary) -> bool:
    """A name, or an organisation with a name close under it."""
    if _is_person(line, vocabulary):
        return True
    return any(NAME.match(other.text) for other in ahead if len(other.text) <= 160) and _is_organisation(line)


def _end_of_run(lines: list[Line], filled: list[int], start: int, vocabulary: Vocabulary) -> int:
    end = at = start
    misses = 0
    while at < len(filled) and misses < 3:
        line = lines[filled[at]]
        if _is_person(line, vocabulary):
            end, misses = at + 1, 0
        elif _is_organisation(line):
            misses += 1
        else:
            break
        at += 1
    return end


def _is_person(line: Line, vocabulary: Vocabulary) -> bool:
    match = name_in(line.text) if line.text[:1].isupper() else None
    if not match:
        return False
    # A title in capital initials ("Terveet Lapset") is made of words that the text also writes small.
    parts = [part.lower() for part in re.split(r"[ -]", match["name"]) if len(part) > 2]
    common = sum(vocabulary.words[part] > 2 for part in parts)
    return common < len(parts)


def _is_organisation(line: Line) -> bool:
    text = line.text
    words = text.split()
    if len(words) > MAX_WORDS or text[-1] in ".!?,;" or not text[0].isupper() or text[0].isdigit():
        return False
    return (len(words) == 1 and text[:-1].isalpha()) or bool(ORGANISATION.search(text)) or text.endswith(":")


def _people_of(run: list[Line], vocabulary: Vocabulary) -> list[Piece]:
    """Each name under the organisation last seen; a new text frame in between makes that uncertain."""
    pieces: list[Piece] = []
    organisation, sure, used = "", True, True
    source: Line | None = None
    for line in run:
        match = name_in(line.text) if _is_person(line, vocabulary) else None
        if match is None:
            if source is not None and not used:
                organisation = f"{organisation} – {line.text.rstrip(':')}"
            else:
                organisation = line.text.rstrip(":")
            source, sure, used = line, True, False
            continue
        sure = sure and not line.starts_group
        rest = (match["rest"] or "").strip()
        pieces.append(
            Piece(
                "person",
                match["name"],
                where([line]),
                organisation=", ".join(part for part in (rest, organisation) if part),
                certain=bool(rest) or (sure and bool(organisation)),
                group=line.group,
            )
        )
        used = True
        line.taken = True
        if source is not None:
            source.taken = True
    return pieces


def people_among(pieces: list[Piece]) -> tuple[list[Piece], list[Unread]]:
    """In a Word file: the paragraphs or list under a heading such as "Työryhmä" that begin with a name."""
    out: list[Piece] = []
    unread: list[Unread] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        end = at + 1
        titled = len(piece.text) < 90 and piece.kind in ("heading", "para") and PEOPLE_TITLE.match(piece.text)
        while (
            titled
            and end < len(pieces)
            and pieces[end].kind in ("para", "item")
            and not PEOPLE_TITLE.match(pieces[end].text)
        ):
            end += 1
        run = pieces[at + 1 : end]
        named = [member for member in run if name_in(member.text)]
        if not titled or len(named) < 2 or len(named) < 0.4 * len(run):
            out.append(piece)
            at += 1
            continue
        unread.append(Unread(piece.at, f"{piece.number} {piece.text}".strip(), "participants_heading"))
        out.extend(_people_pieces(run))
        at = end
    return out, unread


def _people_pieces(run: list[Piece]) -> list[Piece]:
    organisation: Piece | None = None
    used = True
    out: list[Piece] = []
    for member in run:
        match = name_in(member.text)
        if match:
            rest = (match["rest"] or "").strip()
            member.organisation = ", ".join(
                filter(None, (rest, organisation.text.rstrip(":") if organisation else ""))
            )
            member.kind, member.text, member.html, used = "person", match["name"], "", True
            member.certain = bool(member.organisation)
            out.append(member)
            continue
        if not used and organisation is not None:
            out.append(organisation)
        organisation, used = member, len(member.text.split()) > MAX_WORDS
        if used:
            organisation = None
            out.append(member)
    if not used and organisation is not None:
        out.append(organisation)
    return out
