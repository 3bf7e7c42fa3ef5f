"""The clock itself."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lautta.annual_clock import rules
from lautta.annual_clock.presenters import Asked
from lautta.annual_clock.reading import FIRST_YEAR, LAST_YEAR, asked_year, clock_page
from lautta.annual_clock.views.pages import address, answer, tabs
from lautta.common import clock as day
from lautta.plans.access import WorkspaceRequest, workspace


@require_safe
@workspace
def clock(request: WorkspaceRequest, year: int | None = None) -> HttpResponse:
    """The year as a clock and as a list; `?lane=`, `?kind=`, `?organisation=`, `?month=`, `?mine=1`, `?page=`."""
    plan, today = request.plan, day.today()
    asked = Asked.of(request.GET, asked_year(year, today))
    context = clock_page(
        plan,
        asked,
        today=today,
        page=request.GET.get("page"),
        address=lambda h: h.url,
        standing=request.standing,
    )
    context |= {
        "tabs": tabs(plan, "clock", asked.year), "may_add": rules.may_add(request.standing),
        "before": address(plan, "clock_year", year=asked.year - 1) if asked.year > FIRST_YEAR else "",
        "after": address(plan, "clock_year", year=asked.year + 1) if asked.year < LAST_YEAR else "",
    }  # fmt: skip
    return answer(request, "clock", context)
