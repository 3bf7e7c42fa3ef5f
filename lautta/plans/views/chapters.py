"""The tree of chapters: listing, adding, ordering, ending, removing personal data."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.access import WorkspaceRequest, demand, workspace
from lautta.plans.actions import chapter_redaction
from lautta.plans.actions import chapters as actions
from lautta.plans.forms.chapters import EndChapterForm, NewChapterForm, RedactForm
from lautta.plans.models import Chapter
from lautta.plans.presenters.chapters import (
    chapter_texts,
    chapter_tree,
    language_choices,
    languages_of,
)
from lautta.plans.rules import chapters as rules

FORM = require_http_methods(["GET", "HEAD", "POST"])


def chapter_or_404(request: WorkspaceRequest, chapter_id: str) -> Chapter:
    """A chapter of the plan in the address that the person may know of."""
    chapter = request.plan.chapters.select_related("organisation").filter(public_id=chapter_id).first()
    if chapter is None:
        raise Http404
    chapter.plan = request.plan
    if not rules.can_see_drafts(request.standing, chapter):
        public = chapter.ended_at is None and chapter.publications.exists()
        if not public:
            raise Http404
    return chapter


def language_or_404(request: WorkspaceRequest, language: str) -> str:
    if language not in languages_of(request.plan):
        raise Http404
    return language


def trail(request: WorkspaceRequest, *steps: tuple[str, str]) -> list[dict]:
    """Breadcrumb from the list of chapters on; the last step is the page itself."""
    url = reverse("plans:chapters", kwargs={"plan_id": request.plan.public_id})
    crumbs = [{"label": _("Suunnitelman luvut"), "url": url}]
    crumbs += [{"label": label, "url": url} for label, url in steps]
    return crumbs


def address(request: WorkspaceRequest, name: str, chapter: Chapter, language: str | None = None) -> str:
    """Address of a page of a chapter."""
    kwargs = {"plan_id": request.plan.public_id, "chapter_id": chapter.public_id}
    if language:
        kwargs["language"] = language
    return reverse(f"plans:{name}", kwargs=kwargs)


def _actor(request: WorkspaceRequest, chapter: Chapter):
    return request.standing.actor(chapter.organisation)


def _may_add(standing) -> bool:
    return rules.can_create_chapter(standing) or any(
        rules.can_create_chapter(standing, organisation) for organisation in standing.organisations
    )


@require_safe
@workspace
def listing(request: WorkspaceRequest) -> HttpResponse:
    """All chapters with the state of every language."""
    context = {
        "tree": chapter_tree(request.standing, get_language()),
        "may_add": _may_add(request.standing),
        "may_order": rules.can_order_chapters(request.standing),
        "languages": language_choices(request.plan),
        "is_open": rules.plan_is_open(request.plan),
    }
    return render(request, "plans/chapters.html", context)


def _new_form(request: WorkspaceRequest) -> NewChapterForm:
    standing, plan = request.standing, request.plan
    joint = rules.can_create_chapter(standing)
    mine = [o.pk for o in standing.organisations_where(Permission.EDIT_OWN_SECTION)]
    members = Organisation.objects.of_plan(plan).in_name_order()
    tree = chapter_tree(standing, get_language())
    return NewChapterForm(
        request.POST or None,
        parents=plan.chapters.living().in_order(),
        titles={row.chapter.pk: row.title for row in tree.rows},
        organisations=members if joint else members.filter(pk__in=mine),
        may_be_joint=joint,
        languages=language_choices(plan),
        initial={"language": languages_of(plan)[0], "parent": request.GET.get("parent", "")},
    )


@FORM
@workspace
def new(request: WorkspaceRequest) -> HttpResponse:
    """A joint chapter or an organisation's own section; the text comes on the next page."""
    demand(_may_add(request.standing))
    form = _new_form(request)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        language, title = values.pop("language"), values.pop("title")
        by = request.standing.actor(values["organisation"])
        form.cleaned_data = {**values, "texts": {language: (title, "", "")}, "source_language": language}
        if form.carry_out(actions.create_chapter, by=by, plan=request.plan):
            return redirect(address(request, "chapter_edit", form.result, language))
    status = 422 if form.errors else 200
    context = {"form": form, "breadcrumb": trail(request, (_("Uusi luku"), ""))}
    return render(request, "plans/chapter_new.html", context, status=status)


