"""Signs that a text tells who somebody is. They ask a person to look; they decide nothing.

What they cannot see: a rare event that everyone in a village knows, a nickname, a name that is also a
common word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FIRST_NAMES = Path(__file__).with_name("data") / "first_names.txt"


class Sign(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    IDENTITY_CODE = "identity_code"
    ADDRESS = "address"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text that looks like personal data."""

    sign: Sign
    words: str


# Finnish identity code: date, century sign (the signs of 2023 included), three digits, check character.
_PATTERNS = (
    (Sign.EMAIL, re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    (Sign.IDENTITY_CODE, re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b")),
    (Sign.PHONE, re.compile(r"(?<![\w.,])(?:\+\d{2,3}|0)[\s()-]*\d(?:[\s()-]*\d){5,11}(?!\w)")),
    (
        Sign.ADDRESS,
        re.compile(
            r"\b[A-ZÅÄÖ][\wåäö-]*(?:katu|kadu|tie|tien|kuja|polku|väylä|gatan|vägen|stigen|gränd)\w*\s+\d+\b"
        ),
    ),
    (Sign.ACCOUNT, re.compile(r"(?<![\w@.])@\w{3,}")),
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# What begins a sentence or a quotation: after it a capital letter tells nothing.
_SENTENCE_END = re.compile(r"(?:^|[.!?…:\n\"”’»«])[\s\"'”’»«()\[\]–—-]*$")
# Begin with a capital letter without naming anybody who could be found.
_COMMON = (
    "suomi", "suome", "ruotsi", "venäjä", "viro", "eurooppa", "euroopa", "jumala", "jeesus", "joulu",
    "whatsapp", "snapchat", "snapchät", "instagram", "tiktok", "youtube", "discord", "fortnite",
    "minecraft", "roblox", "wilma", "google", "kela", "mll", "hyvinvointialue", "kymenlaakso",
    "helsinki", "helsing", "finland", "sverige", "barnens", "lasten",
)  # fmt: skip
_SHORT = {"i", "ok", "tv", "ps", "hva", "thl", "dj", "en", "me", "te", "he", "se"}


@cache
def first_names() -> frozenset[str]:
    """Common first names of Finland, folded; one a line in the data file."""
    return frozenset(
        line.strip().casefold() for line in FIRST_NAMES.read_text("utf-8").splitlines() if line.strip()
    )


def signs(text: str, *, places: Iterable[str] = ()) -> list[Finding]:
    """What looks like personal data in `text`, in reading order, each stretch once.

    `places` are names that may be said: municipalities and organisations of the plan, inflected forms
    included.
    """
    found: list[tuple[int, Finding]] = []
    for sign, pattern in _PATTERNS:
        found += [(m.start(), Finding(sign, m.group().strip())) for m in pattern.finditer(text)]
    taken = [(at, at + len(f.words)) for at, f in found]
    allowed = tuple({stem for place in places for stem in _stems(place)}) + _COMMON
    found += [(at, f) for at, f in _names(text, allowed) if not any(a <= at < b for a, b in taken)]
    seen: set[Finding] = set()
    ordered = []
    for _at, finding in sorted(found, key=lambda row: row[0]):
        if finding not in seen:
            seen.add(finding)
            ordered.append(finding)
    return ordered


def _names(text: str, allowed: tuple[str, ...]) -> list[tuple[int, Finding]]:
    found: list[tuple[int, Finding]] = []
    words = list(_WORD.finditer(text))
    skip_until = -1
    for place, match in enumerate(words):
        if match.start() < skip_until or not _could_name(match.group(), allowed):
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        next_to = following is not None and text[match.end() : following.start()] == " "
        if next_to and _could_name(following.group(), allowed) and not following.group().isupper():
            found.append((match.start(), Finding(Sign.NAME, f"{match.group()} {following.group()}")))
            skip_until = following.end()
        elif _is_first_name(match.group()) or not _SENTENCE_END.search(text[: match.start()]):
            found.append((match.start(), Finding(Sign.NAME, match.group())))
    return found


def _could_name(word: str, allowed: tuple[str, ...]) -> bool:
    folded = word.casefold()
    return word[0].isupper() and len(word) > 1 and folded not in _SHORT and not folded.startswith(allowed)


def _is_first_name(word: str) -> bool:
    """The name itself, or with a Finnish or Swedish case ending: Matin, Matille, Annas."""
    folded = word.casefold()
    if folded in first_names():
        return True
    return any(
        folded.startswith(stem) and len(folded) - len(stem) <= 5
        for stem in _name_stems()
        if folded[:3] == stem[:3]
    )


@cache
def _name_stems() -> frozenset[str]:
    """Names as they stand before an ending; a doubled k, p or t weakens (Matti, Matin)."""
    stems = set()
    for name in first_names():
        if len(name) >= 4:
            stems.add(name)
            stems.add(re.sub(r"([kpt])\1(?=[aeiouyäö]$)", r"\1", name))
    return frozenset(stem for stem in stems if len(stem) >= 4)


def _stems(place: str) -> set[str]:
    """Beginnings by which a place's name is known in its cases: Hamina, Haminassa; Kotka, Kotkan; Pyhtää,
    Pyhtäällä.
    """
    return {word.casefold()[: max(4, len(word) - 2)] for word in _WORD.findall(place) if len(word) > 3}
