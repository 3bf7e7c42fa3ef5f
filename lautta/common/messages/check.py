"""What is wrong with a catalogue: missing, fuzzy, obsolete, broken or contradicting messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from babel.messages.catalog import Message

from lautta.common.messages import LANGUAGES
from lautta.common.messages.catalogues import Key, Room, entries, read, strings
from lautta.common.messages.extract import Found, room_messages

_NAMED = re.compile(r"(?<!%)(?:%%)*(%\(\w+\)[a-z])")
_UNNAMED = re.compile(r"(?<!%)(?:%%)*(%[sdif])\b")
_BRACES = re.compile(r"\{\w*(?:[.!:\[][^{}]*)?\}")
_TAG = re.compile(r"</?[a-z][a-z0-9]*")


class Fault(StrEnum):
    MISSING = "missing"
    FUZZY = "fuzzy"
    PLACEHOLDERS = "placeholders"
    MARKUP = "markup"
    OBSOLETE = "obsolete"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in one catalogue."""

    room: str
    language: str
    fault: Fault
    msgid: str
    context: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        context = f" [{self.context}]" if self.context else ""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.room} {self.language} {self.fault}: {self.msgid!r}{context}{detail}"


def problems(rooms: Iterable[Room]) -> list[Problem]:
    """Every problem of the given rooms' catalogues against their sources."""
    rooms = list(rooms)
    found: list[Problem] = []
    for language in LANGUAGES:
        said: dict[Key, tuple[str, tuple[str, ...]]] = {}
        for room in rooms:
            wanted = room_messages(room.folder)
            have = entries(read(room.po(language), language))
            found.extend(_room_problems(room.name, language, wanted, have))
            for key, message in have.items():
                if key not in wanted or not all(strings(message)):
                    continue
                first, words = said.setdefault(key, (room.name, strings(message)))
                if words != strings(message):
                    # Django merges the catalogues: one of the two would be shown in both rooms.
                    detail = f"{first} says {words[0]!r}, {room.name} {strings(message)[0]!r}"
                    found.append(Problem(room.name, language, Fault.CONFLICT, key[1], key[0], detail))
    return found


def _room_problems(
    room: str, language: str, wanted: dict[Key, Found], have: dict[Key, Message]
) -> list[Problem]:
    found = []
    for key, source in wanted.items():
        message = have.get(key)
        forms = strings(message) if message else ()
        expected = 2 if source.plural else 1
        if len(forms) != expected or not all(form and form.strip() for form in forms):
            found.append(Problem(room, language, Fault.MISSING, key[1], key[0]))
            continue
        if message and message.fuzzy:
            found.append(Problem(room, language, Fault.FUZZY, key[1], key[0]))
        for fault, detail in form_faults(source.msgid, source.plural, forms):
            found.append(Problem(room, language, fault, key[1], key[0], detail))
    for key in have.keys() - wanted.keys():
        found.append(Problem(room, language, Fault.OBSOLETE, key[1], key[0]))
    return sorted(found, key=lambda p: (p.fault, p.msgid, p.context or ""))


def form_faults(msgid: str, plural: str | None, forms: tuple[str, ...]) -> list[tuple[Fault, str]]:
    """Placeholders and tags of a translation that differ from the message's own.

    A singular form may leave out the number, or say it, whichever the Finnish does.
    """
    found = []
    for number, form in enumerate(forms):
        sources = [msgid, plural] if plural and number == 0 else [plural or msgid]
        if not any(placeholders(form) == placeholders(source) for source in sources if source):
            wanted = ", ".join(sorted(placeholders(sources[-1] or msgid))) or "none"
            found.append(
                (Fault.PLACEHOLDERS, f"{', '.join(sorted(placeholders(form))) or 'none'} instead of {wanted}")
            )
        if not any(_tags(form) == _tags(source) for source in sources if source):
            found.append((Fault.MARKUP, form))
    return found


def placeholders(text: str) -> Counter | frozenset:
    """%(name)s and {name} as a set; %s and %d counted, since their number matters."""
    unnamed = _UNNAMED.findall(text)
    named = frozenset(_NAMED.findall(text)) | frozenset(_BRACES.findall(text))
    return named | {f"{kind}×{number}" for kind, number in Counter(unnamed).items()}


def _tags(text: str) -> Counter:
    return Counter(_TAG.findall(text))
