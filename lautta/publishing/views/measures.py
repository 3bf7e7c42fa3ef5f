"""Measures: one list with filters that are links, and each measure's page."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.assessments.reading import public_of_measure
from lautta.common import clock
from lautta.publishing.links import measure_url, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import filters
from lautta.publishing.presenters import measures as presenter
from lautta.publishing.presenters.assessments import items as assessed
from lautta.publishing.presenters.figures import profile, region
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.words import words

PER_PAGE = 100


def _organisations(plan) -> dict:
    rows = plan.participations.select_related("organisation__area").order_by("organisation__sort_key", "pk")
    return {p.organisation_id: p.organisation for p in rows}


@public_page
def measures(request: HttpRequest) -> HttpResponse:
    """Every published measure; the address says how the list is limited, sorted and paged."""
    plan = request.plan
    tree = GoalTree(plan.public_id, plan.goals.public().in_order())
    organisations = _organisations(plan)
    years = plan.measures.public_years()
    order = request.GET.get("sort") if request.GET.get("sort") in dict(presenter.sorts()) else presenter.GOAL
    rows = list(years.for_filters(newest_first=order == presenter.UPDATED))
    found = presenter.listed(rows, presenter.goals_by_year(years.goal_pairs(), tree), tree, organisations)
    today, goal = clock.today().year, request.GET.get("goal", "")
    facets = presenter.facets(tree, organisations.values(), found.years, today, goal)
    choices = filters.chosen(request.GET, facets)
    narrowed = filters.narrow(found.columns, choices)
    places = presenter.in_order(narrowed.rows, order, found, tree, organisations)
    page = Paginator(places, PER_PAGE).get_page(request.GET.get("page"))
    items = presenter.list_items(plan.public_id, page, found, tree, organisations)
    links = filters.Links(reverse("publishing:measures", args=(plan.public_id,)), facets, choices, order)
    context = {
        "page": page, "items": items, "year": choices.get("year", ""), "is_empty": not rows,
        "groups": filters.groups(facets, choices, narrowed, links),
        "chips": filters.chips(facets, choices, links), "clear_url": links.clear(),
        "sorts": links.sorts(presenter.sorts()),
    }  # fmt: skip
    title = pgettext("sivun otsikko", "Toimenpiteet")
    description = _("Mitä kunnat, järjestöt ja muut ovat luvanneet tehdä, ja miten se etenee.")
    return show(request, "measures", title=title, description=description, **context)


def _tree_and_goals(plan, shown) -> tuple[GoalTree, dict]:
    """The plan's goals, and which of them are the year's: they come along with the goals, one query less."""
    own = Exists(shown.goal_links.filter(goal=OuterRef("pk")))
    every = list(plan.goals.public().in_order().annotate(own=own))
    tree = GoalTree(plan.public_id, every)
    return tree, presenter.goals_by_year([(shown.pk, goal.pk) for goal in every if goal.own], tree)


@public_page
def measure(request: HttpRequest, measure_id: str, slug: str = "") -> HttpResponse:
    """One measure over all its published years; `?year=` chooses which year's content is shown."""
    plan = request.plan
    reports = plan.measures.public_reports().order_by("-created_at", "-pk")
    years = list(
        plan.measures.filter(public_id=measure_id)
        .public_years()
        .with_organisation_then()
        .with_latest_change()
        .select_related("measure__organisation", "round")
        .prefetch_related(Prefetch("reports", reports, to_attr="public_reports"), "money", "person_years")
        .order_by("-round__year")
    )
    if not years:
        raise Http404
    shown = next((y for y in years if str(y.round.year) == request.GET.get("year")), years[0])
    url = measure_url(plan.public_id, measure_id, years[0].title)
    if moved := to_right_address(request, url):
        return moved
    tree, goals = _tree_and_goals(plan, shown)
    organisations = _organisations(plan)
    context = {
        "year": shown, "goals": tree.nodes(goals.get(shown.pk, ())),
        "facts": presenter.facts(plan.public_id, shown, organisations),
        "organisation": words(organisations.get(shown.organisation_then, shown.measure.organisation).name),
        "latest_change": {"status": shown.latest_status, "reason": shown.latest_reason},
        "figures": profile.of_measure(
            plan.public_id, region.of_measure(plan, shown), str(plan.region.area.name)
        ),
        "timeline": presenter.timeline(years),
        "money": presenter.money_by_year([row for y in years for row in y.money.all()]),
        "person_years": presenter.money_by_year([row for y in years for row in y.person_years.all()]),
        "other_years": presenter.other_years(years, shown, url),
        "assessments": assessed(plan.public_id, public_of_measure(plan, measure_id)),
        "newest": years[0], "is_earlier": shown is not years[0], "url": url,
    }  # fmt: skip
    return show(request, "measure", title=str(shown.title), description=str(shown.change), **context)
