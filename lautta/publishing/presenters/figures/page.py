"""One indicator's page: the area's number in words, its years, its neighbours, what the indicator is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lautta.common.html import sanitise
from lautta.indicators.forecasts import AreaForecast
from lautta.indicators.models import Indicator, Note
from lautta.indicators.panels import COUNTRY
from lautta.indicators.summaries import AllAreas, AreaSummary
from lautta.publishing.links import indicator_urls
from lautta.publishing.presenters.figures import drawings, maps, words
from lautta.publishing.presenters.figures.region import Followed, Found, Places
from lautta.statistics.comparison import Verdict
from lautta.statistics.panel import Status


def area_chips(plan_id: str, indicator: Indicator, where: Places, found: Found, current: str) -> list[dict]:
    """The region and its municipalities that have numbers, each with its address."""
    address = indicator_urls(plan_id)
    return [
        {
            "label": name,
            "url": address(indicator, "" if code == where.region_code else code),
            "current": code == current,
        }
        for code, name in where.everything()
        if (indicator.pk, code) in found
    ]


def in_words(indicator: Indicator, name: str, summary: AreaSummary) -> dict:
    """The newest number, how it stands and where it is going."""
    return {
        "value": words.value_words(indicator, summary.value, summary.status),
        "year": summary.year,
        "name": name,
        "low": words.value_words(indicator, summary.low) if summary.low is not None else "",
        "high": words.value_words(indicator, summary.high) if summary.high is not None else "",
        "cases": None if summary.numerator is None else round(summary.numerator),
        "country": words.value_words(indicator, summary.country) if summary.country is not None else "",
        "country_name": words.reference_name(summary),
        "against_country": words.compared(indicator, summary.against_country),
        "region": words.value_words(indicator, summary.region) if summary.region is not None else "",
        "against_region": words.compared(indicator, summary.against_region),
        "trend": words.moved(indicator, summary.trend),
        "trend_sentence": words.trend_sentence(indicator, summary),
        "is_made_here": summary.is_made_here,
        "is_illustrative": summary.is_illustrative,
        "is_suppressed": summary.status == Status.SUPPRESSED,
    }


def comparisons(
    where: Places, found: Found, indicator: Indicator, summary: AreaSummary, medians: dict[int, float]
) -> list[tuple[str, AreaSummary | dict[int, float]]]:
    """The lines beside the area's own: region, country (or the middle municipality) and similar municipalities."""
    made: list[tuple[str, AreaSummary | dict[int, float]]] = []
    region = found.get((indicator.pk, where.region_code))
    if region is not None and summary.area != where.region_code:
        made.append((str(where.region.name), region))
    country = found.get((indicator.pk, COUNTRY))
    if country is not None and any(v is not None for v in country.values):
        made.append((_("Koko maa"), country))
    elif medians:
        years = set(summary.years)
        made.append((_("Kuntien keskimmäinen"), {y: v for y, v in medians.items() if y in years}))
    similar = {y: v for y, v in zip(summary.years, summary.similar_values, strict=False) if v is not None}
    if similar:
        made.append((_("Samankokoiset kunnat"), similar))
    return made


def year_table(
    indicator: Indicator, name: str, summary: AreaSummary, others: Sequence[tuple[str, AreaSummary | dict]]
) -> dict:
    """The chart's numbers: newest year first. A withheld number and a missing one each say what they are."""
    columns = [name, *(label for label, _other in others)]
    rows = []
    for at in reversed(range(len(summary.years))):
        year, status = summary.years[at], summary.statuses[at]
        cells = [words.value_words(indicator, summary.values[at], status)]
        if summary.lows and summary.lows[at] is not None and status <= Status.ZERO:
            cells[0] += (
                f" ({words.writer(indicator)(summary.lows[at])}–{words.writer(indicator)(summary.highs[at])})"
            )
        for _label, other in others:
            cells.append(_cell(indicator, other, year))
        if any(cell != words.NO_VALUE for cell in cells):
            rows.append(
                {
                    "year": year,
                    "cells": [{"label": c, "text": t} for c, t in zip(columns, cells, strict=True)],
                }
            )
    return {"columns": columns, "rows": rows}


def _cell(indicator: Indicator, other: AreaSummary | dict, year: int) -> str:
    if isinstance(other, dict):
        return words.value_words(indicator, other.get(year))
    if year not in other.years:
        return words.NO_VALUE
    at = list(other.years).index(year)
    return words.value_words(indicator, other.values[at], other.statuses[at])


def municipality_rows(indicator: Indicator, where: Places, found: Found) -> list[tuple[str, AreaSummary]]:
    """(name, summary) of the region's municipalities in name order: a list, not a rank."""
    return [
        (name, summary)
        for code, name in where.names().items()
        if (summary := found.get((indicator.pk, code)))
    ]


