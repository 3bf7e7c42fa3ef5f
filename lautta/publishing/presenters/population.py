"""Children by age, now and to 2040: in a sentence, drawn, in tables, and what to make of the two numbers."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from lautta import charts
from lautta.common.templatetags.look import number
from lautta.indicators.population import ALL, GROUPS, PLAN, SCHOOL, ChildrenByAge
from lautta.indicators.population_reading import Tried, evidence
from lautta.publishing.presenters.figures.files import harmless

# The years that a reader looks for; those that the scenario does not reach are left out.
MARKS = (2030, 2035, 2040)
SPOKEN = 2035
BACK = 8
NAMES: Mapping[tuple[int, int], Promise] = {
    (0, 6): gettext_lazy("Alle kouluikäiset"),
    (7, 12): gettext_lazy("Alakouluikäiset"),
    (13, 15): gettext_lazy("Yläkouluikäiset"),
    (16, 17): gettext_lazy("Toisen asteen ikäiset"),
    (7, 14): gettext_lazy("Suunnitelman taulukon ryhmä"),
    (0, 14): gettext_lazy("Lapset yhteensä"),
    ALL: gettext_lazy("Lapset ja nuoret yhteensä"),
}
HEAD = ("area_code", "area", "year", "ages", "kind", "people", "low", "high")


def ages_words(ages: tuple[int, int]) -> str:
    return _("%(first)s–%(last)s v") % {"first": ages[0], "last": ages[1]}


def said(found: ChildrenByAge) -> dict[str, Any]:
    """The plain sentence's numbers: how many now, and from how many to how many later."""
    now = found.at("observed", ALL, found.base_year)
    later = spoken_year(found)
    low, high = (found.at(end, ALL, later) if later else None for end in ("low", "high"))
    official = found.at("official", ALL, later or SPOKEN)
    return {
        "now": number(now), "base_year": found.base_year, "year": later or SPOKEN,
        "low": number(about(low, math.floor)) if low is not None else "",
        "high": number(about(high, math.ceil)) if high is not None else "",
        "official": number(official) if official is not None else "",
        "refusal": found.refusal, "is_illustrative": found.is_illustrative,
    }  # fmt: skip


def spoken_year(found: ChildrenByAge) -> int | None:
    """2035, or the last year of a scenario that does not reach it."""
    row = found.scenario.get("0-17") or ()
    years = [year for year, value in zip(found.years, row, strict=False) if value is not None]
    return None if not years else SPOKEN if SPOKEN in years else years[-1]


def about(value: int, way: Any) -> int:
    """Outward to tens from a hundred on, to hundreds from a thousand on: an interval is no exact number."""
    step = 1 if value < 100 else 10 if value < 1_000 else 100
    return int(way(value / step) * step)


