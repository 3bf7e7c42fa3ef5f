"""A frozen document without a passage that tells of a person: the one thing that makes another document of a stored one.

The new document says itself that something was removed and when. Its `seal`, a random number, is drawn anew, so that nobody
can try guesses against the digest of the former one.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from lautta.plans.actions.chapter_redaction import PLACEHOLDERS, redact_rich


@dataclass
class _Removing:
    pattern: re.Pattern[str]
    places: int = 0

    def plain(self, words: str, language: str) -> str:
        made, count = self.pattern.subn(lambda _m: PLACEHOLDERS[language], words)
        self.places += count
        return made

    def rich(self, html: str, language: str) -> str:
        made = redact_rich(html, self.pattern, PLACEHOLDERS[language])
        self.places += made != html
        return made

    def chapter(self, row: dict[str, Any]) -> None:
        for language, text in row["texts"].items():
            text["title"], text["plain"] = (
                self.plain(text["title"], language),
                self.plain(text["plain"], language),
            )
            text["body"] = self.rich(text["body"], language)

    def walk(self, value: Any) -> None:
        """Every text of people's own, whatever holds it: {"source", "texts": {language: {"text"}}}."""
        if isinstance(value, dict):
            if set(value) == {"source", "texts"}:
                for language, text in value["texts"].items():
                    text["text"] = self.plain(text["text"], language)
            else:
                for inner in value.values():
                    self.walk(inner)
        elif isinstance(value, list):
            for inner in value:
                self.walk(inner)


def without(
    content: str, pattern: re.Pattern[str], day: str, chapter: str = ""
) -> tuple[dict[str, Any], int]:
    """(the document without the words, in how many places they stood); of one chapter alone when its id is given."""
    document = json.loads(content)
    removing = _Removing(pattern)
    for row in document.get("part_one", {}).get("chapters", []):
        if not chapter or row["id"] == chapter:
            removing.chapter(row)
    if not chapter:
        removing.walk({name: part for name, part in document.items() if name != "plan"})
        removing.walk(document["plan"])
    if removing.places:
        document["removed"] = [*document.get("removed", []), {"on": day, "places": removing.places}]
        document["seal"] = secrets.token_hex(16)
    return document, removing.places
