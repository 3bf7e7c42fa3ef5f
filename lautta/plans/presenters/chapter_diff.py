"""Differences shaped for the page: changed blocks in full, long unchanged stretches folded."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from lautta.plans.chapters.diff import Change, Labels, Op, diff, diff_nodes, diff_plain, render
from lautta.plans.chapters.richtext import Node, Run, serialise
from lautta.plans.models import ChapterRevision

# So many unchanged blocks in a row are shown before they fold.
SHOWN_UNCHANGED = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks shown together; a folded one is behind a button that says how many there are."""

    html: SafeString
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Differences of the three texts of two revisions. Empty lists: no difference."""

    title: list[Stretch]
    body: list[Stretch]
    plain: list[Stretch]

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.body or self.plain)


def labels() -> Labels:
    """What a screen reader says at the ends of a change."""
    return Labels(
        added=pgettext("muutos", "lisätty:"),
        removed=pgettext("muutos", "poistettu:"),
        end=pgettext("muutos", "– muutos loppuu"),
    )


def changes_of(old: ChapterRevision | None, new: ChapterRevision | None) -> Changes:
    """What differs between two revisions; None is an empty text."""
    a, b = [(r.title, r.body, r.plain) if r else ("", "", "") for r in (old, new)]
    return Changes(
        title=stretches(diff_nodes(_line(a[0]), _line(b[0]))),
        body=stretches(diff(a[1], b[1])),
        plain=stretches(diff_plain(a[2], b[2])),
    )


def _line(text: str) -> tuple[Node, ...]:
    return (Node("p", (Run(text),)),) if text else ()


def difference(old: tuple[Node, ...], new: tuple[Node, ...]) -> SafeString:
    """Rendered differences of a few blocks."""
    words = labels()
    return mark_safe("".join(render(change, words) for change in diff_nodes(old, new)))


def blocks_html(blocks) -> SafeString:
    """Rendered blocks as they are."""
    return mark_safe(serialise(blocks))


def stretches(changes: list[Change]) -> list[Stretch]:
    """[] when nothing changed."""
    if all(change.op is Op.SAME for change in changes):
        return []
    words = labels()
    made: list[Stretch] = []
    run: list[Change] = []

    def close() -> None:
        html = mark_safe("".join(render(change, words) for change in run))
        if run:
            folds = run[0].op is Op.SAME and len(run) > SHOWN_UNCHANGED
            made.append(Stretch(html, len(run) if folds else 0))
        run.clear()

    for change in changes:
        if run and (run[0].op is Op.SAME) is not (change.op is Op.SAME):
            close()
        run.append(change)
    close()
    return made
