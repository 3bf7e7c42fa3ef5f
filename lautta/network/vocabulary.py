"""The directory's closed words: for whom, what need, languages, accessibility, urgent numbers, tasks of a family centre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lautta.common.translated import Translated

DATA = Path(__file__).with_name("data")
KINDS = ("audience", "need", "language", "access")
_TABLES = {"audience": "audiences", "need": "needs", "language": "languages", "access": "access"}
# What an address says when a family does not want to choose.
ANY = "any"


@dataclass(frozen=True)
class Word:
    """One code with its words. `listed` is how a service names it ("families with children of 0 to 6")."""

    code: str
    name: Translated
    listed: Translated
    icon: str = ""

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True)
class Urgent:
    """A national number that is shown first; `tel` is for the link."""

    code: str
    number: str
    name: Translated
    when: Translated
    checked: dt.date
    source: str

    @property
    def tel(self) -> str:
        return self.number.replace(" ", "")


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text("utf-8"))


@cache
def _vocabulary() -> dict[str, dict[str, Word]]:
    data = _read("vocabulary.yaml")
    found = {}
    for kind, table in _TABLES.items():
        found[kind] = {
            code: Word(
                code, Translated.from_mapping(_words(row)), Translated.from_mapping(row.get("as_listed") or _words(row)),
                row.get("icon", ""),
            )
            for code, row in data[table].items()
        }  # fmt: skip
    return found


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {language: row[language] for language in ("fi", "sv", "en")}


def words(kind: str) -> dict[str, Word]:
    """{code: word} in their order."""
    return _vocabulary()[kind]


def choices(kind: str, *, listed: bool = False) -> Iterator[tuple[str, str]]:
    """(code, words in the active language) for a form; `listed` as a service names them."""
    return ((code, str(w.listed if listed else w.name)) for code, w in words(kind).items())


@cache
def urgent() -> tuple[Urgent, ...]:
    return tuple(
        Urgent(
            row["code"], row["number"], Translated.from_mapping(row["name"]), Translated.from_mapping(row["when"]),
            row["checked"], row["source"],
        )
        for row in _read("urgent.yaml")
    )  # fmt: skip


@cache
def tasks() -> dict[str, Word]:
    """The family centre's tasks in their order."""
    rows = _read("tasks.yaml")["tasks"]
    return {code: Word(code, t := Translated.from_mapping(row), t) for code, row in rows.items()}


@cache
def tasks_source() -> Translated:
    return Translated.from_mapping(_read("tasks.yaml")["source"])
