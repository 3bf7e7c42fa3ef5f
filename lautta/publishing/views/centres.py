"""The network for everybody: family centres, stepped services, promises."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.network.models import Commitment
from lautta.network.reading import centre_areas, commitments_of, matrix_of, municipalities_of, processes_of
from lautta.network.vocabulary import tasks_source
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import centres as presenter
from lautta.publishing.presenters.search import page_number

PER_PAGE = 40


@public_page
def centres(request: HttpRequest) -> HttpResponse:
    """Family-centre areas on a map and as a list, the seven tasks with their gaps, and stepped services."""
    plan = request.plan
    areas = centre_areas(plan)
    context = {
        "map": presenter.centre_map(areas, municipalities_of(plan)) if areas else None,
        "rows": presenter.area_rows(areas), "matrix": presenter.matrix(matrix_of(areas)), "source": tasks_source(),
        "processes": presenter.process_items(plan.public_id, processes_of(plan).filter(is_published=True)),
        "has_examples": any(a.is_illustrative for a in areas),
    }  # fmt: skip
    description = _(
        "Missä voi tavata muita perheitä, mitä perhekeskus tekee eri alueilla ja mitä vielä puuttuu."
    )
    return show(request, "centres", title=_("Perhekeskukset"), description=description, **context)


@public_page
def process(request: HttpRequest, process_id: str) -> HttpResponse:
    """One stepped process: drawn, and the same as a list."""
    found = processes_of(request.plan).filter(public_id=process_id, is_published=True).first()
    if found is None:
        raise Http404
    context = presenter.process_page(found)
    return show(request, "process", title=str(found.title), description=str(found.summary), **context)


@public_page
def commitments(request: HttpRequest) -> HttpResponse:
    """What the partners have promised."""
    plan, asked = request.plan, request.GET.get("state", "")
    rows = commitments_of(plan)
    if asked in Commitment.State.values:
        rows = rows.filter(state=asked)
    page = Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("page")))
    chips = [{"label": _("Kaikki"), "url": request.path, "current": asked not in Commitment.State.values}]
    chips += [
        {"label": label, "url": f"{request.path}?state={code}", "current": code == asked}
        for code, label in Commitment.State.choices
    ]
    context = {"page": page, "items": presenter.promises(plan.public_id, page, clock.today()), "chips": chips}
    description = _(
        "Mitä kumppanit ovat luvanneet tehdä lasten, nuorten ja perheiden hyväksi, ja miten lupaukset etenevät."
    )
    return show(request, "commitments", title=_("Kumppanien lupaukset"), description=description, **context)
