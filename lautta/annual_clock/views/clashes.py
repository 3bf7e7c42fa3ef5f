"""Clashes and gaps of a year."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.annual_clock.found import findings_of
from lautta.annual_clock.reading import FIRST_YEAR, LAST_YEAR
from lautta.annual_clock.views.pages import address, answer, crumb, tabs
from lautta.plans.access import WorkspaceRequest, workspace


@require_safe
@workspace
def clashes(request: WorkspaceRequest, year: int) -> HttpResponse:
    """What does not fit together, each with a proposed day and the way there."""
    if not FIRST_YEAR < year < LAST_YEAR:
        raise Http404
    plan = request.plan
    context = {
        "year": year, "findings": findings_of(plan, year, request.standing), "tabs": tabs(plan, "clashes", year),
        "before": address(plan, "clashes", year=year - 1), "after": address(plan, "clashes", year=year + 1),
    }  # fmt: skip
    return answer(request, "clashes", context, crumb(plan), (_("Törmäykset ja aukot"), None))
