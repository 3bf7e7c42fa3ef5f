"""Statements in public: who was asked, what they said, and what was done about each point."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.decisions.freezing import opened
from lautta.decisions.presenters_statements import point_rows
from lautta.decisions.reading_statements import public_request_of, public_summary
from lautta.decisions.targets import targets
from lautta.publishing.pages import public_page, show

PER_PAGE = 30


@public_page
def statements(request: HttpRequest) -> HttpResponse:
    """Published statements, and in one line what became of all that was said in them."""
    rows = request.plan.statement_requests.public().newest_first().with_content().with_tallies()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    title = pgettext("sivun otsikko", "Lausunnot")
    description = _("Keneltä on pyydetty lausunto, mitä he sanoivat ja miten se otettiin huomioon.")
    summary = public_summary(request.plan)
    return show(request, "statements", title=title, description=description, page=page, summary=summary)


@public_page
def statement(request: HttpRequest, request_id: str) -> HttpResponse:
    """One statement, point by point."""
    found = public_request_of(request.plan, request_id)
    labels = dict(targets(opened(found.version))) if found.version else {}
    context = {
        "found": found,
        "questions": found.questions.all(),
        "points": point_rows(found.statement.points.all(), labels),
    }
    title = _("Näin lausunto otettiin huomioon: %(who)s") % {"who": found.who}
    return show(request, "statement", title=title, description=str(found.matter), **context)
