"""Joint indicators beside their newest numbers, and the catalogue they are chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.indicators.summary_reading import summaries_of
from lautta.plans.models import JointIndicator, Plan


@dataclass(frozen=True, slots=True)
class Followed:
    """A joint indicator with what is said of the region, and its place among those of its goal."""

    joint: JointIndicator
    newest: AreaSummary | None
    begins_goal: bool
    is_first: bool
    is_last: bool


def with_newest(plan: Plan, rows: Sequence[JointIndicator]) -> list[Followed]:
    """In the order given, which is by goal. One query."""
    code = code_of_area(plan.region.area)
    said = summaries_of([row.indicator_id for row in rows], [code])
    made = []
    for n, row in enumerate(rows):
        begins = n == 0 or rows[n - 1].goal_id != row.goal_id
        ends = n + 1 == len(rows) or rows[n + 1].goal_id != row.goal_id
        made.append(Followed(row, said.get((row.indicator_id, code)), begins, begins, ends))
    return made


def newest_number(plan: Plan, indicator: Indicator) -> tuple[int, float] | None:
    """(year, value) of the region, the baseline to begin with; None where there is none."""
    code = code_of_area(plan.region.area)
    found = summaries_of([indicator], [code]).get((indicator.pk, code))
    if found is None or found.value is None or found.year is None:
        return None
    return found.year, found.value


def catalogue(plan: Plan, words: str = "") -> QuerySet[Indicator]:
    """What the region sees and does not follow yet, by name; those with a definition first."""
    rows = Indicator.objects.for_region(plan.region_id).exclude(
        pk__in=plan.joint_indicators.values("indicator")
    )
    return (rows.named(words) if words.strip() else rows).order_by("sort_key", "pk")
