"""Flows in and out, deadlines and costs, for the region or one of its municipalities."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.indicators.summary_reading import per_resident_of, summaries_of
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters.figures import flows as presenter
from lautta.publishing.presenters.figures import region


@public_page
def flows(request: HttpRequest) -> HttpResponse:
    """Two series in one chart with their balance, shares in time with the legal limit, and euros for each resident."""
    plan = request.plan
    where = region.places(plan)
    names = dict(where.everything())
    asked = request.GET.get("area", "")
    area = asked if asked in names else where.region_code
    place = presenter.place_of(area, names, where.region_code)
    known = region.of_definitions(plan, {c for d in presenter.with_roles() for c in (d.code, d.pair) if c})
    found = summaries_of(known.values(), place.codes(), whole=True)
    spent = per_resident_of(known.values(), place.codes())
    blocks = {
        "flows": presenter.flows(plan.public_id, known, found, place),
        "deadlines": presenter.deadlines(plan.public_id, known, found, place),
        "costs": presenter.costs(plan.public_id, known, spent, place),
    }
    context = blocks | {
        "areas": [
            {"label": name, "url": "?area=" + code if code != where.region_code else request.path, "current": code == area}
            for code, name in names.items()
        ],
        "area_name": names[area],
        "illustrative": any(b["illustrative"] for found in blocks.values() for b in found),
    }  # fmt: skip
    context["illustrative"] = any(
        b["illustrative"] for k in ("flows", "deadlines", "costs") for b in context[k]
    )
    title = pgettext("sivun otsikko", "Virrat, määräajat ja kustannukset")
    description = _(
        "Mitä alkaa ja mitä päättyy, pitävätkö määräajat ja mitä palvelut maksavat asukasta kohti."
    )
    return show(request, "flows", title=title, description=description, **context)
