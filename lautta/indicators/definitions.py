"""Definitions: what we ourselves say of an indicator, one YAML file each in indicator_definitions/.

A file's name is the definition's code. It holds `source`, `source_id`, `theme`, `title`, `why`, `reading`, `limits`
(each {fi, sv, en}), `direction`, `respondents`, `kind`, and when they apply `decimals`, `threshold`, `denominator` (ids of
the same source whose sum the value is a share of), `role` {kind: begun|ended|timeliness|cost, pair: code} and `notes`
[{year, kind, text}]. A file that does not hold together stops the program: see `load`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import LANGUAGES, Translated
from lautta.indicators.models import Indicator, Note

FOLDER = Path(__file__).with_name("indicator_definitions")
MINIMUM_LIST = Path(__file__).with_name("data") / "minimum_list.yaml"


class DefinitionError(ValueError):
    """The file cannot be used; the message says which and why."""


class Theme(StrEnum):
    POPULATION = "population"
    GROWING_CONDITIONS = "growing_conditions"
    LIVELIHOOD = "livelihood"
    HEALTH = "health"
    MENTAL_WELLBEING = "mental_wellbeing"
    FRIENDS = "friends_and_participation"
    SCHOOL = "school"
    HABITS = "habits"
    SAFETY = "safety"
    SERVICES = "services"
    PROTECTION = "child_protection"
    WORK_AND_STUDY = "work_and_study"


THEME_NAMES: dict[Theme, Promise] = {
    Theme.POPULATION: _("Väestö"),
    Theme.GROWING_CONDITIONS: _("Kasvuolot"),
    Theme.LIVELIHOOD: _("Toimeentulo"),
    Theme.HEALTH: _("Terveys"),
    Theme.MENTAL_WELLBEING: _("Mielen hyvinvointi"),
    Theme.FRIENDS: _("Ystävät ja osallisuus"),
    Theme.SCHOOL: _("Koulu"),
    Theme.HABITS: _("Elintavat"),
    Theme.SAFETY: _("Turvallisuus"),
    Theme.SERVICES: _("Palvelut"),
    Theme.PROTECTION: _("Lastensuojelu"),
    Theme.WORK_AND_STUDY: _("Opiskelu ja työ"),
}


class RoleKind(StrEnum):
    """What an indicator is beside another: a flow in or out, whether deadlines hold, or what it costs."""

    BEGUN = "begun"
    ENDED = "ended"
    TIMELINESS = "timeliness"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class DefinedNote:
    year: int
    kind: str
    text: Translated


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition. `reading` tells how to read the number, `limits` what it does not tell; `pair` is another's code.

    `same_question` is {respondents: the source's id} of the same question asked of others, `other_ages` codes of definitions of
    the same thing at other ages: shown side by side, not as a comparison. `limit` and `law` say what a deadline is and where
    it stands; `unit_euros` how many euros one of a cost's numbers is.
    """

    code: str
    source: str
    source_id: str
    theme: Theme
    title: Translated
    why: Translated
    reading: Translated
    limits: Translated
    direction: str
    respondents: str
    kind: str
    decimals: int | None
    threshold: int
    denominator: tuple[str, ...]
    role: RoleKind | None
    pair: str
    limit: Translated | None
    law: Translated | None
    unit_euros: float
    same_question: Mapping[str, str]
    other_ages: tuple[str, ...]
    notes: tuple[DefinedNote, ...]

    def facts(self) -> dict[str, Any]:
        """What it says of the fields of an Indicator."""
        facts = {
            "definition": self.code,
            "direction": self.direction,
            "respondents": self.respondents,
            "kind": self.kind,
            "threshold": self.threshold,
        }
        return facts if self.decimals is None else {**facts, "decimals": self.decimals}


@cache
def definitions() -> Mapping[str, Definition]:
    """All definitions by code, in the order of themes and codes. DefinitionError when a file does not hold together."""
    found = {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}
    for definition in found.values():
        for code in (definition.pair, *definition.other_ages):
            if code and code not in found:
                raise DefinitionError(f"{definition.code}: no definition {code}")
    order = list(Theme)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].theme), item[0])))


@cache
def _by_source() -> dict[tuple[str, str], Definition]:
    found: dict[tuple[str, str], Definition] = {}
    for definition in definitions().values():
        other = found.setdefault((definition.source, definition.source_id), definition)
        if other is not definition:
            raise DefinitionError(f"{definition.code} and {other.code} are of the same indicator")
    return found


