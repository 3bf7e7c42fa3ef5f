"""How wide text is and where it breaks, without the font: a careful estimate, since the reader's device has its own."""

import unicodedata
from functools import lru_cache

from .svg import SIZE

_NARROW = frozenset("iljtfrI.,:;'’|!()[]/ \u00a0·-")
_BROAD = frozenset("mwMWÆŒ@%—…")


@lru_cache(maxsize=1024)
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.92
    if character in "\u00ad\u200b\u200d\ufe0f" or unicodedata.combining(character):
        return 0
    if character.isdigit():
        return 0.59
    if character.isupper():
        return 0.7
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    return 0.58


def width_of(text: str, size: float = SIZE) -> float:
    """Width in the drawing's units, a little over what common sans-serif fonts need."""
    return size * sum(map(_em, text))


def cut(text: str, room: float, size: float = SIZE) -> str:
    """The text, or as much of it as fits in `room`, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _head(word: str, room: float, size: float) -> tuple[str, str]:
    """A word too long for a line in two: at a soft hyphen where it has one, else where the room ends."""
    parts = word.split("\u00ad")
    for count in range(len(parts) - 1, 0, -1):
        head = "".join(parts[:count]) + "-"
        if width_of(head, size) <= room:
            return head, "\u00ad".join(parts[count:])
    end = 1
    while end < len(word) and width_of(word[: end + 1], size) <= room:
        end += 1
    return word[:end], word[end:]


def wrap(text: str, room: float, size: float = SIZE, most: int = 3) -> list[str]:
    """Lines that fit in `room`, at most `most`; what is left over ends in an ellipsis."""
    words = text.split(" ") if text else []
    lines: list[str] = []
    current = ""
    while words:
        word = words.pop(0)
        joined = f"{current} {word}" if current else word
        if width_of(joined, size) <= room:
            current = joined
        elif current:
            lines.append(current)
            current = ""
            words.insert(0, word)
        else:
            head, rest = _head(word, room, size)
            if not rest:
                current = head
            else:
                lines.append(head)
                words.insert(0, rest)
        if len(lines) == most:
            left = " ".join(filter(None, [current, *words]))
            if left:
                lines[-1] = cut(f"{lines[-1]} {left}", room, size)
            return lines
    return [*lines, current] if current else lines
