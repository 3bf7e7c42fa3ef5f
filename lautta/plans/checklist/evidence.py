"""What the marks point at, and what can be counted without anybody's mark.

Chapters, goals and indicators are of this room; a room above adds its own kind (measures) by `offer`, since nothing is imported
upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lautta.common.translated import Translated
from lautta.indicators.definitions import minimum_list
from lautta.organisations.models import Organisation
from lautta.plans.models import Chapter, ChapterRevision, CoverageMark, Plan

Key = tuple[str, str]  # kind, public id
# {fact: {organisation's key, or None for the whole plan: how many}}
Facts = dict[str, dict[int | None, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of the plan that a mark can point at."""

    kind: str
    public_id: str
    number: str
    title: str
    is_public: bool
    language: str = "fi"

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.public_id}"


@dataclass(frozen=True, slots=True)
class Seam:
    """What a room above offers. `pieces(plan, ids)`; `choices(plan, organisation)`; `facts(plan)`."""

    kind: str
    pieces: Callable[[Plan, Sequence[str]], list[Piece]]
    choices: Callable[[Plan, Organisation | None], list[Piece]]
    facts: Callable[[Plan], Facts]


_SEAMS: dict[str, Seam] = {}
KINDS = ("chapter", "goal", "indicator")


def offer(seam: Seam) -> None:
    """A room above makes its things known, once, when the program starts."""
    _SEAMS[seam.kind] = seam


@dataclass(slots=True)
class Evidence:
    """Everything that the marks of a plan point at, and its counts."""

    pieces: dict[Key, Piece] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)

    def of(self, mark: CoverageMark | None) -> list[Piece]:
        """What the mark points at; what is no more has dropped out."""
        links = mark.links if mark else []
        found = (self.pieces.get((link["kind"], link["id"])) for link in links)
        return [piece for piece in found if piece is not None]

    def count(self, fact: str, organisation: int | None = None) -> int:
        return self.facts.get(fact, {}).get(organisation, 0)


def evidence_of(plan: Plan, marks: Iterable[CoverageMark]) -> Evidence:
    """A constant number of queries, however many marks."""
    wanted: dict[str, list[str]] = {}
    for mark in marks:
        for link in mark.links:
            wanted.setdefault(link["kind"], []).append(link["id"])
    found = pieces(plan, wanted)
    facts = _own_facts(plan)
    for seam in _SEAMS.values():
        facts |= seam.facts(plan)
    return Evidence({(p.kind, p.public_id): p for p in found}, facts)


def pieces(plan: Plan, wanted: dict[str, list[str]]) -> list[Piece]:
    """The plan's own pieces of these {kind: public ids}; an id of another plan gives nothing."""
    found = _chapters(plan, wanted.get("chapter")) + _goals(plan, wanted.get("goal"))
    found += _indicators(plan, wanted.get("indicator"))
    for kind, seam in _SEAMS.items():
        found += seam.pieces(plan, wanted[kind]) if wanted.get(kind) else []
    return found


def choices(plan: Plan, organisation: Organisation | None) -> dict[str, list[Piece]]:
    """What a mark of the organisation (or of the whole plan) can point at, by kind, in the plan's order."""
    found = {
        "chapter": [p for p in _chapters(plan, None, organisation) if p.title],
        "goal": _goals(plan, None),
        "indicator": _indicators(plan, None),
    }
    return found | {kind: seam.choices(plan, organisation) for kind, seam in _SEAMS.items()}


def _chapters(plan: Plan, ids: list[str] | None, organisation: Organisation | None = None) -> list[Piece]:
    if ids == []:
        return []
    rows = plan.chapters.living().in_order()
    if ids is not None:
        rows = rows.filter(public_id__in=ids)
    elif organisation is not None:
        rows = rows.filter(organisation__isnull=True) | rows.filter(organisation=organisation)
    else:
        rows = rows.filter(organisation__isnull=True)
    chapters = _in_reading_order(list(rows), plan)
    if not chapters:
        return []
    newest = ChapterRevision.objects.filter(chapter__in=chapters).latest_per_language().without_texts()
    titles: dict[int, dict[str, str]] = {}
    for revision in newest:
        titles.setdefault(revision.chapter_id, {})[revision.language] = revision.title
    public = set(plan.chapters.published().values_list("pk", flat=True))
    made = []
    for chapter in chapters:
        title = Translated.from_mapping(titles.get(chapter.pk), source=chapter.source_language).shown()
        made.append(
            Piece("chapter", chapter.public_id, chapter.number, title.text, chapter.pk in public, title.language)
        )  # fmt: skip
    return made


def _in_reading_order(chapters: list[Chapter], plan: Plan) -> list[Chapter]:
    """A subchapter after its own chapter; `position` alone counts within one family."""
    places = {
        pk: (parent, position)
        for pk, parent, position in plan.chapters.values_list("pk", "parent_id", "position")
    }

    def way(chapter: Chapter) -> list[tuple[int, int]]:
        steps: list[tuple[int, int]] = []
        pk: int | None = chapter.pk
        while pk is not None and len(steps) < 20:
            parent, position = places[pk]
            steps.insert(0, (position, pk))
            pk = parent
        return steps

    return sorted(chapters, key=way)


def _goals(plan: Plan, ids: list[str] | None) -> list[Piece]:
    if ids == []:
        return []
    rows = plan.goals.current().in_order()
    rows = rows if ids is None else rows.filter(public_id__in=ids)
    return [
        Piece("goal", g.public_id, g.number, (t := g.title.shown()).text, g.published_at is not None, t.language)
        for g in rows
    ]  # fmt: skip


def _indicators(plan: Plan, ids: list[str] | None) -> list[Piece]:
    if ids == []:
        return []
    rows = plan.joint_indicators.with_content().in_order()
    rows = rows if ids is None else rows.filter(indicator__public_id__in=ids)
    return [
        Piece("indicator", r.indicator.public_id, "", (t := r.indicator.title.shown()).text, True, t.language)
        for r in rows
    ]


def _own_facts(plan: Plan) -> Facts:
    public = plan.chapters.living().published()
    kinds = [(k, o) for _pk, k, o in public.values_list("pk", "kind", "organisation_id")]
    facts: Facts = {}
    wanted = {
        "chapters_current_state": Chapter.Kind.CURRENT_STATE,
        "chapters_partnership": Chapter.Kind.PARTNERSHIP,
    }
    for name, kind in wanted.items():
        facts[name] = _tally(organisation for k, organisation in kinds if k == kind)
    followed = plan.joint_indicators.values_list("indicator__source", "indicator__source_id", "owner_id")
    codes = {(d.source, d.source_id): d.code for d in minimum_list()}
    facts["joint_indicators"] = {}
    for source, source_id, owner in followed:
        for name in ("joint_indicators", f"indicator:{codes.get((source, source_id), '')}"):
            held = facts.setdefault(name, {})
            for key in {None, owner}:
                held[key] = held.get(key, 0) + 1
    return facts


def _tally(organisations: Iterable[int | None]) -> dict[int | None, int]:
    held: dict[int | None, int] = {}
    for organisation in organisations:
        for key in {None, organisation}:
            held[key] = held.get(key, 0) + 1
    return held
