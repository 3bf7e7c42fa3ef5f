"""What of this room stands in the year: the days on which a decision's effects are looked at again."""

from __future__ import annotations

import datetime as dt

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lautta.assessments.models import FollowUp, Publication
from lautta.common.events import Event, Lane
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def events_between(
    plan: Plan, first: dt.date, last: dt.date, standing: Standing | None = None
) -> list[Event]:
    """Follow-ups of the assessments that the reader may see; without a standing, of those published. One query."""
    published = Publication.objects.current().values("assessment")
    seen = plan.assessments.visible_to(standing) if standing else plan.assessments.filter(pk__in=published)
    rows = FollowUp.objects.filter(assessment__in=seen, due_on__range=(first, last)).values_list(
        "public_id", "due_on", "assessment__public_id", "assessment__title", "assessment__organisation_id",
        "assessment__is_illustrative",
    )  # fmt: skip
    return [
        Event(
            key=f"follow_up:{public_id}", day=due, lane=Lane.DECISIONS, kind="report",
            title=format_lazy(_("Vaikutusten seuranta: {title}"), title=title), organisation=organisation,
            url_name="assessments:detail", url_kwargs={"plan_id": plan.public_id, "assessment_id": assessment},
            is_public=standing is None, is_illustrative=illustrative,
        )
        for public_id, due, assessment, title, organisation, illustrative in rows
    ]  # fmt: skip
