"""The public register of child impact assessments, each assessment, and its summary for children."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.assessments import reading
from lautta.assessments.presenters.document import shown
from lautta.decisions.reading_assessed import decided_on
from lautta.publishing.links import assessment_url, measure_url, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import assessments as presenter
from lautta.publishing.presenters import filters

PER_PAGE = 60


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """Everything that has been published, stopped screenings too."""
    plan = request.plan
    public = reading.public_register(plan)
    rows = list(public.values_list("pk", "state", "organisation__public_id", "decision_day"))
    organisations = reading.organisations_in_register(plan, {row[2] for row in rows})
    labels = {"state": _("Missä mennään"), "organisation": _("Kuka valmisteli"), "year": _("Päätöksen vuosi")}
    facets = presenter.facets(organisations, {r[3].year for r in rows if r[3]}, labels)
    choices = filters.chosen(request.GET, facets)
    narrowed = filters.narrow(presenter.columns(rows), choices)
    page = Paginator([rows[n][0] for n in narrowed.rows], PER_PAGE).get_page(request.GET.get("page"))
    found = public.in_bulk(list(page))
    links = filters.Links(reverse("publishing:assessments", args=(plan.public_id,)), facets, choices)
    context = {
        "page": page, "is_empty": not rows,
        "items": presenter.items(plan.public_id, [found[pk] for pk in page if pk in found]),
        "groups": filters.groups(facets, choices, narrowed, links),
        "chips": filters.chips(facets, choices, links), "clear_url": links.clear(),
    }  # fmt: skip
    description = _(
        "Mitä päätökset tekevät lapsille ja nuorille: mitä on arvioitu, keitä kuultu ja mitä seurattu."
    )
    return show(
        request, "assessments", title=_("Lapsivaikutusten arvioinnit"), description=description, **context
    )


def _public(request: HttpRequest, assessment_id: str):
    found = reading.public_assessment(request.plan, assessment_id)
    if found is None:
        raise Http404
    return found


@public_page
def assessment(request: HttpRequest, assessment_id: str, slug: str = "") -> HttpResponse:
    """One assessment as it was published."""
    plan = request.plan
    publication = _public(request, assessment_id)
    if moved := to_right_address(request, assessment_url(plan.public_id, assessment_id, publication.title)):
        return moved
    d = shown(publication.document, reading.voices_in(plan, publication.document))
    measure = d["measure"]
    context = {
        "publication": publication, "d": d, "pill": presenter.state_pill(publication.state),
        "register_url": reverse("publishing:assessments", args=(plan.public_id,)), "decided_on": decided_on(plan, assessment_id),
        "plain_url": reverse("publishing:assessment_plain", args=(plan.public_id, assessment_id)),
        "measure_url": measure_url(plan.public_id, measure["id"], measure["title"]) if _is_public(plan, measure) else "",
    }  # fmt: skip
    return show(
        request,
        "assessment",
        title=str(publication.title),
        description=str(d["memo"]["first_estimate"]),
        **context,
    )


def _is_public(plan, measure) -> bool:
    return bool(measure) and plan.measures.filter(public_id=measure["id"]).public_years().exists()


@public_page
def plain(request: HttpRequest, assessment_id: str) -> HttpResponse:
    """The same for children: a few short sentences, and the way to the whole."""
    plan = request.plan
    publication = _public(request, assessment_id)
    d = shown(publication.document, {})
    if not d["child_summary"]:
        raise Http404
    context = {
        "publication": publication, "d": d,
        "whole_url": assessment_url(plan.public_id, assessment_id, publication.title),
        "register_url": reverse("publishing:assessments", args=(plan.public_id,)),
    }  # fmt: skip
    return show(
        request,
        "assessment_plain",
        title=str(publication.title),
        description=str(d["child_summary"]),
        **context,
    )
