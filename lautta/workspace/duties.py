"""What waits for whom, pulled from the rooms that have duties."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lautta.annual_clock import duties as annual_clock
from lautta.assessments import duties as assessments
from lautta.common.duties import Duty
from lautta.decisions import duties as decisions
from lautta.decisions import duties_matters
from lautta.measures import duties as measures
from lautta.plans.models import Plan
from lautta.plans.standing import Standing
from lautta.voices import duties as voices
from lautta.workspace import figures_duties as figures

ROOMS = (measures, voices, assessments, decisions, duties_matters, annual_clock, figures)


def duties_of(standing: Standing, today: dt.date) -> list[Duty]:
    """One person's duties in one plan, earliest first."""
    found = [duty for room in ROOMS for duty in room.duties_of(standing, today)]
    return sorted(found, key=lambda d: (d.due, d.key))


def duties_of_plan(plan: Plan, today: dt.date) -> dict[int, list[Duty]]:
    """{user id: duties, earliest first} of everybody in the plan, in a constant number of queries."""
    by_owner: dict[int, list[Duty]] = defaultdict(list)
    for room in ROOMS:
        for duty in room.duties_of_plan(plan, today):
            by_owner[duty.owner].append(duty)
    return {owner: sorted(found, key=lambda d: (d.due, d.key)) for owner, found in by_owner.items()}


@dataclass(frozen=True, slots=True)
class Pile:
    """Duties that belong together on the page."""

    kind: str
    duties: list[Duty]


def piles(duties: Iterable[Duty], today: dt.date) -> list[Pile]:
    """Late, within a week, later; empty piles are left out."""
    week = today + dt.timedelta(days=7)
    parted: dict[str, list[Duty]] = {"late": [], "soon": [], "later": []}
    for duty in duties:
        parted["late" if duty.due < today else "soon" if duty.due <= week else "later"].append(duty)
    return [Pile(kind, found) for kind, found in parted.items() if found]
