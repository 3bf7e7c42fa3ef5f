"""What the worker does for the papers."""

from django_tasks import task

from lautta.common import jobs
from lautta.common.actors import SYSTEM
from lautta.plans.models import Plan
from lautta.publishing.actions.papers import make_paper
from lautta.publishing.papers.making import Frozen, Source, asked_for
from lautta.publishing.papers.reading import publication_of


@task()
def make_papers(job_pk: int) -> None:
    """Make the job's papers one by one; those that are ready can be fetched while the rest are made."""
    with jobs.running(job_pk) as job:
        plan = Plan.objects.get(public_id=job.scope)
        frozen: Frozen | None
        if "version" in job.input:
            frozen = plan.versions.select_related("previous").filter(public_id=job.input["version"]).first()
        elif "assessment" in job.input:
            frozen = publication_of(plan, job.input["assessment"])
        else:
            frozen = plan.wellbeing_reports.filter(
                public_id=job.input["report"], frozen_on__isnull=False
            ).first()
        if frozen is None:
            raise jobs.JobProblem("source_gone")
        source = Source(frozen)
        wanted = asked_for(job.input["papers"])
        jobs.advance(job, 0, len(wanted))
        for done, one in enumerate(wanted, start=1):
            make_paper(by=SYSTEM, plan=plan, source=source, wanted=one, job=job)
            jobs.advance(job, done, len(wanted))
