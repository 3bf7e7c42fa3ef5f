"""How the plan is made, and how accessible this site is."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.publishing.pages import public_page, show


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """How the plan is made, by whom, under whose responsibility, and what other plans it is tied to."""
    plan = request.plan
    context = {
        "period": f"{plan.period_start}–{plan.period_end}",
        "organisers": plan.organiser_periods.select_related("organisation").order_by("started_on"),
        "participants": plan.participants.named_in_public()
        .exclude(name="")
        .select_related("organisation")
        .order_by("sort_key", "pk"),
        "linked_plans": plan.linked_plans.select_related("organisation").order_by("kind", "pk"),
        "earlier": plan.predecessor if plan.predecessor and plan.predecessor.published_at else None,
        "later": plan.successors.public().order_by("period_start").first(),
        "today": clock.today(),
    }
    return show(request, "about", title=_("Tietoa suunnitelmasta"), description=str(plan.purpose), **context)


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement of accessibility."""
    return show(
        request, "accessibility", title=_("Saavutettavuus"), contact_email=request.plan.region.contact_email
    )
