"""What of this room stands in the year: rounds, and the last days of reports and evaluations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common.events import Event, Lane
from lautta.measures.choices import ReportPeriod
from lautta.measures.duties import DUE
from lautta.measures.models import Round
from lautta.plans.models import Plan

_REPORTS = {
    ReportPeriod.SPRING: _("Kevään seurantatiedot vuoden {year} toimenpiteistä"),
    ReportPeriod.AUTUMN: _("Syksyn seurantatiedot vuoden {year} toimenpiteistä"),
}


def events_between(plan: Plan, first: dt.date, last: dt.date) -> list[Event]:
    """The dates of every round, of the whole plan; all are public. One query."""
    rounds = plan.rounds.filter(year__gte=first.year - 2, year__lte=last.year + 1).order_by("year")
    return [
        Event(
            key=f"round:{row.public_id}:{name}", day=day, lane=lane, kind=kind,
            title=format_lazy(title, year=row.year), url_name="measures:round",
            url_kwargs={"plan_id": plan.public_id, "year": row.year}, is_public=True,
        )
        for row in rounds
        for name, day, lane, kind, title in _dates(row)
        if first <= day <= last
    ]  # fmt: skip


def _dates(row: Round) -> Iterator[tuple]:
    if row.opens_on:
        yield "opens", row.opens_on, Lane.IMPLEMENTATION, "other", _("Vuoden {year} kierros avautuu")
    yield (
        "deadline",
        row.deadline,
        Lane.IMPLEMENTATION,
        "deadline",
        _("Toimenpiteet vuodelle {year} valmiina"),
    )
    for period, (month, day) in DUE.items():
        due = dt.date(row.year, month, day)
        yield f"report:{period}", due, Lane.IMPLEMENTATION, "report", _REPORTS[period]
    if row.evaluation_deadline:
        yield (
            "evaluation",
            row.evaluation_deadline,
            Lane.IMPLEMENTATION,
            "report",
            _("Vuoden {year} arviointi valmiina"),
        )
