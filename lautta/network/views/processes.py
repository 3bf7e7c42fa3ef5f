"""Stepped services in the workspace."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.network import actions
from lautta.network.forms.centres import ProcessForm
from lautta.network.models import Process
from lautta.network.presenters.tabs import tabs
from lautta.network.reading import processes_of
from lautta.network.views.services import GET_POST, within
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace


@require_safe
@workspace
def processes(request: WorkspaceRequest) -> HttpResponse:
    reach = within(request)
    rows = processes_of(request.plan)
    if not reach.everything:
        rows = rows.filter(is_published=True)
    context = {"items": rows, "may_keep": reach.everything, "tabs": tabs(request.plan.public_id, "processes")}
    return render(request, "network/processes.html", context)


@GET_POST
@workspace
def process_new(request: WorkspaceRequest) -> HttpResponse:
    demand(request.standing.can(Permission.KEEP_DIRECTORY))
    return _edit(request, None)


@GET_POST
@workspace
def process_edit(request: WorkspaceRequest, process_id: str) -> HttpResponse:
    """Change it, show it to everybody, or drop it."""
    demand(request.standing.can(Permission.KEEP_DIRECTORY))
    found = processes_of(request.plan).filter(public_id=process_id).first()
    if found is None:
        raise Http404
    found.plan = request.plan
    by, what = request.standing.actor(), request.POST.get("what")
    if what in {"show", "hide"}:
        actions.publish_process(by=by, process=found, shown=what == "show")
        messages.success(
            request,
            _("Palvelupolku on julkaistu.") if what == "show" else _("Palvelupolku ei näy enää julkisesti."),
        )
        return redirect("network:processes", request.plan.public_id)
    if what == "drop":
        actions.drop_process(by=by, process=found)
        messages.success(request, _("Palvelupolku on poistettu."))
        return redirect("network:processes", request.plan.public_id)
    return _edit(request, found)


def _edit(request: WorkspaceRequest, process: Process | None) -> HttpResponse:
    form = ProcessForm(request.POST if request.method == "POST" else None, process=process)
    if request.method == "POST" and form.carry_out(
        actions.save_process, by=request.standing.actor(), plan=request.plan, process=process
    ):
        messages.success(request, _("Palvelupolku on tallennettu."))
        return redirect("network:processes", request.plan.public_id)
    context = {"form": form, "process": process}
    return render(request, "network/process_form.html", context, status=422 if form.errors else 200)
