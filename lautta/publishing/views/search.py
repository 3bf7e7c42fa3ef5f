"""Search over everything public in one plan."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common.search import search as find
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import search as presenter
from lautta.publishing.presenters.words import reader_language

PER_PAGE = 20
LONGEST_QUERY = 200


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` words, `?kind=` one kind, `?page=`."""
    plan = request.plan
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in presenter.KINDS else None
    number = presenter.page_number(request.GET.get("page"))
    result = find(
        plan.public_id,
        query,
        language=reader_language(),
        kinds=kinds,
        offset=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    url = reverse("publishing:search", args=(plan.public_id,))
    context = {
        "query": query,
        "result": result,
        "hits": [presenter.hit(h) for h in result.hits],
        "page": Paginator(range(result.total), PER_PAGE).get_page(number),
        "kinds": presenter.kind_links(
            result, kind if kinds else "", lambda k: f"{url}?{urlencode({'q': query} | k)}"
        ),
        "suggestions": presenter.suggestions(plan.public_id),
    }
    title = _("Haku: %(query)s") % {"query": query} if query else pgettext("sivun otsikko", "Haku")
    return show(request, "search", title=title, **context)
