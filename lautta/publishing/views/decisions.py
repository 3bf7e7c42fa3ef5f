"""What has been decided: in force where, by whom, and the very texts that were decided on."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.decisions import presenters
from lautta.decisions.comparing import compare, tally
from lautta.decisions.freezing import opened
from lautta.decisions.models import Version
from lautta.decisions.reading import decisions_in_public, force_rows, way_of, ways
from lautta.decisions.reading_assessed import published_for
from lautta.decisions.views.versions import content_of
from lautta.plans.models import Plan
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import assessments as assessed

PER_PAGE = 40


def _version(plan: Plan, version_id: str) -> Version:
    """A version that has been sent to somebody, or 404: what is still being prepared is not public."""
    found = plan.versions.public().select_related("previous").filter(public_id=version_id).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


@public_page
def decisions(request: HttpRequest) -> HttpResponse:
    """What is in force where, what is before bodies now, and every decision, newest first."""
    plan = request.plan
    versions = list(plan.versions.public().light().newest_first())
    found = ways(versions)
    page = Paginator(decisions_in_public(plan), PER_PAGE).get_page(request.GET.get("page"))
    rows = force_rows(plan, found)
    context = {
        "rows": rows, "summary": presenters.force_summary(rows), "page": page,
        "under_way": [w for w in found if w.is_under_way], "versions": versions,
    }  # fmt: skip
    title = pgettext("sivun otsikko", "Päätökset")
    description = _("Missä suunnitelma on hyväksytty, mistä päätetään nyt ja mitä on päätetty.")
    return show(request, "decisions", title=title, description=description, **context)


@public_page
def version(request: HttpRequest, version_id: str) -> HttpResponse:
    """One frozen version: its way, and its text from itself alone."""
    found = _version(request.plan, version_id)
    way = way_of(found)
    document = opened(found)
    previous = found.previous
    shows_previous = previous is not None and request.plan.versions.public().filter(pk=previous.pk).exists()
    context = {
        "version": found, "way": way, "lanes": presenters.lanes(way),
        "changes_url": reverse("publishing:version_changes", args=(request.plan.public_id, version_id)) if shows_previous else "",
        "assessments": assessed.items(request.plan.public_id, published_for(found)),
        **presenters.document_context(document),
    }  # fmt: skip
    return show(
        request, "version", title=presenters.title_of(found), description=str(document.proposal), **context
    )


@public_page
def version_changes(request: HttpRequest, version_id: str) -> HttpResponse:
    """What changed from the version before it."""
    found = _version(request.plan, version_id)
    if found.previous is None:
        raise Http404
    previous = _version(request.plan, found.previous.public_id)
    sections = compare(opened(previous), opened(found))
    context = {"version": found, "previous": previous, "sections": sections, "tally": tally(sections)}
    title = _("Mikä muuttui: %(version)s") % {"version": presenters.title_of(found)}
    return show(request, "version_changes", title=title, **context)


@public_page
def version_json(request: HttpRequest, version_id: str) -> HttpResponse:
    """The canonical JSON, byte by byte."""
    return content_of(_version(request.plan, version_id))
