"""Numbers of a chapter's text that have moved: each beside its sentence; the owner takes the new one or leaves the old."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import chapters as actions
from lautta.plans.actions.figures import keep_old_figure
from lautta.plans.figures.sentences import sentence_of
from lautta.plans.models import Chapter
from lautta.plans.rules import chapters as rules
from lautta.plans.views.chapters import address, chapter_or_404, language_or_404, trail


@require_http_methods(["GET", "HEAD", "POST"])
@workspace
def figures(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """What has moved in the newest text of the language. A POST takes one new number or keeps one old; nothing is altered
    otherwise.
    """
    chapter, language = chapter_or_404(request, chapter_id), language_or_404(request, language)
    demand(rules.can_edit_chapter(request.standing, chapter))
    latest = chapter.revisions.filter(language=language).order_by("-number").first()
    moved = chapter.figures.filter(language=language).standing().moved() if latest else []
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, chapter, language)
    if request.method == "POST":
        return _take(request, chapter, language, {m.reference.token for m in moved if m.text})
    standing = chapter.figures.of_revision(latest) if latest else []
    rows = [
        {"move": m, "sentence": sentence_of(m.reference.token, latest.body, latest.plain, standing)}
        for m in moved
    ]
    back = address(request, "chapter", chapter, language)
    title = latest.title if latest else ""
    crumbs = trail(request, (title, back), (_("Muuttuneet luvut"), ""))
    context = {"rows": rows, "latest": latest, "back": back, "breadcrumb": crumbs}
    return render(request, "plans/chapter_figures.html", context)


def _take(request: WorkspaceRequest, chapter: Chapter, language: str, newer: set[str]) -> HttpResponse:
    token, seen = request.POST.get("token", ""), request.POST.get("latest", "")
    if token not in newer or not seen.isdecimal():
        raise actions.Refused(_("Luku on jo ajan tasalla."), status=409)
    by = request.standing.actor(chapter.organisation)
    actions.renew_chapter_figures(by=by, chapter=chapter, language=language, based_on=int(seen), only=token)
    messages.success(request, _("Uusi luku on tekstissä. Julkaise teksti, kun haluat sen näkyviin."))
    return redirect(address(request, "chapter_figures", chapter, language))


def _keep(request: WorkspaceRequest, chapter: Chapter, language: str) -> HttpResponse:
    by, token = request.standing.actor(chapter.organisation), request.POST.get("token", "")
    keep_old_figure(by=by, chapter=chapter, language=language, token=token, offered=request.POST["keep"])
    messages.success(request, _("Vanha luku jää tekstiin. Kerromme, jos luku muuttuu vielä."))
    return redirect(address(request, "chapter_figures", chapter, language))
