"""Papers: what there is of a version, the making of it, and the files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.assessments.reading import public_register
from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, public_plan, workspace
from lautta.publishing.actions.papers import start_papers
from lautta.publishing.models import Paper
from lautta.publishing.pages import public_page, show
from lautta.publishing.papers import reading
from lautta.publishing.papers.making import TYPES, Source, Wanted
from lautta.publishing.presenters import papers as presenter

PER_PAGE = 20


@require_safe
@workspace
def papers(request: WorkspaceRequest) -> HttpResponse:
    """Every frozen version and every wellbeing report, newest first."""
    plan, standing = request.plan, request.standing
    versions = plan.versions.light().newest_first()
    reports = plan.wellbeing_reports.light().select_related("organisation").newest_first()
    context = {
        "page": Paginator(versions, PER_PAGE).get_page(request.GET.get("page")),
        "reports": Paginator(reports, PER_PAGE).get_page(request.GET.get("reports")),
        "assessments": Paginator(public_register(plan), PER_PAGE).get_page(request.GET.get("assessments")),
        "may_report": standing.can_somewhere(Permission.EVALUATE_YEAR),
    }
    return render(request, "publishing/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def version_papers(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """The papers of one version; on POST those that are missing are made."""
    version = reading.frozen_version(request.plan, version_id)
    source = Source(version)
    organisation = request.GET.get("organisation", "")
    if organisation and organisation not in source.document.organisations:
        raise Http404
    return papers_page(request, source, "publishing/version_papers.html", {"version": version}, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def assessment_papers(request: WorkspaceRequest, assessment_id: str) -> HttpResponse:
    """The papers of one assessment, of what is published of it now."""
    publication = reading.frozen_assessment(request.plan, assessment_id)
    context = {"publication": publication}
    return papers_page(request, Source(publication), "publishing/assessment_papers.html", context)


def papers_page(
    request: WorkspaceRequest, source: Source, template: str, context: dict, organisation: str = ""
) -> HttpResponse:
    """Rows of papers with their state; POST hands the missing ones of a kind (or all) to the worker."""
    rows, error = reading.rows_of(source, organisation), ""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        wanted = [c.wanted for row in rows if kind in {"all", row.kind} for c in row.cells if c.paper is None]
        try:
            start_papers(by=request.standing.actor(), plan=request.plan, source=source, wanted=wanted)
        except Refused as problem:
            error = problem.message
        else:
            return redirect(request.get_full_path())
    context = {
        **context,
        **presenter.page(request.plan, source, rows, request.user, organisation),
        "error": error,
    }
    return render(request, template, context, status=422 if error else 200)


@require_safe
@workspace
def paper_file(request: WorkspaceRequest, paper_id: str) -> HttpResponse:
    """The file, for those who work in the plan."""
    return _download(*reading.servable(request.plan, paper_id), public=False)


@require_safe
@public_plan
def public_paper(request: HttpRequest, paper_id: str) -> HttpResponse:
    """The file of a version that is before some body, or of a report that is public."""
    return _download(*reading.servable(request.plan, paper_id, public=True), public=True)


def _download(paper: Paper, source: Source, wanted: Wanted, *, public: bool) -> HttpResponse:
    made = HttpResponse(bytes(paper.content), content_type=TYPES[paper.format])
    made["Content-Disposition"] = f'attachment; filename="{source.filename(wanted)}"'
    made["Content-Language"] = paper.language
    # A quotation that has been removed must not live on in caches.
    made["Cache-Control"] = "public, max-age=60" if public else "private, no-store"
    made["ETag"] = f'"{paper.sha256}"'
    return made


@public_page
def public_papers(request: HttpRequest) -> HttpResponse:
    """What can be fetched: papers of the versions that are before some body, and public reports."""
    plan = request.plan
    versions = plan.versions.public().newest_first()[:PER_PAGE]
    reports = plan.wellbeing_reports.public().select_related("organisation").newest_first()[:PER_PAGE]
    assessed = public_register(plan).defer(None).select_related("assessment__plan__region__area")[:PER_PAGE]
    context = {"shelves": presenter.shelves(plan, [*versions, *reports, *assessed])}
    return show(
        request, "public_papers", title=_("Asiakirjat"),
        description=_("Suunnitelma ja kokousten asiakirjat tiedostoina, jotka ruudunlukija osaa lukea."), **context,
    )  # fmt: skip
