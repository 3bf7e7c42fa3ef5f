"""How the plan stands against a rule set: every item, whole and by each organisation that it binds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lautta.common.translated import LANGUAGES, Translated
from lautta.organisations.models import Organisation
from lautta.plans.checklist.evidence import Evidence, Piece, evidence_of
from lautta.plans.checklist.rule_sets import Item, RuleSet, rule_set_on
from lautta.plans.models import Coverage, CoverageMark, Plan

DOCUMENT_SCHEMA = 1
_ORDER = {Coverage.MISSING: 0, Coverage.PARTLY: 1, Coverage.COVERED: 2}


@dataclass(frozen=True, slots=True)
class Cell:
    """One item as it stands for the whole plan (organisation None) or for an organisation that it binds.

    An organisation without a mark of its own stands as the whole plan does (`inherited`): the plan is a joint one. What is
    claimed covered and points at nothing public is partly covered (`lacks_public`), since nobody can read it.
    """

    organisation: Organisation | None
    state: Coverage
    mark: CoverageMark | None
    pieces: tuple[Piece, ...] = ()
    inherited: bool = False
    lacks_public: bool = False

    @property
    def is_gap(self) -> bool:
        return self.state != Coverage.COVERED

    @property
    def public_pieces(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.is_public]


@dataclass(frozen=True, slots=True)
class Count:
    """Something that the program has counted of an item by itself."""

    fact: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One item: the whole plan, and the organisations in the order of the matrix's columns (None: not bound)."""

    item: Item
    whole: Cell
    cells: tuple[Cell | None, ...]
    counts: tuple[Count, ...]

    @property
    def bound(self) -> list[Cell]:
        return [cell for cell in self.cells if cell is not None]

    @property
    def own_gaps(self) -> list[Cell]:
        """Organisations with a mark of their own that is not covered."""
        return [cell for cell in self.bound if cell.is_gap and not cell.inherited]

    @property
    def worst(self) -> Coverage:
        """The state of the weakest among those whom the item binds; of the whole when it binds nobody of the plan."""
        cells = self.bound or [self.whole]
        return min((cell.state for cell in cells), key=_ORDER.__getitem__)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A rule set beside the plan."""

    rule_set: RuleSet
    organisations: tuple[Organisation, ...]
    lines: tuple[Line, ...]

    @property
    def gaps(self) -> list[tuple[Line, Cell]]:
        """Missing ones first, then those that are partly covered; the whole plan's before the organisations'."""
        found = [(line, line.whole) for line in self.lines if line.whole.is_gap]
        found += [(line, cell) for line in self.lines for cell in line.own_gaps]
        return sorted(found, key=lambda pair: (_ORDER[pair[1].state], pair[1].organisation is not None))

    @property
    def covered(self) -> int:
        return sum(line.worst == Coverage.COVERED for line in self.lines)

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.item.code == code), None)


def checklist(plan: Plan, rule_set: RuleSet, on: dt.date) -> Checklist:
    """Organisations that take part in the plan on the day and that some item binds. A constant number of queries.

    `on` outside the rule set's time is moved to its nearest day, so that an old set shows who was bound then.
    """
    day = max(on, rule_set.starts) if rule_set.ends is None else min(max(on, rule_set.starts), rule_set.ends)
    kinds = {kind for item in rule_set.items for kind in item.binds}
    taking_part = plan.participations.current(day).filter(organisation__kind__in=kinds)
    organisations = tuple(
        Organisation.objects.filter(pk__in=taking_part.values("organisation_id")).in_name_order()
    )
    marks = list(plan.coverage_marks.newest_of_each().filter(item__in=[item.code for item in rule_set.items]))
    evidence = evidence_of(plan, marks)
    held = {(mark.item, mark.organisation_id): mark for mark in marks}
    lines = tuple(_line(item, organisations, held, evidence) for item in rule_set.items)
    return Checklist(rule_set, organisations, lines)


def _line(
    item: Item,
    organisations: Iterable[Organisation],
    held: dict[tuple[str, int | None], CoverageMark],
    evidence: Evidence,
) -> Line:
    whole = _cell(None, held.get((item.code, None)), evidence)
    cells: list[Cell | None] = []
    for organisation in organisations:
        if organisation.kind not in item.binds:
            cells.append(None)
        elif (mark := held.get((item.code, organisation.pk))) is not None:
            cells.append(_cell(organisation, mark, evidence))
        else:
            cells.append(
                Cell(organisation, whole.state, whole.mark, whole.pieces, True, whole.lacks_public)
            )  # fmt: skip
    return Line(item, whole, tuple(cells), tuple(_counts(item, evidence)))


def _cell(organisation: Organisation | None, mark: CoverageMark | None, evidence: Evidence) -> Cell:
    pieces = tuple(evidence.of(mark))
    state = Coverage(mark.state) if mark else Coverage.MISSING
    unseen = state == Coverage.COVERED and not any(piece.is_public for piece in pieces)
    return Cell(organisation, Coverage.PARTLY if unseen else state, mark, pieces, lacks_public=unseen)


def _counts(item: Item, evidence: Evidence) -> Iterable[Count]:
    for fact in item.facts:
        if fact == "joint_indicators" and item.indicators:
            number = sum(evidence.count(f"indicator:{code}") for code in item.indicators)
        else:
            number = evidence.count(fact)
        yield Count(fact, number)


def checklist_document(plan: Plan, on: dt.date, organisation: Organisation | None = None) -> dict[str, Any]:
    """Plain data for papers and for freezing, in every language: the rules that hold on the day and how the plan stands.

    With an organisation, only what binds it. Only public pieces are named. {} when no rule set holds on the day.
    """
    rules = rule_set_on(on)
    if rules is None:
        return {}
    found = checklist(plan, rules, on)
    lines = found.lines
    if organisation is not None:
        lines = tuple(line for line in lines if organisation.kind in line.item.binds)
    return {
        "schema": DOCUMENT_SCHEMA,
        "on": on.isoformat(),
        "rule_set": {
            "key": rules.key, "from": rules.starts.isoformat(), "to": rules.ends.isoformat() if rules.ends else None,
            "title": _texts(rules.title), "who": _texts(rules.who), "to_check": _texts(rules.to_check),
            "law": {"title": rules.law_title, "url": rules.law_url}, "checked_by_lawyer": rules.checked_by_lawyer,
        },
        "organisation": organisation.public_id if organisation else None,
        "items": [_document_line(line, organisation) for line in lines],
    }  # fmt: skip


def _document_line(line: Line, organisation: Organisation | None) -> dict[str, Any]:
    own = next((c for c in line.bound if organisation and c.organisation.pk == organisation.pk), None)
    cell = own or line.whole
    made = {
        "code": line.item.code, "title": _texts(line.item.title), "plain": _texts(line.item.plain),
        "binds": sorted(line.item.binds), **_document_cell(cell),
    }  # fmt: skip
    if organisation is None:
        made["organisations"] = [
            {"organisation": c.organisation.public_id, "name": _texts(c.organisation.name), "inherited": c.inherited,
             **({"state": str(c.state)} if c.inherited else _document_cell(c))}
            for c in line.bound if c.organisation
        ]  # fmt: skip
    return made


def _document_cell(cell: Cell) -> dict[str, Any]:
    return {
        "state": str(cell.state),
        "nothing_public": cell.lacks_public,
        "note": _texts(cell.mark.note) if cell.mark else {},
        "where": [
            {"kind": p.kind, "id": p.public_id, "number": p.number, "title": p.title, "language": p.language}
            for p in cell.public_pieces
        ],
    }


def _texts(text: Translated) -> dict[str, str]:
    return {code: words for code in LANGUAGES if (words := text.in_language(code))}
