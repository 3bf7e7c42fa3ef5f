"""Indicators: what is followed, each indicator's page, and its numbers as files."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.indicators.panels import COUNTRY
from lautta.indicators.reading import current_panel, national_quantiles
from lautta.indicators.summary_reading import everywhere, summaries_of, told_of
from lautta.publishing.links import indicator_url, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import filters
from lautta.publishing.presenters.figures import everywhere as all_places
from lautta.publishing.presenters.figures import files, maps, page, parts, profile, region
from lautta.publishing.presenters.figures.region import Followed


@public_page
def indicators(request: HttpRequest) -> HttpResponse:
    """Everything that is followed, by theme, for the region or one of its municipalities."""
    plan = request.plan
    where = region.places(plan)
    areas = dict(where.everything())
    asked = request.GET.get("area", "")
    area = asked if asked in areas else where.region_code
    found, summaries = region.followed(plan, area)
    context = profile.profile(plan.public_id, found, summaries, area, areas[area], where.region_code)
    context |= {
        "areas": [
            {"label": name, "url": "?area=" + code if code != where.region_code else request.path, "current": code == area}
            for code, name in areas.items()
        ],
        "area_name": areas[area], "area_code": "" if area == where.region_code else area,
        "waiting": [f.indicator for f in found if f.joint and (f.indicator.pk, area) not in summaries],
    }  # fmt: skip
    title = pgettext("sivun otsikko", "Mittarit")
    description = _("Mitä luvut kertovat lasten ja nuorten arjesta, ja mitä ne eivät kerro.")
    return show(request, "indicators", title=title, description=description, **context)


def _item(plan, indicator_id: str) -> Followed:
    if (found := region.find(plan, indicator_id)) is None:
        raise Http404
    return found


@public_page
def indicator(request: HttpRequest, indicator_id: str, slug: str = "") -> HttpResponse:
    """One indicator for one area: in words, over the years, beside others, on the map, and what it is."""
    plan = request.plan
    item, where = _item(plan, indicator_id), region.places(plan)
    shown = item.indicator
    if moved := to_right_address(request, indicator_url(plan.public_id, shown)):
        return moved
    shown.direction = item.direction
    told = told_of(shown, where.codes())
    found = {(shown.pk, code): said for code, said in told.summaries.items()}
    names = dict(where.everything())
    asked = request.GET.get("area", where.region_code)
    area = next((c for c in (asked, *names) if c in names and (shown.pk, c) in found), None)
    context = {
        "item": item,
        "about": page.about(item),
        "notes": region.notes(shown),
        "has_numbers": bool(area),
    }
    if area:
        summary, every, ahead = told.summaries[area], told.everywhere, told.forecasts.get(area)
        medians = (
            {year: line[2] for year, line in national_quantiles(shown).items()} if summary.is_median else {}
        )
        others = page.comparisons(where, found, shown, summary, medians)
        rows = page.municipality_rows(shown, where, found)
        context |= {
            "chips": page.area_chips(plan.public_id, shown, where, found, area),
            "said": page.in_words(shown, names[area], summary),
            "charts": page.charts_of(item, where, found, summary, names[area], others, context["notes"], every, ahead),
            "table": page.year_table(shown, names[area], summary, others),
            "municipalities": page.municipality_table(plan.public_id, shown, rows, area),
            "forward": page.forward(item, ahead),
            "differs": page.who_differs(shown, rows), "division": page.division_words(summary),
            "similar": files.known_names(summary.similar), "everywhere": every is not None,
            **_parts(plan, item, where, found, area, names),
        }  # fmt: skip
    description = context["about"]["why"]
    return show(request, "indicator", title=str(shown.title), description=description, **context)


def _parts(plan, item: Followed, where: region.Places, found: region.Found, area: str, names: dict) -> dict:
    """The number by groups: girls and boys, the source's other divisions, and others who were asked the same."""
    shown = item.indicator
    beside = [(names[area], found[shown.pk, area])]
    if area != where.region_code:
        beside.append((names[where.region_code], found.get((shown.pk, where.region_code))))
    beside.append((_("Koko maa"), found.get((shown.pk, COUNTRY))))
    others = parts.same_elsewhere(
        plan.public_id, shown, item.definition, (area, names[area]), found[shown.pk, area]
    )
    return {"genders": parts.genders(shown, beside), "axes": parts.axes(shown, beside), "others": others}


PER_PAGE = 50


@public_page
def everywhere_page(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Every municipality of the country on a map and in a list by name; the address says how the list is limited."""
    plan = request.plan
    item, where = _item(plan, indicator_id), region.places(plan)
    shown = item.indicator
    if (every := everywhere(shown)) is None:
        raise Http404
    shown.direction, own = item.direction, where.names()
    found = summaries_of([shown], list(own), whole=True)
    listed = all_places.everywhere(shown, every)
    facets = all_places.facets(listed, where, found, shown)
    choices = filters.chosen(request.GET, facets)
    narrowed = filters.narrow(all_places.columns(listed, facets, found, shown), choices)
    links = filters.Links(
        reverse("publishing:indicator_everywhere", args=(plan.public_id, indicator_id)), facets, choices
    )
    current = Paginator(narrowed.rows, PER_PAGE).get_page(request.GET.get("page"))
    names = dict(zip(listed.every.areas, listed.names, strict=True))
    context = {
        "item": item, "year": every.year, "page": current, "told": all_places.told(shown, listed),
        "rows": all_places.rows(plan.public_id, shown, listed, current, own), "is_compared": listed.is_compared,
        "groups": filters.groups(facets, choices, narrowed, links), "chips": filters.chips(facets, choices, links),
        "clear_url": links.clear(), "map": maps.country_map(shown, names, listed.every, set(own)),
        "back": indicator_url(plan.public_id, shown), "illustrative": any(s.is_illustrative for s in found.values()),
        "is_made_here": any(s.is_made_here for s in found.values()),
    }  # fmt: skip
    description = _("Kaikki Suomen kunnat aakkosissa ja kartalla.")
    title = _("%(indicator)s: kaikki kunnat") % {"indicator": shown.title}
    return show(request, "indicator_everywhere", title=title, description=description, **context)


@public_page
def indicator_data(request: HttpRequest, indicator_id: str, kind: str) -> HttpResponse:
    """The current vintage as a file: csv, xlsx or json (json-stat2). A withheld cell, a missing one and a zero differ."""
    item = _item(request.plan, indicator_id)
    panel = current_panel(item.indicator)
    if kind not in files.KINDS or panel is None:
        raise Http404
    near = region.places(request.plan).codes()
    return files.response(item.indicator, panel, kind, near, region.made_up(item.indicator))
