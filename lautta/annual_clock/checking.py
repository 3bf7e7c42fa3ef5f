"""The checklist of a year."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lautta.annual_clock import rules
from lautta.annual_clock.happenings import Happening, year_of
from lautta.annual_clock.models import YearCheck
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def checklist_of(plan: Plan, year: int, standing: Standing) -> list[dict[str, Any]]:
    """What waits first, by day: event, its days in the year, when it was checked, whether the person may."""
    events = plan.clock_events.standing().visible_to(standing)
    checks = YearCheck.objects.filter(event__in=events, year=year).select_related("event__organisation")
    days: dict[int | None, list[Happening]] = defaultdict(list)
    for happening in year_of(plan, year, standing).own():
        days[happening.event_pk].append(happening)
    rows = [
        {
            "event": check.event, "days": sorted(days[check.event_id], key=lambda h: h.day), "checked_on": check.checked_on,
            "may_change": rules.may_change(standing, check.event),
        }
        for check in checks
    ]  # fmt: skip
    return sorted(
        rows, key=lambda r: (r["checked_on"] is not None, r["days"][0].day if r["days"] else r["event"].starts_on, r["event"].pk)
    )  # fmt: skip
