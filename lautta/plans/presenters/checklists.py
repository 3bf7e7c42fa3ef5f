"""The checklist as its pages show it: words of states and counts, addresses of pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lautta.plans.checklist.evidence import Piece
from lautta.plans.checklist.reading import Cell, Count, Line
from lautta.plans.models import Coverage, Plan
from lautta.plans.rules.checklists import may_mark
from lautta.plans.standing import Standing

ICONS = {Coverage.COVERED: "check", Coverage.PARTLY: "clock", Coverage.MISSING: "alert"}
STYLES = {Coverage.COVERED: "pill-ok", Coverage.PARTLY: "pill-planned", Coverage.MISSING: "pill-alert"}
NO_COUNTS = {
    "chapters_current_state": _("Nykytilan kuvausta ei ole julkaistu."),
    "chapters_partnership": _("Kumppanuutta koskevaa lukua ei ole julkaistu."),
    "joint_indicators": _("Yksikään yhteinen mittari ei kerro tästä."),
    "measures": _("Julkisia toimenpiteitä ei ole."),
    "money": _("Toimenpiteissä ei ole euroja."),
    "person_years": _("Toimenpiteissä ei ole henkilötyövuosia."),
    "reports": _("Julkisia raportteja ei ole."),
}
# (name of the workspace's page, name of the public page) of each kind of piece, and the parameter that takes its id. Measures and
# indicators are public ones, and their public page is what tells of them.
_PAGES = {
    "chapter": ("plans:chapter", "publishing:chapter", "chapter_id"),
    "goal": ("plans:goal_edit", "publishing:goal", "goal_id"),
    "indicator": ("", "publishing:indicator", "indicator_id"),
    "measure": ("", "publishing:measure", "measure_id"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is empty where the reader has nothing to open."""

    piece: Piece
    url: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What the program has counted, in words."""

    words: str
    is_lacking: bool


def public_links(plan: Plan, pieces: Iterable[Piece]) -> list[Link]:
    """Public pages of the pieces that are public."""
    return [Link(p, _url(plan, p, _PAGES[p.kind][1])) for p in pieces if p.is_public]


def work_links(plan: Plan, standing: Standing, cell: Cell) -> list[Link]:
    """For people of the plan: a draft is named to those who may see it alone."""
    sees = standing.sees_all_drafts or (cell.mark is not None and cell.mark.organisation_id in standing.roles)
    made = []
    for piece in cell.pieces:
        if not piece.is_public and not sees:
            continue
        work, public, _parameter = _PAGES[piece.kind]
        opens_work = work and (piece.kind == "chapter" or standing.sees_all_drafts)
        made.append(
            Link(piece, _url(plan, piece, work if opens_work else public if plan.published_at else ""))
        )
    return made


def _url(plan: Plan, piece: Piece, name: str) -> str:
    """The address of the piece on the page of the name; "" without a name."""
    if not name:
        return ""
    ids = {"plan_id": plan.public_id, _PAGES[piece.kind][2]: piece.public_id}
    return reverse(name, kwargs={**ids, "language": piece.language} if name == "plans:chapter" else ids)


def counted(counts: Iterable[Count]) -> list[Counted]:
    """ "14 julkista toimenpidettä"; what there is none of is told as well."""
    return [Counted(_count_words(c), c.number == 0) for c in counts]


def _count_words(count: Count) -> str:
    n = count.number
    if n == 0:
        return str(NO_COUNTS[count.fact])
    words = {
        "chapters_current_state": ngettext("%(n)s julkaistu luku nykytilasta", "%(n)s julkaistua lukua nykytilasta", n),
        "chapters_partnership": ngettext("%(n)s julkaistu luku kumppanuudesta", "%(n)s julkaistua lukua kumppanuudesta", n),
        "joint_indicators": ngettext("%(n)s yhteinen mittari kertoo tästä", "%(n)s yhteistä mittaria kertoo tästä", n),
        "measures": ngettext("%(n)s julkinen toimenpide", "%(n)s julkista toimenpidettä", n),
        "money": ngettext("%(n)s rivi euroja toimenpiteissä", "%(n)s riviä euroja toimenpiteissä", n),
        "person_years": ngettext("%(n)s rivi henkilötyövuosia", "%(n)s riviä henkilötyövuosia", n),
        "reports": ngettext("%(n)s julkinen raportti", "%(n)s julkista raporttia", n),
    }  # fmt: skip
    return words[count.fact] % {"n": n}


def state_mark(state: Coverage) -> dict[str, str]:
    return {"label": str(state.label), "icon_name": ICONS[state], "css": STYLES[state]}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to mend with its one button."""

    line: Line
    cell: Cell
    mark: dict[str, str]
    whose: str
    url: str


def gap_rows(plan: Plan, standing: Standing, gaps: Iterable[tuple[Line, Cell]]) -> list[Gap]:
    """`url` is empty for those who may not mark it."""
    made = []
    for line, cell in gaps:
        whose = str(cell.organisation.name) if cell.organisation else gettext("Koko suunnitelma")
        url = mark_url(plan, line, cell) if may_mark(standing, cell.organisation) else ""
        made.append(Gap(line, cell, state_mark(cell.state), whose, url))
    return made


def mark_url(plan: Plan, line: Line, cell: Cell) -> str:
    ids = {"plan_id": plan.public_id, "item": line.item.code}
    if cell.organisation is None:
        return reverse("plans:checklist_mark", kwargs=ids)
    return reverse("plans:checklist_mark", kwargs={**ids, "organisation_id": cell.organisation.public_id})


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell of the matrix. `cell` None: the law does not bind the organisation."""

    organisation: str
    cell: Cell | None
    mark: dict[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class LineRow:
    line: Line
    whole: CellRow
    cells: list[CellRow]
    links: list[Link]
    counts: list[Counted]

    @property
    def note(self):
        return self.line.whole.mark.note if self.line.whole.mark else None


def line_rows(
    plan: Plan, standing: Standing, lines: Iterable[Line], organisations: Iterable
) -> list[LineRow]:
    """Every item with its cells and what is known of it."""
    names = [str(o.name) for o in organisations]
    return [
        LineRow(
            line,
            _cell_row(plan, standing, line, gettext("Koko suunnitelma"), line.whole),
            [_cell_row(plan, standing, line, name, cell) for name, cell in zip(names, line.cells, strict=True)],
            work_links(plan, standing, line.whole),
            counted(line.counts),
        )
        for line in lines
    ]  # fmt: skip


def _cell_row(plan: Plan, standing: Standing, line: Line, name: str, cell: Cell | None) -> CellRow:
    if cell is None:
        return CellRow(name, None, {}, "")
    url = mark_url(plan, line, cell) if may_mark(standing, cell.organisation) else ""
    return CellRow(name, cell, state_mark(cell.state), url)
