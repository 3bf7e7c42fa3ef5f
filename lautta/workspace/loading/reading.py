"""Reading a region's files: every value is asked for by name and kind, every mistake told by file and place.

A file is YAML: mappings, lists, texts, numbers and dates. Mistakes are collected while reading, so that all
are told at once; `Files.check` raises `BadFiles` when there are any. A key that nothing asks for is a mistake
too: it is usually misspelt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import PermissionDenied

from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES, Translated

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Mistake:
    """`place` is the way to the value within the file, such as measures[3].years[0].status."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.message}" if self.place else f"{self.file}: {self.message}"


class BadFiles(Exception):
    """The files cannot be loaded; `mistakes` says where and why."""

    def __init__(self, mistakes: list[Mistake]):
        super().__init__("\n".join(str(m) for m in mistakes))
        self.mistakes = mistakes


# libyaml's reader of plain values where it is there: many times faster, the same result.
_Safe: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):
    """Plain YAML in which a key given twice is a mistake and not silently the last one."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict:
    seen: set[Any] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int)):
            raise yaml.constructor.ConstructorError(None, None, "a key is a word", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key “{key}” stands twice", key_node.start_mark
            )
        seen.add(key)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def shown(value: Any) -> str:
    """A value as a mistake names it; what is inside lists and mappings is left out."""
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list"
    return f"“{str(value)[:60]}”"


def first(text: Translated) -> str:
    """The text in the language it was written in first."""
    return text.in_language(text.source) or ""


class Files:
    """The folder of one region. `source` is the language the texts are written in first."""

    def __init__(self, folder: Path):
        self.folder, self.source = folder, "fi"
        self.mistakes: list[Mistake] = []
        self._broken: list[Mistake] = []
        self._rows: list[Row] = []

    def wrong(self, file: str, place: str, message: str) -> None:
        self.mistakes.append(Mistake(file, place, message))

    def _unreadable(self, file: str, place: str, message: str) -> dict:
        """Nothing can be said of the rest: what else seems wrong may follow from this."""
        self._broken.append(Mistake(file, place, message))
        return {}

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def in_folder(self, name: str) -> list[str]:
        """Names of the YAML files of a folder within, in order."""
        found = sorted((self.folder / name).glob("*.yaml"))
        return [f"{name}/{path.name}" for path in found]

    def read(self, name: str) -> Row:
        """The file's mapping; an empty one with a mistake told when there is none."""
        return self.row(name, "", self._data(name))

    def _data(self, name: str) -> Any:
        path = self.folder / name
        try:
            if path.stat().st_size > MOST_BYTES:
                return self._unreadable(
                    name, "", f"the file is larger than {MOST_BYTES // 1_000_000} megabytes"
                )
            data = yaml.load(path.read_text("utf-8-sig"), Loader=_Loader)  # noqa: S506 - plain values only, see _Safe
        except FileNotFoundError:
            return self._unreadable(name, "", "the file is missing")
        except OSError as problem:
            return self._unreadable(name, "", f"the file cannot be read ({problem.strerror})")
        except UnicodeDecodeError:
            return self._unreadable(name, "", "the file is not UTF-8 text")
        except RecursionError:
            return self._unreadable(name, "", "the file is nested too deep")
        except (yaml.YAMLError, ValueError) as problem:
            mark = getattr(problem, "problem_mark", None)
            where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
            return self._unreadable(
                name, where, f"not readable as YAML: {getattr(problem, 'problem', None) or problem}"
            )
        if not isinstance(data, dict):
            return self._unreadable(name, "", "the file should hold keys and values")
        return data

    def row(self, file: str, place: str, data: Any) -> Row:
        if not isinstance(data, dict):
            self.wrong(file, place, "keys and values are expected here")
            data = {}
        made = Row(self, file, place, data)
        self._rows.append(made)
        return made

    def check(self) -> None:
        """Raise BadFiles when something was wrong, keys nobody asked for included."""
        if self._broken:
            raise BadFiles(sorted(set(self._broken), key=lambda m: m.file))
        for row in self._rows:
            for key in row.data.keys() - row.asked:
                known = ", ".join(sorted(row.asked))
                self.wrong(
                    row.file, row.at(key), f"unknown key. Known here: {known}" if known else "unknown key"
                )
        self._rows.clear()
        if self.mistakes:
            raise BadFiles(sorted(set(self.mistakes), key=lambda m: (m.file, m.place)))


