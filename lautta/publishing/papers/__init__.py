"""Papers for a meeting, each made from a frozen document alone: one page, plan, measures, statistics annex, and all together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from lautta.common.documents import Block, Sheet, Turn
from lautta.decisions.choices import HOLDS_PART_ONE, HOLDS_PART_TWO
from lautta.publishing.models import PaperKind
from lautta.publishing.papers import parts
from lautta.publishing.papers.annex import annex
from lautta.publishing.papers.assessment import assessment
from lautta.publishing.papers.edition import Edition
from lautta.publishing.papers.heard import statements
from lautta.publishing.papers.law import law
from lautta.publishing.papers.one_page import one_page
from lautta.publishing.papers.wellbeing import wellbeing
from lautta.publishing.presenters.words import reader_language

# A kind and the function that makes its blocks.
Maker = Callable[[Edition], Iterator[Block]]


def _plan(edition: Edition) -> Iterator[Block]:
    yield parts.cover(edition)
    yield parts.contents()
    yield from parts.chapters(edition)
    yield from parts.goals(edition)
    yield from parts.sources(edition)
    yield parts.made_of(edition)


def _measures(edition: Edition) -> Iterator[Block]:
    yield Turn(True)
    yield from parts.measures(edition)
    yield parts.made_of(edition)


def _annex(edition: Edition) -> Iterator[Block]:
    yield from annex(edition)
    yield parts.made_of(edition)


def _whole(edition: Edition) -> Iterator[Block]:
    kind = edition.kind
    yield parts.cover(edition)
    yield parts.contents()
    yield from parts.proposal(edition)
    yield from parts.on_time(edition)
    if kind in HOLDS_PART_ONE:
        yield from parts.chapters(edition)
        yield from parts.goals(edition)
    if kind in HOLDS_PART_TWO:
        yield Turn(True)
        yield from parts.measures(edition)
        yield Turn(False)
    if kind in HOLDS_PART_ONE:
        yield from annex(edition)
        yield from law(edition)
        yield from parts.sources(edition)
    else:
        yield from law(edition)
    yield parts.made_of(edition)


MAKERS: dict[str, Maker] = {
    PaperKind.ONE_PAGE: one_page,
    PaperKind.WHOLE: _whole,
    PaperKind.PLAN: _plan,
    PaperKind.MEASURES: _measures,
    PaperKind.ANNEX: _annex,
    PaperKind.STATEMENTS: statements,
    PaperKind.ASSESSMENT: assessment,
    PaperKind.WELLBEING: wellbeing,
}


def kinds_of(version_kind: str) -> list[PaperKind]:
    """The papers that a version of this kind has, in the order in which they are offered."""
    kinds = [PaperKind.ONE_PAGE, PaperKind.WHOLE]
    if version_kind in HOLDS_PART_ONE:
        kinds.append(PaperKind.PLAN)
    if version_kind in HOLDS_PART_TWO:
        kinds.append(PaperKind.MEASURES)
    if version_kind in HOLDS_PART_ONE:
        kinds.append(PaperKind.ANNEX)
    return kinds


def sheet_of(kind: str, edition: Edition) -> Sheet:
    """The paper in the active language, ready for either writer. KeyError for a kind that has no maker."""
    name = str(PaperKind(kind).label)
    title = edition.title if kind in {PaperKind.PLAN, PaperKind.ASSESSMENT} else f"{edition.title}: {name}"
    running = "" if kind == PaperKind.ONE_PAGE else f"{edition.region} · {edition.title}"
    foot = edition.foot if not edition.is_illustrative else f"{edition.foot} · {_('esimerkki')}"
    return Sheet(
        title, reader_language(), list(MAKERS[kind](edition)), running=running, foot=foot, dated=edition.frozen_on,
        one_page=kind == PaperKind.ONE_PAGE,
    )  # fmt: skip
