"""What of this room stands in the year: the days on which new figures are fetched."""

from __future__ import annotations

import datetime as dt

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lautta.common.events import Event, Lane
from lautta.indicators.models import FetchSchedule, Indicator


def events_between(first: dt.date, last: dt.date) -> list[Event]:
    """Yearly fetches; they are the installation's own and the same for every plan. One query."""
    rows = FetchSchedule.objects.filter(is_active=True).values_list("pk", "source", "month", "day")
    sources = dict(Indicator.Source.choices)
    return [
        Event(
            key=f"fetch:{pk}:{day:%Y%m%d}",
            day=day,
            lane=Lane.IMPLEMENTATION,
            kind="figures",
            title=format_lazy(_("Uudet luvut haetaan: {source}"), source=sources.get(source, source)),
            is_public=True,
        )
        for pk, source, month, date in rows
        for year in range(first.year, last.year + 1)
        if first <= (day := dt.date(year, month, date)) <= last
    ]