def definition_for(source: str, source_id: str) -> Definition | None:
    """The definition of a source's indicator, or None."""
    return _by_source().get((source, str(source_id)))


@cache
def _siblings() -> dict[tuple[str, str], tuple[Definition, str]]:
    """{(source, id): (definition, respondents)} of the same questions asked of others."""
    found: dict[tuple[str, str], tuple[Definition, str]] = {}
    for definition in definitions().values():
        for respondents, source_id in definition.same_question.items():
            other, _whom = found.setdefault((definition.source, source_id), (definition, respondents))
            if other is not definition or (definition.source, source_id) in _by_source():
                raise DefinitionError(f"{definition.code}: {source_id} stands twice")
    return found


def sibling_facts(source: str, source_id: str) -> dict[str, Any]:
    """What is known of an indicator that has no definition of its own but asks another's question of others; else {}."""
    if (known := _siblings().get((source, str(source_id)))) is None:
        return {}
    definition, respondents = known
    facts = definition.facts() | {"respondents": respondents}
    del facts["definition"]
    return facts


def wanted_ids(chosen: Iterable[Definition] | None = None) -> list[str]:
    """Sotkanet's ids of the definitions (all of them by default), and of the same questions asked of others."""
    found: dict[str, None] = {}
    for definition in definitions().values() if chosen is None else chosen:
        if definition.source == "sotkanet":
            found |= dict.fromkeys((definition.source_id, *definition.same_question.values()))
    return list(found)


@cache
def minimum_list() -> tuple[Definition, ...]:
    """What every plan is expected to follow, or to say why not (data/minimum_list.yaml)."""
    codes = yaml.safe_load(MINIMUM_LIST.read_text("utf-8"))["definitions"]
    try:
        return tuple(definitions()[code] for code in codes)
    except KeyError as error:
        raise DefinitionError(f"minimum_list.yaml: no definition {error.args[0]}") from error


def load(path: Path) -> Definition:
    """One file. DefinitionError with the file's name and what is wrong."""
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        unknown = set(data) - KEYS
        if unknown:
            raise ValueError(f"unknown keys {sorted(unknown)}")
        role = data.get("role") or {}
        return Definition(
            code=path.stem,
            source=_one_of(data["source"], Indicator.Source.values),
            source_id=str(data["source_id"]),
            theme=Theme(data["theme"]),
            title=_texts(data, "title"),
            why=_texts(data, "why"),
            reading=_texts(data, "reading"),
            limits=_texts(data, "limits"),
            direction=_one_of(data["direction"], Indicator.Direction.values),
            respondents=_one_of(data["respondents"], Indicator.Respondents.values),
            kind=_one_of(data["kind"], Indicator.Kind.values),
            decimals=data.get("decimals"),
            threshold=int(data.get("threshold", 5)),
            denominator=tuple(str(i) for i in data.get("denominator", [])),
            role=RoleKind(role["kind"]) if role else None,
            pair=role.get("pair", ""),
            limit=_texts(role, "limit") if "limit" in role else None,
            law=_texts(role, "law") if "law" in role else None,
            unit_euros=float(role.get("unit_euros", 1)),
            same_question={
                _one_of(whom, Indicator.Respondents.values): str(i)
                for whom, i in (data.get("same_question") or {}).items()
            },
            other_ages=tuple(data.get("other_ages") or ()),
            notes=tuple(
                DefinedNote(int(n["year"]), _one_of(n["kind"], Note.Kind.values), _texts(n, "text"))
                for n in data.get("notes", [])
            ),
        )
    except (yaml.YAMLError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise DefinitionError(f"{path.name}: {error}") from error


KEYS = {
    "source", "source_id", "theme", "title", "why", "reading", "limits", "direction", "respondents", "kind", "decimals",
    "threshold", "denominator", "role", "same_question", "other_ages", "notes",
}  # fmt: skip


def _texts(data: Mapping[str, Any], name: str) -> Translated:
    texts = data[name]
    if set(texts) != set(LANGUAGES) or not all(isinstance(t, str) and t.strip() for t in texts.values()):
        raise ValueError(f"{name} needs fi, sv and en")
    return Translated.from_mapping({code: " ".join(text.split()) for code, text in texts.items()})


def _one_of(value: str, known: list[str]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {known}")
    return value
