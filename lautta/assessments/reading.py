"""What the pages read, always from the plan in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from lautta.assessments.models import Assessment, FollowUp, Hearing, Publication
from lautta.common.models import AuditEntry
from lautta.measures.models import Measure
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan
from lautta.plans.standing import Standing
from lautta.voices.models import Voice


def assessments_of(plan: Plan, standing: Standing) -> QuerySet[Assessment]:
    """Those that the person may see, with `is_public`."""
    public = Publication.objects.current().filter(assessment=OuterRef("pk"))
    return (
        plan.assessments.visible_to(standing)
        .annotate(is_public=Exists(public))
        .select_related("organisation")
    )


def assessment_of(plan: Plan, standing: Standing, public_id: str) -> Assessment:
    """One that the person may see, or 404."""
    found = (
        assessments_of(plan, standing)
        .select_related("organisation__area", "measure", "proposed", "decided")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    found.plan = plan
    return found


def is_own(standing: Standing, assessment: Assessment) -> bool:
    """Whether the person may read the working text; others read what is published."""
    return standing.sees_all_drafts or assessment.organisation_id in standing.organisation_ids


def own_assessment(plan: Plan, standing: Standing, public_id: str) -> Assessment:
    found = assessment_of(plan, standing, public_id)
    if not is_own(standing, found):
        raise Http404
    return found


def follow_up_of(assessment: Assessment, public_id: str) -> FollowUp:
    found = assessment.follow_ups.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.assessment = assessment
    return found


def hearing_of(assessment: Assessment, public_id: str) -> Hearing:
    found = assessment.hearings.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.assessment = assessment
    return found


def organisations_of(plan: Plan, standing: Standing) -> QuerySet[Organisation]:
    """Organisations that have an assessment the person sees, in name order."""
    seen = plan.assessments.visible_to(standing).order_by().values("organisation")
    return Organisation.objects.filter(pk__in=seen).in_name_order()


def measure_to_assess(plan: Plan, public_id: str) -> Measure | None:
    """The measure that `?measure=` names, when the plan has it."""
    return (
        plan.measures.select_related("organisation").filter(public_id=public_id).first()
        if public_id
        else None
    )


def published_of(assessment: Assessment) -> Publication | None:
    return assessment.publications.current().first()


def voices_in(plan: Plan, document: Mapping[str, Any]) -> dict[str, Voice]:
    """{public id: voice} of the voices quoted that are still published. One query at most."""
    wanted = [row["id"] for row in document["background"]["voices"]]
    return {v.public_id: v for v in plan.voices.public().filter(public_id__in=wanted)} if wanted else {}


def public_register(plan: Plan) -> QuerySet[Publication]:
    """What is public now, the newest first, without the documents."""
    return (
        Publication.objects.current()
        .of_plan(plan)
        .select_related("assessment", "organisation")
        .defer("document")
        .newest_first()
    )


def organisations_in_register(plan: Plan, public_ids: Iterable[str]) -> list[Organisation]:
    """Those of the register in name order, also those that have left the plan."""
    return list(Organisation.objects.ever_in_plan(plan).filter(public_id__in=list(public_ids)))


def public_assessment(plan: Plan, public_id: str) -> Publication | None:
    return (
        Publication.objects.current()
        .of_plan(plan)
        .select_related("assessment", "organisation")
        .filter(assessment__public_id=public_id)
        .first()
    )


def public_of_measure(plan: Plan, measure_id: str) -> list[Publication]:
    """Published assessments tied to a measure, newest first. One query."""
    return list(public_register(plan).filter(assessment__measure__public_id=measure_id))


def trail_of(assessment: Assessment) -> list[AuditEntry]:
    """The newest fifty rows of the trail."""
    rows = AuditEntry.objects.filter(kind="assessment", object_id=assessment.public_id)
    return list(rows.order_by("-at", "-pk")[:50])


def counts(rows: QuerySet[Assessment], states: Iterable[str]) -> dict[str, int]:
    """How many of each state. One query."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in states}
