"""The way in, and my work."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lautta.common import clock
from lautta.organisations.permissions import ROLE_NAMES, Permission
from lautta.plans.access import WorkspaceRequest, workspace
from lautta.plans.models import Plan
from lautta.workspace.drafts import drafts_in_plan
from lautta.workspace.duties import duties_of, piles
from lautta.workspace.figures_moved import moves


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """One plan: straight to my work. Several: choose. None: say so."""
    plans = list(
        Plan.objects.in_workspace_of(request.user.pk).select_related("region").order_by("-period_start", "pk")
    )
    if len(plans) == 1:
        return redirect("workspace:my_work", plan_id=plans[0].public_id)
    return render(request, "workspace/choose_plan.html", {"plans": plans})


@require_safe
@workspace
def my_work(request: WorkspaceRequest) -> HttpResponse:
    """What waits for me, by date, with one button each."""
    today = clock.today()
    standing = request.standing
    duties = duties_of(standing, today)
    context = {
        "piles": piles(duties, today),
        "waiting": len(duties),
        "today": today,
        "moved": moves(request.plan, owners=standing.organisations),
        "drafts": drafts_in_plan(request.user, request.plan),
        "round": request.plan.rounds.newest_first().exclude(state="planned").first(),
        "roles": [(o, [ROLE_NAMES[r] for r in sorted(standing.roles[o.pk])]) for o in standing.organisations],
        "may_add": standing.organisations_where(Permission.EDIT_MEASURES),
    }
    return render(request, "workspace/my_work.html", context)
