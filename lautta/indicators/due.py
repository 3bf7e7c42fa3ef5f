"""Which yearly fetches are due."""

from __future__ import annotations

import datetime as dt

from lautta.indicators.models import FetchSchedule


def due_fetches(today: dt.date) -> list[FetchSchedule]:
    """Active Sotkanet schedules whose day of this year has come and that have not been run since."""
    found = []
    for schedule in FetchSchedule.objects.filter(is_active=True, source="sotkanet").order_by("pk"):
        day = dt.date(today.year, schedule.month, schedule.day)
        if day <= today and (schedule.last_run_on is None or schedule.last_run_on < day):
            found.append(schedule)
    return found