def refusal_words(refusal: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Why there is no scenario, a sentence; "" where there is one."""
    asked = dict(refusal.get("parameters", {}))
    code = refusal.get("code")
    if code == "too_few_years":
        return _(
            "Omaa laskelmaa ei ole: siihen tarvitaan tiedot vähintään %(least)s vuodelta, ja nyt niitä on %(years)s vuodelta."
        ) % asked  # fmt: skip
    if code == "years_missing":
        return _("Omaa laskelmaa ei ole: osalta vuosista puuttuu tietoja.")
    if code == "boundary":
        return _(
            "Omaa laskelmaa ei ole: vuonna %(year)s kaikki ikäluokat muuttuivat kerralla, kuten kuntarajan muuttuessa. "
            "Sitä edeltävistä vuosista ei voi päätellä, miten nykyinen kunta muuttuu."
        ) % asked  # fmt: skip
    if code == "member":
        places = ", ".join(names.get(area, area) for area in asked.get("areas", ()))
        return _("Alueen omaa laskelmaa ei ole, koska sitä ei voi tehdä näille kunnille: %(places)s.") % {
            "places": places
        }
    if code == "past":
        return _("Omaa laskelmaa ei ole: tiedot ulottuvat jo vuoteen %(year)s.") % asked
    return _("Omaa laskelmaa ei ole.") if code else ""


# --- the chart and its table ----------------------------------------------------------------------


def shown_years(found: ChildrenByAge) -> list[int]:
    """Every second year back from the newest count, and back from the last year ahead."""
    first, last = max(found.years[0], found.base_year - BACK), found.years[-1]
    counted = list(range(found.base_year, first - 1, -2))[::-1]
    return counted + list(range(last, found.base_year, -2))[::-1]


def chart(found: ChildrenByAge, name: str) -> SafeString:
    """One panel for each age group of day care and school."""
    years = shown_years(found)
    groups = [
        charts.AgeGroup(f"{NAMES[ages]}, {ages_words(ages)}", [_count(found, ages, year) for year in years])
        for ages in SCHOOL
    ]
    title = _("Lapset ja nuoret iän mukaan: %(area)s") % {"area": name}
    described = _(
        "Pylväät vuosilta %(first)s–%(last)s neljästä ikäryhmästä. Tummat on laskettu, vaaleat ovat oma laskelmamme. "
        "Samat luvut ovat kaavion alla taulukossa."
    ) % {"first": years[0], "last": years[-1]}  # fmt: skip
    if found.refusal:
        described = _(
            "Pylväät vuosilta %(first)s–%(last)s neljästä ikäryhmästä: laskettu väestö ja virallinen ennuste. "
            "Samat luvut ovat kaavion alla taulukossa."
        ) % {"first": years[0], "last": years[-1]}  # fmt: skip
    style = charts.Style(
        number=lambda v: number(round(v)), missing=_("ei tietoa"), suppressed=_("ei näytetä")
    )
    own = not found.refusal
    return mark_safe(
        charts.for_both_widths(
            charts.population, groups, key="people", css="graph graph-population", title=title,
            description=described, counted_label=_("laskettu"), style=style,
            projected_label=_("jos mikään ei muutu") if own else _("virallinen ennuste"),
            interval_label=_("väli 80 %"), other_label=_("virallinen ennuste"),
        )
    )  # fmt: skip


def _count(found: ChildrenByAge, ages: tuple[int, int], year: int) -> charts.Count:
    """Where there is no scenario the official projection stands as the bar."""
    ahead = year > found.base_year
    official = found.at("official", ages, year) if ahead else None
    if not ahead:
        return charts.Count(year, found.at("observed", ages, year))
    if found.refusal:
        return charts.Count(year, official, projected=True)
    return charts.Count(
        year, found.at("scenario", ages, year), found.at("low", ages, year), found.at("high", ages, year),
        projected=True, other=official,
    )  # fmt: skip


def year_tables(found: ChildrenByAge) -> list[dict[str, Any]]:
    """The chart's numbers: a table for each group, and after them those of the plan's own table."""
    years = shown_years(found)
    return [
        {
            "name": NAMES[ages], "ages": ages_words(ages),
            "rows": [
                {
                    "year": year,
                    "counted": year <= found.base_year,
                    "people": number(found.at("observed" if year <= found.base_year else "scenario", ages, year)),
                    "range": _range(found, ages, year),
                    "official": number(found.at("official", ages, year)) if year > found.base_year else "",
                }
                for year in years
            ],
        }
        for ages in SCHOOL
    ]  # fmt: skip


def _range(found: ChildrenByAge, ages: tuple[int, int], year: int) -> str:
    low, high = found.at("low", ages, year), found.at("high", ages, year)
    return "" if low is None or high is None else f"{number(low)}–{number(high)}"


def group_table(found: ChildrenByAge, groups: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Age groups down; now, and the years that are looked for, ours and the official number."""
    years = [year for year in MARKS if found.base_year < year]
    rows = [
        {
            "name": NAMES[ages], "ages": ages_words(ages), "is_total": ages in (ALL, (0, 14)),
            "now": number(found.at("observed", ages, found.base_year)),
            "cells": [
                {
                    "year": year,
                    "people": number(found.at("scenario", ages, year)),
                    "range": _range(found, ages, year),
                    "official": number(found.at("official", ages, year)),
                }
                for year in years
            ],
        }
        for ages in groups
    ]  # fmt: skip
    return {"base_year": found.base_year, "years": years, "rows": rows}


def school_table(found: ChildrenByAge) -> dict[str, Any]:
    return group_table(found, (*SCHOOL, ALL))


def plan_table(found: ChildrenByAge) -> dict[str, Any]:
    return group_table(found, PLAN)


def places_table(
    found: Mapping[str, ChildrenByAge], names: Mapping[str, str], urls: Mapping[str, str], top: str
) -> dict[str, Any]:
    """The municipalities of the region with their sum, which is the region's own number in every column."""
    whole = found[top]
    years = [year for year in MARKS if whole.base_year < year]
    rows = [_place_row(found[code], name, urls[code], years) for code, name in names.items() if code in found]
    total = _place_row(whole, _("Yhteensä"), "", years)
    return {"base_year": whole.base_year, "years": years, "rows": rows, "total": total}


def _place_row(found: ChildrenByAge, name: str, url: str, years: Sequence[int]) -> dict[str, Any]:
    return {
        "name": name, "url": url, "now": number(found.at("observed", ALL, found.base_year)),
        "cells": [
            {"year": year, "people": number(found.at("scenario", ALL, year)), "official": number(found.at("official", ALL, year))}
            for year in years
        ],
    }  # fmt: skip


# --- what to make of it ---------------------------------------------------------------------------


def difference(found: ChildrenByAge) -> str:
    """How our number and the official one differ in the spoken year; "" where one of them is lacking."""
    year = spoken_year(found)
    if year is None:
        return ""
    own, official = found.at("scenario", ALL, year), found.at("official", ALL, year)
    low, high = found.at("low", ALL, year), found.at("high", ALL, year)
    if own is None or not official or low is None or high is None:
        return ""
    asked = {
        "year": year, "own": number(own), "official": number(official), "off": number(abs(own - official)),
        "percent": number(round(100 * abs(own - official) / official)),
    }  # fmt: skip
    if own == official:
        first = _("Vuonna %(year)s molemmat antavat saman luvun, %(own)s.") % asked
    elif own > official:
        first = _(
            "Vuonna %(year)s oma laskelmamme on %(own)s ja virallinen ennuste %(official)s: "
            "omamme on %(off)s (%(percent)s %%) suurempi."
        ) % asked  # fmt: skip
    else:
        first = _(
            "Vuonna %(year)s oma laskelmamme on %(own)s ja virallinen ennuste %(official)s: "
            "omamme on %(off)s (%(percent)s %%) pienempi."
        ) % asked  # fmt: skip
    if low <= official <= high:
        return first + " " + _("Virallinen ennuste on välimme sisällä, joten luvut sopivat yhteen.")
    return first + " " + _("Virallinen ennuste on välimme ulkopuolella: varaudu molempiin.")


def certainty() -> dict[str, Any]:
    """How sure the interval is: what it held when the scenario was made from earlier years."""
    found = evidence()
    whole = [t for t in found if t.ages == "0-17"]
    least = min(whole, key=lambda t: t.covered)
    ahead = sorted({t.ahead for t in found})
    by: dict[str, list[Tried]] = {}
    for tried in found:
        by.setdefault(tried.ages, []).append(tried)
    return {
        "covered": number(least.covered, 1), "most_ahead": ahead[-1], "ahead": ahead, "is_narrow": least.covered < 78,
        "years": ", ".join(str(t.ahead) for t in whole if t.covered == least.covered),
        "rows": [
            {
                "ages": ages_words((int(key.split("-")[0]), int(key.split("-")[1]))),
                "cells": [{"ahead": t.ahead, "text": number(t.covered, 1)} for t in sorted(rows, key=lambda t: t.ahead)],
            }
            for key, rows in by.items()
        ],
    }  # fmt: skip


def sources(found: ChildrenByAge) -> list[dict[str, Any]]:
    """Where the count and the projection came from."""
    titles = {"observed": _("Väestö iän mukaan"), "projection": _("Virallinen ennuste")}
    return [
        {
            "title": titles[which], "name": row.get("name", ""), "licence": row.get("licence", ""),
            "updated": _date(row.get("updated")), "taken_in": _date(row.get("taken_in")),
            "address": row["address"] if row.get("address", "").startswith("http") else "",
            "sha256": row.get("sha256", "")[:12],
        }
        for which, row in found.sources.items()
    ]  # fmt: skip


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# --- files ----------------------------------------------------------------------------------------


def rows(found: Sequence[tuple[str, ChildrenByAge]]):
    """(in the order of HEAD) one for each area, year, age group and kind that has a number."""
    for name, area in found:
        for year in area.years:
            for ages in GROUPS:
                label = f"{ages[0]}–{ages[1]}"
                for kind in ("observed", "scenario", "official"):
                    people = area.at(kind, ages, year)
                    if people is None:
                        continue
                    ends = (
                        (area.at("low", ages, year), area.at("high", ages, year))
                        if kind == "scenario"
                        else (None, None)
                    )
                    yield (area.area, name, year, label, kind, people, *ends)


def as_csv(found: Sequence[tuple[str, ChildrenByAge]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in rows(found):
        writer.writerow(["" if cell is None else harmless(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def as_xlsx(found: Sequence[tuple[str, ChildrenByAge]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Luvut"))
    sheet.append(HEAD)
    for row in rows(found):
        sheet.append([harmless(cell) for cell in row])
    told = book.create_sheet(_("Tietoja"))
    if found:
        if found[0][1].is_illustrative:
            told.append([_("Nämä luvut ovat keksittyjä esimerkkejä, eivät tilastoja.")])
        for source in sources(found[0][1]):
            told.append(
                [
                    source["title"],
                    harmless(source["name"]),
                    source["licence"],
                    source["taken_in"],
                    source["address"],
                ]
            )
        told.append([_("Oma laskelma"), "scenario", found[0][1].seed, found[0][1].code_version])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
