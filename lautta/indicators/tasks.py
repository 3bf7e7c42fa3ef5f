"""What the worker does for indicators."""

from django_tasks import task

from lautta.common import jobs
from lautta.common.actors import SYSTEM
from lautta.indicators.actions.population import reckon_population
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.fetchers.pxweb import BASE as PXWEB
from lautta.indicators.fetching import fetch_sotkanet
from lautta.indicators.fetching_population import fetch_population
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


@task()
def run_population_fetch(job_pk: int) -> None:
    """Fetch population and projection, then reckon the children by age. A table that fails is told; the other stands."""
    with jobs.running(job_pk) as job:

        def move_bar(done: int, total: int, entry: FetchEntry) -> None:
            jobs.advance(job, done, total + 1)

        run = fetch_population(by=SYSTEM, base=job.input["base"] or PXWEB, progress=move_bar)
        job.result = {"fetch": run.fetch.public_id, "counts": {str(k): v for k, v in run.counts.items()}}
        reckon_population(by=SYSTEM)
        jobs.advance(job, 3, 3)
        failed = run.fetch.entries.filter(outcome=FetchEntry.Outcome.FAILED).order_by("pk")
        if len(failed) == 2:
            raise jobs.JobProblem(failed[0].problem["code"], **failed[0].problem["parameters"])
