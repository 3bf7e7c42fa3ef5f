"""Each row is good, or every cell that will not do is named with its row, column and reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from lautta.common.problems import Refused
from lautta.common.text import fold, sort_key
from lautta.common.translated import LANGUAGES
from lautta.network import vocabulary
from lautta.network.actions.freshness import refuse_bad_contact
from lautta.network.importing.columns import BY_KEY, COLUMNS, Column
from lautta.network.importing.reading import FORMULA, Table
from lautta.network.models import Service

_YES, _NO = (
    {"kyllä", "kylla", "ja", "yes", "x", "1", "true", "tosi"},
    {"ei", "nej", "no", "0", "false", "epätosi", "-"},
)
_PARTS = re.compile(r"[;|\n]")
# What a spreadsheet would take for a formula when the text is opened in one again. A telephone number is none.
_RISKY = re.compile(r"^(?:[=@]|[+-](?![\d ()./-]*$))")


@dataclass(frozen=True)
class Bad:
    """One cell that will not do."""

    row: int
    letter: str
    head: str
    reason: str
    shown: str


@dataclass
class Judged:
    """`good`: (row number, {field: value}) with municipalities as primary keys."""

    good: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)

    @property
    def bad_rows(self) -> list[int]:
        return sorted({cell.row for cell in self.bad})


class _Wrong(Exception):
    pass


@dataclass(frozen=True)
class Known:
    """What the judge compares with: municipalities by folded name, (provider, name) keys that stand, and who may keep what."""

    areas: Mapping[str, int]
    standing: frozenset[tuple[str, str]] = frozenset()
    covers: Callable[[list[int]], bool] = lambda _areas: True
    # An organisation goes by its name in any language: {key of each: the key that counts}.
    one_name: Mapping[str, str] = field(default_factory=dict)


def judge(table: Table, known: Known) -> Judged:
    """Judge every row; nothing is read from or written to the database."""
    found = Judged()
    letters = {key: (letter, head) for letter, key, head in table.heads}
    seen: dict[tuple[str, str], int] = {}
    for number, cells in table.rows:
        values: dict[str, Any] = {}
        wrong = len(found.bad)
        for column in COLUMNS:
            raw = cells.get(column.key, "")
            try:
                values[column.key] = _value(column, raw, known)
            except _Wrong as problem:
                letter, head = letters.get(column.key, ("–", str(column.label)))
                found.bad.append(Bad(number, letter, head, str(problem), _shown(raw)))
        if len(found.bad) == wrong:
            clash = _as_whole(values, number, seen, known)
            if clash is None:
                found.good.append((number, values))
            else:
                key, reason = clash
                letter, head = letters.get(key, ("–", str(BY_KEY[key].label)))
                found.bad.append(Bad(number, letter, head, reason, _shown(cells.get(key, ""))))
    return found


def _as_whole(
    values: dict[str, Any], number: int, seen: dict[tuple[str, str], int], known: Known
) -> tuple[str, str] | None:
    """(column, reason) when cells that are good alone do not go together."""
    provider = sort_key(values["provider"])
    key = (known.one_name.get(provider, provider), sort_key(values["name"]))
    if key in known.standing:
        return "name", _("Toimijalla on jo samanniminen palvelu hakemistossa.")
    if (first := seen.setdefault(key, number)) != number:
        return "name", _("Sama palvelu on jo rivillä %(row)s.") % {"row": first}
    if not known.covers(values["areas"]):
        return "areas", _("Kunta ei kuulu omaan perhekeskusalueeseesi.")
    return None


def _value(column: Column, raw: str, known: Known) -> Any:
    if raw == FORMULA:
        raise _Wrong(_("Kaavalla ei ole laskettua arvoa. Kirjoita arvo."))
    if _RISKY.match(raw):
        raise _Wrong(_("Teksti alkaa kaavan merkillä. Poista merkki alusta."))
    if len(raw) > column.most:
        raise _Wrong(_("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": column.most})
    if not raw and column.needed:
        raise _Wrong(_("Tämä tieto tarvitaan."))
    match column.kind:
        case "audience" | "need" | "language" | "access":
            return _codes(column.kind, raw)
        case "areas":
            return _areas(raw, known.areas)
        case "tier":
            return _one(raw, _tiers(), int(Service.Tier.BASIC))
        case "cost":
            return _one(raw, _costs(), str(Service.Cost.FREE))
        case "yes_no":
            return _yes_no(raw)
        case "contact":
            return _contact(column.key, raw)
        case "mail":
            return _mail(raw)
    if column.key in {"name", "provider"}:
        raw = " ".join(raw.split())
        # A name of signs alone has no place in an alphabetical order.
        if not sort_key(raw):
            raise _Wrong(_("Kirjoita nimi kirjaimin."))
    return raw


def _parts(raw: str, pattern: re.Pattern = _PARTS) -> list[str]:
    return list(dict.fromkeys(" ".join(p.split()) for p in pattern.split(raw) if p.strip()))


@cache
def _words(kind: str) -> dict[str, str]:
    """{folded words in any language, or the code itself: code}."""
    found = {}
    for code, word in vocabulary.words(kind).items():
        found[code] = code
        for text in (word.name, word.listed):
            for language in LANGUAGES:
                found[fold(text.in_language(language) or "")] = code
    return found


def _codes(kind: str, raw: str) -> list[str]:
    known = _words(kind)
    codes = []
    # A cell that is one known phrase may hold a comma of its own; else commas part phrases too.
    for part in _parts(raw):
        bits = [part] if fold(part) in known else _parts(part, re.compile(","))
        for bit in bits:
            if fold(bit) not in known:
                raise _Wrong(
                    _("”%(word)s” ei ole luettelossa. Katso pohjan toiselta välilehdeltä.")
                    % {"word": bit[:60]}
                )
            codes.append(known[fold(bit)])
    codes = list(dict.fromkeys(codes))
    return codes or (["fi"] if kind == "language" else [])


def _areas(raw: str, known: Mapping[str, int]) -> list[int]:
    found = []
    for name in _parts(raw, re.compile(r"[;|\n,]")):
        if fold(name) not in known:
            raise _Wrong(_("”%(word)s” ei ole maakunnan kunta.") % {"word": name[:60]})
        found.append(known[fold(name)])
    return list(dict.fromkeys(found))


@cache
def _in_every_language(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for value, label in (Service.Tier if kind == "tier" else Service.Cost).choices:
                found[fold(str(label))] = value
                found[str(value)] = value
    return found


def _tiers() -> dict[str, Any]:
    return _in_every_language("tier")


def _costs() -> dict[str, Any]:
    return _in_every_language("cost")


def _one(raw: str, known: Mapping[str, Any], default: Any) -> Any:
    if not raw:
        return default
    if (word := fold(" ".join(raw.split()))) not in known:
        raise _Wrong(
            _("”%(word)s” ei ole luettelossa. Katso pohjan toiselta välilehdeltä.") % {"word": raw[:60]}
        )
    return known[word]


def _yes_no(raw: str) -> bool:
    word = fold(raw)
    if word in _YES:
        return True
    if not word or word in _NO:
        return False
    raise _Wrong(_("Kirjoita kyllä tai ei."))


def _contact(key: str, raw: str) -> str:
    raw = " ".join(raw.split())
    try:
        refuse_bad_contact(key, raw)
    except Refused as problem:
        raise _Wrong(str(problem)) from problem
    return raw


def _mail(raw: str) -> str:
    if raw:
        try:
            validate_email(raw)
        except ValidationError as problem:
            raise _Wrong(_("Kirjoita sähköpostiosoite, esimerkiksi apu@esimerkki.fi.")) from problem
    return raw


def _shown(raw: str) -> str:
    if raw == FORMULA:
        return "="
    return raw if len(raw) <= 80 else f"{raw[:79]}…"
