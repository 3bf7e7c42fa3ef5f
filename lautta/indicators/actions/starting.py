"""Starting a fetch in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lautta.common import jobs
from lautta.common.actors import Actor
from lautta.common.models import Job
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.actions.population import start_population_fetch
from lautta.indicators.actions.schedules import mark_run
from lautta.indicators.due import due_fetches
from lautta.indicators.fetchers.sotkanet import BASE

JOB_KIND = "indicator_fetch"


@transaction.atomic
def start_fetch(*, by: Actor, source_ids: Sequence[str], scope: str = "", base: str = "") -> Job:
    """Let the worker fetch these from Sotkanet; the job's bar moves with each, its result counts outcomes."""
    from lautta.indicators.tasks import run_fetch

    require_indicator_keeper(by, None)
    ids = [str(i) for i in source_ids]
    return jobs.start(
        by=by, scope=scope, kind=JOB_KIND, task=run_fetch, input={"source_ids": ids, "base": base or BASE}
    )


def start_due_fetches(*, by: Actor, today: dt.date) -> int:
    """Start what is due, each once whatever number of machines ask; returns how many were started here.

    With the real source's indicators comes the population: an address of one's own (a copy, a proxy) says nothing of where that is.
    """
    started = 0
    for schedule in due_fetches(today):
        with transaction.atomic():
            if mark_run(by=by, schedule=schedule, on=today):
                start_fetch(by=by, source_ids=schedule.source_ids, base=schedule.base_address)
                if not schedule.base_address:
                    start_population_fetch(by=by)
                started += 1
    return started
