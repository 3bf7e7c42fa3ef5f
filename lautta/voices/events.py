"""What of this room stands in the year: hearings, on the days when people are or were heard."""

from __future__ import annotations

import datetime as dt

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common.events import Event, Lane
from lautta.plans.models import Plan
from lautta.voices.models import Voice


def events_between(plan: Plan, first: dt.date, last: dt.date) -> list[Event]:
    """Published hearings, which all may see. One query."""
    rows = plan.hearings.filter(state=Voice.State.PUBLISHED, heard_on__range=(first, last)).values_list(
        "public_id", "heard_on", "heard_until", "matter", "organisation_id", "is_illustrative"
    )
    return [
        Event(
            key=f"hearing:{public_id}", day=day, last=until, lane=Lane.IMPLEMENTATION, kind="occasion",
            title=format_lazy(_("Kuuleminen: {matter}"), matter=matter), organisation=organisation,
            url_name="voices:hearings", url_kwargs={"plan_id": plan.public_id}, is_public=True,
            is_illustrative=illustrative,
        )
        for public_id, day, until, matter, organisation, illustrative in rows
    ]  # fmt: skip
