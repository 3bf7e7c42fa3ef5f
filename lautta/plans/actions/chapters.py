"""Chapters of part I and their texts: every write takes one short transaction and leaves a trail without the
text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, search
from lautta.common.actors import Actor
from lautta.common.html import plain_text
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES
from lautta.organisations.models import Organisation
from lautta.plans.actions.figures import keep_figures, resolve_figures
from lautta.plans.chapters.words import tidy_texts
from lautta.plans.figures.rendering import plain_figures
from lautta.plans.figures.resolving import written_in
from lautta.plans.models import (
    Chapter,
    ChapterPublication,
    ChapterRevision,
    Citation,
    FigureReference,
    Plan,
    Source,
)
from lautta.plans.rules import chapters as rules

MAX_BODY = 400_000
MAX_PLAIN = 40_000
MAX_TITLE = 300
SEARCH_KIND = "chapter"
TOO_LONG = _("Teksti on liian pitkä yhdeksi luvuksi. Jaa se alalukuihin: yhteen mahtuu noin 400 000 merkkiä.")

Texts = Mapping[str, tuple[str, str, str]]


class EditConflict(Refused):
    """Somebody saved after the writer opened the text. `latest` is their revision; nothing was written."""

    def __init__(self, latest: ChapterRevision):
        super().__init__(_("Joku muu tallensi tekstin sillä välin. Yhdistä muutokset ennen tallennusta."))
        self.latest = latest


def create_chapter(
    *,
    by: Actor,
    plan: Plan,
    kind: str = Chapter.Kind.OTHER,
    number: str = "",
    parent: Chapter | None = None,
    organisation: Organisation | None = None,
    position: int | None = None,
    texts: Texts | None = None,
    predecessor: Chapter | None = None,
    origin: str = ChapterRevision.Origin.EDIT,
    source_language: str = "fi",
    sources: Iterable[Source] | None = None,
    public_id: str | None = None,
) -> Chapter:
    """Add a chapter, last among its siblings unless `position` is given, with first revisions of `texts`.

    `texts` is {"fi": (title, body HTML, plain text), …}; with none in `source_language`, the first given
    language is the source. Raises Refused for a parent, organisation, predecessor, kind or language that
    does not fit.
    """
    rules.demand_creation(by, plan, organisation)
    texts = dict(texts or {})
    if texts and source_language not in texts:
        source_language = next(iter(texts))
    _check_place(plan, kind, parent, organisation, predecessor)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        siblings = Chapter.objects.filter(plan=plan, parent=parent)
        if position is None:
            last = siblings.aggregate(last=Max("position"))["last"]
            position = 0 if last is None else last + 1
        chapter = Chapter.objects.create(
            public_id=public_id or new_public_id(), plan=plan, kind=kind, number=number.strip()[:12],
            parent=parent, organisation=organisation,
            position=position, predecessor=predecessor, source_language=source_language,
        )  # fmt: skip
        _record(by, "chapter.create", chapter, {"kind": ("", kind), "number": ("", chapter.number)})
        for language in sorted(texts, key=lambda code: code != source_language):
            title, body, plain = texts[language]
            save_revision(
                by=by,
                chapter=chapter,
                language=language,
                title=title,
                body=body,
                plain=plain,
                based_on=0,
                origin=origin,
            )
        if sources is not None:
            set_citations(by=by, chapter=chapter, sources=sources)
    return chapter


def _check_place(plan, kind, parent, organisation, predecessor) -> None:
    if kind not in Chapter.Kind.values:
        raise Refused(_("Valitse luvun laji luettelosta."), field="kind", status=422)
    if parent is not None and (parent.plan_id != plan.pk or parent.ended_at is not None):
        raise Refused(_("Valitse yläluku, joka on tässä suunnitelmassa."), field="parent", status=422)
    if organisation is not None and not plan.participations.filter(organisation=organisation).exists():
        raise Refused(
            _("Valitse organisaatio, joka on mukana suunnitelmassa."), field="organisation", status=422
        )
    if predecessor is not None and predecessor.plan_id == plan.pk:
        raise Refused(
            _("Edeltävän luvun pitää olla edellisessä suunnitelmassa."), field="predecessor", status=422
        )


def save_revision(
    *,
    by: Actor,
    chapter: Chapter,
    language: str,
    title: str,
    body: str,
    plain: str = "",
    based_on: int,
    origin: str = ChapterRevision.Origin.EDIT,
    sources: Iterable[Source] | None = None,
    made_from: int | None = None,
    renew_figures: bool | frozenset[str] = False,
) -> ChapterRevision:
    """Add the next revision of one language's text and return it; the latest one when nothing differs
    from it.

    Numbers of indicators that the text refers to are kept with the revision (see plans/figures); those that it
    already had stay as they were, unless `renew_figures`.

    `based_on` is the number the writer saw (0: no text yet). `made_from` is the source-language revision
    that a translator
    says the translation now answers to; None keeps the earlier one, and a first translation is made from
    the latest.
    Raises EditConflict when a newer revision stands that says something else; Refused for bad values.
    """
    rules.demand_rule(by, rules.can_edit_chapter, chapter)
    texts = _checked(chapter, language, title, body, plain)
    written = written_in(*texts)
    with transaction.atomic():
        # One writer of a chapter at a time: numbers have no gaps, and nothing is written between
        # look and save.
        locked = Chapter.objects.select_for_update().get(pk=chapter.pk)
        rules.demand_rule(by, rules.can_edit_chapter, locked)
        revisions = locked.revisions.filter(language=language)
        latest = revisions.order_by("-number").first()
        if sources is not None:
            set_citations(by=by, chapter=locked, sources=sources)
        answers_to = _made_from(locked, language, latest, made_from)
        numbers = resolve_figures(
            by=by, chapter=locked, language=language, written=written, renew=renew_figures,
            restored=origin == ChapterRevision.Origin.RESTORE,
        )  # fmt: skip
        nothing_new = bool(latest) and not numbers and texts_of(latest) == texts
        if latest and nothing_new and (latest.made_from or 0) >= (answers_to or 0):
            return latest
        number = latest.number if latest else 0
        if based_on > number or based_on < 0:
            raise Refused(_("Lomake on vanhentunut. Avaa luku uudelleen."), status=409)
        if based_on < number and (latest is None or texts_of(latest) != texts):
            raise EditConflict(latest)
        revision = ChapterRevision.objects.create(
            chapter=locked, language=language, number=number + 1, title=texts[0], body=texts[1],
            plain=texts[2],
            origin=origin, based_on=based_on, made_from=answers_to, author=by.user,
        )  # fmt: skip
        figures = keep_figures(by=by, revision=revision, written=written, numbers=numbers)
        _record(
            by, "chapter.save", locked,
            {
                "language": (None, language), "revision": (number, number + 1), "origin": (None, str(origin)),
                **figures,
            },
        )  # fmt: skip
    return revision


def renew_chapter_figures(
    *, by: Actor, chapter: Chapter, language: str, based_on: int, only: str = ""
) -> ChapterRevision | None:
    """A new revision with the same words and the newest numbers (`only`: of this token); the latest one when none has
    moved, None without a text. Raises EditConflict when someone saved after `based_on`, Refused when a number can no
    longer be shown.
    """
    latest = chapter.revisions.filter(language=language).order_by("-number").first()
    if latest is None:
        return None
    if latest.number != based_on:
        raise EditConflict(latest)
    title, body, plain = texts_of(latest)
    return save_revision(
        by=by, chapter=chapter, language=language, title=title, body=body, plain=plain, based_on=based_on,
        renew_figures=frozenset({only}) if only else True,
    )  # fmt: skip


def texts_of(revision: ChapterRevision) -> tuple[str, str, str]:
    """(title, body, plain) of a revision."""
    return revision.title, revision.body, revision.plain


def _checked(chapter: Chapter, language: str, title: str, body: str, plain: str) -> tuple[str, str, str]:
    if language not in LANGUAGES:
        raise Refused(_("Valitse kieli, jolla suunnitelma kirjoitetaan."), field="language", status=422)
    if len(body) > MAX_BODY:
        raise Refused(
            TOO_LONG,
            field="body", status=422,
        )  # fmt: skip
    if len(plain) > MAX_PLAIN:
        raise Refused(
            _("Selkokielinen teksti on liian pitkä. Siihen mahtuu noin 40 000 merkkiä."),
            field="plain",
            status=422,
        )
    if "\x00" in title + body + plain:
        raise Refused(_("Tekstissä on merkki, jota ei voi tallentaa."), field="body", status=422)
    texts = tidy_texts(title, body, plain)
    if not texts[0]:
        raise Refused(_("Anna luvulle otsikko."), field="title", status=422)
    if len(texts[0]) > MAX_TITLE:
        raise Refused(_("Otsikko on liian pitkä. Siihen mahtuu 300 merkkiä."), field="title", status=422)
    return texts


def _made_from(
    chapter: Chapter, language: str, latest: ChapterRevision | None, made_from: int | None
) -> int | None:
    if language == chapter.source_language:
        return None
    source = chapter.revisions.filter(language=chapter.source_language).aggregate(n=Max("number"))["n"]
    if latest is None and made_from is None:
        return source
    kept = latest.made_from if latest else None
    return kept if made_from is None or not source else max(min(made_from, source), kept or 0)


def restore_revision(
    *, by: Actor, chapter: Chapter, revision: ChapterRevision, based_on: int
) -> ChapterRevision:
    """Bring an old text back as a new revision. Raises EditConflict when someone saved after `based_on`."""
    if revision.chapter_id != chapter.pk:
        raise Refused(_("Versio kuuluu toiseen lukuun."), status=422)
    title, body, plain = texts_of(revision)
    return save_revision(
        by=by, chapter=chapter, language=revision.language, title=title, body=body, plain=plain,
        based_on=based_on,
        origin=ChapterRevision.Origin.RESTORE,
    )  # fmt: skip


def publish_chapter(
    *, by: Actor, chapter: Chapter, language: str, revision: ChapterRevision | None = None
) -> ChapterPublication:
    """Make a language's revision (default: the latest) the public text and findable. Publishing it again
    adds nothing."""
    rules.demand_rule(by, rules.can_publish_chapter, chapter)
    with transaction.atomic():
        locked = Chapter.objects.select_for_update().get(pk=chapter.pk)
        rules.demand_rule(by, rules.can_publish_chapter, locked)
        mine = locked.revisions.filter(language=language)
        chosen = mine.filter(pk=revision.pk).first() if revision else mine.order_by("-number").first()
        if chosen is None:
            raise Refused(_("Tällä kielellä ei ole vielä tekstiä, jonka voisi julkaista."), status=409)
        now = locked.publications.filter(language=language).select_related("revision").order_by("-pk").first()
        if now and now.revision_id == chosen.pk:
            return now
        publication = ChapterPublication.objects.create(
            chapter=locked, language=language, revision=chosen, published_by_role=by.role
        )
        before = now.revision.number if now else None
        _record(
            by, "chapter.publish", locked, {"language": (None, language), "revision": (before, chosen.number)}
        )
        index_chapter(locked)
    return publication


def index_chapter(chapter: Chapter, *, purge_old: bool = False) -> None:
    """Bring the search index up to the public texts of a chapter, in the caller's transaction."""
    public = list(ChapterRevision.objects.public().filter(chapter=chapter))
    if not public:
        search.unindex(scope=chapter.plan.public_id, kind=SEARCH_KIND, object_id=chapter.public_id)
        return
    shown = next((r for r in public if r.language == chapter.source_language), public[0])
    figures = FigureReference.objects.of_revisions(public)
    search.index(
        scope=chapter.plan.public_id,
        kind=SEARCH_KIND,
        object_id=chapter.public_id,
        texts={
            r.language: (r.title, plain_figures(f"{plain_text(r.body)}\n{r.plain}", figures[r.pk]))
            for r in public
        },
        url_name="publishing:chapter",
        url_kwargs={
            "plan_id": chapter.plan.public_id,
            "chapter_id": chapter.public_id,
            "slug": slugify(shown.title)[:60].strip("-") or "luku",
        },
        purge_old=purge_old,
    )


