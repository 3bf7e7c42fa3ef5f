"""The next year with one button, and its checklist."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lautta.annual_clock import rules
from lautta.annual_clock.actions.years import check_event, prepare_year
from lautta.annual_clock.checking import checklist_of
from lautta.annual_clock.reading import FIRST_YEAR, LAST_YEAR
from lautta.annual_clock.views.pages import address, answer, crumb, event_of, tabs
from lautta.plans.access import WorkspaceRequest, demand, workspace


@require_safe
@workspace
def checklist(request: WorkspaceRequest, year: int) -> HttpResponse:
    """Every event of the year that waits to be looked at, and those that have been."""
    if not FIRST_YEAR < year <= LAST_YEAR:
        raise Http404
    rows = checklist_of(request.plan, year, request.standing)
    context = {
        "year": year, "rows": rows, "left": sum(1 for row in rows if row["checked_on"] is None),
        "may_prepare": rules.may_prepare_year(request.standing), "tabs": tabs(request.plan, "checklist", year),
    }  # fmt: skip
    return answer(
        request, "checklist", context, crumb(request.plan), (_("Vuosi %(year)s") % {"year": year}, None)
    )


@require_POST
@workspace
def prepare(request: WorkspaceRequest, year: int) -> HttpResponse:
    """Bring the year before into this one."""
    demand(rules.may_prepare_year(request.standing))
    if not FIRST_YEAR < year <= LAST_YEAR:
        raise Http404
    n = prepare_year(by=request.standing.actor(), plan=request.plan, year=year)
    words = ngettext("%(n)s tapahtuma odottaa tarkistusta.", "%(n)s tapahtumaa odottaa tarkistusta.", n)
    messages.success(request, words % {"n": n})
    return redirect(address(request.plan, "checklist", year=year))


@require_POST
@workspace
def check(request: WorkspaceRequest, event_id: str, year: int) -> HttpResponse:
    """The event's dates are right."""
    event = event_of(request, event_id)
    demand(rules.may_change(request.standing, event))
    found = event.checks.filter(year=year).first()
    if found is None:
        raise Http404
    check_event(by=request.standing.actor(event.organisation), check=found)
    messages.success(request, _("Merkitty tarkistetuksi: %(title)s") % {"title": event.title})
    return redirect(address(request.plan, "checklist", year=year))
