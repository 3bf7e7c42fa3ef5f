"""Numbers of texts that the newest data gives otherwise. The texts stay as they are: an editor decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, OuterRef, QuerySet, Subquery

from lautta.indicators.models import Vintage
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.reading import panels_of
from lautta.plans.figures.cells import can_be_shown, latest_shown
from lautta.plans.figures.numbers import figure_words
from lautta.plans.figures.tokens import read_token
from lautta.plans.models import Chapter, ChapterRevision, FigureReference, KeptFigure


class Move(StrEnum):
    CHANGED = "changed"
    NEWER = "newer"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Moved:
    """A number of a text and what it would be now: the same year's other value, a newer year's (for a reference that
    names no year), or none (`text` is then empty).
    """

    reference: FigureReference
    kind: Move
    text: str


def moved_among(references: QuerySet[FigureReference]) -> list[Moved]:
    """Those of the references that have moved, by chapter. Two queries, one while no vintage has changed.

    A change that the number's own decimals do not show is none, nor is one that somebody has looked at and kept the old
    number on purpose.
    """
    current = Vintage.objects.filter(indicator=OuterRef("indicator"), state=Vintage.State.CURRENT)
    kept = KeptFigure.objects.filter(reference=OuterRef("pk")).order_by("-pk")
    rows = list(
        references.annotate(
            now=Subquery(current.values("sha256")[:1]), kept=Subquery(kept.values("text")[:1])
        )
        .exclude(now=F("vintage_sha256"))
        .select_related("indicator", "chapter__organisation")
        .order_by("chapter__position", "chapter_id", "language", "pk")
    )
    if not rows:
        return []
    indicators = {row.indicator_id: row.indicator for row in rows}
    panels = panels_of(indicators.values(), areas={row.area_code for row in rows})
    found = ((row, _moved(row, panels.get(row.indicator_id))) for row in rows)
    return [move for row, move in found if move is not None and (not move.text or move.text != row.kept)]


def _moved(row: FigureReference, panel: IndicatorPanel | None) -> Moved | None:
    indicator = row.indicator
    # As the number was written then, whatever the indicator's decimals are today.
    indicator.decimals = row.decimals
    cell = panel.cell(row.area_code, row.year, row.gender) if panel else None
    if not can_be_shown(cell, indicator):
        return Moved(row, Move.GONE, "")
    now = figure_words(cell.value, row.year, indicator, row.language)  # type: ignore[arg-type,union-attr]
    if now != row.text:
        return Moved(row, Move.CHANGED, now)
    if read_token(row.token.partition(":")[2]).year is None:
        newest = latest_shown(panel, row.area_code, indicator, row.gender)
        if newest is not None and newest.year > row.year:
            return Moved(row, Move.NEWER, figure_words(newest.value, newest.year, indicator, row.language))  # type: ignore[arg-type]
    return None


@dataclass(frozen=True, slots=True)
class MovedText:
    """One language of a chapter with how many of its numbers have moved."""

    chapter: Chapter
    language: str
    title: str
    count: int


def texts_of_moved(moved: Iterable[Moved]) -> list[MovedText]:
    """In the order of the chapters. One query, none when nothing has moved."""
    found: dict[tuple[int, str], list[FigureReference]] = {}
    for move in moved:
        found.setdefault((move.reference.chapter_id, move.reference.language), []).append(move.reference)
    if not found:
        return []
    rows = ChapterRevision.objects.filter(chapter__in={chapter for chapter, _language in found}).order_by(
        "number"
    )
    titles = {(c, code): title for c, code, title in rows.values_list("chapter", "language", "title")}
    made = []
    for (chapter, language), references in found.items():
        first, title = references[0].chapter, titles.get((chapter, language), "")
        made.append(MovedText(first, language, f"{first.number} {title}".strip(), len(references)))
    return made
