"""Tasks written by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lautta.annual_clock import rules
from lautta.annual_clock.actions.tasks import create_task, finish_task
from lautta.annual_clock.forms.others import TaskForm
from lautta.annual_clock.views.pages import address, answer, crumb, posted, tabs
from lautta.common import clock
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.views.structure_pages import found

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def tasks(request: WorkspaceRequest) -> HttpResponse:
    """One's own tasks and those one has given; everybody's for the coordinator. And a form for a new one."""
    plan, standing = request.plan, request.standing
    form = TaskForm(posted(request), plan=plan, user=request.user)
    if request.method == "POST" and form.carry_out(create_task, by=standing.actor(), plan=plan):
        messages.success(request, _("Tehtävä on tallennettu. Se näkyy tekijän omassa työssä."))
        return redirect(address(plan, "tasks"))
    rows = plan.tasks.select_related("owner", "organisation", "plan")
    if not standing.can(Permission.KEEP_CLOCK):
        rows = rows.filter(owner=request.user) | rows.filter(created_by=request.user)
    context = {
        "form": form, "open": rows.open().by_due()[:PER_PAGE], "done": rows.exclude(done_on=None).order_by("-done_on")[:20],
        "today": clock.today(), "tabs": tabs(plan, "tasks"),
    }  # fmt: skip
    return answer(request, "tasks", context, crumb(plan), (_("Tehtävät"), None))


@require_POST
@workspace
def task_done(request: WorkspaceRequest, task_id: str) -> HttpResponse:
    """It is done."""
    task = found(request.plan.tasks, task_id)
    demand(rules.may_finish(request.standing, task))
    finish_task(by=request.standing.actor(), task=task)
    messages.success(request, _("Tehtävä on merkitty tehdyksi."))
    return redirect(address(request.plan, "tasks"))
