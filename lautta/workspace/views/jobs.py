"""Jobs behind the page, with their progress."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.workspace.joblist import jobs_in


@require_safe
@workspace
def listing(request: WorkspaceRequest) -> HttpResponse:
    """The newest hundred: all of the plan for the coordinator, one's own for others."""
    jobs = jobs_in(request.plan, None if request.standing.can(Permission.EDIT_PLAN) else request.user)
    return render(request, "workspace/jobs.html", {"jobs": jobs[:100]})


@require_safe
@workspace
def detail(request: WorkspaceRequest, job_id: str) -> HttpResponse:
    """One job; the page reloads its bar by HTMX, or by hand."""
    job = get_object_or_404(jobs_in(request.plan, None), public_id=job_id)
    demand(request.standing.can(Permission.EDIT_PLAN) or job.started_by_id == request.user.pk)
    template = "workspace/job_bar.html" if request.htmx else "workspace/job.html"
    return render(request, template, {"job": job})
