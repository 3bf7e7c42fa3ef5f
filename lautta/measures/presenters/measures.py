"""A measure as the pages show it: rows of lists, facts, what is still to complete, and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.common.models import AuditEntry
from lautta.common.templatetags.look import period
from lautta.measures.choices import MoneyKind, Sector, TargetGroup, VulnerableGroup
from lautta.measures.models import MeasureYear
from lautta.measures.presenters.indicators import chosen_words
from lautta.measures.words import DEEDS, FIELDS
from lautta.organisations.permissions import ROLE_NAMES
from lautta.plans.frameworks import frameworks
from lautta.plans.models import Goal


def sections() -> list[tuple[str, str, str]]:
    """(name, label, what it asks) of the parts that can wait."""
    return [
        ("description", _("Kuvaus"), _("Mitä käytännössä tehdään")),
        ("tier", _("Palvelutaso"), _("Kaikille yhteisestä korjaavaan")),
        ("people", _("Vastuut ja kumppanit"), _("Kuka vastaa, ketkä ovat mukana")),
        ("resources", _("Eurot ja työaika"), _("Mitä tämä maksaa ja kenen työtä se on")),
        ("groups", _("Haavoittuvat ryhmät ja toimialat"), _("Kenestä pidetään erityistä huolta")),
        ("indicators", _("Mittarit"), _("Mistä muutoksen näkee")),
        ("mirroring", _("Peilaus"), _("Lapsistrategia ja lapsen oikeudet")),
    ]


def is_filled(measure_year: MeasureYear, section: str, *, has_money: bool) -> bool:
    m = measure_year
    return {
        "description": bool(m.description),
        "tier": m.service_tier is not None,
        "people": bool(m.responsible_title or m.responsible_id or m.other_partners or m.partners.all()),
        "resources": has_money,
        "groups": bool(m.vulnerable_groups or m.sectors),
        "indicators": bool(m.indicator_links.all()),
        "mirroring": bool(m.mirrorings.all()),
    }[section]


def completeness(measure_year: MeasureYear, *, has_money: bool, may_edit: bool) -> dict[str, Any]:
    """How many of the later parts are filled, and the list of all. It tells; it does not nag."""
    kwargs = address(measure_year)
    rows = [
        {
            "name": name,
            "label": label,
            "asks": asks,
            "filled": is_filled(measure_year, name, has_money=has_money),
            "url": reverse("measures:section", kwargs={**kwargs, "section": name}) if may_edit else "",
        }
        for name, label, asks in sections()
    ]
    return {"rows": rows, "filled": sum(r["filled"] for r in rows), "total": len(rows)}


def address(measure_year: MeasureYear) -> dict[str, Any]:
    """The url kwargs of a measure's year."""
    m = measure_year.measure
    return {"plan_id": m.plan.public_id, "measure_id": m.public_id, "year": measure_year.round.year}


def goal_labels(goals: Iterable[Goal]) -> list[dict[str, Any]]:
    return [{"colour": g.colour, "number": g.number, "title": g.title} for g in goals]


def list_rows(
    years: Iterable[MeasureYear],
    links: Mapping[int, list[int]],
    goals: Mapping[int, Goal],
    own: set[int],
    plan_id: str,
) -> list[dict[str, Any]]:
    """Rows of the list's table."""
    return [
        {
            "title": y.title,
            "url": reverse("measures:detail", args=[plan_id, y.measure.public_id, y.round.year]),
            "organisation": y.measure.organisation.name,
            "year": y.round.year,
            "goals": goal_labels(goals[pk] for pk in links.get(y.pk, []) if pk in goals),
            "status": y.status,
            "timeliness": y.timeliness,
            "tier_name": y.get_service_tier_display() if y.service_tier else "",
            "is_draft": y.published_at is None,
            "is_own": y.measure.organisation_id in own,
            "when": when(y),
        }
        for y in years
    ]


def when(measure_year: MeasureYear) -> str:
    """1.1.–31.12.2024, or 1.1.2024– when it goes on."""
    if measure_year.ends_on:
        return period(measure_year.starts_on, measure_year.ends_on)
    return f"{period(measure_year.starts_on, measure_year.starts_on)}–"


def _labels(vocabulary: Any, values: Iterable[str]) -> str:
    names = dict(vocabulary.choices)
    return ", ".join(str(names.get(v, v)) for v in values)


def facts(measure_year: MeasureYear) -> list[dict[str, Any]]:
    """Terms and texts of what is filled."""
    m = measure_year
    partners = ", ".join(
        [*(str(o.name) for o in m.partners.all()), *([m.other_partners] if m.other_partners else [])]
    )
    rows = [
        (_("Vastuuorganisaatio"), str(m.measure.organisation.name)),
        (_("Vastuuhenkilön tehtävä"), m.responsible_title),
        (_("Ketä varten"), _labels(TargetGroup, m.target_groups)),
        (_("Milloin"), when(m)),
        (_("Haavoittuvat ryhmät"), _labels(VulnerableGroup, m.vulnerable_groups)),
        (_("Toimialat"), _labels(Sector, m.sectors)),
        (_("Kumppanit"), partners),
        (_("Mistä muutoksen näkee"), chosen_words(m)),
        (_("Peilaus"), mirrorings(m)),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def mirrorings(measure_year: MeasureYear) -> str:
    known = frameworks()
    words = []
    for row in sorted(measure_year.mirrorings.all(), key=lambda r: (r.framework, r.code)):
        item = known[row.framework].item(row.code) if row.framework in known else None
        words.append(str(item.title) if item else f"{row.framework} {row.code}")
    return "; ".join(words)


def resource_rows(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows for a table with the sum of each kind."""
    rows = list(rows)
    sums = [
        {"label": label, "amount": sum((r.amount for r in rows if r.kind == kind), Decimal(0))}
        for kind, label in MoneyKind.choices
        if any(r.kind == kind for r in rows)
    ]
    return {"rows": rows, "sums": sums}


def history(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """The trail in words: when, what, which fields, by which role; never by whom."""
    return [
        {
            "at": e.at,
            "deed": DEEDS.get(e.action, e.action),
            "fields": [FIELDS[name] for name in e.changes if name in FIELDS]
            if e.action == "measure.update"
            else [],
            "role": ROLE_NAMES.get(  # type: ignore[call-overload]
                e.actor_role, _("Järjestelmä") if e.actor_role == "system" else e.actor_role
            ),
        }
        for e in entries
    ]
