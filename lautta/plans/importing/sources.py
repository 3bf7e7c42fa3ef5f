"""Works that a plan cites: in brackets within the text, and in a list of references."""

from __future__ import annotations

import re
from dataclasses import replace

from .result import Source

_BRACKETS = re.compile(r"\(([^()]{3,220})\)")
_YEAR_LAST = re.compile(r"\b((?:18|19|20)\d\d)[a-z]?\s*\.?\s*$")
_YEAR = re.compile(r"\b((?:18|19|20)\d\d)[a-z]?\b")
_BETWEEN = re.compile(
    r"(?<=\d{4})[a-z]?\.?\s*(?:;|,|\bja\b|\bsekä\b|\boch\b|\bsamt\b|\band\b|&)\s+(?=[^\W\d_])"
)
_PERIOD = re.compile(r"^(?:vuo\w*|år\w*|year|in|since|alkaen|tilanne)?\s*\d{4}\s*[–-]\s*\d{4}$", re.I)
_AUTHOR = re.compile(r"^(?P<author>.{2,160}?)[\s,]*\(?(?:18|19|20)\d\d")


def cited_in(text: str) -> list[str]:
    """The works cited in brackets, as written, each on its own: "(A, 2019 ja B, 2018.)" gives two."""
    found: list[str] = []
    for inside in _BRACKETS.findall(text):
        if (
            not _YEAR_LAST.search(inside)
            or not inside.strip()[0].isalpha()
            or not inside.strip()[0].isupper()
        ):
            continue
        for work in _BETWEEN.split(inside):
            work = work.strip(" ;")
            if _YEAR_LAST.search(work) and len(work) > 6 and not _PERIOD.match(work):
                found.append(work)
    return found


def is_citation_only(text: str) -> bool:
    return text.startswith("(") and text.endswith(")") and bool(cited_in(text)) and text.count("(") == 1


def make_source(text: str, *, in_text: bool) -> Source:
    year = _YEAR_LAST.search(text) or _YEAR.search(text)
    author = _AUTHOR.match(text)
    name = author["author"].strip(" ,(") if author else text.split(".")[0].strip()
    return Source(text, name, int(year.group(1)) if year else None, in_text)


class Sources:
    """Sources in order of first appearance, each once."""

    def __init__(self) -> None:
        self._found: dict[str, Source] = {}

    def cite(self, text: str) -> None:
        key = re.sub(r"\W+", " ", text.lower()).strip()
        if key in self._found:
            self._found[key] = replace(self._found[key], cited=self._found[key].cited + 1)
        else:
            self._found[key] = make_source(text, in_text=True)

    def list_entry(self, text: str) -> None:
        # Each entry of the list stays, also when the text cites the same work: its words must not be lost.
        self._found[f"list {len(self._found)}"] = make_source(text, in_text=False)

    def all(self) -> tuple[Source, ...]:
        return tuple(self._found.values())
