"""Making papers: started by a person, made by the worker, kept for those who ask for the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, jobs
from lautta.common.actors import Actor
from lautta.common.models import Job
from lautta.common.problems import Refused
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan
from lautta.plans.standing import Standing
from lautta.publishing.models import Paper, PaperKind
from lautta.publishing.papers.making import Source, Wanted
from lautta.publishing.papers.reading import JOB, job_input, running_job

MOST_AT_ONCE = 60


@transaction.atomic
def start_papers(*, by: Actor, plan: Plan, source: Source, wanted: Iterable[Wanted]) -> Job:
    """Hand the papers to the worker. A job that already makes papers of the same source is given back instead.

    Everybody who works in the plan may: papers hold nothing that the frozen source does not.
    """
    from lautta.publishing.tasks import make_papers

    standing = by.standing
    if not is_system(by) and not (
        isinstance(standing, Standing) and standing.plan.pk == plan.pk and standing.is_member
    ):
        raise PermissionDenied(f"papers of plan {plan.public_id}")
    rows = [w.as_list() for w in wanted]
    if not rows:
        raise Refused(_("Valitse ainakin yksi asiakirja."), field="kind", status=422)
    if len(rows) > MOST_AT_ONCE:
        raise Refused(_("Valitse vähemmän asiakirjoja kerralla."), field="kind", status=422)
    found = running_job(plan, source)
    if found is not None:
        return found
    return jobs.start(
        by=by, scope=plan.public_id, kind=JOB, task=make_papers, input=job_input(source) | {"papers": rows}
    )


def make_paper(*, by: Actor, plan: Plan, source: Source, wanted: Wanted, job: Job | None = None) -> Paper:
    """The stored paper of these inputs, or a new one. The file is made outside any transaction."""
    inputs = source.inputs(wanted)
    stored = Paper.objects.light().filter(inputs_sha256=inputs).first()
    if stored is not None:
        return stored
    content = source.bytes_of(wanted)
    organisation = None
    if wanted.organisation:
        organisation = Organisation.objects.filter(public_id=wanted.organisation).first()
    with transaction.atomic():
        # Two workers may have made the same: the first one's file stays.
        paper, made = Paper.objects.get_or_create(
            inputs_sha256=inputs,
            defaults={
                "plan": plan, "version": source.version, "report": source.report, "publication": source.publication,
                "organisation": organisation,
                "kind": wanted.kind, "language": wanted.language, "format": wanted.format, "job": job,
                "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "content": content,
                "kept": source.kept,
                "created_by": job.started_by if job else by.user,
            },
        )  # fmt: skip
        if made:
            # What it takes the place of was made from other inputs and is served no more.
            _former(plan, source, wanted, organisation).exclude(pk=paper.pk).delete()
            audit.record(
                by=by, action="paper.create", target=paper, scope=plan.public_id,
                changes={"kind": (None, wanted.kind), "language": (None, wanted.language),
                         "format": (None, wanted.format), "sha256": (None, paper.sha256)},
            )  # fmt: skip
    return paper


def _former(plan: Plan, source: Source, wanted: Wanted, organisation: Organisation | None):
    rows = Paper.objects.filter(
        plan=plan, version=source.version, report=source.report, organisation=organisation, kind=wanted.kind,
        language=wanted.language, format=wanted.format,
    )  # fmt: skip
    # An assessment that is published anew is another document of the same assessment.
    return rows.filter(publication__assessment=source.publication.assessment) if source.publication else rows


@transaction.atomic
def drop_papers_with_removed_words(*, by: Actor) -> int:
    """Destroy papers that may show words which have since been removed or are no longer public. How many went.

    Nobody can fetch them any more (they no longer answer to their inputs); this takes the bytes too. Two queries when
    there are none.
    """
    found = [*Paper.objects.light().with_removed_words().select_related("plan"), *_outdated()]
    for paper in found:
        audit.record(by=by, action="paper.discard", target=paper, scope=paper.plan.public_id)
        paper.delete()
    return len(found)


def _outdated() -> list[Paper]:
    """Papers whose source is not what it was: statements and assessments erased, taken back or published anew, and versions
    from which a passage has been removed."""
    later = Q(version__redactions__removed_at__gt=F("created_at")) | Q(
        version__previous__redactions__removed_at__gt=F("created_at")
    )
    rows = (
        Paper.objects.light()
        .filter(Q(kind__in=[PaperKind.STATEMENTS, PaperKind.ASSESSMENT]) | later)
        .distinct()
    )
    rows = rows.select_related(
        "plan", "organisation", "version__previous", "publication__assessment__plan__region__area"
    )
    sources: dict[tuple[int | None, int | None], Source] = {}
    found = []
    for paper in rows:
        frozen, key = paper.version or paper.publication, (paper.version_id, paper.publication_id)
        if key not in sources and frozen is not None:
            sources[key] = Source(frozen)
        withdrawn = paper.publication is not None and paper.publication.withdrawn_at is not None
        copy = paper.organisation.public_id if paper.organisation else ""
        wanted = Wanted(paper.kind, paper.language, paper.format, copy)
        if withdrawn or sources[key].inputs(wanted) != paper.inputs_sha256:
            found.append(paper)
    return found
