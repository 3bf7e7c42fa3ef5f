"""Part I: the plan's chapters, one by one and as a whole on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common import clock
from lautta.plans.figures.rendering import plain_figures
from lautta.plans.figures.showing import numbers_of
from lautta.publishing.links import indicator_link, to_right_address
from lautta.publishing.pages import public_page, show
from lautta.publishing.presenters import chapters as presenter
from lautta.publishing.presenters import paper
from lautta.publishing.presenters.changes import changes
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.measures import default_year, goals_by_year
from lautta.publishing.presenters.voices import quotation
from lautta.publishing.presenters.words import chapter_html

SHOWN_VOICES = 6
PLAIN = "selko"


def _entries(plan, *, with_texts: bool = False) -> list[presenter.Entry]:
    revisions = plan.chapters.public_revisions().select_related("chapter")
    return presenter.entries(plan.public_id, revisions if with_texts else revisions.defer("body", "plain"))


@public_page
def plan(request: HttpRequest) -> HttpResponse:
    """Overview: every chapter with the beginning of its plain text."""
    revisions = request.plan.chapters.public_revisions().select_related("chapter").defer("body")
    found = presenter.with_plain_numbers(presenter.entries(request.plan.public_id, revisions))
    context = {
        "families": presenter.families(found),
        "sections": presenter.families(found, sections=True),
        "period": f"{request.plan.period_start}–{request.plan.period_end}",
        "print_url": reverse("publishing:print", args=(request.plan.public_id,)),
    }
    title = pgettext("sivun otsikko", "Suunnitelma")
    return show(request, "plan", title=title, description=str(request.plan.purpose), **context)


@public_page
def chapter(request: HttpRequest, chapter_id: str, slug: str = "") -> HttpResponse:
    """One chapter, in full or in plain language."""
    found = _entries(request.plan)
    entry = next((e for e in found if e.chapter.public_id == chapter_id), None)
    if entry is None:
        raise Http404
    if moved := to_right_address(request, entry.url):
        return moved
    revision = entry.revision  # its texts come in one more query, for this chapter alone
    is_plain = request.GET.get(PLAIN) == "1" and bool(revision.plain)
    figures = numbers_of([revision]).get(revision.pk, [])
    link = indicator_link(request.plan.public_id)
    body, anchors = chapter_html(revision.body, figures=figures, link=link)
    plain = plain_figures(revision.plain, figures)
    before, after = presenter.neighbours(found, entry)
    cited = entry.chapter.citations.select_related("source")
    published = list(entry.chapter.publications.filter(language=entry.language).order_by("-pk")[:2])
    context = {
        "entry": entry, "body": body, "plain": plain, "is_plain": is_plain,
        "index": presenter.index(found, entry, [] if is_plain else anchors), "before": before, "after": after,
        "changed_at": published[0].published_at if published else None, "has_changes": len(published) > 1,
        "changes_url": reverse("publishing:chapter_changes", args=(request.plan.public_id, chapter_id)),
        "sources": [c.source for c in cited.order_by("source__sort_key")],
        "voices": [quotation(v) for v in entry.chapter.voices.public().newest_first()[:SHOWN_VOICES]],
    }  # fmt: skip
    return show(request, "chapter", title=entry.title, description=plain, **context)


@public_page
def chapter_changes(request: HttpRequest, chapter_id: str) -> HttpResponse:
    """What changed, word by word, between the two latest public texts of a chapter."""
    found = _entries(request.plan)
    entry = next((e for e in found if e.chapter.public_id == chapter_id), None)
    if entry is None:
        raise Http404
    public = (
        entry.chapter.publications.filter(language=entry.language)
        .select_related("revision")
        .order_by("-pk")[:2]
    )
    new, *rest = public
    old = rest[0] if rest else None
    context = {"entry": entry, "new": new, "old": old}
    if old:
        context["changes"] = changes(old.revision, new.revision)
    return show(
        request, "chapter_changes", title=_("Mikä muuttui: %(chapter)s") % {"chapter": entry.title}, **context
    )


@public_page
def print_plan(request: HttpRequest) -> HttpResponse:
    """The whole plan on one page, for printing."""
    plan, today = request.plan, clock.today()
    tree = GoalTree(plan.public_id, plan.goals.public().in_order().prefetch_related("criteria"))
    year = default_year(plan.measures.years_published(), today.year)
    years = (
        plan.measures.public_years()
        .filter(round__year=year or 0)
        .select_related("measure__organisation")
        .in_order()
    )
    goals = {pk: tree.nodes(found) for pk, found in goals_by_year(years.goal_pairs(), tree).items()}
    found = presenter.in_reading_order(_entries(plan, with_texts=True))
    context = {
        "chapters": paper.chapters(found),
        "tree": tree,
        "year": year,
        "measures": paper.measures(years, goals),
        "sources": plan.sources.order_by("sort_key", "pk"),
        "period": f"{plan.period_start}–{plan.period_end}",
        "printed_on": today,
    }
    return show(request, "print", title=str(plan.title), description=str(plan.purpose), **context)
