"""The doors of the site: the choice of region, a plan's own first page, and what search engines ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.common import clock
from lautta.decisions.reading import organisations_bound_to_part_one
from lautta.plans.models import Plan
from lautta.publishing.pages import kept_a_while, public_page, show
from lautta.publishing.presenters import home as presenter
from lautta.publishing.presenters.figures import region
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.measures import default_year
from lautta.publishing.presenters.sitemap import addresses
from lautta.publishing.presenters.voices import one_for_each
from lautta.publishing.presenters.words import words

# Enough to find one short sentence for each goal, however many there are in all.
VOICES_LOOKED_AT = 200


@require_safe
@kept_a_while
def front(request: HttpRequest) -> HttpResponse:
    """One public plan: straight to it. Several: choose a region."""
    plans = list(Plan.objects.public().select_related("region").order_by("-period_start", "pk"))
    if len(plans) == 1:
        return redirect("publishing:home", plan_id=plans[0].public_id)
    items = [
        {
            "title": words(plan.title),
            "eyebrow": words(plan.region.name),
            "text": words(plan.purpose),
            "url": reverse("publishing:home", args=(plan.public_id,)),
            "meta": [f"{plan.period_start}–{plan.period_end}"],
        }
        for plan in plans
    ]
    return show(request, "front", title=_("Lasten ja nuorten hyvinvointisuunnitelmat"), items=items)


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What this plan is, its goals, what happens now, and who makes it."""
    plan, today = request.plan, clock.today()
    tree = GoalTree(plan.public_id, plan.goals.public().in_order())
    rounds = list(plan.rounds.newest_first())
    year = default_year(plan.measures.years_published(), today.year)
    under_way = plan.measures.public_years().filter(round__year=year or 0, status="under_way")
    counts = tree.rolled_up(under_way.values_list("pk", "goal_links__goal"))
    branches = {node.pk: {below.pk for below in node.branch()} for node in tree.main}
    tagged = {pk for branch in branches.values() for pk in branch}
    voices = plan.voices.public().by_children().for_goals(tagged).newest_first()[:VOICES_LOOKED_AT]
    reports = plan.measures.public_reports().select_related(
        "measure_year__measure__organisation", "measure_year__round"
    )
    context = {
        "goals": presenter.goal_cards(
            tree,
            counts,
            one_for_each(voices.prefetch_related("goals"), branches),
            presenter.moved_by_goal(tree, region.joint_with_numbers(plan)),
        ),
        "cross_cutting": tree.cross_cutting,
        "happening": presenter.happening(rounds, today),
        "reports": presenter.latest_reports(plan.public_id, reports.order_by("-created_at", "-pk")[:3]),
        "makers": presenter.makers(
            plan.participations.current(today).values_list("organisation__kind", flat=True)
        ),
        "approved": [words(name) for name in organisations_bound_to_part_one(plan, today)],
        "year": year,
        "region": words(plan.region.name),
        "period": f"{plan.period_start}–{plan.period_end}",
    }
    return show(request, "home", title=str(plan.title), description=str(plan.purpose), **context)


@require_safe
@kept_a_while
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page of every public plan, in each language of its region."""
    related = ("goals", "measures__years__round", "participations__organisation")
    plans = list(Plan.objects.public().select_related("region").prefetch_related(*related).order_by("pk"))
    urls = []  # type: ignore[var-annotated]
    for plan in plans:
        plan.public_texts = list(
            plan.chapters.public_revisions().select_related("chapter").defer("body", "plain")
        )
        urls += addresses(plan)
    context = {"urls": urls, "site_url": settings.SITE_URL}
    return render(request, "publishing/sitemap.xml", context, content_type="application/xml")


@require_safe
@kept_a_while
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers are welcome on public pages; the workspace is not theirs."""
    return render(
        request,
        "publishing/robots.txt",
        {"site_url": settings.SITE_URL},
        content_type="text/plain; charset=utf-8",
    )
