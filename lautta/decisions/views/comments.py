"""A draft that circulates: read, commented passage by passage, and the comments answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common import clock
from lautta.decisions import presenters_statements as presenters
from lautta.decisions import rules
from lautta.decisions.actions import comments as actions
from lautta.decisions.choices_statements import Taken
from lautta.decisions.forms.comments import CirculationForm, CommentForm
from lautta.decisions.forms.statements import AnswerForm
from lautta.decisions.freezing import Document, opened
from lautta.decisions.models import Circulation, PassageComment, Version
from lautta.decisions.passages import find_passage
from lautta.decisions.reading import version_of
from lautta.decisions.reading_statements import comment_counts, comment_of
from lautta.decisions.targets import target_label, targets
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace

PER_PAGE = 50
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@workspace
def draft(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """One page of a frozen draft. `?at=`: a chapter, goals or measures; `?comment=`: the passage whose form is open."""
    version = version_of(request.plan, version_id)
    document = opened(version)
    circulation = getattr(version, "circulation", None)
    counts = comment_counts(version)
    here = _place(request, document)
    language = _language(request, document, here)
    form = CommentForm(
        request.POST or None, organisations=request.standing.organisations_where(Permission.COMMENT_VERSIONS)
    )
    if request.method == "POST" and (done := _commented(request, version, document, form)):
        return redirect(f"{_address(request, version, here, language)}#{done}")
    comments = version.comments.with_people().in_order()
    context = {
        "version": version, "circulation": circulation, "phase": rules.phase_of(circulation, clock.today()),
        "may_comment": rules.may_comment(request.standing, circulation, clock.today()) and not version.withdrawn_on,
        "may_circulate": rules.may_circulate(request.standing), "form": form, "language": language, "here": here,
        "places": presenters.places(document, request.plan.public_id, version.public_id, here, counts),
        "tabs": _language_tabs(request, version, document, here, language),
        "lines": presenters.lines(document, here, language, comments), "open_at": _asked(request, "comment"),
        "heading": _heading(document, here),
    }  # fmt: skip
    return render(request, "decisions/draft.html", context, status=422 if request.method == "POST" else 200)


def _asked(request: WorkspaceRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")


def _place(request: WorkspaceRequest, document: Document) -> str:
    """The page that is asked for; the first chapter (or what there is) without asking; 404 for what is not there."""
    asked = _asked(request, "at")
    known = [c["id"] for c in presenters.in_reading_order(document.chapters) if c["texts"]]
    known += ["goals"] if document.goals else []
    known += ["measures"] if document.measures else []
    if asked and asked not in known:
        raise Http404
    return asked or (known[0] if known else "")


def _heading(document: Document, here: str) -> str:
    if here in {"goals", ""}:
        return _("Tavoitteet") if here else ""
    if here == "measures":
        return _("Toimenpiteet")
    return presenters.chapter_label(next(c for c in document.chapters if c["id"] == here))


def _language(request: WorkspaceRequest, document: Document, here: str) -> str:
    chapter = next((c for c in document.chapters if c["id"] == here), None)
    wanted = _asked(request, "language") or get_language() or "fi"
    return presenters.language_here(chapter, wanted) if chapter else ""


def _address(request: WorkspaceRequest, version: Version, here: str, language: str) -> str:
    base = reverse("decisions:draft", args=(request.plan.public_id, version.public_id))
    return f"{base}?at={here}" + (f"&language={language}" if language else "")


def _language_tabs(
    request: WorkspaceRequest, version: Version, document: Document, here: str, language: str
) -> list[dict]:
    """The languages in which the chapter has a text, when it has several."""
    chapter = next((c for c in document.chapters if c["id"] == here), None)
    names = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
    codes = [code for code in names if chapter and code in chapter["texts"]]
    if len(codes) < 2:
        return []
    return [
        {"label": names[code], "url": _address(request, version, here, code), "current": code == language}
        for code in codes
    ]


def _commented(request: WorkspaceRequest, version: Version, document: Document, form: CommentForm) -> str:
    """Keep the comment, or take one back; the anchor to go to, or "" with errors on the form."""
    if "take_back" in request.POST:
        return _taken_back(request, version)
    data = request.POST
    block = int(data["block"]) if data.get("block", "").isdecimal() else None
    place = {
        "kind": data.get("kind", ""),
        "key": data.get("key", ""),
        "language": data.get("text_of", ""),
        "block": block,
    }
    given = {**place, "block_hash": data.get("hash", ""), "text_language": get_language() or "fi"}
    by = request.standing.actor()
    if not form.carry_out(actions.comment_passage, by=by, version=version, **given):
        return ""
    messages.success(request, _("Kommentti on tallessa. Kiitos!"))
    passage = find_passage(document, place["kind"], place["key"], place["language"], block)
    return passage.anchor if passage else "main"


def _taken_back(request: WorkspaceRequest, version: Version) -> str:
    comment = comment_of(request.plan, request.POST["take_back"])
    demand(comment.version_id == version.pk and rules.may_take_back(request.standing, comment))
    actions.take_back_comment(by=request.standing.actor(comment.organisation), comment=comment)
    messages.success(request, _("Kommentti on poistettu."))
    return "main"


@GET_POST
@workspace
def circulate(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """Set the days on which the version may be commented on."""
    demand(rules.may_circulate(request.standing))
    version = version_of(request.plan, version_id)
    circulation: Circulation | None = getattr(version, "circulation", None)
    form = CirculationForm(request.POST or None, circulation=circulation)
    by = request.standing.actor()
    if request.method == "POST" and form.carry_out(actions.circulate, by=by, version=version):
        messages.success(request, _("Kommentointiaika on asetettu."))
        return redirect("decisions:draft", plan_id=request.plan.public_id, version_id=version.public_id)
    status = 422 if request.method == "POST" else 200
    context = {"version": version, "form": form, "circulation": circulation}
    return render(request, "decisions/circulate.html", context, status=status)


@require_safe
@workspace
def comment_list(request: WorkspaceRequest, version_id: str) -> HttpResponse:
    """All comments on one version, by chapter; those that wait for an answer first asked for."""
    version = version_of(request.plan, version_id)
    state = request.GET.get("state", "open")
    every = version.comments.with_people().order_by("target_kind", "target_id", "block", "pk")
    rows = every.open() if state == "open" else every
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    url = reverse("decisions:comments", args=(request.plan.public_id, version.public_id))
    context = {
        "version": version, "page": page, "state": state,
        "groups": presenters.comment_rows(page, dict(targets(opened(version)))),
        "may_answer": rules.may_circulate(request.standing),
        "tabs": [
            {"label": _("Odottaa vastausta"), "url": url, "current": state == "open", "count": every.open().count()},
            {"label": _("Kaikki"), "url": f"{url}?state=all", "current": state != "open", "count": every.count()},
        ],
    }  # fmt: skip
    return render(request, "decisions/comments.html", context)


@GET_POST
@workspace
def comment(request: WorkspaceRequest, comment_id: str) -> HttpResponse:
    """One comment: read, answered, or removed for good."""
    found: PassageComment = comment_of(request.plan, comment_id)
    answers = rules.may_circulate(request.standing)
    form = AnswerForm(request.POST or None, thing=found)
    by = request.standing.actor()
    back = redirect("decisions:comments", plan_id=request.plan.public_id, version_id=found.version.public_id)
    if request.method == "POST":
        demand(answers)
        if "erase" in request.POST:
            actions.erase_comment(by=by, comment=found)
            return back
        if form.carry_out(actions.answer_comment, by=by, comment=found):
            messages.success(request, _("Vastaus on tallennettu."))
            return back
    document = opened(found.version)
    context = {
        "found": found, "form": form, "answers": answers, "mark": presenters.taken_mark(found.state),
        "is_open": found.state == Taken.OPEN, "place": target_label(document, found.target_kind, found.target_id),
    }  # fmt: skip
    return render(request, "decisions/comment.html", context, status=form.status)
