"""The public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lautta.plans.access import public_plan
from lautta.plans.models import Plan


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """One public plan: straight to it. Several: choose a region."""
    plans = list(Plan.objects.public().select_related("region").order_by("-period_start"))
    if len(plans) == 1:
        return redirect("publishing:home", plan_id=plans[0].public_id)
    return render(request, "publishing/front.html", {"plans": plans})


@require_safe
@public_plan
def home(request: HttpRequest) -> HttpResponse:
    """What this plan is."""
    return render(request, "publishing/home.html", {"plan": request.plan})
