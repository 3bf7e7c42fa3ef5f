"""Bringing in a plan: upload, watch, check, take."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.workspace.actions.imports import discard_import, start_import, take_import
from lautta.workspace.checking import choices_from, draft_page
from lautta.workspace.forms import PlanFileForm


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def import_plan(request: WorkspaceRequest) -> HttpResponse:
    """Choose a file; earlier imports are listed below."""
    demand(request.standing.can(Permission.EDIT_PLAN))
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = start_import(
            by=request.standing.actor(), plan=request.plan, filename=file.name or "plan", content=file.read()
        )
        return redirect("workspace:import_check", plan_id=request.plan.public_id, import_id=made.public_id)
    earlier = request.plan.imports.defer("content", "draft").select_related("job").order_by("-pk")[:20]
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/import_plan.html", {"form": form, "earlier": earlier}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def check(request: WorkspaceRequest, import_id: str) -> HttpResponse:
    """What was read, part by part, to be checked; on POST the accepted parts are taken."""
    demand(request.standing.can(Permission.EDIT_PLAN))
    found = get_object_or_404(
        request.plan.imports.defer("content").select_related("job", "plan"), public_id=import_id
    )
    error = None
    if request.method == "POST":
        try:
            counts = take_import(
                by=request.standing.actor(), plan_import=found, choices=choices_from(request.POST)
            )
        except Refused as problem:
            error = problem.message
        else:
            messages.success(
                request,
                _(
                    "Suunnitelmaan tuotiin luonnoksina: lukuja %(chapters)d, tavoitteita %(goals)d, ääniä %(quotations)d, "
                    "lähteitä %(sources)d, osallistujia %(participants)d."
                )
                % counts,
            )
            return redirect("plans:chapters", plan_id=request.plan.public_id)
    context = {"found": found, "draft": draft_page(found, request.POST or None), "error": error}
    return render(request, "workspace/import_check.html", context, status=409 if error else 200)


@require_POST
@workspace
def discard(request: WorkspaceRequest, import_id: str) -> HttpResponse:
    """Take nothing."""
    demand(request.standing.can(Permission.EDIT_PLAN))
    found = get_object_or_404(
        request.plan.imports.defer("content").select_related("plan"), public_id=import_id
    )
    discard_import(by=request.standing.actor(), plan_import=found)
    messages.info(request, _("Luonnos on hylätty. Suunnitelmaan ei tullut siitä mitään."))
    return redirect("workspace:import_plan", plan_id=request.plan.public_id)
