"""A stored document read again: nothing but the document itself and its kept quotations is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lautta.common.translated import Translated
from lautta.decisions.freezing.canonical import digest, dumped, quotation_hash
from lautta.decisions.models import FrozenQuotation, Version


@dataclass(frozen=True)
class Quotation:
    """A quotation as a reader gets it; `words` is empty when it has been removed on request."""

    key: str
    role: str
    age_group: str
    words: Translated

    @property
    def is_removed(self) -> bool:
        return not self.words


@dataclass(frozen=True)
class Document:
    """A frozen document with handy access. `kept` are the rows of the words that its quotations had."""

    data: Mapping[str, Any]
    kept: Mapping[str, FrozenQuotation] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.data["kind"]

    @property
    def plan(self) -> Mapping[str, Any]:
        return self.data["plan"]

    @property
    def title(self) -> Translated:
        return Translated.from_json(self.plan["title"])

    @property
    def proposal(self) -> Translated:
        return Translated.from_json(self.data["cover"]["proposal"])

    @property
    def summary(self) -> Translated:
        return Translated.from_json(self.data["cover"]["summary"])

    @property
    def chapters(self) -> list[dict[str, Any]]:
        return self.data.get("part_one", {}).get("chapters", [])

    @property
    def goals(self) -> list[dict[str, Any]]:
        return self.data.get("part_one", {}).get("goals", [])

    @property
    def indicators(self) -> list[dict[str, Any]]:
        return self.data.get("part_one", {}).get("indicators", [])

    @property
    def measures(self) -> list[dict[str, Any]]:
        return self.data.get("part_two", {}).get("measures", [])

    @property
    def year(self) -> int | None:
        return self.data.get("part_two", {}).get("year")

    @property
    def time(self) -> dict[str, Any]:
        return self.data.get("time", {})

    @property
    def passages_removed(self) -> int:
        """In how many places a passage has been removed on request after the freezing."""
        return sum(row["places"] for row in self.data.get("removed", []))

    @cached_property
    def sha256(self) -> str:
        """The digest of what stands now."""
        return digest(dumped(dict(self.data)))

    @cached_property
    def organisations(self) -> dict[str, Translated]:
        """Names by public id."""
        return {row["id"]: Translated.from_json(row["name"]) for row in self.plan["organisations"]}

    def quotations(self, keys: Iterable[str]) -> list[Quotation]:
        """What stands for these keys today: the words where they are kept and answer to the hash."""
        made = []
        for key in keys:
            named = self.data.get("quotations", {}).get(key)
            if named is None:
                continue
            row = self.kept.get(key)
            whole = row is not None and quotation_hash(row.salt, row.text) == named["hash"]
            words = Translated.from_mapping(row.text) if whole and row else Translated()
            made.append(Quotation(key, named["role"], named["age_group"], words))
        return made


def opened(version: Version) -> Document:
    """The version's document with its kept quotations: one query where it has any."""
    data = json.loads(version.content)
    kept = {}
    if data.get("quotations"):
        kept = {row.voice_key: row for row in version.quotations.all()}
    return Document(data, kept)


@dataclass(frozen=True)
class Verdict:
    """What `lautta verify` says of one version."""

    whole: bool
    removed: int = 0
    passages: int = 0
    problem: str = ""


def verified(version: Version) -> Verdict:
    """Whether the content is what was frozen, byte by byte but for what a chain of redactions accounts for, and each kept
    quotation is what it was."""
    chain = list(version.redactions.order_by("number"))
    expected = version.sha256
    for link in chain:
        if link.sha256_before != expected:
            return Verdict(False, problem="redactions")
        expected = link.sha256_after
    if digest(version.content) != expected:
        return Verdict(False, problem="content")
    try:
        data = json.loads(version.content)
        named = data.get("quotations", {})
    except (ValueError, AttributeError):
        return Verdict(False, problem="unreadable")
    kept = {row.voice_key: row for row in version.quotations.all()}
    for key, row in kept.items():
        if key not in named or quotation_hash(row.salt, row.text) != named[key]["hash"]:
            return Verdict(False, problem="quotation")
    return Verdict(True, removed=len(named) - len(kept), passages=sum(link.places for link in chain))
