"""Wellbeing reports in the workspace: begun, written, frozen, made public."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.common.problems import Refused
from lautta.measures.form_pages import FormPage, form_page
from lautta.measures.reading import organisations_now
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.publishing.actions import reports as actions
from lautta.publishing.forms.reports import NewReportForm, ReportForm
from lautta.publishing.models import WellbeingReport
from lautta.publishing.papers.making import Source
from lautta.publishing.papers.report_data import basis_of
from lautta.publishing.presenters.words import reader_language
from lautta.publishing.views.papers import papers_page

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def _report(request: WorkspaceRequest, wellbeing_id: str) -> WellbeingReport:
    rows = request.plan.wellbeing_reports.select_related("organisation__area")
    found = get_object_or_404(rows, public_id=wellbeing_id)
    found.plan = request.plan
    return found


@GET_POST
@workspace
def report_new(request: WorkspaceRequest) -> HttpResponse:
    """Choose the organisation and the year; the draft says what the data say."""
    plan, standing = request.plan, request.standing
    demand(standing.can_somewhere(Permission.EVALUATE_YEAR))
    organisations = [o for o in organisations_now(plan) if standing.can(Permission.EVALUATE_YEAR, o)]
    years = list(plan.rounds.order_by("-year").values_list("year", flat=True))
    page = FormPage("publishing/report_new.html", message=_("Raportin luonnos on valmis muokattavaksi."))
    return form_page(
        request,
        page,
        lambda data: NewReportForm(data, organisations=organisations, years=years),
        lambda form: actions.begin_report(by=standing.actor(), plan=plan, **form.values()),
        lambda made: reverse("publishing:report", args=(plan.public_id, made.public_id)),
    )


@GET_POST
@workspace
def report(request: WorkspaceRequest, wellbeing_id: str) -> HttpResponse:
    """A draft is written here; a frozen report shows its papers."""
    found = _report(request, wellbeing_id)
    may_write = request.standing.can(Permission.EVALUATE_YEAR, found.organisation)
    if found.is_frozen:
        context = {"report": found, "may_publish": may_write and found.published_on is None}
        return papers_page(request, Source(found), "publishing/report_papers.html", context)
    demand(may_write)
    language = reader_language()
    page = FormPage(
        "publishing/report_edit.html",
        draft_key=f"wellbeing:{found.public_id}:{language}",
        message=_("Raportti on tallennettu."),
        context={
            "report": found,
            "basis": basis_of(request.plan, found.organisation, found.year),
            "language": language,
        },
    )
    return form_page(
        request,
        page,
        lambda data: ReportForm(data, report=found, language=language),
        lambda form: actions.update_report(by=request.standing.actor(), report=found, **form.values()),
        lambda _made: request.path,
    )


@require_POST
@workspace
def report_freeze(request: WorkspaceRequest, wellbeing_id: str) -> HttpResponse:
    """Figures, measures and voices of today become part of the report, for good."""
    found = _report(request, wellbeing_id)
    try:
        actions.freeze_report(by=request.standing.actor(), report=found)
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Raportti on jäädytetty. Nyt siitä voi tehdä asiakirjat."))
    return redirect("publishing:report", plan_id=request.plan.public_id, wellbeing_id=found.public_id)


@require_POST
@workspace
def report_publish(request: WorkspaceRequest, wellbeing_id: str) -> HttpResponse:
    """The report's papers are for everybody."""
    found = _report(request, wellbeing_id)
    try:
        actions.publish_report(by=request.standing.actor(), report=found)
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Raportti on julkaistu."))
    return redirect("publishing:report", plan_id=request.plan.public_id, wellbeing_id=found.public_id)
