"""References in a text. Plain words in double brackets, so that editors, cleaning, merging and Word leave them whole."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lautta.common.html import plain_text

# The words between the brackets; a text's own space may have become a no-break space or its entity.
REFERENCE = re.compile(r"\[\[\s*mittari\s*:([^\[\]<>]{0,120})\]\]", re.I)
_BEGINNING = re.compile(r"\[\[\s*mittari\b", re.I)
_TAG = re.compile(r"(<[^<>]*>)")
_ID = re.compile(r"[a-z0-9]{4,16}")
_AREA = re.compile(r"[A-Z]{2}[0-9]{1,5}|SSS")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
GENDERS = ("total", "female", "male")


class Unreadable(ValueError):
    """A reference that cannot be read; the message is the reference as it was written."""


@dataclass(frozen=True, slots=True)
class Token:
    """One reference: an indicator's public id and, when they were written, an area's code, a year and a gender."""

    indicator: str
    area: str = ""
    year: int | None = None
    gender: str = ""

    @property
    def key(self) -> str:
        """The one way of writing it: what is stored and compared."""
        parts = (self.indicator, self.area, str(self.year or ""), self.gender)
        return "mittari:" + " ".join(part for part in parts if part)

    def __str__(self) -> str:
        return f"[[{self.key}]]"


def read_token(words: str) -> Token:
    """From the words after the colon: the id first, the others in any order. Raises Unreadable."""
    first, *rest = html.unescape(words).split() or [""]
    if not _ID.fullmatch(first.lower()):
        raise Unreadable(words.strip())
    found: dict[str, str] = {}
    for part in rest:
        if _AREA.fullmatch(part.upper()):
            name, value = "area", part.upper()
        elif _YEAR.fullmatch(part):
            name, value = "year", part
        elif part.lower() in GENDERS:
            name, value = "gender", part.lower()
        else:
            raise Unreadable(words.strip())
        if name in found:
            raise Unreadable(words.strip())
        found[name] = value
    gender = found.get("gender", "")
    return Token(
        first.lower(), found.get("area", ""), int(found["year"]) if "year" in found else None,
        "" if gender == "total" else gender,
    )  # fmt: skip


def has_reference(text: str) -> bool:
    """True when something in the text begins like a reference."""
    return "[[" in text and _BEGINNING.search(plain_text(text)) is not None


def tokens_in(rich: str = "", plain: str = "") -> list[Token]:
    """The references of a text in the order of their first places, each once.

    Raises Unreadable for one that cannot be read: words that are not known, or marks or a line break within.
    """
    found: dict[str, Token] = {}
    for token in (*_read_all(pieces(rich), plain_text(rich)), *_read_all([plain], plain)):
        found.setdefault(token.key, token)
    return list(found.values())


def _read_all(stretches: Iterable[str], whole: str) -> Iterator[Token]:
    begun = len(_BEGINNING.findall(whole))
    if not begun:
        return
    written = [m[1] for stretch in stretches for m in REFERENCE.finditer(stretch)]
    for words in written:
        yield read_token(words)
    if len(written) != begun:
        start = _BEGINNING.search(whole)
        raise Unreadable(whole[start.end() : start.end() + 40].lstrip(" :") if start else "")


def pieces(rich: str) -> list[str]:
    """The stretches of words between the tags of HTML."""
    return [part for part in _TAG.split(rich) if part and not part.startswith("<")]
