"""The workbook that an organisation downloads: its measures of a round, with choices to pick from and a guide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import get_language, gettext
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.measures.excel.columns import (
    GOALS,
    GROUPS,
    GUIDE_SHEET,
    HEADER_ROW,
    INDICATORS,
    LISTS_SHEET,
    SHEET,
    Column,
    columns,
)
from lautta.measures.excel.guide import guide_lines
from lautta.measures.excel.indicators import sought_of
from lautta.measures.excel.vocabulary import VOCABULARIES, goal_label, indicator_labels, label_of, labels
from lautta.measures.models import MeasureYear, Round
from lautta.measures.sought import Sought
from lautta.organisations.models import Organisation
from lautta.plans.models import Goal

EMPTY_ROWS = 200
_INK, _MIST, _SEA = "FF12263A", "FFEAF2F5", "FF0B4F6C"
_LINE = Side(style="thin", color="FFC9D6DC")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_UNDER = Border(bottom=_LINE)
_LOCKED_FILL, _LOCKED_FONT = PatternFill("solid", fgColor=_MIST), Font(color="FF46596B")
_OPEN = Protection(locked=False)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def workbook(
    round: Round,
    organisation: Organisation,
    years: Sequence[MeasureYear],
    goals: Sequence[Goal],
    indicators: Sequence[Indicator] = (),
) -> bytes:
    """An xlsx in the active language. `years` need their goals and indicators prefetched; `goals` and `indicators` are
    those to choose from, in order."""
    book = Workbook()
    sheet = book.active
    sheet.title = str(SHEET)
    most_goals = max([GOALS, *(len(y.goals.all()) for y in years)])
    most_groups = max([GROUPS, *(len(y.target_groups) for y in years)])
    chosen = {year.pk: sought_of(year) for year in years}
    shown = columns(most_goals, most_groups, max([INDICATORS, *map(len, chosen.values())]))
    held = (s.indicator for rows in chosen.values() for s in rows)
    offered = list({i.pk: i for i in [*indicators, *held]}.values())
    names = indicator_labels(offered)
    _head(sheet, shown)
    for number, year in enumerate(years, HEADER_ROW + 1):
        _row(sheet, number, shown, values(year, chosen[year.pk], names))
    last = HEADER_ROW + len(years) + EMPTY_ROWS
    for number in range(HEADER_ROW + 1 + len(years), last + 1):
        _row(sheet, number, shown, {})
    used = sorted({*goals, *(g for y in years for g in y.goals.all())}, key=lambda g: (g.position, g.pk))
    lists = {
        "goals": [goal_label(g) for g in used], "indicators": [names[i.pk] for i in offered],
        **{n: labels(n) for n in VOCABULARIES},
    }  # fmt: skip
    _choices(book, sheet, shown, lists, last)
    _guide(book, round, organisation)
    _protect(sheet)
    book.properties.title = f"{SHEET} {round.year} – {organisation.name}"
    book.properties.creator = "Lautta"
    book.properties.language = get_language() or "fi"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def values(year: MeasureYear, chosen: Sequence[Sought], names: Mapping[int, str]) -> dict[str, Any]:
    """What the columns hold of a measure's year; repeated ones are lists. `names`: indicators' labels by their keys."""
    first = next((names[s.indicator.pk] for s in chosen if s.is_primary), None)
    return {
        "id": year.measure.public_id,
        "version": year.version,
        "title": in_source(year.title),
        "change": in_source(year.change),
        "description": in_source(year.description),
        "goals": [goal_label(g) for g in sorted(year.goals.all(), key=lambda g: (g.position, g.pk))],
        "target_groups": [label_of("target_groups", v) for v in year.target_groups],
        "starts_on": year.starts_on,
        "ends_on": year.ends_on,
        "status": label_of("status", year.status),
        "timeliness": label_of("timeliness", year.timeliness),
        "service_tier": label_of("service_tier", year.service_tier),
        "responsible_title": year.responsible_title,
        "other_partners": year.other_partners,
        "indicators": [names[s.indicator.pk] for s in chosen],
        "directions": [label_of("directions", s.direction) for s in chosen],
        "first_indicator": first,
    }


def in_source(text: Translated) -> str:
    """The text in the language it was written in: translations are made on the pages."""
    return text.in_language(text.source) or ""


def write(cell: Cell, value: Any) -> None:
    """Put a value into a cell; text is always text, also when it looks like a formula."""
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        cell.value, cell.number_format = value, "d.m.yyyy"
    elif isinstance(value, int):
        cell.value = value
    else:
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
        cell.value, cell.data_type = text, "s"
        if text.startswith(_RISKY):
            cell.quotePrefix = True


def _head(sheet: Worksheet, shown: list[Column]) -> None:
    for number, column in enumerate(shown, 1):
        cell = sheet.cell(HEADER_ROW, number, column.title())
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_SEA)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[HEADER_ROW].height = 34
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 4)  # type: ignore[assignment]


def _row(sheet: Worksheet, number: int, shown: list[Column], content: dict[str, Any]) -> None:
    for place, column in enumerate(shown, 1):
        cell = sheet.cell(number, place)
        value = content.get(column.key)
        if isinstance(value, list):
            value = value[column.number - 1] if column.number <= len(value) else None
        write(cell, value)
        cell.alignment = _WRAPPED
        cell.border = _UNDER
        if column.key in {"starts_on", "ends_on"}:
            cell.number_format = "d.m.yyyy"
        if column.locked:
            cell.fill = _LOCKED_FILL
            cell.font = _LOCKED_FONT
        else:
            cell.protection = _OPEN


def _choices(
    book: Workbook, sheet: Worksheet, shown: list[Column], words: Mapping[str, Sequence[str]], last: int
) -> None:
    """Drop-down lists; their words stand on a sheet of their own, since a rule's own text holds only 255 characters."""
    lists = book.create_sheet(str(LISTS_SHEET))
    places = {}
    for number, (name, found) in enumerate(words.items(), 1):
        for row, word in enumerate(found, 1):
            write(lists.cell(row, number), word)
        letter = get_column_letter(number)
        lists.column_dimensions[letter].width = 40
        places[name] = f"'{lists.title}'!${letter}$1:${letter}${max(1, len(found))}"
    lists.sheet_state = "hidden"
    lists.protection.sheet = True
    for name, place in places.items():
        rule = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = (
            gettext("Valitse listasta"),
            gettext("Valitse jokin listan vaihtoehdoista."),
        )
        for number, column in enumerate(shown, 1):
            if column.choices == name:
                letter = get_column_letter(number)
                rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
        sheet.add_data_validation(rule)
    dates = DataValidation(
        type="date", operator="greaterThan", formula1="32874", allow_blank=True, showErrorMessage=True
    )
    dates.errorTitle, dates.error = gettext("Tarkista päivä"), gettext("Kirjoita päivä muodossa 24.11.2026.")
    for number, column in enumerate(shown, 1):
        if column.key in {"starts_on", "ends_on"}:
            letter = get_column_letter(number)
            dates.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
    sheet.add_data_validation(dates)


def _guide(book: Workbook, round: Round, organisation: Organisation) -> None:
    guide = book.create_sheet(str(GUIDE_SHEET))
    guide.column_dimensions["A"].width = 96
    write(guide.cell(1, 1), f"{organisation.name}: {gettext('toimenpiteet')} {round.year}")
    guide.cell(1, 1).font = Font(bold=True, size=16, color=_INK)
    for number, line in enumerate(guide_lines(round), 3):
        write(guide.cell(number, 1), line)
        guide.cell(number, 1).alignment = _WRAPPED
    guide.sheet_view.showGridLines = False


def _protect(sheet: Worksheet) -> None:
    """The id and version columns are locked against slips, without a password: this is no secret."""
    protection = sheet.protection
    protection.sheet = True
    for name in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
        setattr(protection, name, False)
