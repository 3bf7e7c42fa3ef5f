"""Everything the page of one measure shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from lautta.measures import reading, rules
from lautta.measures.models import MeasureYear
from lautta.measures.presenters import measures as presenters
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def detail_context(m: MeasureYear, plan: Plan, standing: Standing) -> dict[str, Any]:
    organisation = m.measure.organisation
    may_edit = rules.may_edit_measures(standing, m.round, organisation)
    own = standing.sees_all_drafts or organisation.pk in standing.roles
    money = list(m.money.select_related("organisation").order_by("year", "kind", "tier", "pk"))
    person_years = list(m.person_years.select_related("organisation").order_by("year", "kind", "tier", "pk"))
    years = reading.other_years(m, plan, standing)
    goals = presenters.goal_labels(m.goals.all())
    return {
        "m": m,
        "organisation": organisation,
        "phase": rules.phase_of(m.round),
        "goals": goals,
        "colour": goals[0]["colour"] if goals else 0,
        "facts": presenters.facts(m),
        "money": presenters.resource_rows(money),
        "person_years": presenters.resource_rows(person_years),
        "later": presenters.completeness(m, has_money=bool(money or person_years), may_edit=may_edit),
        "reports": reading.reports_of(m) if own or m.published_at else [],
        "reason": reading.reason_of(m),
        "history": presenters.history(reading.trail_of(m)) if own else [],
        "years": years if len(years) > 1 else [],
        "handovers": list(
            m.measure.handovers.select_related("from_organisation", "to_organisation").order_by("first_year")
        ),
        "translations": translations(m) if may_edit else [],
        "may_edit": may_edit,
        "may_publish": rules.may_publish(standing, m.round, organisation),
        "may_report": rules.may_report(standing, m.round, organisation),
        "is_own": own,
        "public_address": public_address(m, plan),
    }


def public_address(m: MeasureYear, plan: Plan) -> str:
    if not (m.published_at and plan.published_at):
        return ""
    try:
        return reverse(
            "publishing:measure", kwargs={"plan_id": plan.public_id, "measure_id": m.measure.public_id}
        )
    except NoReverseMatch:
        return ""


def translations(m: MeasureYear) -> list[dict[str, Any]]:
    """The other languages: how far each is, and where it is written."""
    kwargs = presenters.address(m)
    rows = []
    for code, name in settings.LANGUAGES:
        if code == m.title.source:
            continue
        texts = [t for t in (m.title, m.change, m.description) if t]
        done = sum(bool(t.in_language(code)) for t in texts)
        stale = any(t.is_stale(code) for t in texts)
        url = reverse("measures:translate", kwargs={**kwargs, "language": code})
        rows.append(
            {"code": code, "name": name, "done": done, "total": len(texts), "stale": stale, "url": url}
        )
    return rows
