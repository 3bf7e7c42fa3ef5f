"""Who makes the plan: organisations and municipalities."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common import clock
from lautta.decisions.reading import force_rows
from lautta.network.reading import commitments_of
from lautta.publishing.links import organisation_url, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import organisations as presenter
from lautta.publishing.presenters.centres import promises
from lautta.publishing.presenters.filters import first_of_each
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.measures import default_year

SHOWN_EACH = 5


@public_page
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations by kind."""
    plan, today = request.plan, clock.today()
    year = default_year(plan.measures.years_published(), today.year)
    years = plan.measures.public_years().filter(round__year=year or 0).with_organisation_then()
    counts = Counter(years.values_list("organisation_then", flat=True))
    participations = plan.participations.select_related("organisation").order_by(
        "organisation__sort_key", "pk"
    )
    groups = presenter.by_kind(plan.public_id, participations, counts, today)
    title = pgettext("sivun otsikko", "Tekijät")
    description = _(
        "Kunnat, hyvinvointialue, järjestöt, seurakunnat ja muut, jotka tekevät suunnitelmaa todeksi."
    )
    return show(request, "organisations", title=title, description=description, groups=groups, year=year)


@public_page
def organisation(request: HttpRequest, organisation_id: str, slug: str = "") -> HttpResponse:
    """One organisation in this plan: what it does, what it stresses, how its years went, what came before
    it.
    """
    plan, today = request.plan, clock.today()
    participations = presenter.with_what_hangs(
        plan.participations.select_related("organisation__successor", "organisation__area")
    )
    taking_part = {p.organisation.public_id: p for p in participations}
    if organisation_id not in taking_part:
        raise Http404
    found = taking_part[organisation_id].organisation
    if moved := to_right_address(request, organisation_url(plan.public_id, found)):
        return moved
    year = default_year(plan.measures.years_published(), today.year)
    tree = GoalTree(plan.public_id, plan.goals.public().in_order())
    years = plan.measures.public_years().filter(round__year=year or 0).of_organisation(found)
    by_root = presenter.with_main_goal(years.in_order().values_list("pk", "goal_links__goal"), tree)
    first, totals = first_of_each(by_root, SHOWN_EACH)
    shown = years.filter(pk__in=[pk for pks in first.values() for pk in pks]).select_related("measure")
    list_url = f"{reverse('publishing:measures', args=(plan.public_id,))}?organisation={organisation_id}"
    in_plan = {p.organisation_id for p in taking_part.values()}
    emphases = found.emphases.filter(round__plan=plan).exclude(round__state="planned").select_related("round")
    evaluations = found.evaluations.filter(round__plan=plan).select_related("round")
    hangs = taking_part[organisation_id]
    predecessors = found.predecessors.order_by("sort_key") if hangs.has_predecessors else ()
    promised = commitments_of(plan, organisation=found) if hangs.has_promises else ()
    context = {
        "organisation": found, "participation": taking_part[organisation_id], "year": year,
        "list_url": list_url,
        "is_over": presenter.is_over(taking_part[organisation_id], today),
        "groups": presenter.measures_by_goal(plan.public_id, first, totals, shown, tree, list_url),
        "emphases": [e for e in emphases.order_by("-round__year") if e.text],
        "evaluations": presenter.latest_evaluations(evaluations),
        "succession": presenter.succession(plan.public_id, found, predecessors, in_plan),
        "municipality": presenter.municipality_of(plan.public_id, found),
        "promises": promises(plan.public_id, promised, today),
        "rows": [row for row in force_rows(plan) if row.organisation.pk == found.pk],
    }  # fmt: skip
    return show(request, "organisation", title=str(found.name), **context)