def municipality_table(
    plan_id: str, indicator: Indicator, rows: Sequence[tuple[str, AreaSummary]], own: str
) -> list[dict]:
    address = indicator_urls(plan_id)
    return [
        {
            "name": name,
            "url": address(indicator, summary.area),
            "current": summary.area == own,
            "value": words.value_words(indicator, summary.value, summary.status),
            "range": words.range_words(indicator, summary.low, summary.high, summary.status),
            "said": words.compared(indicator, summary.against_country),
            "trend": words.moved(indicator, summary.trend),
        }
        for name, summary in rows
    ]


def who_differs(indicator: Indicator, rows: Sequence[tuple[str, AreaSummary]]) -> list[str]:
    """Sentences: which of the region's municipalities clearly differ from the country, and how many cannot be told."""
    if indicator.kind == Indicator.Kind.COUNT or not rows:
        return []
    by = {v: [n for n, s in rows if s.against_country == v and s.status <= Status.ZERO] for v in Verdict}
    told = []
    if by[Verdict.HIGHER]:
        told.append(_("Selvästi korkeampi luku: %(names)s.") % {"names": ", ".join(by[Verdict.HIGHER])})
    if by[Verdict.LOWER]:
        told.append(_("Selvästi matalampi luku: %(names)s.") % {"names": ", ".join(by[Verdict.LOWER])})
    if not told and by[Verdict.NO_CLEAR_DIFFERENCE]:
        told.append(_("Yksikään alueen kunta ei eroa selvästi muista."))
    small = [n for n, s in rows if s.against_country == Verdict.TOO_SMALL_TO_TELL]
    if small:
        told.append(_("Joukko on liian pieni eron sanomiseen: %(names)s.") % {"names": ", ".join(small)})
    return told


def division_words(summary: AreaSummary) -> str:
    """That the years before a merger were put together here, or could not be; "" where there is nothing to say."""
    if summary.joined_before:
        return _(
            "Ennen vuotta %(year)s luvut on laskettu vuoden %(division)s kuntajaolla: kuntaan liittyneet kunnat ovat mukana."
        ) % {"year": summary.joined_before, "division": summary.division}
    if summary.cut_before:
        return _(
            "Vuotta %(year)s edeltävät luvut puuttuvat: kuntaan liittyi silloin toinen kunta, eikä lähde kerro, mistä "
            "luvuista yhteinen luku syntyisi."
        ) % {"year": summary.cut_before}
    return ""


def about(item: Followed) -> dict:
    """What the indicator is, in our words and in the source's own."""
    indicator, definition = item.indicator, item.definition
    return {
        "why": str(definition.why) if definition else "",
        "reading": str(definition.reading) if definition else "",
        "limits": str(definition.limits) if definition else "",
        "description": sanitise(str(indicator.description)),
        "source_limits": sanitise(str(indicator.limits)),
        "source": indicator.source_name or indicator.get_source_display(),
        "source_id": indicator.source_id,
        "licence": indicator.licence,
        "updated": indicator.source_updated,
        "respondents": indicator.get_respondents_display(),
        "direction": Indicator.Direction(item.direction).label,
        "threshold": indicator.threshold,
    }


def forward(item: Followed, ahead: AreaForecast | None) -> dict | None:
    """Where the number is going if things go on as they have, and how likely the target is. None without a forecast."""
    if ahead is None:
        return None
    indicator, last = item.indicator, len(ahead.years) - 1
    low, high = ahead.outer[last]
    told = {
        "year": ahead.years[last],
        "low": words.value_words(indicator, low),
        "high": words.value_words(indicator, high),
        "rows": [
            {
                "year": year, "value": words.value_words(indicator, point),
                "range": f"{words.value_words(indicator, low)} – {words.value_words(indicator, high)}",
            }
            for year, point, (low, high) in zip(ahead.years, ahead.point, ahead.outer, strict=True)
        ],
        "chance": "",
    }  # fmt: skip
    if item.target and item.direction != Indicator.Direction.NEITHER:
        year, value = item.target
        chance = ahead.chance(value, year, item.direction == Indicator.Direction.SMALLER)
        if chance is not None:
            told["chance"] = words.chance_words(chance, words.value_words(indicator, value), year)
    return told


def charts_of(
    item: Followed,
    where: Places,
    found: Found,
    summary: AreaSummary,
    name: str,
    others: Sequence[tuple[str, AreaSummary | dict]],
    notes: Sequence[Note],
    every: AllAreas | None,
    ahead: AreaForecast | None,
) -> dict:
    """The drawings of the page; each has its table beside."""
    indicator = item.indicator
    rows = municipality_rows(indicator, where, found)
    return {
        "years": drawings.over_years(indicator, name, summary, others, notes, item.target, ahead),
        "places": drawings.places(
            indicator, rows, summary.area, summary.country if summary.country is not None else None,
            words.reference_name(summary),
        ) if len(rows) > 1 else "",
        "map": maps.region_map(
            indicator, where.names(), {s.area: s for _n, s in rows}, every, summary.area
        ) if every is not None and rows else None,
    }  # fmt: skip