@require_POST
@workspace
def move(request: WorkspaceRequest, chapter_id: str) -> HttpResponse:
    """One place up or down."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_order_chapters(request.standing))
    step = {"up": -1, "down": 1}.get(request.POST.get("step", ""), 0)
    actions.move_chapter(by=_actor(request, chapter), chapter=chapter, step=step)
    return redirect(
        reverse("plans:chapters", args=[request.plan.public_id]) + f"#chapter-{chapter.public_id}"
    )


@FORM
@workspace
def end(request: WorkspaceRequest, chapter_id: str) -> HttpResponse:
    """Take a chapter out of the plan, with the reason."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_end_chapter(request.standing, chapter))
    form = EndChapterForm(request.POST or None)
    if form.carry_out(actions.end_chapter, by=_actor(request, chapter), chapter=chapter):
        messages.success(request, _("Luku on päättynyt. Sen versiot löytyvät yhä historiasta."))
        return redirect("plans:chapters", plan_id=request.plan.public_id)
    texts = chapter_texts(request.standing, chapter, chapter.source_language)
    context = {
        "form": form,
        "texts": texts,
        "back": address(request, "chapter", chapter, chapter.source_language),
        "breadcrumb": trail(
            request,
            (texts.title, address(request, "chapter", chapter, chapter.source_language)),
            (_("Päätä luku"), ""),
        ),
    }
    return render(request, "plans/chapter_end.html", context, status=422 if form.errors else 200)


@FORM
@workspace
def redact(request: WorkspaceRequest, chapter_id: str) -> HttpResponse:
    """Remove personal data from every version: first it is told where the words stand, then they are
    removed."""
    chapter = chapter_or_404(request, chapter_id)
    demand(rules.can_redact_chapter(request.standing, chapter))
    form = RedactForm(request.POST or None)
    found = None
    if form.is_valid():
        whole = form.cleaned_data["where"] == "plan"
        action = (
            chapter_redaction.redact_revision if "remove" in request.POST else chapter_redaction.count_passage
        )
        given = {"by": _actor(request, chapter)} if "remove" in request.POST else {}
        form.cleaned_data = {"passage": form.cleaned_data["passage"], "whole_plan": whole}
        if form.carry_out(action, chapter=chapter, **given):
            if "remove" in request.POST:
                messages.success(request, _redacted(form.result))
                return redirect("plans:chapters", plan_id=request.plan.public_id)
            found = form.result
    return _redact_page(request, chapter, form, found)


def _redacted(result: chapter_redaction.Redaction) -> str:
    count = result.revisions + result.drafts + result.frozen
    if not count:
        return _("Kohtaa ei löytynyt, joten mitään ei muutettu.")
    return ngettext(
        "Kohta on poistettu %(count)s versiosta ja luonnoksesta.",
        "Kohta on poistettu %(count)s versiosta ja luonnoksesta.",
        count,
    ) % {"count": count}


def _redact_page(
    request: WorkspaceRequest, chapter: Chapter, form: RedactForm, found: int | None
) -> HttpResponse:
    texts = chapter_texts(request.standing, chapter, chapter.source_language)
    back = address(request, "chapter", chapter, chapter.source_language)
    context = {
        "form": form,
        "texts": texts,
        "found": found,
        "back": back,
        "breadcrumb": trail(request, (texts.title, back), (_("Poista henkilötieto"), "")),
    }
    return render(request, "plans/chapter_redact.html", context, status=422 if form.errors else 200)
