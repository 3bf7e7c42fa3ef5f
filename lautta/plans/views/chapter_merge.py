"""Two people wrote at once: their texts are merged, and what both changed is asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lautta.common import drafts
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import chapters as actions
from lautta.plans.actions.chapters import EditConflict, texts_of
from lautta.plans.chapters.words import tidy_texts
from lautta.plans.forms.chapter_merge import ChoicesForm, MergeForm
from lautta.plans.models import ChapterRevision
from lautta.plans.presenters.chapter_merge import Merge, merge_texts
from lautta.plans.presenters.chapters import ChapterTexts, chapter_texts
from lautta.plans.rules import chapters as rules
from lautta.plans.views.chapter_texts import draft_key, drafted_texts
from lautta.plans.views.chapters import FORM, address, chapter_or_404, language_or_404, trail


@FORM
@workspace
def merge(request: WorkspaceRequest, chapter_id: str, language: str) -> HttpResponse:
    """Shows both people's changes; saving makes one revision that holds them."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_edit_chapter(request.standing, chapter))
    texts = chapter_texts(request.standing, chapter, language_or_404(request, language))
    if texts.latest is None:
        return redirect(address(request, "chapter_edit", chapter, language))
    return _answer(request, texts) if request.method == "POST" else _ask(request, texts)


def _ask(request: HttpRequest, texts: ChapterTexts) -> HttpResponse:
    """From the draft that the conflict left behind; without one there is nothing to merge."""
    chapter, language = texts.chapter, texts.language
    draft = drafts.draft_of(request.user, draft_key(chapter, language))
    based_on = _number(draft, "based_on") if draft else None
    if based_on is None or based_on >= texts.latest.number:
        return redirect(address(request, "chapter_edit", chapter, language))
    mine = drafted_texts(draft)
    made_from = _number(draft, "source_seen") if draft.get("is_up_to_date") else None
    held = {
        "mine_title": mine[0], "mine_body": mine[1], "mine_plain": mine[2],
        "based_on": based_on, "latest": texts.latest.number, "made_from": made_from,
    }  # fmt: skip
    merged = merge_texts(_revision_texts(texts, based_on), mine, texts_of(texts.latest))
    return _page(
        request, texts, MergeForm(initial=held), ChoicesForm(merge=merged, language=language), merged
    )


def _answer(request: HttpRequest, texts: ChapterTexts) -> HttpResponse:
    held = MergeForm(request.POST)
    if not held.is_valid():
        raise actions.Refused(
            _("Lomake on vanhentunut. Avaa luku uudelleen: luonnoksesi on tallessa."), status=422
        )
    values = held.cleaned_data
    mine = tidy_texts(values["mine_title"], values["mine_body"], values["mine_plain"])
    theirs = _revision_texts(texts, values["latest"])
    merged = merge_texts(_revision_texts(texts, values["based_on"]), mine, theirs)
    choices = ChoicesForm(request.POST, merge=merged, language=texts.language)
    if not choices.is_valid():
        return _page(request, texts, held, choices, merged, status=422)
    result = merged.texts(choices.answers())
    try:
        return _save(request, texts, values, result)
    except EditConflict:
        return _begin_again(request, texts, values, result)
    except actions.Refused as problem:
        choices.add_error(None, str(problem.message))
        return _page(request, texts, held, choices, merged, status=422)


def _save(
    request: WorkspaceRequest, texts: ChapterTexts, values: dict, result: tuple[str, str, str]
) -> HttpResponse:
    chapter, language = texts.chapter, texts.language
    by = request.standing.actor(chapter.organisation)
    title, body, plain = result
    revision = actions.save_revision(
        by=by, chapter=chapter, language=language, title=title, body=body, plain=plain,
        based_on=values["latest"],
        made_from=values["made_from"], origin=ChapterRevision.Origin.MERGE,
    )  # fmt: skip
    _cite(request, texts, by)
    drafts.drop_draft(by=by, key=draft_key(chapter, language))
    messages.success(request, _("Tekstit on yhdistetty: versio %(number)s.") % {"number": revision.number})
    return redirect(address(request, "chapter", chapter, language))


def _cite(request: WorkspaceRequest, texts: ChapterTexts, by) -> None:
    """The sources that the writer ticked or unticked before the conflict; they are still in the draft."""
    draft = drafts.draft_of(request.user, draft_key(texts.chapter, texts.language)) or {}
    if "sources_seen" not in draft:
        return
    chosen = draft.get("sources", [])
    chosen = set(chosen if isinstance(chosen, list) else [chosen])  # type: ignore[assignment]
    seen = set(str(draft["sources_seen"]).split(","))
    known = list(request.plan.sources.filter(public_id__in=chosen | seen))  # type: ignore[operator]
    actions.set_citations(
        by=by, chapter=texts.chapter, sources=[s for s in known if s.public_id in chosen],
        seen=[s for s in known if s.public_id in seen],
    )  # fmt: skip


def _begin_again(
    request: WorkspaceRequest, texts: ChapterTexts, values: dict, result: tuple[str, str, str]
) -> HttpResponse:
    """A third person saved meanwhile: what was merged so far is now the writer's own text, on a newer
    base."""
    chapter, language = texts.chapter, texts.language
    key, by = draft_key(chapter, language), request.standing.actor(chapter.organisation)
    kept = drafts.draft_of(request.user, key) or {}
    kept |= dict(zip(("title", "body", "plain"), result, strict=True))
    kept |= {"body_format": "html", "based_on": str(values["latest"])}
    drafts.keep_draft(by=by, key=key, fields=kept)
    messages.warning(
        request,
        _("Tekstiä ehdittiin muuttaa vielä kerran. Yhdistämäsi teksti on tallessa: katso uudet muutokset."),
    )
    return redirect(address(request, "chapter_merge", chapter, language))


def _revision_texts(texts: ChapterTexts, number: int) -> tuple[str, str, str]:
    """Texts of a revision of this language; 0 is the empty text before the first."""
    if number == 0:
        return "", "", ""
    if texts.latest and number == texts.latest.number:
        return texts_of(texts.latest)
    revision = texts.chapter.revisions.filter(language=texts.language, number=number).first()
    if revision is None:
        raise actions.Refused(
            _("Lomake on vanhentunut. Avaa luku uudelleen: luonnoksesi on tallessa."), status=422
        )
    return texts_of(revision)


def _number(fields: dict, name: str) -> int | None:
    text = str(fields.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _page(request, texts: ChapterTexts, held, choices, merged: Merge, status: int = 200) -> HttpResponse:
    chapter, language = texts.chapter, texts.language
    context = {
        "texts": texts,
        "held": held,
        "form": choices,
        "merge": merged,
        "theirs": texts.latest,
        "back": address(request, "chapter_edit", chapter, language),
        "breadcrumb": trail(
            request,
            (texts.title, address(request, "chapter", chapter, language)),
            (_("Yhdistä muutokset"), ""),
        ),
    }
    return render(request, "plans/chapter_merge.html", context, status=status)
