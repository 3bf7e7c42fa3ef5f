"""What children, young people and parents have said, and the children's own view."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import chapters, filters
from lautta.publishing.presenters import voices as presenter
from lautta.publishing.presenters.goals import GoalTree

PER_PAGE = 60


@public_page
def voices(request: HttpRequest) -> HttpResponse:
    """Published voices, limited by goal and by who speaks."""
    plan = request.plan
    tree = GoalTree(plan.public_id, plan.goals.public().in_order())
    said = plan.voices.public()
    goals = presenter.goals_of_voices(said.values_list("pk", "goals"), tree)
    rows = list(said.newest_first().values_list("pk", "speaker_role"))
    facets = presenter.facets(tree)
    choices = filters.chosen(request.GET, facets)
    narrowed = filters.narrow(presenter.columns(rows, goals), choices)
    page = Paginator([rows[n][0] for n in narrowed.rows], PER_PAGE).get_page(request.GET.get("page"))
    found = said.in_bulk(list(page))
    shown = [found[pk] for pk in page if pk in found]
    links = filters.Links(reverse("publishing:voices", args=(plan.public_id,)), facets, choices)
    context = {
        "page": page, "is_empty": not rows,
        "items": [presenter.list_item(plan.public_id, v, goals.get(v.pk, [])) for v in shown],
        "groups": filters.groups(facets, choices, narrowed, links),
        "chips": filters.chips(facets, choices, links), "clear_url": links.clear(),
    }  # fmt: skip
    title = pgettext("sivun otsikko", "Äänet")
    description = _("Mitä lapset, nuoret ja vanhemmat ovat itse sanoneet.")
    return show(request, "voices", title=title, description=description, **context)


@public_page
def voice(request: HttpRequest, voice_id: str) -> HttpResponse:
    """One voice at an address of its own."""
    plan = request.plan
    said = get_object_or_404(plan.voices.public(), public_id=voice_id)
    tree = GoalTree(plan.public_id, plan.goals.public().in_order())
    nodes = [node for pk in said.goals.values_list("pk", flat=True) if (node := tree.get(pk))]
    context = {"voice": presenter.list_item(plan.public_id, said, nodes), "said": said}
    return show(
        request, "voice", title=_("Ääni: %(speaker)s") % {"speaker": presenter.speaker(said)}, **context
    )


@public_page
def children(request: HttpRequest) -> HttpResponse:
    """The plan for children: the plain texts of the plan, its goals and its chapters."""
    plan = request.plan
    tree = GoalTree(plan.public_id, plan.goals.public().in_order())
    revisions = plan.chapters.public_revisions().select_related("chapter").defer("body")
    found = chapters.families(chapters.with_plain_numbers(chapters.entries(plan.public_id, revisions)))
    told = [f for f in found if any(e.revision.plain for e in (f["entry"], *f["children"]))]
    spoken = plan.voices.public().by_children().newest_first()[:3]
    context = {
        "tree": tree,
        "families": told,
        "voices": [presenter.quotation(v) for v in spoken],
    }
    return show(request, "children", title=_("Suunnitelma lapsille"), description=str(plan.plain), **context)
