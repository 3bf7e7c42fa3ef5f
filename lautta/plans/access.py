"""Doors: every workspace view starts from the plan in its address and the person's standing in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Plan
from lautta.plans.standing import Standing, standing_of

View = Callable[..., HttpResponse]


class PublicRequest(HttpRequest):
    """A request that has come through the public door."""

    plan: Plan
    htmx: HtmxDetails


class WorkspaceRequest(PublicRequest):
    """A request that has come through the workspace's door: somebody signed in, with a role in the plan."""

    user: User
    standing: Standing


def workspace(view: View) -> View:
    """Turns `plan_id` into `request.plan` and `request.standing`; 404 for those who have no role in the plan.

    An outsider learns nothing, not even that the plan exists.
    """

    @wraps(view)
    @login_required
    def opened(request: Any, plan_id: str, *args, **kwargs) -> HttpResponse:
        plan = Plan.objects.select_related("region__area").filter(public_id=plan_id).first()
        if plan is None:
            raise Http404
        standing = standing_of(request.user, plan)
        if not standing.is_member:
            raise Http404
        request.plan, request.standing = plan, standing
        return view(request, *args, **kwargs)

    opened.door = "workspace"  # type: ignore[attr-defined]
    return opened


def public_plan(view: View) -> View:
    """Turns `plan_id` into `request.plan`; 404 unless the plan is published."""

    @wraps(view)
    def opened(request: Any, plan_id: str, *args, **kwargs) -> HttpResponse:
        plan = Plan.objects.public().select_related("region__area").filter(public_id=plan_id).first()
        if plan is None:
            raise Http404
        request.plan = plan
        return view(request, *args, **kwargs)

    opened.door = "public"  # type: ignore[attr-defined]
    return opened


def demand(allowed: bool) -> None:
    """403 unless allowed."""
    if not allowed:
        raise PermissionDenied


def require(
    by: Actor, permission: Permission, *, plan: Plan, organisation: Organisation | None = None
) -> None:
    """For actions: PermissionDenied unless the actor's standing in this very plan gives the permission.

    The system (no user) may do everything: it acts for commands run by the installation's keeper.
    """
    if by.user is None and by.role == "system":
        return
    standing = by.standing
    if (
        not isinstance(standing, Standing)
        or standing.plan.pk != plan.pk
        or not standing.can(permission, organisation)
    ):
        raise PermissionDenied(f"{permission} in plan {plan.public_id}")