def end_chapter(*, by: Actor, chapter: Chapter, reason: str) -> Chapter:
    """Take a chapter out of the plan and of search; its texts stay in history. Ending it twice changes
    nothing."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Kerro, miksi luku päättyy."), field="reason", status=422)
    if len(reason) > 300:
        raise Refused(_("Syy on liian pitkä. Siihen mahtuu 300 merkkiä."), field="reason", status=422)
    with transaction.atomic():
        locked = Chapter.objects.select_for_update().get(pk=chapter.pk)
        if locked.ended_at is not None:
            return locked
        rules.demand_rule(by, rules.can_end_chapter, locked)
        if locked.subchapters.filter(ended_at__isnull=True).exists():
            raise Refused(_("Luvulla on alalukuja. Päätä ne ensin."), status=409)
        locked.ended_at, locked.ended_reason = timezone.now(), reason
        locked.save(update_fields=["ended_at", "ended_reason"])
        _record(by, "chapter.end", locked, {"ended_reason": ("", reason)})
        search.unindex(scope=locked.plan.public_id, kind=SEARCH_KIND, object_id=locked.public_id)
    return locked


def move_chapter(*, by: Actor, chapter: Chapter, step: int) -> bool:
    """Move a chapter one place up (-1) or down (+1) among its living siblings; False when it is already
    at the end."""
    rules.demand_rule(by, lambda standing, _chapter: rules.can_order_chapters(standing), chapter)
    if step not in {-1, 1}:
        raise Refused(_("Lukua voi siirtää yhden askeleen ylös tai alas."), status=422)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=chapter.plan_id)
        siblings = list(
            Chapter.objects.filter(
                plan_id=chapter.plan_id, parent_id=chapter.parent_id, ended_at=None
            ).in_order()
        )
        here = next((i for i, c in enumerate(siblings) if c.pk == chapter.pk), None)
        if here is None or not 0 <= here + step < len(siblings):
            return False
        siblings[here], siblings[here + step] = siblings[here + step], siblings[here]
        for place, sibling in enumerate(siblings):
            sibling.position = place
        Chapter.objects.bulk_update(siblings, ["position"], batch_size=500)
        _record(by, "chapter.move", chapter, {"position": (here, here + step)})
    return True


def set_citations(
    *, by: Actor, chapter: Chapter, sources: Iterable[Source], seen: Iterable[Source] | None = None
) -> None:
    """Make `sources` the cited ones. With `seen` (what the form showed) only the writer's own changes count.

    Raises Refused for a source of another plan.
    """
    rules.demand_rule(by, rules.can_edit_chapter, chapter)
    wanted = {s.pk: s for s in sources}
    if any(s.plan_id != chapter.plan_id for s in wanted.values()):
        raise Refused(_("Valitse lähteet tämän suunnitelman luettelosta."), field="sources", status=422)
    with transaction.atomic():
        Chapter.objects.select_for_update().get(pk=chapter.pk)
        now = set(chapter.citations.values_list("source_id", flat=True))
        base = now if seen is None else {s.pk for s in seen}
        after = (now | (set(wanted) - base)) - (base - set(wanted))
        if after == now:
            return
        chapter.citations.filter(source_id__in=now - after).delete()
        Citation.objects.bulk_create(Citation(chapter=chapter, source_id=pk) for pk in sorted(after - now))
        _record(by, "chapter.cite", chapter, {"sources": (len(now), len(after))})


def _record(by: Actor, action: str, chapter: Chapter, changes: dict) -> None:
    audit.record(
        by=by,
        action=action,
        target=chapter,
        scope=chapter.plan.public_id,
        organisation=chapter.organisation.public_id if chapter.organisation_id else "",
        changes=changes,
    )
