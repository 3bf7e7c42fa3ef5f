"""The yearly fetch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.indicators.access import require_decider
from lautta.indicators.models import FetchSchedule
from lautta.organisations.saving import checked_save


@transaction.atomic
def set_schedule(
    *,
    by: Actor,
    source: str,
    month: int,
    day: int,
    source_ids: Sequence[str],
    base_address: str = "",
    is_active: bool = True,
) -> FetchSchedule:
    """Fetch these every year on the day (1–28) of the month; one schedule a source and day."""
    require_decider(by, None)
    row = FetchSchedule.objects.filter(source=source, month=month, day=day).first()
    row = row or FetchSchedule(source=source, month=month, day=day)
    row.source_ids, row.base_address, row.is_active = [str(i) for i in source_ids], base_address, is_active
    checked_save(row)
    audit.record(
        by=by, action="fetch_schedule.set", target=row, changes={"source_ids": (None, row.source_ids)}
    )
    return row


@transaction.atomic
def mark_run(*, by: Actor, schedule: FetchSchedule, on: dt.date) -> bool:
    """Take the schedule's turn of the day; False when another machine has taken it."""
    taken = FetchSchedule.objects.filter(pk=schedule.pk).exclude(last_run_on__gte=on).update(last_run_on=on)
    if taken:
        audit.record(by=by, action="fetch_schedule.run", target=schedule, changes={"on": (None, on)})
    return bool(taken)
