"""Chapters: which text a reader gets, the index beside it, and the way from one to the next."""

from collections.abc import Iterable
from dataclasses import dataclass

from lautta.plans.figures.rendering import plain_figures
from lautta.plans.figures.showing import OPENING
from lautta.plans.models import Chapter, ChapterRevision, FigureReference
from lautta.publishing.links import chapter_url
from lautta.publishing.presenters.words import reader_language


@dataclass(frozen=True)
class Entry:
    """A public chapter in the language that the reader gets."""

    chapter: Chapter
    revision: ChapterRevision
    url: str

    @property
    def title(self) -> str:
        return self.revision.title

    @property
    def label(self) -> str:
        return f"{self.chapter.number} {self.revision.title}".strip()

    @property
    def language(self) -> str:
        return self.revision.language

    @property
    def is_fallback(self) -> bool:
        return self.revision.language != reader_language()


def entries(plan_id: str, revisions: Iterable[ChapterRevision]) -> list[Entry]:
    """Chapters in order: in the reader's language, else in the source language, else in any that is public.

    `revisions` are public ones with their chapters.
    """
    language = reader_language()
    best: dict[int, tuple[int, ChapterRevision]] = {}
    for revision in revisions:
        preference = [language, revision.chapter.source_language, "fi", "sv", "en"].index(revision.language)
        if revision.chapter_id not in best or preference < best[revision.chapter_id][0]:
            best[revision.chapter_id] = preference, revision
    found = sorted((r for _, r in best.values()), key=lambda r: (r.chapter.position, r.chapter.pk))
    return [Entry(r.chapter, r, chapter_url(plan_id, r.chapter.public_id, r.title)) for r in found]


def with_plain_numbers(found: list[Entry]) -> list[Entry]:
    """The plain texts with the numbers of indicators in their places. One query when any has one, else none."""
    held = [entry.revision for entry in found if OPENING in entry.revision.plain]
    numbers = FigureReference.objects.of_revisions(held) if held else {}
    for revision in held:
        revision.plain = plain_figures(revision.plain, numbers[revision.pk])
    return found


def _families(found: list[Entry]) -> list[tuple[Entry, list[Entry]]]:
    """Chapters with their subchapters; a subchapter whose parent is not public stands on its own."""
    own = {entry.chapter.pk for entry in found}
    tops = [e for e in found if e.chapter.parent_id not in own]
    return [(top, [e for e in found if e.chapter.parent_id == top.chapter.pk]) for top in tops]


def in_reading_order(found: list[Entry]) -> list[Entry]:
    return [entry for top, children in _families(found) for entry in (top, *children)]


def families(found: list[Entry], *, sections: bool = False) -> list[dict]:
    """The joint chapters, or (sections) the parts of single organisations: [{"entry", "children"}]."""
    return [
        {"entry": top, "children": children}
        for top, children in _families(found)
        if (top.chapter.organisation_id is not None) == sections
    ]


def index(found: list[Entry], current: Entry | None = None, anchors: list[dict] | None = None) -> list[dict]:
    """For components/side_index.html. Under the current chapter its own headings stand, unless it has
    subchapters.
    """
    items = []
    for top, children in _families(found):
        under = [{"label": e.label, "url": e.url, "current": e is current} for e in children]
        items.append(
            {
                "label": top.label,
                "url": top.url,
                "current": top is current,
                "children": under or (anchors if top is current else None),
            }
        )
    return items


def neighbours(found: list[Entry], current: Entry) -> tuple[Entry | None, Entry | None]:
    """The chapter before and the one after, in reading order."""
    order = in_reading_order(found)
    place = order.index(current)
    return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)
