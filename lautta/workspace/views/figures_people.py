"""Population by age and its projection: fetched behind the page, or brought as a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lautta.indicators.models import FetchEntry
from lautta.indicators.problem_words import sentence
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.workspace.actions import figures as actions
from lautta.workspace.figures_forms import PeopleFileForm


@require_POST
@workspace
def fetch(request: WorkspaceRequest) -> HttpResponse:
    """Start a fetch from Statistics Finland."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    job = actions.fetch_people(by=request.standing.actor(), plan=request.plan)
    return redirect("workspace:job", plan_id=request.plan.public_id, job_id=job.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def file(request: WorkspaceRequest) -> HttpResponse:
    """Take a file in whole, or say what is wrong with it."""
    demand(request.standing.can(Permission.KEEP_FIGURES))
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        entry = actions.take_people_file(
            by=request.standing.actor(), plan=request.plan, which=form.cleaned_data["which"],
            filename=(sent.name or "tiedosto")[-200:], body=sent.read(),
        )  # fmt: skip
        if entry.outcome != FetchEntry.Outcome.FAILED:
            messages.success(request, entry.get_outcome_display())
            return redirect("workspace:figures", plan_id=request.plan.public_id)
        form.add_error("file", sentence(entry.problem))
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/figures_people.html", {"form": form}, status=status)
