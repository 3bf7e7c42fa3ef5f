"""Signed-in pages that join several rooms."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lautta.plans.access import workspace
from lautta.plans.models import Plan


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """One plan: straight to my work. Several: choose."""
    plans = list(Plan.objects.in_workspace_of(request.user.pk).select_related("region"))
    if len(plans) == 1:
        return redirect("workspace:my_work", plan_id=plans[0].public_id)
    return render(request, "workspace/choose_plan.html", {"plans": plans})


@require_safe
@workspace
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for me, by date."""
    return render(request, "workspace/my_work.html", {"duties": []})
