"""Pull quotations: short texts followed by who said them ("KOULULAINEN", "– Äiti, Kotka")."""

from __future__ import annotations

import re

from .headings import Heading
from .hyphens import Vocabulary, join_lines
from .lines import Line, where
from .pieces import Piece
from .result import Unread
from .words import speaker_code

MAX_LINES = 25
_DASHED = re.compile(r"^[–—-]\s*(?P<role>[^\W\d_][^.!?]{1,60})$")
_AGE = re.compile(r",?\s*\(?(?:aged? |age )?\d{1,2}\s*(?:v\.?|vuotta|år|years?(?: old)?)?\)?$", re.I)
_QUOTED = re.compile(
    r"^[”\"“»«„'](?P<text>[^”“»«„\"]{3,900})[”\"“»«'][.,]?\s*(?:[–—-]\s*)?(?P<role>\(?[^\W\d_][^.!?”\"]{1,60}\)?)?\.?$"
)


def role_of_line(text: str) -> str:
    """The role, when the line is nothing but a known speaker in capitals or after a dash; else ""."""
    if not 2 < len(text) <= 70 or not (text[:3].isupper() or text[0] in "–—-"):
        return ""
    bare = _AGE.sub("", text).strip()
    if bare.isupper() and len(bare.split()) <= 5 and speaker_code(bare) and bare[-1].isalpha():
        return text
    match = _DASHED.match(text)
    if (
        match
        and len(match["role"].split()) <= 6
        and speaker_code(match["role"].split(",")[0])
        and text[-1] not in ":;,-"
    ):
        return match["role"].strip()
    return ""


def quoted(text: str) -> tuple[str, str] | None:
    """("what was said", "role" or "") for a paragraph that is one quotation in quotation marks."""
    match = _QUOTED.match(text)
    if not match:
        return None
    role = (match["role"] or "").strip("() ")
    if role and not speaker_code(role):
        return None
    return match["text"].strip(), role


def strip_marks(text: str) -> str:
    return text.strip().strip('”"“»«„').strip()


def take_quotations(
    lines: list[Line], headings: dict[int, Heading], vocabulary: Vocabulary
) -> tuple[list[Piece], list[Unread]]:
    """Marks quotations with their speakers as taken."""
    heading_lines = {index + step for index, heading in headings.items() for step in range(heading.count)}
    pieces: list[Piece] = []
    unread: list[Unread] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.taken or not line.text or len(line.text) > 70 or index in heading_lines:
            index += 1
            continue
        role, count = _role_of_two(lines, index)
        if not role:
            role, count = role_of_line(line.text), 1
        if not role:
            index += 1
            continue
        speaker = lines[index : index + count]
        words = _words_before(lines, index, heading_lines)
        if words:
            text = strip_marks(join_lines([word.text for word in words], vocabulary))
            for member in [*words, *speaker]:
                member.taken = True
            at = where([*words, *speaker])
            pieces.append(
                Piece("quotation", text, at, role=role, speaker=speaker_code(role), group=words[0].group)
            )
        elif speaker[0].text.isupper():
            for member in speaker:
                member.taken = True
            unread.append(Unread(where(speaker), role, "speaker_without_quotation"))
        index += count
    return pieces, unread


def _role_of_two(lines: list[Line], index: int) -> tuple[str, int]:
    if index + 1 >= len(lines):
        return "", 1
    one, two = lines[index], lines[index + 1]
    if (
        two.taken
        or not two.text
        or two.starts_group
        or role_of_line(two.text)
        or not one.text.isupper()
        or not two.text.isupper()
    ):
        return "", 1
    role = role_of_line(f"{one.text} {two.text}")
    return (role, 2) if role else ("", 1)


def _words_before(lines: list[Line], index: int, heading_lines: set[int]) -> list[Line]:
    """The lines of the quotation: back to a line that begins one (a capital after a blank)."""
    words: list[Line] = []
    at = index
    if lines[index].starts_group:
        return []
    while at > 0 and len(words) < MAX_LINES:
        at -= 1
        line = lines[at]
        if not line.text:
            if words and _begins(words[0].text):
                break
            continue
        if line.taken or at in heading_lines:
            break
        words.insert(0, line)
        if line.starts_group or line.glued:
            break
    if not words or not _begins(words[0].text):
        return []
    if len(words) == 1 and words[0].text.isupper():
        return []
    return words


def _begins(text: str) -> bool:
    return text[0].isupper() or text[0] in "”\"“»«„'" or text[0].isdigit() or text.startswith(("…", "..."))


def pair_speakers(pieces: list[Piece]) -> list[Piece]:
    """In a Word file: a paragraph that is only a speaker belongs to the paragraph above it."""
    paired: list[Piece] = []
    for piece in pieces:
        if piece.kind in ("para", "blockquote"):
            role = role_of_line(piece.text)
            before = paired[-1] if paired else None
            if (
                role
                and before is not None
                and before.kind in ("para", "blockquote")
                and len(before.text) < 900
            ):
                before.kind, before.role, before.speaker = "quotation", role, speaker_code(role)
                before.text, before.html = strip_marks(before.text), ""
                continue
            found = quoted(piece.text)
            if found and found[1]:
                piece.kind, piece.text, piece.role, piece.html = "quotation", found[0], found[1], ""
                piece.speaker = speaker_code(found[1])
            elif found and piece.kind == "para":
                piece.kind = "blockquote"
        paired.append(piece)
    return paired
