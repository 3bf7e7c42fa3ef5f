"""One chapter in one language: reading, writing, publishing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lautta.common import drafts
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import chapters as actions
from lautta.plans.actions.chapter_redaction import draft_prefix
from lautta.plans.actions.chapters import EditConflict
from lautta.plans.chapters.words import tidy_texts
from lautta.plans.figures.codes import codes_of
from lautta.plans.forms.chapters import ChapterTextForm, RichInput
from lautta.plans.models import Chapter
from lautta.plans.presenters.chapter_diff import changes_of
from lautta.plans.presenters.chapters import ChapterTexts, chapter_texts, language_tabs
from lautta.plans.rules import chapters as rules
from lautta.plans.views.chapters import FORM, address, chapter_or_404, language_or_404, trail


def draft_key(chapter: Chapter, language: str) -> str:
    """Key of a person's unsaved text."""
    return draft_prefix(chapter) + language


@require_safe
@workspace
def read(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """The text as it now stands, and what may be done with it."""
    chapter = chapter_or_404(request, chapter_id)
    texts = chapter_texts(request.standing, chapter, language_or_404(request, language))
    can_edit = rules.can_edit_chapter(request.standing, chapter)
    figures = chapter.figures.filter(language=language).standing()
    context = {
        "texts": texts,
        "can_edit": can_edit,
        "moved": len(figures.moved()) if can_edit else 0,
        "can_publish": rules.can_publish_chapter(request.standing, chapter),
        "can_redact": rules.can_redact_chapter(request.standing, chapter),
        "sources": [
            c.source for c in chapter.citations.select_related("source").order_by("source__sort_key", "pk")
        ],
        "tabs": language_tabs(
            chapter, request.plan, language, lambda code: address(request, "chapter", chapter, code)
        ),
        "breadcrumb": trail(request, (texts.title, "")),
    }
    return render(request, "plans/chapter.html", context)


@FORM
@workspace
def edit(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """Write one language's text; what is typed is kept as a draft."""
    chapter = chapter_or_404(request, chapter_id)
    texts = chapter_texts(request.standing, chapter, language_or_404(request, language))
    demand(rules.can_edit_chapter(request.standing, chapter))
    draft = drafts.stored_draft(request.user, draft_key(chapter, language))
    if request.method == "POST":
        form = _form(request, texts, data=request.POST)
        if form.is_valid() and (done := _save(request, texts, form)):
            return done
        draft = None
    else:
        form = _form(request, texts)
        if draft and not _says_something(draft, texts):
            draft = None
        if draft:
            form.initial.update(drafts.initial_from_draft(form, draft.fields))
    return _edit_page(request, texts, form, draft)


def _form(request: WorkspaceRequest, texts: ChapterTexts, data=None) -> ChapterTextForm:
    latest, source = texts.latest, texts.source
    cited = [c.source.public_id for c in texts.chapter.citations.select_related("source").order_by("pk")]
    initial = {
        "title": latest.title if latest else "",
        "body": latest.body if latest else "",
        "plain": latest.plain if latest else "",
        "based_on": latest.number if latest else 0,
        "source_seen": source.number if source else None,
        "sources": cited,
        "sources_seen": ",".join(cited),
    }
    return ChapterTextForm(
        data,
        initial=initial,
        sources=request.plan.sources.order_by("sort_key", "pk"),
        language=texts.language,
        is_stale=texts.is_stale,
    )


def _says_something(draft, texts: ChapterTexts) -> bool:
    """False for a draft of what is already saved: an autosave may arrive after the save itself."""
    latest = texts.latest
    if latest is None:
        return any(draft.fields.get(name) for name in ("title", "body", "plain"))
    return drafted_texts(draft.fields) != actions.texts_of(latest)


def drafted_texts(fields) -> tuple[str, str, str]:
    """(title, body, plain) of a draft in the form in which they would be stored."""

    def typed(name: str) -> str:
        value = fields.get(name, "")
        return value if isinstance(value, str) else ""

    body = RichInput(typed("body")[: actions.MAX_BODY], fields.get("body_format") == "html")
    return tidy_texts(typed("title"), body.rich(), typed("plain"))


def _save(request: WorkspaceRequest, texts: ChapterTexts, form: ChapterTextForm) -> HttpResponse | None:
    """Save and go on reading; to the merge page when someone was quicker; None when the form has to be
    shown again."""
    chapter, language, values = texts.chapter, texts.language, form.cleaned_data
    by, key = request.standing.actor(chapter.organisation), draft_key(chapter, language)
    try:
        revision = actions.save_revision(
            by=by, chapter=chapter, language=language, title=values["title"], body=values["body"],
            plain=values["plain"], based_on=values["based_on"], made_from=form.made_from(),
        )  # fmt: skip
        actions.set_citations(by=by, chapter=chapter, sources=values["sources"], seen=form.seen_sources())
    except EditConflict:
        kept = drafts.typed_fields(request.POST) | {
            "body": values["body"],
            "body_format": "html",
            "_url": request.path,
        }
        drafts.keep_draft(by=by, key=key, fields=kept)
        return redirect(address(request, "chapter_merge", chapter, language))
    except actions.Refused as problem:
        form.refuse(problem)
        return None
    drafts.drop_draft(by=by, key=key)
    if texts.latest and revision.number == texts.latest.number:
        messages.info(request, _("Tekstissä ei ollut muutoksia, joten uutta versiota ei tehty."))
    else:
        messages.success(request, _("Tallennettu: versio %(number)s.") % {"number": revision.number})
    if gone := form.fields["body"].removed:
        told = _("Tekstistä jäi pois kohtia, joita ei voi julkaista: %(names)s.") % {"names": ", ".join(gone)}
        messages.warning(request, told)
    return redirect(address(request, "chapter", chapter, language))


def _edit_page(request: WorkspaceRequest, texts: ChapterTexts, form: ChapterTextForm, draft) -> HttpResponse:
    chapter, language = texts.chapter, texts.language
    form.offer_figures(codes_of(request.plan, language))
    context = {
        "form": form,
        "texts": texts,
        "draft_key": draft_key(chapter, language),
        "draft": draft,
        "is_behind": bool(
            draft and texts.latest and str(draft.fields.get("based_on")) != str(texts.latest.number)
        ),
        "source_changes": changes_of(texts.made_from, texts.source)
        if texts.is_stale and texts.made_from
        else None,
        "back": address(request, "chapter", chapter, language),
        "tabs": language_tabs(
            chapter, request.plan, language, lambda code: address(request, "chapter_edit", chapter, code)
        ),
        "breadcrumb": trail(
            request, (texts.title, address(request, "chapter", chapter, language)), (_("Muokkaa"), "")
        ),
    }
    return render(request, "plans/chapter_edit.html", context, status=422 if form.errors else 200)


@require_POST
@workspace
def publish(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """Make a revision of this language public."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_publish_chapter(request.standing, chapter))
    number = request.POST.get("number", "")
    revision = chapter.revisions.filter(
        language=language_or_404(request, language),
        number=int(number) if number.isascii() and number.isdigit() else 0,
    ).first()
    if revision is None:
        raise actions.Refused(_("Valitse versio, joka julkaistaan."), status=422)
    by = request.standing.actor(chapter.organisation)
    actions.publish_chapter(by=by, chapter=chapter, language=language, revision=revision)
    messages.success(request, _("Versio %(number)s on nyt julkinen.") % {"number": revision.number})
    return redirect(address(request, "chapter", chapter, language))