@dataclass(eq=False)
class Row:
    """One mapping of a file. Each method asks for a key; if it is wrong, a harmless value is returned."""

    files: Files
    file: str
    place: str
    data: dict[Any, Any]
    asked: set[str] = field(default_factory=set)

    def at(self, key: Any) -> str:
        return f"{self.place}.{key}" if self.place else str(key)

    def wrong(self, key: str, message: str) -> None:
        self.files.wrong(self.file, self.at(key) if key else self.place, message)

    @contextmanager
    def blamed(self, *others: Row) -> Iterator[None]:
        """What an action refuses is told with its place: this row's, or the other's that has the field."""
        try:
            yield
        except Refused as refusal:
            row = next((r for r in (self, *others) if refusal.field in r.data), None)
            place = row.at(refusal.field) if row else self.place
            raise BadFiles([Mistake(self.file, place, str(refusal.message))]) from refusal
        except PermissionDenied as refusal:
            raise BadFiles([Mistake(self.file, self.place, f"not allowed: {refusal}")]) from refusal

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def skip(self, *keys: str) -> None:
        """Keys for readers of the file or for later rooms."""
        self.asked.update(keys)

    def _value(self, key: str, required: bool, expected: str) -> Any:
        self.asked.add(key)
        value = self.data.get(key)
        if value is None and required:
            self.wrong(key, f"missing: {expected} is expected")
        return value

    def text(self, key: str, *, required: bool = True, most: int = 100_000) -> str:
        """One line or many; numbers are taken as they are written."""
        value = self._value(key, required, "a text")
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self.wrong(key, "a text is expected")
            return ""
        words = str(value).strip()
        if required and not words:
            self.wrong(key, "the text is empty")
        if "\x00" in words:
            self.wrong(key, "the text has a character that cannot be stored")
            return ""
        if len(words) > most:
            self.wrong(key, f"the text is too long: at most {most} characters")
        return words

    def translated(self, key: str, *, required: bool = True) -> Translated:
        """{fi: …, sv: …, en: …}; the region's source language is always there."""
        value = self._value(key, required, "a text in languages, such as {fi: …}")
        return Translated() if value is None else self._words(self.at(key), value)

    def _words(self, place: str, value: Any) -> Translated:
        source = self.files.source
        problem = ""
        if not isinstance(value, dict):
            problem = "a text in languages is expected, such as {fi: …, sv: …, en: …}"
        elif unknown := [str(k) for k in value if k not in LANGUAGES]:
            problem = f"unknown language {', '.join(unknown)}: use {', '.join(LANGUAGES)}"
        elif any(not isinstance(v, str) or not v.strip() or "\x00" in v for v in value.values()):
            problem = "every language given needs its text"
        elif source not in value:
            problem = f"the text in the source language ({source}) is missing"
        if problem:
            self.files.wrong(self.file, place, problem)
            return Translated()
        return Translated.from_mapping(value, source=source)

    def translated_list(self, key: str) -> list[Translated]:
        return [self._words(f"{self.at(key)}[{i}]", value) for i, value in enumerate(self.sequence(key))]

    def sequence(self, key: str, *, required: bool = False) -> list[Any]:
        value = self._value(key, required, "a list")
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, "a list is expected")
            return []
        return value

    def rows(self, key: str, *, required: bool = False) -> list[Row]:
        return [
            self.files.row(self.file, f"{self.at(key)}[{i}]", value)
            for i, value in enumerate(self.sequence(key, required=required))
        ]

    def child(self, key: str, *, required: bool = True) -> Row | None:
        value = self._value(key, required, "keys and values")
        if value is None:
            return self.files.row(self.file, self.at(key), {}) if required else None
        return self.files.row(self.file, self.at(key), value)

    def date(self, key: str, *, required: bool = True) -> dt.date | None:
        value = self._value(key, required, "a date such as 2024-05-31")
        if value is None:
            return None
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date) or not 1800 <= value.year <= 2100:
            self.wrong(key, f"a date such as 2024-05-31 is expected, not {shown(value)}")
            return None
        return value

    def number(
        self, key: str, *, required: bool = True, least: int | float = 0, most: int | float = 10**10
    ) -> Any:
        """A number within limits, as written; 0 when it is wrong or left out."""
        value = self._value(key, required, "a number")
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            self.wrong(key, f"a number between {least} and {most} is expected, not {shown(value)}")
            return 0
        return value

    def whole(self, key: str, *, required: bool = True, least: int = 0, most: int = 10**9) -> int:
        value = self.number(key, required=required, least=least, most=most)
        if value != int(value):
            self.wrong(key, "a whole number is expected")
        return int(value)

    def year(self, key: str, *, required: bool = True) -> int:
        return self.whole(key, required=required, least=1900, most=2100)

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self._value(key, False, "")
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "true or false is expected")
            return default
        return value

    def choice(self, key: str, known: Collection[str], *, required: bool = True, default: str = "") -> str:
        value = self._value(key, required, f"one of {', '.join(known)}")
        return default if value is None else self._known(self.at(key), value, known)

    def choices(self, key: str, known: Collection[str], *, required: bool = False) -> list[str]:
        """Several values of a list, each known."""
        values = self.sequence(key, required=required)
        if required and self.has(key) and not values:
            self.wrong(key, "at least one is expected")
        found = [self._known(f"{self.at(key)}[{i}]", value, known) for i, value in enumerate(values)]
        return [value for value in found if value]

    def _known(self, place: str, value: Any, known: Collection[str]) -> str:
        if isinstance(value, str) and value in known:
            return value
        some = ", ".join(list(map(str, known))[:40]) or "nothing yet"
        self.files.wrong(self.file, place, f"{shown(value)} is not known. Known: {some}")
        return ""

    def new_key(self, key: str, taken: dict[str, Any]) -> str:
        """The row's own name, not used by another row of the same list."""
        name = self.text(key, most=60)
        if name and name in taken:
            self.wrong(key, f"“{name}” is given twice")
        return name
