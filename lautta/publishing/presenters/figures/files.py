"""An indicator's numbers as files. Every cell says whether it is a number, zero, withheld or missing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook

from lautta.indicators.models import Indicator, SourceArea
from lautta.indicators.municipalities import municipalities
from lautta.indicators.panels import IndicatorPanel
from lautta.statistics.panel import Status

STATUS = {
    Status.VALUE: "value",
    Status.ZERO: "zero",
    Status.SUPPRESSED: "suppressed",
    Status.MISSING: "missing",
}
HEAD = ("area_code", "area", "year", "gender", "value", "cases", "status")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# What Excel and its kind would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def names_of(codes: Sequence[str]) -> list[str]:
    """Names in the reader's language, in the order of the codes; the sources' list is asked only for what our own lacks."""
    known = {code: str(municipalities()[code].name) for code in codes if code in municipalities()}
    if lacking := [code for code in codes if code not in known]:
        known |= {a.code: str(a.name) for a in SourceArea.objects.of_codes(lacking)}
    return [known.get(code, code) for code in codes]


def known_names(codes: Sequence[str]) -> list[str]:
    """Names of those that have one."""
    return [name for code, name in zip(codes, names_of(codes), strict=True) if name != code]


def response(
    indicator: Indicator, panel: IndicatorPanel, kind: str, near: Iterable[str], illustrative: bool
) -> HttpResponse:
    """csv and json hold every area; xlsx those of the region and the country, which a person reads."""
    chosen = panel.only(near) if kind == "xlsx" else panel
    body = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json_stat}[kind](indicator, chosen)
    made = HttpResponse(body, content_type=KINDS[kind])
    mark = "example-" if illustrative else ""
    made["Content-Disposition"] = (
        f'attachment; filename="{mark}{indicator.source}-{indicator.public_id}.{kind}"'
    )
    return made


def rows(panel: IndicatorPanel) -> Iterator[tuple[str, str, int, str, float | None, float | None, str]]:
    """One a cell, in the order of HEAD; the axes beyond area, year and gender at their first code."""
    names = dict(zip(panel.areas, names_of(panel.areas), strict=True))
    rest = (0,) * len(panel.extra)
    for a, area in enumerate(panel.areas):
        for y, year in enumerate(panel.years):
            for g, gender in enumerate(panel.genders):
                at = (a, y, g, *rest)
                status = Status(int(panel.status[at]))
                shown = status <= Status.ZERO
                cases = None if panel.numerators is None else float(panel.numerators[at])
                yield (
                    area, names[area], year, gender, float(panel.values[at]) if shown else None,
                    cases if shown and cases is not None and cases == cases else None, STATUS[status],
                )  # fmt: skip


def as_csv(indicator: Indicator, panel: IndicatorPanel) -> bytes:
    """Comma, decimal point, UTF-8 with its mark so that Excel reads ä and ö."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in rows(panel):
        writer.writerow(["" if cell is None else harmless(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_xlsx(indicator: Indicator, panel: IndicatorPanel) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Luvut"))
    sheet.append(HEAD)
    for row in rows(panel):
        sheet.append([harmless(cell) for cell in row])
    told = book.create_sheet(_("Tietoja"))
    for line in (
        (_("Mittari"), harmless(str(indicator.title))),
        (_("Lähde"), harmless(indicator.source_name or str(indicator.get_source_display()))),
        (_("Lisenssi"), harmless(indicator.licence)),
        (_("Päivitetty"), indicator.source_updated),
    ):
        told.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json_stat(indicator: Indicator, panel: IndicatorPanel) -> bytes:
    """json-stat 2.0. `status` names each cell that is no plain number."""
    axes: list[tuple[str, Sequence[Any], Sequence[str]]] = [
        ("area", panel.areas, names_of(panel.areas)),
        ("year", [str(y) for y in panel.years], [str(y) for y in panel.years]),
        ("gender", panel.genders, panel.genders),
        *((name, codes, codes) for name, codes in panel.extra),
    ]
    flat, codes = panel.values.ravel(), panel.status.ravel()
    body = {
        "version": "2.0",
        "class": "dataset",
        "label": str(indicator.title),
        "source": indicator.source_name or str(indicator.get_source_display()),
        "updated": indicator.source_updated.isoformat() if indicator.source_updated else None,
        "id": [name for name, _codes, _labels in axes],
        "size": [len(found) for _name, found, _labels in axes],
        "role": {"time": ["year"], "geo": ["area"]},
        "dimension": {
            name: {
                "label": name,
                "category": {"index": list(found), "label": dict(zip(map(str, found), labels, strict=True))},
            }
            for name, found, labels in axes
        },
        "value": [float(v) if s <= Status.ZERO else None for v, s in zip(flat, codes, strict=True)],
        "status": {str(n): STATUS[Status(int(s))] for n, s in enumerate(codes) if s != Status.VALUE},
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
