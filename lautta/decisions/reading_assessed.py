"""Assessments that versions and decisions rest on: for the workspace, and what the public may see of them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from lautta.assessments.models import Assessment, Publication
from lautta.decisions.models import AssessmentLink, Decision, Version
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def links_of(version: Version, standing: Standing) -> QuerySet[AssessmentLink]:
    """Those whose assessment the person may read; those of decisions that stand."""
    return (
        version.assessment_links.exclude(decision__corrected=True)
        .filter(assessment__in=version.plan.assessments.visible_to(standing))
        .select_related(
            "version",
            "assessment__organisation",
            "assessment__proposed",
            "decision__station__body__organisation",
        )
        .defer("version__content")
        .in_order()
    )


def assessments_to_link(
    version: Version, standing: Standing, decision: Decision | None = None
) -> QuerySet[Assessment]:
    """What the person sees and is not tied here yet; only what is published, once the version is public."""
    rows = (
        version.plan.assessments.visible_to(standing).exclude(state="dropped").select_related("organisation")
    )
    if version.stations.exists():
        rows = rows.filter(pk__in=Publication.objects.current().values("assessment"))
    tied = AssessmentLink.objects.filter(version=version, decision=decision)
    return rows.exclude(pk__in=tied.values("assessment")).order_by("sort_key", "pk")


def link_of(plan: Plan, standing: Standing, public_id: str) -> AssessmentLink:
    """A tie with its decision and assessment, or 404."""
    rows = AssessmentLink.objects.filter(
        version__plan=plan, assessment__in=plan.assessments.visible_to(standing), public_id=public_id
    )
    found = (
        rows.select_related(
            "version",
            "assessment__organisation",
            "assessment__proposed",
            "decision__station__body__organisation",
        )
        .defer("version__content")
        .first()
    )
    if found is None:
        raise Http404
    found.version.plan = plan
    return found


def published_for(version: Version) -> list[Publication]:
    """What the public may read of the assessments behind a version and its decisions. One query."""
    return list(
        Publication.objects.current()
        .filter(
            assessment__in=version.assessment_links.exclude(decision__corrected=True).values("assessment")
        )
        .select_related("assessment", "organisation")
        .defer("document")
        .order_by("sort_key", "pk")
    )


def decided_on(plan: Plan, assessment_id: str) -> QuerySet[AssessmentLink]:
    """The public versions and decisions that rest on a published assessment."""
    return (
        AssessmentLink.objects.in_public()
        .filter(version__plan=plan, assessment__public_id=assessment_id)
        .exclude(decision__corrected=True)
        .select_related("version", "decision__station__body__organisation")
        .defer("version__content")
        .order_by("version__number", "pk")
    )
