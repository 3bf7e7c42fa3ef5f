"""Shapes an import's draft for its checking page, and reads the page's answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lautta.common.html import plain_text
from lautta.workspace import import_words
from lautta.workspace.actions.imports import Choices
from lautta.workspace.importing import PARTS
from lautta.workspace.models import PlanImport

_FIELD = re.compile(r"^(?P<what>keep|title|kind)-(?P<part>[a-z]+)-(?P<index>\d{1,5})$")


@dataclass(slots=True)
class Item:
    """One row to accept or leave: `name` makes the field names, `kept` its tick."""

    index: int
    title: str
    kept: bool
    certain: bool
    row: dict[str, Any]
    excerpt: str = ""


@dataclass(slots=True)
class DraftPage:
    language: str = "fi"
    title: str = ""
    period: tuple[int, int] | None = None
    parts: dict[str, list[Item]] = field(default_factory=dict)
    tables: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self.parts.values())


def choices_from(post: Mapping[str, str]) -> Choices:
    """{part: {index: {"title", "kind"}}} of the ticked rows; unknown names are passed over."""
    said: Choices = {part: {} for part in PARTS}
    rest: list[tuple[str, int, str, str]] = []
    for name, value in post.items():
        match = _FIELD.match(name)
        if not match or match["part"] not in said:
            continue
        if match["what"] == "keep":
            said[match["part"]].setdefault(int(match["index"]), {})
        else:
            rest.append((match["part"], int(match["index"]), match["what"], value.strip()))
    for part, index, what, value in rest:
        if index in said[part]:
            said[part][index][what] = value
    return said


def draft_page(found: PlanImport, post: Mapping[str, str] | None) -> DraftPage:
    """The page of a draft; after a refused POST the ticks and titles are as the person left them."""
    if found.state == PlanImport.State.UNREADABLE or (found.job and found.job.state == "failed"):
        problem = found.job.problem if found.job else {}
        words = import_words.say(
            import_words.UNREADABLE, problem.get("code", "unexpected"), problem.get("parameters", {})
        )
        return DraftPage(problem=words)
    draft = found.draft
    if not draft:
        return DraftPage()
    said = choices_from(post) if post is not None else None
    page = DraftPage(language=draft["language"], title=draft["title"], period=draft["period"])
    for part in PARTS:
        page.parts[part] = [_item(part, i, row, said) for i, row in enumerate(draft[part])]
    page.tables = draft["tables"]
    page.notes = [import_words.say(import_words.NOTES, n["code"], n["params"]) for n in draft["notes"]]
    page.notes += [
        import_words.say(import_words.NOTES, n["code"], n["params"])
        for t in draft["tables"]
        for n in t["notes"]
    ]
    page.unread = [
        {**row, "words": import_words.say(import_words.UNREAD, row["reason"], row["params"])}
        for row in draft["unread"]
    ]
    return page


def _item(part: str, index: int, row: dict[str, Any], said: Choices | None) -> Item:
    title = row.get("title") or row.get("text") or row.get("name") or ""
    # The heading of a bibliography is no chapter: its entries come as sources.
    kept = not (part == "chapters" and row.get("kind") == "sources" and not row["html"])
    if said is not None:
        kept = index in said[part]
        title = said[part].get(index, {}).get("title") or title
    excerpt = plain_text(row["html"])[:280] if "html" in row else row.get("description", "")
    return Item(index, title, kept, row.get("certain", True), row, excerpt)
