"""What the worker does for indicators."""

from django_tasks import task

from lautta.common import jobs
from lautta.common.actors import SYSTEM
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.fetching import fetch_sotkanet
from lautta.indicators.models import FetchEntry, Indicator


@task()
def run_fetch(job_pk: int) -> None:
    """Fetch the job's indicators. One that fails is counted; only an unusable source fails the job."""
    with jobs.running(job_pk) as job:

        def move_bar(done: int, total: int, entry: FetchEntry) -> None:
            jobs.advance(job, done, total)

        run = fetch_sotkanet(
            by=SYSTEM,
            source_ids=job.input["source_ids"],
            base=job.input["base"],
            progress=move_bar,
        )
        job.result = {"fetch": run.fetch.public_id, "counts": {str(k): v for k, v in run.counts.items()}}
        summarise_current(
            by=SYSTEM, indicators=Indicator.objects.filter(entries__fetch=run.fetch, entries__outcome="new")
        )
        if run.problem:
            raise jobs.JobProblem(run.problem.code, **run.problem.parameters)
