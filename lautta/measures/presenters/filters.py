"""Filters of the list: every choice is an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from lautta.measures.choices import ServiceTier, Status, TargetGroup
from lautta.measures.models import Round
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal

NAMES = ("year", "mine", "goal", "organisation", "status", "tier", "group")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Any


@dataclass(frozen=True, slots=True)
class Filter:
    """One group. `chosen` is "" when nothing is chosen; an unknown value in the address counts as nothing."""

    name: str
    label: Any
    choices: tuple[Choice, ...]
    chosen: str = ""


def read(
    query: QueryDict,
    *,
    rounds: list[Round],
    goals: Iterable[Goal],
    organisations: Iterable[Organisation],
    own: bool,
) -> dict[str, Filter]:
    """The filters of the list with what the address chose. Without a year the newest open round's year is chosen."""
    open_years = [r.year for r in rounds if r.state == Round.State.OPEN] or [r.year for r in rounds]
    years = [Choice(str(r.year), str(r.year)) for r in rounds]
    parts = {
        "year": (_("Vuosi"), [*years, Choice("all", _("Kaikki vuodet"))]),
        "mine": (_("Kenen"), [Choice("1", _("Omat")), Choice("draft", _("Luonnokset"))] if own else []),
        "goal": (_("Tavoite"), [Choice(g.public_id, f"{g.number} {g.title}".strip()) for g in goals]),
        "organisation": (_("Organisaatio"), [Choice(o.public_id, str(o.name)) for o in organisations]),
        "status": (_("Tila"), [Choice(v, label) for v, label in Status.choices]),
        "tier": (_("Palvelutaso"), [Choice(str(v), label) for v, label in ServiceTier.choices]),
        "group": (_("Ketä varten"), [Choice(v, label) for v, label in TargetGroup.choices]),
    }
    found = {}
    for name, (label, choices) in parts.items():
        asked = query.get(name, "")
        chosen = asked if asked in {c.value for c in choices} else ""
        if name == "year" and not chosen:
            chosen = str(open_years[0]) if open_years else "all"
        found[name] = Filter(name, label, tuple(choices), chosen)
    return found


def groups(filters: dict[str, Filter], query: QueryDict) -> list[dict[str, Any]]:
    """For components/filters.html."""
    return [
        {
            "label": f.label,
            "open": bool(f.chosen) or f.name in {"year", "mine", "goal"},
            "choices": [
                {
                    "label": c.label,
                    "url": _url(query, f.name, c.value, on=c.value == f.chosen),
                    "current": c.value == f.chosen,
                }
                for c in f.choices
            ],
        }
        for f in filters.values()
        if f.choices
    ]


def active(filters: dict[str, Filter], query: QueryDict) -> list[dict[str, Any]]:
    """For components/active_filters.html; the year is always chosen and so is not removable."""
    return [
        {
            "label": next(c.label for c in f.choices if c.value == f.chosen),
            "remove_url": _url(query, f.name, "", on=True),
        }
        for f in filters.values()
        if f.chosen and f.name != "year"
    ]


def _url(query: QueryDict, name: str, value: str, *, on: bool) -> str:
    """The list's address with this choice made, or unmade when it is on; the page number goes."""
    kept = QueryDict(mutable=True)
    for other in NAMES:
        if other != name and query.get(other):
            kept[other] = query[other]  # type: ignore[assignment]
    if name == "year" or not on:
        kept[name] = value
    return f"?{kept.urlencode()}"
