"""Children by age of the region and of each municipality: now, the official projection and our own scenario."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lautta.indicators.areas import code_of_area
from lautta.indicators.population_reading import children_of
from lautta.organisations.models import Area
from lautta.plans.models import Plan
from lautta.publishing.links import municipality_url, population_url, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import population as presenter
from lautta.publishing.presenters.figures import files, region


def _municipality(where: region.Places, area_id: str) -> Area:
    found = next((area for area in where.municipalities if area.public_id == area_id), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, plan: Plan, where: region.Places, area: Area | None) -> HttpResponse:
    """One area's page; `area` None is the whole region."""
    shown = area or where.region
    code, plan_id = code_of_area(shown), plan.public_id
    names = dict(where.everything())
    urls = {code_of_area(a): population_url(plan_id, a) for a in where.municipalities}
    stored = children_of(plan.region_id, list(names) if area is None else [code])
    found = stored.get(code)
    context: dict[str, Any] = {
        "area": area, "name": str(shown.name), "found": found,
        "area_url": municipality_url(plan_id, area) if area else "",
        "chips": [
            {"label": label, "url": urls.get(c) or population_url(plan_id), "current": c == code} for c, label in names.items()
        ],
    }  # fmt: skip
    if found:
        context |= {
            "said": presenter.said(found),
            "refused": presenter.refusal_words(found.refusal, names),
            "chart": presenter.chart(found, names[code]),
            "table": presenter.school_table(found),
            "plan_table": presenter.plan_table(found),
            "year_tables": presenter.year_tables(found),
            "places": presenter.places_table(stored, where.names(), urls, code) if area is None else None,
            "difference": presenter.difference(found), "certainty": presenter.certainty(),
            "sources": presenter.sources(found),
        }  # fmt: skip
    title = _("Lapset ja nuoret nyt ja vuoteen 2040: %(area)s") % {"area": shown.name}
    description = _(
        "Kuinka monta lasta ja nuorta täällä on iän mukaan, ja kuinka monta heitä on vuoteen 2040 asti."
    )
    return show(request, "population", title=title, description=description, **context)


@public_page
def population(request: HttpRequest) -> HttpResponse:
    """The region, with its municipalities and their sum."""
    return _page(request, request.plan, region.places(request.plan), None)


@public_page
def area_population(request: HttpRequest, area_id: str, slug: str = "") -> HttpResponse:
    """One municipality of today."""
    where = region.places(request.plan)
    area = _municipality(where, area_id)
    if moved := to_right_address(request, population_url(request.plan.public_id, area)):
        return moved
    return _page(request, request.plan, where, area)


@public_page
def population_data(request: HttpRequest, kind: str, area_id: str = "") -> HttpResponse:
    """The stored numbers as csv or xlsx: of one municipality, or of the region and all of its municipalities."""
    where = region.places(request.plan)
    names = dict(where.everything())
    if area_id:
        area = _municipality(where, area_id)
        names = {code_of_area(area): str(area.name)}
    stored = children_of(request.plan.region_id, list(names))
    writers = {"csv": presenter.as_csv, "xlsx": presenter.as_xlsx}
    if kind not in writers or not stored:
        raise Http404
    found = [(name, stored[code]) for code, name in names.items() if code in stored]
    made = HttpResponse(writers[kind](found), content_type=files.KINDS[kind])
    mark = "example-" if found[0][1].is_illustrative else ""
    made["Content-Disposition"] = f'attachment; filename="{mark}population-{found[0][1].area}.{kind}"'
    return made
