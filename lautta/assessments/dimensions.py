"""What an assessment looks at: data/dimensions.yaml, each dimension tied to articles of the Convention.

A file that does not hold together stops the program: see `load`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lautta.common.translated import LANGUAGES, Translated
from lautta.plans.frameworks import Item, frameworks

FILE = Path(__file__).with_name("data") / "dimensions.yaml"
CONVENTION = "convention"
_CODE_LENGTH = 20


class DimensionError(ValueError):
    """The data file cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of a child's life. `question` is what the assessor asks, `articles` codes of the Convention."""

    code: str
    title: Translated
    question: Translated
    articles: tuple[str, ...]
    asked: bool = True


@cache
def dimensions() -> dict[str, Dimension]:
    """Every dimension by its code, in the file's order; those no longer asked too, for old assessments."""
    return load(yaml.safe_load(FILE.read_text("utf-8")))


def asked() -> list[Dimension]:
    """Those that a new assessment asks about."""
    return [d for d in dimensions().values() if d.asked]


def load(data: dict[str, Any]) -> dict[str, Dimension]:
    """Read the file's content. DimensionError on a missing language, an unknown article or a code used twice."""
    found: dict[str, Dimension] = {}
    known = frameworks()[CONVENTION].codes
    for row in data["dimensions"]:
        code = str(row.get("code") or "")
        if not code or len(code) > _CODE_LENGTH or code in found:
            raise DimensionError(
                f"a dimension needs a code of its own, 1–{_CODE_LENGTH} characters: {code!r}"
            )
        articles = tuple(str(article) for article in row.get("articles") or ())
        if unknown := [a for a in articles if a not in known]:
            raise DimensionError(f"{code}: no such articles in the Convention: {', '.join(unknown)}")
        found[code] = Dimension(
            code, _words(row, "title"), _words(row, "question"), articles, bool(row.get("asked", True))
        )
    return found


def _words(row: dict[str, Any], name: str) -> Translated:
    words = row.get(name) or {}
    if any(not str(words.get(language) or "").strip() for language in LANGUAGES):
        raise DimensionError(f"{row['code']}: {name} in {', '.join(LANGUAGES)} is needed")
    return Translated.of(words["fi"], sv=words["sv"], en=words["en"])


def in_order(codes: list[str]) -> list[Dimension]:
    """The dimensions of these codes in the file's order; unknown codes are left out."""
    return [d for d in dimensions().values() if d.code in codes]


def articles_of(codes: list[str], more: list[str] = ()) -> list[Item]:  # type: ignore[assignment]
    """Articles that the dimensions touch, and `more`, in the Convention's order."""
    wanted = {a for d in in_order(codes) for a in d.articles} | set(more)
    return [item for item in frameworks()[CONVENTION].items if item.code in wanted]
