"""The annual clock as everybody may see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.annual_clock.happenings import Happening, coming_of
from lautta.annual_clock.presenters import Asked
from lautta.annual_clock.reading import FIRST_YEAR, LAST_YEAR, asked_year, clock_page
from lautta.common import clock as day
from lautta.publishing.pages import public_page, show


@public_page
def clock(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The year's published events as a clock and as a list; filters as in the workspace."""
    plan, today = request.plan, day.today()
    asked = Asked.of(request.GET, asked_year(year, today))

    def address(happening: Happening) -> str:
        return (
            reverse("publishing:clock_event", args=(plan.public_id, happening.event))
            if happening.event
            else ""
        )

    def of(other: int) -> str:
        return (
            reverse("publishing:clock_year", args=(plan.public_id, other))
            if FIRST_YEAR <= other <= LAST_YEAR
            else ""
        )

    context = clock_page(plan, asked, today=today, page=request.GET.get("page"), address=address)
    context |= {"before": of(asked.year - 1), "after": of(asked.year + 1)}
    title = _("Vuosikello %(year)s") % {"year": asked.year}
    description = _(
        "Milloin lasten, nuorten ja perheiden hyvinvoinnista päätetään ja mitä vuoden mittaan tehdään."
    )
    return show(request, "clock", title=title, description=description, **context)


@public_page
def clock_event(request: HttpRequest, event_id: str) -> HttpResponse:
    """One published event and its coming days."""
    event = (
        request.plan.clock_events.public().select_related("organisation").filter(public_id=event_id).first()
    )
    if event is None:
        raise Http404
    event.plan = request.plan
    context = {
        "event": event,
        "coming": coming_of(event, day.today()),
        "partners": event.partners.in_name_order(),
    }
    return show(request, "clock_event", title=str(event.title), description=str(event.description), **context)
