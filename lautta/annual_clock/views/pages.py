"""What the views of the room share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.annual_clock.models import ClockEvent
from lautta.common import clock
from lautta.plans.access import WorkspaceRequest
from lautta.plans.models import Plan
from lautta.plans.views.structure_pages import page, posted

__all__ = ["address", "crumb", "event_of", "page", "posted", "tabs"]


def address(plan: Plan, name: str, **ids: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"annual_clock:{name}", kwargs={"plan_id": plan.public_id, **ids})


def crumb(plan: Plan) -> tuple[str, str]:
    return _("Vuosikello"), address(plan, "clock")


def tabs(plan: Plan, current: str, year: int | None = None) -> list[dict[str, Any]]:
    year = year or clock.today().year
    entries = [
        (_("Vuosi"), "clock", {}), (_("Törmäykset ja aukot"), "clashes", {"year": year}),
        (_("Seuraava vuosi"), "checklist", {"year": clock.today().year + 1}), (_("Tehtävät"), "tasks", {}),
        (_("Omaan kalenteriin"), "calendars", {}),
    ]  # fmt: skip
    return [
        {"label": label, "url": address(plan, name, **ids), "current": name == current}
        for label, name, ids in entries
    ]


def event_of(request: WorkspaceRequest, event_id: str) -> ClockEvent:
    """An event that the person may see; 404 for others."""
    events = request.plan.clock_events.standing().visible_to(request.standing)
    found = events.select_related("organisation", "relative_to", "relative_body", "serves", "serves_body").filter(
        public_id=event_id
    )  # fmt: skip
    if (event := found.first()) is None:
        raise Http404
    event.plan = request.plan
    return event


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: tuple[str, str | None]
) -> HttpResponse:
    return page(request, f"annual_clock/{template}.html", context, *crumbs)
