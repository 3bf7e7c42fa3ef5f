"""What the worker does for the workspace."""

from django_tasks import task

from lautta.common import jobs
from lautta.common.actors import SYSTEM
from lautta.indicators.actions.population import reckon_population
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.models import Indicator
from lautta.plans.importing import PlanUnreadable, read_plan
from lautta.workspace.actions.imports import keep_draft_of, mark_unreadable
from lautta.workspace.importing import as_draft
from lautta.workspace.models import PlanImport


@task()
def read_import(job_pk: int) -> None:
    """Read the file of the job's import into a draft."""
    with jobs.running(job_pk) as job:
        found = PlanImport.objects.get(job_id=job_pk)
        jobs.advance(job, 1, 3)
        try:
            read = read_plan(bytes(found.content), found.filename)
        except PlanUnreadable as problem:
            mark_unreadable(by=SYSTEM, plan_import=found)
            raise jobs.JobProblem(problem.code, **problem.params) from problem
        jobs.advance(job, 2, 3)
        keep_draft_of(by=SYSTEM, plan_import=found, draft=as_draft(read))
        jobs.advance(job, 3, 3)


@task()
def summarise_figures(job_pk: int) -> None:
    """Reckon what pages say of the numbers of the job's indicator."""
    with jobs.running(job_pk) as job:
        chosen = Indicator.objects.filter(pk=job.input["indicator"])
        if chosen.filter(source=Indicator.Source.POPULATION).exists():
            reckon_population(by=SYSTEM)
        else:
            summarise_current(by=SYSTEM, indicators=chosen)
