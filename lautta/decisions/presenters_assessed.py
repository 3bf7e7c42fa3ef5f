"""Rows of assessments on the pages of versions and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from lautta.assessments.presenters.detail import state_pill
from lautta.decisions import rules
from lautta.decisions.models import AssessmentLink, Station
from lautta.decisions.reading_assessed import links_of
from lautta.plans.standing import Standing


def rows(standing: Standing, links: Iterable[AssessmentLink]) -> list[dict[str, Any]]:
    """For decisions/parts/assessed.html: the tie, its address, and what the reader may do with it."""
    return [
        {
            "link": link,
            "url": reverse("assessments:detail", args=[standing.plan.public_id, link.assessment.public_id]),
            "pill": state_pill(link.assessment.state),
            "may_link": rules.may_link(standing, link),
            "may_tell": rules.may_tell(standing, link),
        }
        for link in links
    ]


def at(standing: Standing, station: Station) -> list[dict[str, Any]]:
    """Those tied to what the body of the station decided."""
    return rows(standing, links_of(station.version, standing).filter(decision__station=station))
