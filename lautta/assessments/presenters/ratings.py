"""The line of dimensions in the comparison."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from lautta.assessments.models import Assessment, Rating
from lautta.assessments.readiness import asked_dimensions


def dimension_links(assessment: Assessment, current: str = "") -> list[dict[str, Any]]:
    """Those asked about, each with its address and whether every alternative has its rating. Two queries."""
    wanted = set(assessment.alternatives.values_list("pk", flat=True))
    rated: dict[str, set[int]] = {}
    rows = Rating.objects.filter(alternative__assessment=assessment)
    for dimension, alternative in rows.values_list("dimension", "alternative_id"):
        rated.setdefault(dimension, set()).add(alternative)
    return [
        {
            "label": str(d.title),
            "code": d.code,
            "url": address(assessment, d.code),
            "current": d.code == current,
            "done": wanted <= rated.get(d.code, set()),
        }
        for d in asked_dimensions(assessment)
    ]


def address(assessment: Assessment, dimension: str) -> str:
    return reverse("assessments:ratings", args=[assessment.plan.public_id, assessment.public_id, dimension])


def following(assessment: Assessment, dimension: str) -> str:
    """The address of the next dimension; "" after the last."""
    codes = [d.code for d in asked_dimensions(assessment)]
    after = codes[codes.index(dimension) + 1 :] if dimension in codes else codes
    return address(assessment, after[0]) if after else ""
