"""Frameworks that goals and measures are mirrored against: data files in plans/data, one framework a file.

A file holds `framework` {key, name {fi, sv, en}, source {title, url}}, optional `groups`
{code: {fi, sv, en}}, and a list of items {code, name {fi, sv, en}, group} under `items`, `lines` or
`articles`. `title` does for `name`, `kind` for `group`. A file that does not hold together stops the
program: see `load`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lautta.common.translated import LANGUAGES, Translated

FOLDER = Path(__file__).with_name("data")
# Other data files of the folder have no `framework` at the top.
_LIST_KEYS = ("items", "lines", "articles")
_CODE_LENGTH = 20


class FrameworkError(ValueError):
    """The data file cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a strategy or an article of a convention."""

    code: str
    title: Translated
    group: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items shown together; `title` is empty when the framework has no groups."""

    code: str
    title: Translated
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework; `code` and the items' codes are what the database holds."""

    code: str
    title: Translated
    source: str
    url: str
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(item.code for item in self.items)

    def item(self, code: str) -> Item | None:
        """The item of the code, or None when the framework has none (any more)."""
        return next((item for item in self.items if item.code == code), None)


@cache
def frameworks() -> dict[str, Framework]:
    """Every framework by its code, in the order of the files' names."""
    found: dict[str, Framework] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        if not isinstance(data, dict) or "framework" not in data:
            continue
        framework = load(data, path.name)
        if framework.code in found:
            raise FrameworkError(f"{path.name}: framework {framework.code} stands in two files")
        found[framework.code] = framework
    return found


def load(data: dict[str, Any], name: str) -> Framework:
    """Read one file's content. Raises FrameworkError on a missing code, title or language, or a code used
    twice.
    """
    head = data["framework"]
    if isinstance(head, str):
        head = {**data, "key": head}
    code = str(head.get("key") or head.get("code") or "")
    if not code or len(code) > 40:
        raise FrameworkError(f"{name}: the framework needs a code of 1–40 characters")
    rows = next((data[key] for key in _LIST_KEYS if isinstance(data.get(key), list)), None)
    if not rows:
        raise FrameworkError(f"{name}: no items")
    items = [_item(row, name) for row in rows]
    twice = {item.code for item in items if sum(other.code == item.code for other in items) > 1}
    if twice:
        raise FrameworkError(f"{name}: codes used twice: {sorted(twice)}")
    source = head.get("source") or {}
    if isinstance(source, str):
        source = {"title": source, "url": head.get("url", "")}
    if not source.get("title"):
        raise FrameworkError(f"{name}: no source")
    return Framework(
        code=code, title=_words(head, f"{name}: framework"), source=str(source["title"]),
        url=str(source.get("url") or ""), groups=tuple(_groups(items, data.get("groups") or {}, name)),
    )  # fmt: skip


def _item(row: Any, name: str) -> Item:
    code = str(row.get("code") or "") if isinstance(row, dict) else ""
    if not code or len(code) > _CODE_LENGTH:
        raise FrameworkError(f"{name}: an item needs a code of 1–{_CODE_LENGTH} characters: {row!r}")
    return Item(code, _words(row, f"{name}: {code}"), str(row.get("group") or row.get("kind") or ""))


def _words(row: dict[str, Any], where: str) -> Translated:
    words = row.get("title") or row.get("name")
    if not isinstance(words, dict) or any(
        not str(words.get(language) or "").strip() for language in LANGUAGES
    ):
        raise FrameworkError(f"{where}: title in {', '.join(LANGUAGES)} is needed")
    return Translated.of(words["fi"], sv=words["sv"], en=words["en"])


def _groups(items: Iterable[Item], titles: dict[str, Any], name: str) -> Iterable[Group]:
    by_code: dict[str, list[Item]] = {}
    for item in items:
        by_code.setdefault(item.group, []).append(item)
    for code, members in by_code.items():
        title = _words({"title": titles[code]}, f"{name}: group {code}") if code in titles else Translated()
        yield Group(code, title, tuple(members))
