"""The table of measures of a round as Word: by organisation and goal, with real headings and tables that a screen reader knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from lautta.common.translated import Translated
from lautta.measures.choices import ServiceTier, Status, TargetGroup, Timeliness
from lautta.measures.models import MeasureYear, Round
from lautta.measures.presenters.measures import when
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
WIDTHS = (6.4, 7.2, 3.6, 3.4, 4.6)
_SEA = RGBColor(0x0B, 0x4F, 0x6C)


@dataclass(frozen=True, slots=True)
class Part:
    """One organisation's measures: by goal, in the plan's order; those without a living goal last, under None."""

    organisation: Organisation
    emphasis: Translated
    goals: Sequence[tuple[Goal | None, Sequence[MeasureYear]]]


def document(round: Round, parts: Iterable[Part]) -> bytes:
    """A docx in the active language."""
    doc = Document()
    _page(doc)
    _styles(doc)
    title = _("Toimenpiteet %(year)s") % {"year": round.year}
    doc.core_properties.title = f"{round.plan.title}: {title}"
    doc.core_properties.author = "Lautta"
    doc.core_properties.language = LOCALES[(get_language() or "fi")[:2]]
    doc.add_heading(_legal(title), level=0)
    doc.add_paragraph(_legal(str(round.plan.title)))
    _texts(doc, _("Vuoden yhteiset painotukset"), round.emphases, level=1)
    parts = list(parts)
    if not parts:
        doc.add_paragraph(_("Tällä kierroksella ei ole vielä toimenpiteitä."))
    for part in parts:
        doc.add_heading(_legal(str(part.organisation.name)), level=1)
        _texts(doc, _("Painotukset"), part.emphasis, level=2)
        for goal, years in part.goals:
            label = f"{goal.number} {goal.title}".strip() if goal else _("Ilman tavoitetta")
            doc.add_heading(_legal(label), level=2)
            _table(doc, years)
    out = BytesIO()
    doc.save(out)
    return out.getvalue()


def _page(doc: Any) -> None:
    section = doc.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)


def _styles(doc: Any) -> None:
    """Readable sizes, one colour, and the document's language on the style that all others come from."""
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    code = LOCALES[(get_language() or "fi")[:2]]
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), code)
    properties.append(language)
    defaults = doc.styles.element.find(qn("w:docDefaults"))
    for standing in defaults.iter(qn("w:lang")) if defaults is not None else ():
        standing.set(qn("w:val"), code)
    for name, size in (("Title", 26), ("Heading 1", 18), ("Heading 2", 14)):
        style = doc.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _SEA
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)


def _texts(doc: Any, heading: str, text: Translated, *, level: int) -> None:
    if text:
        doc.add_heading(_legal(heading), level=level)
        for paragraph in text.shown().text.split("\n"):
            if paragraph.strip():
                doc.add_paragraph(_legal(paragraph))


def _table(doc: Any, years: Sequence[MeasureYear]) -> None:
    heads = (
        _("Mitä tehdään"),
        _("Mikä muuttuu lapsen arjessa"),
        _("Ketä varten"),
        _("Milloin"),
        pgettext("sarake", "Tila ja palvelutaso"),
    )
    table = doc.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    _fill(table.rows[0], table, heads)
    for cell in _cells_of(table.rows[0], table):
        cell.paragraphs[0].runs[0].bold = True
        _shade(cell)
    _repeat(table.rows[0])
    for year in years:
        row = table.add_row()
        _unbroken(row)
        _fill(row, table, _cells(year))
    doc.add_paragraph()


def _cells_of(row: Any, table: Any) -> list[_Cell]:
    """The row's own cells: `row.cells` walks the whole table each time, which a long table feels."""
    return [_Cell(tc, table) for tc in row._tr.tc_lst]


def _fill(row: Any, table: Any, texts: Sequence[str]) -> None:
    for cell, words, width in zip(_cells_of(row, table), texts, WIDTHS, strict=True):
        cell.paragraphs[0].add_run(_legal(words))
        cell.width = Cm(width)


def _cells(year: MeasureYear) -> tuple[str, ...]:
    groups = dict(TargetGroup.choices)
    state = [str(Status(year.status).label)]
    if year.timeliness:
        state.append(str(Timeliness(year.timeliness).label))
    if year.service_tier:
        state.append(str(ServiceTier(year.service_tier).label))
    return (
        year.title.shown().text,
        year.change.shown().text,
        ", ".join(str(groups.get(v, v)) for v in year.target_groups),
        when(year),
        ", ".join(state),
    )


def _repeat(row: Any) -> None:
    """The row is a header: it stands again on every page, and a screen reader reads it with each cell."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _unbroken(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EAF2F5")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _legal(text: str) -> str:
    """Text that XML can hold: a person's stray control character must not break the document."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
