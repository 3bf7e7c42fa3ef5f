"""Goals: the tree, and each goal's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common import clock
from lautta.measures.choices import TargetGroup
from lautta.publishing.links import to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import goal as presenter
from lautta.publishing.presenters.figures import profile, region
from lautta.publishing.presenters.filters import first_of_each
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.measures import default_year
from lautta.publishing.presenters.voices import quotation
from lautta.publishing.presenters.words import listed, words

SHOWN_VOICES = 4
SHOWN_EACH = 3


@public_page
def goals(request: HttpRequest) -> HttpResponse:
    """The whole tree."""
    plan = request.plan
    tree = GoalTree(plan.public_id, plan.goals.public().in_order().prefetch_related("criteria"))
    year = default_year(plan.measures.years_published(), clock.today().year)
    links = plan.measures.public_years().filter(round__year=year or 0).values_list("pk", "goal_links__goal")
    roots = [*tree.counted(links).main, *tree.cross_cutting]
    title = pgettext("sivun otsikko", "Tavoitteet")
    description = _("Mihin suunnitelmalla pyritään ja mistä tietää, että on onnistuttu.")
    return show(request, "goals", title=title, description=description, tree=tree, roots=roots, year=year)


@public_page
def goal(request: HttpRequest, goal_id: str, slug: str = "") -> HttpResponse:
    """One goal: its target state, its measures by organisation, voices, and what it answers to."""
    plan = request.plan
    tree = GoalTree(plan.public_id, plan.goals.public().in_order().select_related("owner"))
    node = tree.find(goal_id)
    if node is None:
        raise Http404
    if moved := to_right_address(request, node.url):
        return moved
    branch = {below.pk for below in node.branch()}
    years = plan.measures.public_years().for_goals(branch).with_organisation_then()
    rows = list(years.in_order().values_list("pk", "organisation_then", "round__year"))
    year = default_year({row[2] for row in rows}, clock.today().year)
    first, totals = first_of_each([row[:2] for row in rows if str(row[2]) == year], SHOWN_EACH)
    shown = years.filter(pk__in=[pk for pks in first.values() for pk in pks]).select_related("measure")
    organisations = {
        p.organisation_id: p.organisation for p in plan.participations.select_related("organisation")
    }
    list_url = f"{reverse('publishing:measures', args=(plan.public_id,))}?goal={goal_id}"
    voices = plan.voices.public().for_goals(branch).newest_first()
    context = {
        "node": node,
        "figures": profile.of_goal(
            plan.public_id, region.joint_with_numbers(plan, branch), str(plan.region.area.name)
        ),
        "owner": words(node.goal.owner.name) if node.goal.owner else "",
        "for_whom": listed(node.goal.target_groups, TargetGroup),
        "year": year,
        "criteria": node.goal.criteria.all(),
        "groups": presenter.by_organisation(plan.public_id, first, totals, shown, organisations, list_url),
        "list_url": list_url,
        "mirrors": presenter.mirrors(node.goal.mirrorings.values_list("framework", "code")),
        "linked_plans": node.goal.linked_plans.filter(plan=plan).order_by("pk"),
        "voices": [quotation(v) for v in voices[:SHOWN_VOICES]],
    }
    return show(
        request, "goal", title=str(node.goal.title), description=str(node.goal.description), **context
    )
