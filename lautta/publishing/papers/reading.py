"""Which papers stand, which are in the making, and whether a stored one may still be served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from lautta.assessments.models import Publication
from lautta.assessments.reading import public_register
from lautta.common.models import Job
from lautta.decisions.models import Version
from lautta.plans.models import Plan
from lautta.publishing.models import Paper, PaperKind, WellbeingReport
from lautta.publishing.papers.making import Frozen, Source, Wanted

JOB = "papers"


def job_input(source: Source) -> dict[str, Any]:
    """How a job names its source."""
    if source.version:
        return {"version": source.version.public_id}
    if source.publication:
        return {"assessment": source.publication.assessment.public_id}
    return {"report": source.report.public_id if source.report else ""}


def jobs_of(plan: Plan, source: Source):
    (name, value), *_rest = job_input(source).items()
    return Job.objects.filter(scope=plan.public_id, kind=JOB, **{f"input__{name}": value}).order_by("-pk")


def running_job(plan: Plan, source: Source) -> Job | None:
    """The job that makes papers of the source just now."""
    return jobs_of(plan, source).filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).first()


@dataclass(frozen=True)
class Cell:
    """One paper that exists or could: a link when it does."""

    wanted: Wanted
    paper: Paper | None


@dataclass(frozen=True)
class Row:
    """One kind in every language and format."""

    kind: PaperKind
    cells: list[Cell]

    @property
    def missing(self) -> bool:
        return any(c.paper is None for c in self.cells)


def rows_of(source: Source, organisation: str = "") -> list[Row]:
    """Every paper of the source, stored or not. One query."""
    wanted = {source.inputs(w): w for w in source.everything(organisation)}
    stored = {p.inputs_sha256: p for p in Paper.objects.light().filter(inputs_sha256__in=wanted)}
    by: dict[str, list[Cell]] = {}
    for inputs, one in wanted.items():
        by.setdefault(one.kind, []).append(Cell(one, stored.get(inputs)))
    return [Row(PaperKind(kind), cells) for kind, cells in by.items()]


def frozen_version(plan: Plan, public_id: str, *, public: bool = False) -> Version:
    """The plan's version, or 404."""
    every = plan.versions.public() if public else plan.versions.all()
    found = every.select_related("previous").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def frozen_report(plan: Plan, public_id: str, *, public: bool = False) -> WellbeingReport:
    """The plan's frozen report, or 404."""
    every = plan.wellbeing_reports.filter(frozen_on__isnull=False)
    every = every.public() if public else every
    found = every.select_related("organisation").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def publication_of(plan: Plan, assessment_id: str) -> Publication | None:
    """What is public of the plan's assessment now, with all that its papers need."""
    rows = public_register(plan).defer(None).filter(assessment__public_id=assessment_id)
    return rows.select_related("assessment__plan__region__area", "organisation").first()


def frozen_assessment(plan: Plan, assessment_id: str) -> Publication:
    found = publication_of(plan, assessment_id)
    if found is None:
        raise Http404
    return found


def servable(plan: Plan, public_id: str, *, public: bool = False) -> tuple[Paper, Source, Wanted]:
    """The stored paper with its source, or 404: when it is not there, not public, or no longer what its inputs give."""
    paper = (
        plan.papers.select_related("version", "report", "organisation", "publication__assessment")
        .filter(public_id=public_id)
        .first()
    )
    if paper is None:
        raise Http404
    frozen: Frozen
    if paper.version:
        frozen = frozen_version(plan, paper.version.public_id, public=public)
    elif paper.report:
        frozen = frozen_report(plan, paper.report.public_id, public=public)
    elif paper.publication:
        frozen = frozen_assessment(plan, paper.publication.assessment.public_id)
    else:
        raise Http404
    source = Source(frozen)
    copy = paper.organisation.public_id if paper.organisation else ""
    wanted = Wanted(paper.kind, paper.language, paper.format, copy)
    if source.inputs(wanted) != paper.inputs_sha256:
        raise Http404
    return paper, source, wanted
