"""Versions of one language's text: the list, any two side by side, an old one brought back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import chapters as actions
from lautta.plans.presenters.chapter_diff import changes_of
from lautta.plans.presenters.chapters import chapter_texts, language_tabs
from lautta.plans.rules import chapters as rules
from lautta.plans.views.chapters import address, chapter_or_404, language_or_404, trail

ON_A_PAGE = 50


@require_safe
@workspace
def history(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """Who wrote what, when; two can be chosen for comparison."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_see_drafts(request.standing, chapter))
    texts = chapter_texts(request.standing, chapter, language_or_404(request, language))
    revisions = (
        chapter.revisions.filter(language=language).select_related("author").without_texts().newest_first()
    )
    page = Paginator(revisions, ON_A_PAGE).get_page(request.GET.get("page"))
    published = dict(
        chapter.publications.filter(revision__in=[r.pk for r in page])
        .order_by("pk")
        .values_list("revision_id", "published_at")
    )
    for revision in page:
        revision.public_since = published.get(revision.pk)
    context = {
        "texts": texts,
        "page": page,
        "tabs": language_tabs(
            chapter, request.plan, language, lambda code: address(request, "chapter_history", chapter, code)
        ),
        "breadcrumb": trail(
            request, (texts.title, address(request, "chapter", chapter, language)), (_("Historia"), "")
        ),
    }
    return render(request, "plans/chapter_history.html", context)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


@require_safe
@workspace
def compare(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """Two versions word by word; without numbers, the last two."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_see_drafts(request.standing, chapter))
    texts = chapter_texts(request.standing, chapter, language_or_404(request, language))
    if texts.latest is None:
        raise Http404
    new = _number(request.GET.get("to")) or texts.latest.number
    old = _number(request.GET.get("from"))
    old, new = sorted((new - 1 if old is None else old, new))
    pair = {
        r.number: r
        for r in chapter.revisions.filter(language=language, number__in=[old, new]).select_related("author")
    }
    if new not in pair or (old and old not in pair):
        raise Http404
    context = {
        "texts": texts,
        "old": pair.get(old),
        "new": pair[new],
        "changes": changes_of(pair.get(old), pair[new]),
        "can_restore": rules.can_edit_chapter(request.standing, chapter),
        "breadcrumb": trail(
            request,
            (texts.title, address(request, "chapter", chapter, language)),
            (_("Historia"), address(request, "chapter_history", chapter, language)),
            (_("Vertailu"), ""),
        ),
    }
    return render(request, "plans/chapter_diff.html", context)


@require_POST
@workspace
def restore(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """Bring an old version back as a new one."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_edit_chapter(request.standing, chapter))
    number, seen = _number(request.POST.get("number")), _number(request.POST.get("latest"))
    revision = chapter.revisions.filter(
        language=language_or_404(request, language), number=number or 0
    ).first()
    if revision is None or seen is None:
        raise actions.Refused(_("Valitse versio, joka palautetaan."), status=422)
    by = request.standing.actor(chapter.organisation)
    made = actions.restore_revision(by=by, chapter=chapter, revision=revision, based_on=seen)
    messages.success(
        request,
        _("Versio %(old)s on palautettu uudeksi versioksi %(new)s.")
        % {"old": revision.number, "new": made.number},
    )
    return redirect(address(request, "chapter", chapter, language))
