"""What the background is picked from: the plan's joint indicators with their newest numbers, and its published voices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from lautta.assessments.models import Assessment
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator, Vintage
from lautta.indicators.summary_reading import summaries_of
from lautta.organisations.models import Area, Organisation
from lautta.plans.models import Plan
from lautta.statistics.panel import Status
from lautta.voices.models import Voice

# The list is read by a person: the newest are enough, and those already picked stay.
MOST_VOICES = 60


def indicators_to_pick(assessment: Assessment) -> list[Indicator]:
    """The plan's joint indicators in its order, then those already picked though the plan follows them no more."""
    rows = [joint.indicator for joint in assessment.plan.joint_indicators.with_content().in_order()]
    known = {indicator.pk for indicator in rows}
    held = assessment.indicator_links.select_related("indicator").order_by("pk")
    return rows + [link.indicator for link in held if link.indicator_id not in known]


def voices_to_pick(assessment: Assessment) -> list[Voice]:
    """Published voices, the newest first, those already picked in front."""
    held = list(Voice.objects.filter(pk__in=assessment.voice_links.values("voice")).newest_first())
    rest: QuerySet[Voice] = assessment.plan.voices.public().exclude(pk__in=[v.pk for v in held])
    return held + list(rest.newest_first()[:MOST_VOICES])


def snapshots(
    plan: Plan, organisation: Organisation, indicators: Sequence[Indicator]
) -> dict[int, dict[str, Any]]:
    """{indicator's key: columns of AssessmentIndicator}: the newest number of the organisation's own municipality, or of
    the region where it has none. Three queries at any number.
    """
    region = plan.region.area
    own = (
        organisation.area
        if organisation.area_id and organisation.area.kind == Area.Kind.MUNICIPALITY
        else None
    )
    areas = {code_of_area(area): area for area in (own, region) if area is not None}
    said = summaries_of(indicators, list(areas))
    vintages = {
        pk: (number, sha256)
        for pk, number, sha256 in Vintage.objects.current()
        .filter(indicator__in=indicators)
        .values_list("indicator_id", "number", "sha256")
    }
    found = {}
    for indicator in indicators:
        summary = next(
            (s for code in areas if (s := said.get((indicator.pk, code))) and s.value is not None), None
        )
        summary = summary or next((s for code in areas if (s := said.get((indicator.pk, code)))), None)
        code = summary.area if summary else next(iter(areas))
        number, sha256 = vintages.get(indicator.pk, (None, ""))
        found[indicator.pk] = {
            "area_code": code,
            "area_name": areas[code].name.in_language(areas[code].name.source) or code,
            "year": summary.year if summary else None,
            "value": summary.value if summary else None,
            "status": int(summary.status) if summary else int(Status.MISSING),
            "vintage_number": number,
            "vintage_sha256": sha256,
        }
    return found
