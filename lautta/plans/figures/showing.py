"""Texts with their numbers in place. A text without references costs no query."""

from __future__ import annotations

from collections.abc import Iterable

from lautta.plans.figures.rendering import Link, plain_figures, render_figures
from lautta.plans.models import ChapterRevision, FigureReference

OPENING = "[["


def with_numbers(html: str, revision: ChapterRevision, link: Link | None = None) -> str:
    """Clean HTML of the revision with its numbers; unchanged when it holds none."""
    if OPENING not in html:
        return html
    return render_figures(html, FigureReference.objects.of_revision(revision), link)


def plain_with_numbers(text: str, revision: ChapterRevision) -> str:
    """Plain text or HTML of the revision with bare numbers."""
    if OPENING not in text:
        return text
    return plain_figures(text, FigureReference.objects.of_revision(revision))


def numbers_of(revisions: Iterable[ChapterRevision]) -> dict[int, list[FigureReference]]:
    """{revision's key: its numbers}; one query when any text has a reference, else none."""
    found = [r for r in revisions if OPENING in r.body or OPENING in r.plain]
    return FigureReference.objects.of_revisions(found) if found else {}
