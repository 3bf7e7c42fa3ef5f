"""Municipalities of the region, those of today and those that have left."""

from django.db.models import Count, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common import clock
from lautta.indicators.areas import code_of_area
from lautta.indicators.population_reading import children_of
from lautta.publishing.links import measure_urls, municipality_url, population_url, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import municipalities as presenter
from lautta.publishing.presenters import population as people
from lautta.publishing.presenters.figures import profile, region
from lautta.publishing.presenters.measures import default_year, list_item

SHOWN_MEASURES = 10


def _memberships(plan):
    rows = plan.region.area.members.filter(area__kind="municipality").select_related("area", "parent")
    return rows.order_by("area__sort_key", "started_on")


@public_page
def municipalities(request: HttpRequest) -> HttpResponse:
    """The region's municipalities now and before."""
    plan, today = request.plan, clock.today()
    memberships = list(_memberships(plan))
    found = presenter.by_membership(plan.public_id, memberships, today)
    where = region.places(plan)
    joint, summaries = region.overview(plan, where)
    found["matrix"] = profile.matrix(plan.public_id, joint, summaries, where.everything())  # type: ignore[assignment]
    found["has_examples"] = any(s.is_illustrative for s in summaries.values())  # type: ignore[assignment]
    found["areas"] = [name for _code, name in where.everything()]  # type: ignore[misc]
    title = pgettext("sivun otsikko", "Kunnat")
    description = _("Mitä kussakin kunnassa tehdään lasten ja nuorten hyväksi.")
    return show(request, "municipalities", title=title, description=description, **found)


def _figures(plan, area) -> dict:
    """The municipality's profile of indicators; nothing where the region follows none."""
    code, own = code_of_area(area), code_of_area(plan.region.area)
    found, summaries = region.followed(plan, code)
    return profile.brief(plan.public_id, found, summaries, code, own) | {
        "area_name": area.name, "indicators_url": f"{reverse('publishing:indicators', args=(plan.public_id,))}?area={code}",
    }  # fmt: skip


def _people(plan, area) -> dict:
    """The short form of the municipality's children by age; nothing where they are not stored."""
    found = children_of(plan.region_id, [code_of_area(area)]).get(code_of_area(area))
    if found is None:
        return {}
    return {
        "said": people.said(found), "refused": people.refusal_words(found.refusal, {}),
        "population_url": population_url(plan.public_id, area),
    }  # fmt: skip


@public_page
def municipality(request: HttpRequest, area_id: str, slug: str = "") -> HttpResponse:
    """One municipality: its people by age, its organisations and their measures, its history."""
    plan, today = request.plan, clock.today()
    memberships = [m for m in _memberships(plan) if m.area.public_id == area_id]
    if not memberships:
        raise Http404
    area = memberships[0].area
    if moved := to_right_address(request, municipality_url(plan.public_id, area)):
        return moved
    year = default_year(plan.measures.years_published(), today.year)
    organisations = {
        p.organisation_id: p.organisation
        for p in plan.participations.filter(organisation__area=area).select_related("organisation")
    }
    years = plan.measures.public_years().filter(round__year=year or 0).with_organisation_then()
    years = years.filter(organisation_then__in=organisations.keys())
    address = measure_urls(plan.public_id)
    # The number of all comes with the first few: one question instead of two.
    listed = years.select_related("measure").annotate(of_all=Window(Count("pk")))
    shown = list(listed.order_by("-updated_at", "pk")[:SHOWN_MEASURES])
    former = presenter.is_former(memberships[-1], today)
    context = {
        **_figures(plan, area), **({} if former else _people(plan, area)),
        "area": area, "year": year, "is_former": former,
        "population": presenter.population_tables(area.population.order_by("year", "age_from")),
        "organisations": presenter.organisations(plan.public_id, organisations.values()),
        "measure_count": shown[0].of_all if shown else 0,
        "measures": [list_item(address, y, [], organisations.get(y.organisation_then)) for y in shown],
        "list_url": f"{reverse('publishing:measures', args=(plan.public_id,))}?municipality={area_id}",
        "history": presenter.history(area, memberships, area.changes()),
    }  # fmt: skip
    return show(request, "municipality", title=str(area.name), **context)
