"""A room's catalogues on disk: merged with what is in the sources, written without churn, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps

from lautta.common.messages import LANGUAGES
from lautta.common.messages.extract import Found

# No dates, no versions, no names: the file changes only when a message does.
HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: {language}\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    "\n"
)
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Room:
    """A package with messages of its own."""

    name: str
    folder: Path

    def po(self, language: str) -> Path:
        return self.folder / "locale" / language / "LC_MESSAGES" / "django.po"


def rooms(names: list[str] | None = None) -> list[Room]:
    """The installed rooms in the order of INSTALLED_APPS, or those named; KeyError for an unknown one."""
    every = {
        config.name.removeprefix("lautta."): Room(config.name.removeprefix("lautta."), Path(config.path))
        for config in apps.get_app_configs()
        if config.name.startswith("lautta.")
    }
    return [every[name] for name in names] if names else list(every.values())


def read(path: Path, language: str) -> Catalog:
    """The catalogue of a file, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as handle:
        return read_po(handle, locale=language, charset="utf-8", abort_invalid=True)


def entries(catalog: Catalog) -> dict[Key, Message]:
    """The living messages by (context, msgid), without the header."""
    return {key_of(message): message for message in catalog if message.id}


def key_of(message: Message) -> Key:
    msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return message.context, msgid


def strings(message: Message) -> tuple[str, ...]:
    """The translations: one, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def merged(old: Catalog, found: dict[Key, Found], language: str, elsewhere: dict[Key, Message]) -> Catalog:
    """A catalogue of the found messages with the translations of `old`; those gone are kept as obsolete.

    A message new to the room takes its translation from `elsewhere` (another room has the same words);
    nothing is ever guessed from likeness.
    """
    new = Catalog(locale=language)
    known = {key_of(m): m for m in old.obsolete.values()} | entries(old)
    for key, message in found.items():
        former = known.get(key) or elsewhere.get(key)
        new.add(
            (message.msgid, message.plural) if message.plural else message.msgid,
            _fitting(former, plural=message.plural is not None),
            locations=[(file, 1) for file in message.files],
            auto_comments=message.comments,
            user_comments=former.user_comments if former and key in known else (),
            flags={"fuzzy"} if former and former.fuzzy else (),
            context=message.context,
        )
    for (context, msgid), gone in known.items():
        if (context, msgid) not in found and any(strings(gone)):
            new.obsolete[(msgid, context) if context else msgid] = gone
    return new


def _fitting(former: Message | None, *, plural: bool) -> str | tuple[str, ...] | None:
    """The former translation in the shape the message has now."""
    if former is None:
        return None
    former_strings = strings(former)
    if plural:
        return former_strings if len(former_strings) == 2 else (former_strings[0], "")
    return former_strings[0]


def as_po(catalog: Catalog, language: str) -> bytes:
    """The file's content: sorted by msgid, files without line numbers, no wrapping."""
    out = BytesIO()
    write_po(out, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=language).encode() + out.getvalue().lstrip(b"\n")


def write(path: Path, catalog: Catalog, language: str) -> bool:
    """Write the file if its content changes; True when it did."""
    content = as_po(catalog, language)
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def compile_catalogues(names: list[str] | None = None) -> int:
    """Write django.mo beside every django.po that is newer than it; returns how many were written."""
    written = 0
    for room in rooms(names):
        for language in LANGUAGES:
            po = room.po(language)
            mo = po.with_suffix(".mo")
            if not po.exists() or (mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
                continue
            out = BytesIO()
            write_mo(out, read(po, language))
            mo.write_bytes(out.getvalue())
            written += 1
    return written
