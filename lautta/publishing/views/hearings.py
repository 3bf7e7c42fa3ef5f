"""The hearing register in public: who was heard about what, and what changed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import filters
from lautta.publishing.presenters import hearings as presenter

PER_PAGE = 40


@public_page
def hearings(request: HttpRequest) -> HttpResponse:
    """Published hearings, limited by who was heard, how, and in which year."""
    plan = request.plan
    heard = plan.hearings.public()
    rows = list(heard.newest_first().values_list("pk", "method", "heard_on"))
    roles = presenter.roles_of(heard.values_list("pk", "groups__role"))
    facets = presenter.facets(rows)
    choices = filters.chosen(request.GET, facets)
    narrowed = filters.narrow(presenter.columns(rows, roles), choices)
    page = Paginator([rows[n][0] for n in narrowed.rows], PER_PAGE).get_page(request.GET.get("page"))
    found = heard.with_content().in_bulk(list(page))
    links = filters.Links(reverse("publishing:hearings", args=(plan.public_id,)), facets, choices)
    context = {
        "page": page, "is_empty": not rows, "items": [presenter.list_item(plan.public_id, found[pk]) for pk in page if pk in found],
        "groups": filters.groups(facets, choices, narrowed, links),
        "chips": filters.chips(facets, choices, links), "clear_url": links.clear(),
    }  # fmt: skip
    title = pgettext("sivun otsikko", "Kuulemiset")
    description = _("Ketä on kuultu, mistä asiasta, mitä he sanoivat ja mitä siitä seurasi.")
    return show(request, "hearings", title=title, description=description, **context)


@public_page
def hearing(request: HttpRequest, hearing_id: str) -> HttpResponse:
    """One hearing at an address of its own."""
    found = get_object_or_404(request.plan.hearings.public().with_content(), public_id=hearing_id)
    context = {
        "hearing": found,
        "heard": presenter.groups(found),
        "link": presenter.link(request.plan, found),
    }
    title = str(found.matter)
    return show(request, "hearing", title=title, description=str(found.said), **context)
