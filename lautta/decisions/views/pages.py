"""What the views of the room share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.plans.models import Plan
from lautta.plans.views.structure_pages import posted

__all__ = ["address", "crumb", "page", "posted"]


def address(plan: Plan, name: str, **ids: str) -> str:
    """The address of a page of this room."""
    return reverse(f"decisions:{name}", kwargs={"plan_id": plan.public_id, **ids})


def crumb(plan: Plan) -> tuple[str, str]:
    return _("Päätökset"), address(plan, "board")


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: tuple[str, str | None]
) -> HttpResponse:
    """Render; 422 when a form of the context was posted with errors. `crumbs` are (label, address or None)."""
    forms = [value for value in context.values() if hasattr(value, "is_bound")]
    wrong = any(form.is_bound and form.errors for form in forms)
    context["breadcrumb"] = [{"label": label, "url": url} for label, url in crumbs]
    return render(request, template, context, status=422 if wrong else 200)
