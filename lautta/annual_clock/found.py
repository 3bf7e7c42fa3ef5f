"""Findings of the search for clashes, in words and with the way to mend them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.annual_clock import clashes, rules
from lautta.annual_clock.clashes import Finding, Kind
from lautta.annual_clock.happenings import Happening, year_of
from lautta.annual_clock.presenters import Names, month_names
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan
from lautta.plans.standing import Standing

# A page that nobody reads to its end helps nobody; the nearest come first.
MOST_SHOWN = 100


def people_of(happening: clashes.Dated) -> Collection[str]:
    concerns = getattr(happening, "concerns", "[]")
    return json.loads(concerns) if concerns != "[]" else ()


def findings_of(plan: Plan, year: int, standing: Standing) -> list[dict[str, Any]]:
    """At most MOST_SHOWN findings by day: kind, heading, sentence, proposed day, and the address where it is mended."""
    # What was heard is told afterwards: it is no plan that would fill a month.
    happenings = [h for h in year_of(plan, year, standing).everything() if not h.key.startswith("hearing:")]
    found = clashes.find(happenings, year, people=people_of)  # type: ignore[arg-type]
    names = Names.of(Organisation.objects.ever_in_plan(plan))
    return [_shown(finding, plan, names, standing) for finding in found[:MOST_SHOWN]]


def _shown(finding: Finding, plan: Plan, names: Names, standing: Standing) -> dict[str, Any]:
    first: Any = finding.first
    return {
        "kind": finding.kind, "heading": HEADINGS[finding.kind](), "sentence": _sentence(finding, names),
        "proposed": finding.proposed, "url": _mending(finding, first, plan, standing), "first": first,
    }  # fmt: skip


HEADINGS = {
    Kind.LATE_REPORT: lambda: _("Valmistuu liian myöhään"),
    Kind.LATE_COUNCIL: lambda: _("Kokous talousarvion jälkeen"),
    Kind.OVERLAP: lambda: _("Samoille ihmisille samaan aikaan"),
    Kind.EMPTY_MONTH: lambda: _("Tyhjä kuukausi"),
}


def _sentence(finding: Finding, names: Names) -> str:
    if finding.first is None or finding.second is None:
        month = month_names()[finding.month - 1]
        return _("Vuosikellossa ei ole mitään: %(month)s.") % {"month": month}
    first, second = _named(finding.first), _named(finding.second)
    words = {"first": first, "second": second, "organisation": names.name(finding.first.organisation)}
    if finding.kind == Kind.LATE_REPORT:
        return _("%(first)s valmistuu vasta, kun sitä tarvittiin jo: %(second)s.") % words
    if finding.kind == Kind.LATE_COUNCIL:
        return (
            _("%(organisation)s: %(first)s on vasta sen jälkeen, kun rahat on jo jaettu: %(second)s.") % words
        )
    return _("%(first)s on yhtä aikaa kuin %(second)s, ja ne koskevat samoja ihmisiä.") % words


def _named(happening: Any) -> str:
    day = happening.day
    return f"{happening.words} ({day.day}.{day.month}.{day.year})"


def _mending(finding: Finding, first: Happening | None, plan: Plan, standing: Standing) -> str:
    """Moving the event to the proposed day, adding one to an empty month, or the page of another room's event."""
    day = finding.proposed.isoformat() if finding.proposed else ""
    if first is None:
        return (
            reverse("annual_clock:event_new", args=(plan.public_id,)) + f"?day={day}"
            if rules.may_add(standing)
            else ""
        )
    if first.event and first.own_day:
        if not rules.may_keep(standing, first.organisation):
            return ""
        move = reverse("annual_clock:event_move", args=(plan.public_id, first.event))
        return f"{move}?day={first.own_day.isoformat()}&to={day}"
    return first.url
