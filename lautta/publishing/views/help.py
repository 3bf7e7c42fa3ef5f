"""Find help in two questions. What a family asks is in the address alone: no cookie, nothing stored, no page kept anywhere."""

from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lautta.common import clock
from lautta.network import vocabulary
from lautta.network.reading import municipalities_of, tag_counts
from lautta.network.vocabulary import ANY
from lautta.plans.access import public_plan
from lautta.publishing.links import service_url, to_right_address
from lautta.publishing.pages import show
from lautta.publishing.presenters import help as presenter
from lautta.publishing.presenters.search import page_number

PER_PAGE = 20
View = Callable[..., HttpResponse]


def help_page(view: View) -> View:
    """A public page that leaves no trace: not in a cache, not on the next site's list of where readers came from."""

    @wraps(view)
    def quiet(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return require_safe(public_plan(quiet))


@help_page
def find_help(request: HttpRequest, who: str = "", need: str = "") -> HttpResponse:
    """Who, then what need, then answers; urgent help stands first on each."""
    plan = request.plan
    if who and who != ANY and who not in vocabulary.words("audience"):
        raise Http404
    if need and need != ANY and need not in vocabulary.words("need"):
        raise Http404
    municipalities = list(municipalities_of(plan))
    asked = request.GET.get("municipality", "")
    area = next((a for a in municipalities if a.public_id == asked), None)
    link = presenter.HelpLinks(plan.public_id, area.public_id if area else "")
    context = {
        "urgent": vocabulary.urgent(), "who": who, "need": need, "for_child": who == "child",
        "areas": presenter.areas(link, who, need, municipalities, link.municipality),
        "start_url": link(), "who_url": link(who) if who else "", "need_word": vocabulary.words("need").get(need),
        "who_word": vocabulary.words("audience").get(who), "in_area": area,
    }  # fmt: skip
    if not who:
        context["groups"] = presenter.who_groups(link)
    elif not need:
        counts = tag_counts(plan.services.helping(who=who, area=area and area.pk), "need")
        context["needs"] = presenter.need_items(link, who, counts)
    else:
        found = plan.services.helping(who=who, need=need, area=area and area.pk).easiest_first().with_rows()
        page = Paginator(found, PER_PAGE).get_page(page_number(request.GET.get("page")))
        context |= {"page": page, "answers": presenter.answers(plan.public_id, page, who, clock.today())}
        if not context["answers"]:
            context["wider_url"] = link(who, need, municipality="") if area else link(ANY, need)
    description = _(
        "Löydä apua lapselle, nuorelle tai perheelle kahdella kysymyksellä. Emme tallenna, mitä etsit."
    )
    return show(request, "help", title=_("Löydä apua"), description=description, **context)


@help_page
def service(request: HttpRequest, service_id: str, slug: str = "") -> HttpResponse:
    """Everything of one service."""
    plan = request.plan
    found = plan.services.public().with_rows().filter(public_id=service_id).first()
    if found is None:
        raise Http404
    if moved := to_right_address(request, service_url(plan.public_id, found)):
        return moved
    context = presenter.facts(found, clock.today()) | {"urgent": vocabulary.urgent()}
    return show(request, "service", title=str(found.name), description=str(found.summary), **context)
