"""Tying a child impact assessment to a version or to a body's decision, and telling the assessment what was decided."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.assessments.actions import record_outcome
from lautta.assessments.choices import State
from lautta.assessments.models import Alternative, Assessment
from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.models import AssessmentLink, Decision, Version
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require


@transaction.atomic
def link_assessment(
    *, by: Actor, version: Version, assessment: Assessment, decision: Decision | None = None
) -> AssessmentLink:
    """Tie them. Refused: of another plan, dropped, tied already, not published though the version is, of a corrected row."""
    version = Version.objects.select_for_update(of=("self",)).select_related("plan").get(pk=version.pk)
    _require(by, version, decision)
    if assessment.plan_id != version.plan_id:
        raise Refused(_("Arviointi on toisesta suunnitelmasta."), field="assessment", status=422)
    if decision is not None and (decision.corrected or decision.station.version_id != version.pk):
        raise Refused(_("Kirjaus on korjattu. Liitä arviointi uuteen kirjaukseen."))
    if assessment.state == State.DROPPED:
        raise Refused(_("Arviointi on jätetty kesken."), field="assessment", status=422)
    if version.stations.exists() and not assessment.publications.current().exists():
        raise Refused(
            _("Versio on jo julkinen. Julkaise arviointi ensin, jotta kaikki voivat lukea sen."),
            field="assessment",
            status=422,
        )
    if AssessmentLink.objects.filter(version=version, decision=decision, assessment=assessment).exists():
        raise Refused(_("Arviointi on jo liitetty tähän."), field="assessment", status=422)
    link = AssessmentLink(
        version=version, decision=decision, assessment=assessment, linked_on=clock.today(), linked_by=by.user
    )
    checked_save(link)
    _record(by, "assessment_link.add", link, {"assessment": (None, assessment.public_id)})
    return link


@transaction.atomic
def unlink_assessment(*, by: Actor, link: AssessmentLink) -> None:
    """Take the tie away; the assessment itself stays as it is."""
    _require(by, link.version, link.decision)
    _record(by, "assessment_link.remove", link, {"assessment": (link.assessment.public_id, None)})
    link.delete()


@transaction.atomic
def tell_assessment(
    *, by: Actor, link: AssessmentLink, decided: Alternative | None, words: Translated
) -> Assessment:
    """Write into the assessment what the body decided: day and case number come from the decision."""
    if link.decision is None:
        raise Refused(_("Arviointi on liitetty versioon, ei päätökseen."))
    _require(by, link.version, link.decision)
    section = " ".join(part for part in (link.decision.case_number, link.decision.section) if part)
    return record_outcome(
        by=by, assessment=link.assessment, decided_on=link.decision.decided_on, decided=decided, decision=words,
        case_number=section,
    )  # fmt: skip


def _require(by: Actor, version: Version, decision: Decision | None) -> None:
    """The coordinator for a version; for a decision its body's secretary too."""
    if decision is None:
        require(by, Permission.FREEZE_VERSIONS, plan=version.plan)
    else:
        organisation = decision.station.body.organisation
        require(by, Permission.RECORD_DECISIONS, plan=version.plan, organisation=organisation)


def _record(by: Actor, action: str, link: AssessmentLink, changes: dict[str, tuple]) -> None:
    organisation = link.decision.station.body.organisation if link.decision else None
    audit.record(
        by=by, action=action, target=link.decision or link.version, scope=link.version.plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=changes,
    )  # fmt: skip
