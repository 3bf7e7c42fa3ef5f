"""Chapters shaped for their pages: the tree with the state of each language, what stands in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lautta.common.drafts import drafts_starting
from lautta.common.html import sanitise
from lautta.common.models import FormDraft
from lautta.common.translated import LANGUAGES
from lautta.plans.figures.showing import with_numbers
from lautta.plans.models import Chapter, ChapterRevision, Plan
from lautta.plans.rules import chapters as rules
from lautta.plans.standing import Standing

LANGUAGE_NAMES = {"fi": _("suomi"), "sv": _("ruotsi"), "en": _("englanti")}


def languages_of(plan: Plan) -> list[str]:
    """Languages in which the plan is written, in one order."""
    return [code for code in LANGUAGES if code in (plan.region.languages or LANGUAGES)]


def language_choices(plan: Plan) -> list[tuple[str, str]]:
    """The same for a select."""
    return [(code, LANGUAGE_NAMES[code]) for code in languages_of(plan)]  # type: ignore[misc]


@dataclass(slots=True)
class LanguageState:
    """One language of one chapter, as one person may see it. Numbers are of revisions; 0 or None: there
    is none."""

    code: str
    name: str
    latest: int = 0
    public: int | None = None
    is_stale: bool = False
    is_source: bool = False
    drafts: list[FormDraft] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        return not self.latest and not self.public

    @property
    def has_unpublished(self) -> bool:
        return self.latest > (self.public or 0)

    @property
    def ahead(self) -> int:
        """How many revisions have been saved after the public one."""
        return self.latest - (self.public or 0)


@dataclass(slots=True)
class ChapterRow:
    """A line of the tree."""

    chapter: Chapter
    title: str
    title_language: str
    depth: int
    states: list[LanguageState]
    can_edit: bool
    sees_drafts: bool
    first: bool = False
    last: bool = False


@dataclass(slots=True)
class ChapterTree:
    rows: list[ChapterRow]
    ended: list[ChapterRow]


def chapter_tree(standing: Standing, language: str) -> ChapterTree:
    """All chapters that the person may see, in order. The number of queries does not depend on their
    number."""
    plan = standing.plan
    chapters = list(plan.chapters.select_related("organisation").in_order())
    for chapter in chapters:
        chapter.plan = plan
    revisions = ChapterRevision.objects.filter(chapter__plan=plan).without_texts()
    latest = {(r.chapter_id, r.language): r for r in revisions.latest_per_language()}
    public = {(r.chapter_id, r.language): r for r in revisions.public()}
    drafts = _drafts_by_text(plan)
    rows = []
    for chapter, depth in _in_tree_order(chapters):
        row = _row(standing, chapter, depth, latest, public, drafts, language)
        if row is not None:
            rows.append(row)
    living = [row for row in rows if row.chapter.ended_at is None]
    _mark_ends(living)
    return ChapterTree(living, [row for row in rows if row.chapter.ended_at and row.sees_drafts])


def _drafts_by_text(plan: Plan) -> dict[tuple[str, str], list[FormDraft]]:
    found = defaultdict(list)
    for draft in drafts_starting(f"chapter:{plan.public_id}:"):
        _app, _plan, chapter_id, language = draft.key.split(":", 3)
        found[chapter_id, language].append(draft)
    return found


def _in_tree_order(chapters: Iterable[Chapter]) -> list[tuple[Chapter, int]]:
    below = defaultdict(list)
    for chapter in chapters:
        below[chapter.parent_id].append(chapter)
    ordered: list[tuple[Chapter, int]] = []
    waiting = [(c, 0) for c in reversed(below[None])]
    while waiting:
        chapter, depth = waiting.pop()
        ordered.append((chapter, depth))
        waiting.extend((c, depth + 1) for c in reversed(below[chapter.pk]))
    return ordered


def _row(standing, chapter, depth, latest, public, drafts, language) -> ChapterRow | None:
    sees = rules.can_see_drafts(standing, chapter)
    can_edit = rules.can_edit_chapter(standing, chapter)
    states = []
    source = latest.get((chapter.pk, chapter.source_language))
    for code in languages_of(standing.plan):
        newest, shown = latest.get((chapter.pk, code)), public.get((chapter.pk, code))
        states.append(
            LanguageState(
                code,
                LANGUAGE_NAMES[code],
                latest=(newest.number if newest else 0) if sees else (shown.number if shown else 0),
                public=shown.number if shown else None,
                is_stale=sees and is_stale(newest, source, chapter),
                is_source=code == chapter.source_language,
                drafts=drafts.get((chapter.public_id, code), []) if can_edit else [],
            )
        )
    texts = latest if sees else public
    named = next(
        (
            texts[chapter.pk, c]
            for c in (language, chapter.source_language, *LANGUAGES)
            if (chapter.pk, c) in texts
        ),
        None,
    )
    if named is None and not sees:
        return None
    title, title_language = (
        (named.title, named.language) if named else (str(chapter.get_kind_display()), language)
    )
    return ChapterRow(chapter, title, title_language, depth, states, can_edit, sees)


def is_stale(translation: ChapterRevision | None, source: ChapterRevision | None, chapter: Chapter) -> bool:
    """True when the source text has moved on since this translation was made."""
    if translation is None or source is None or translation.language == chapter.source_language:
        return False
    return (translation.made_from or 0) < source.number


def _mark_ends(rows: list[ChapterRow]) -> None:
    siblings = defaultdict(list)
    for row in rows:
        siblings[row.chapter.parent_id].append(row)
    for group in siblings.values():
        group[0].first = group[-1].last = True


@dataclass(slots=True)
class ChapterTexts:
    """One chapter in one language: the latest revision, the public one, and those of the source language."""

    chapter: Chapter
    language: str
    latest: ChapterRevision | None
    public: ChapterRevision | None
    source: ChapterRevision | None
    made_from: ChapterRevision | None
    sees_drafts: bool

    @property
    def is_translation(self) -> bool:
        return self.language != self.chapter.source_language

    @property
    def is_stale(self) -> bool:
        return is_stale(self.latest, self.source, self.chapter)

    @property
    def shown(self) -> ChapterRevision | None:
        """What this person reads."""
        return self.latest if self.sees_drafts else self.public

    @property
    def shown_body(self) -> str:
        """The text that this person reads, clean, with the numbers of indicators in their places."""
        return with_numbers(sanitise(self.shown.body), self.shown) if self.shown else ""

    @property
    def title(self) -> str:
        text = self.shown or (self.source if self.sees_drafts else None)
        return text.title if text else str(self.chapter.get_kind_display())


def chapter_texts(standing: Standing, chapter: Chapter, language: str) -> ChapterTexts:
    """At most four queries."""
    revisions = ChapterRevision.objects.filter(chapter=chapter).select_related("author")
    latest = revisions.filter(language=language).newest_first().first()
    public = revisions.public().filter(language=language).first()
    source = made_from = None
    if language != chapter.source_language:
        of_source = revisions.filter(language=chapter.source_language)
        source = of_source.newest_first().first()
        if latest and latest.made_from:
            made_from = of_source.filter(number=latest.made_from).first()
    return ChapterTexts(
        chapter, language, latest, public, source, made_from, rules.can_see_drafts(standing, chapter)
    )


def language_tabs(chapter: Chapter, plan: Plan, current: str, url) -> list[dict]:
    """Tabs of the plan's languages; `url` makes an address of a language code."""
    return [
        {"label": capfirst(name), "url": url(code), "current": code == current}
        for code, name in language_choices(plan)
    ]
