"""Wellbeing reports: begun from the data, written by people, frozen once, then public."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.freezing import digest, dumped
from lautta.measures.checks import ChangedMeanwhile
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan
from lautta.publishing.models import ReportQuotation, WellbeingReport
from lautta.publishing.papers.report_data import basis_of, draw_report, first_texts

LONGEST = 8_000


@transaction.atomic
def begin_report(*, by: Actor, plan: Plan, organisation: Organisation, year: int) -> WellbeingReport:
    """A draft of the organisation's year whose texts say what the data say. Refused where the year has one."""
    require(by, Permission.EVALUATE_YEAR, plan=plan, organisation=organisation)
    if not plan.participations.filter(organisation=organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)
    if not plan.rounds.filter(year=year).exists():
        raise Refused(_("Valitse vuosi, jolla on kierros."), field="year", status=422)
    if plan.wellbeing_reports.filter(organisation=organisation, year=year).exists():
        raise Refused(_("Tältä vuodelta on jo raportti."), field="year", status=409)
    report = WellbeingReport(
        plan=plan, organisation=organisation, year=year, created_by=by.user, is_illustrative=plan.is_illustrative,
        **first_texts(basis_of(plan, organisation, year)),
    )  # fmt: skip
    checked_save(report)
    audit.record(
        by=by, action="wellbeing_report.create", target=report, scope=plan.public_id,
        organisation=organisation.public_id, changes={"year": (None, year)},
    )  # fmt: skip
    return report


@transaction.atomic
def update_report(
    *, by: Actor, report: WellbeingReport, version: int, texts: Mapping[str, Translated]
) -> WellbeingReport:
    """New texts over those that the writer saw. ChangedMeanwhile when others have saved after `version`."""
    report = _locked(report)
    require(by, Permission.EVALUATE_YEAR, plan=report.plan, organisation=report.organisation)
    _refuse_frozen(report)
    if report.version != version:
        raise ChangedMeanwhile(report)
    for name, words in texts.items():
        if name not in WellbeingReport.TEXTS:
            raise TypeError(f"not a text of a report: {name}")
        if any(len(t.text) > LONGEST for t in words.texts.values()):
            raise Refused(
                _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": LONGEST}, field=name, status=422
            )  # fmt: skip
    changes = audit.apply_changes(report, dict(texts))
    if not changes:
        return report
    report.version += 1
    checked_save(report, fields=[*changes, "version"])
    audit.record(
        by=by, action="wellbeing_report.update", target=report, scope=report.plan.public_id,
        organisation=report.organisation.public_id,
        changes={**changes, "version": (version, report.version)},
    )  # fmt: skip
    return report


@transaction.atomic
def freeze_report(*, by: Actor, report: WellbeingReport) -> WellbeingReport:
    """Draw figures, measures and voices of today into the report, once. Refused without a summary."""
    report = _locked(report)
    require(by, Permission.EVALUATE_YEAR, plan=report.plan, organisation=report.organisation)
    _refuse_frozen(report)
    if not report.summary:
        raise Refused(_("Kirjoita ensin, miten vuosi meni lyhyesti."), field="summary", status=422)
    basis = basis_of(report.plan, report.organisation, report.year)
    document, said = draw_report(basis, {name: getattr(report, name) for name in WellbeingReport.TEXTS})
    report.content = dumped(document)
    report.sha256 = digest(report.content)
    report.frozen_on = clock.today()
    checked_save(report, fields=["content", "sha256", "frozen_on"])
    ReportQuotation.objects.bulk_create(
        ReportQuotation(report=report, voice=s.voice, voice_key=s.voice.public_id, salt=s.salt, text=s.text)
        for s in said
    )
    audit.record(
        by=by, action="wellbeing_report.freeze", target=report, scope=report.plan.public_id,
        organisation=report.organisation.public_id, changes={"sha256": ("", report.sha256)},
    )  # fmt: skip
    return report


@transaction.atomic
def publish_report(*, by: Actor, report: WellbeingReport) -> WellbeingReport:
    """A frozen report and its papers are for everybody from now on."""
    report = _locked(report)
    require(by, Permission.EVALUATE_YEAR, plan=report.plan, organisation=report.organisation)
    if not report.is_frozen:
        raise Refused(_("Jäädytä raportti ensin."))
    if report.published_on is None:
        report.published_on = clock.today()
        checked_save(report, fields=["published_on"])
        audit.record(
            by=by, action="wellbeing_report.publish", target=report, scope=report.plan.public_id,
            organisation=report.organisation.public_id, changes={"published_on": (None, report.published_on)},
        )  # fmt: skip
    return report


def _refuse_frozen(report: WellbeingReport) -> None:
    if report.is_frozen:
        raise Refused(_("Raportti on jäädytetty. Sitä ei enää muuteta."))


def _locked(report: WellbeingReport) -> WellbeingReport:
    return (
        WellbeingReport.objects.select_for_update(of=("self",))
        .select_related("plan__region__area", "organisation__area")
        .get(pk=report.pk)
    )
