"""One indicator's page: the area's number in words, its years, its neighbours, what the indicator is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta.common.html import sanitise
from lautta.indicators.forecasts import AreaForecast
from lautta.indicators.models import Indicator, Note
from lautta.indicators.panels import COUNTRY
from lautta.indicators.summaries import AllAreas, AreaSummary
from lautta.publishing.links import indicator_url
from lautta.publishing.presenters.figures import drawings, words
from lautta.publishing.presenters.figures.region import Followed, Found, Places
from lautta.statistics.panel import Status

GENDERS = {"female": gettext_lazy("Tytöt ja naiset"), "male": gettext_lazy("Pojat ja miehet")}


def area_chips(plan_id: str, indicator: Indicator, where: Places, found: Found, current: str) -> list[dict]:
    """The region and its municipalities that have numbers, each with its address."""
    return [
        {
            "label": name,
            "url": indicator_url(plan_id, indicator, "" if code == where.region_code else code),
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
    return [
        {
            "name": name,
            "url": indicator_url(plan_id, indicator, summary.area),
            "current": summary.area == own,
            "value": words.value_words(indicator, summary.value, summary.status),
            "said": words.compared(indicator, summary.against_country),
            "trend": words.moved(indicator, summary.trend),
        }
        for name, summary in rows
    ]


def genders(summary: AreaSummary) -> list[tuple[str, float]]:
    """(words, number) of girls and boys in the newest year; empty unless both are known."""
    found = [(str(GENDERS[g]), v) for g, v in summary.genders.items() if g in GENDERS and v is not None]
    return found if len(found) == 2 else []


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
    sexes = genders(summary)
    return {
        "years": drawings.over_years(indicator, name, summary, others, notes, item.target, ahead),
        "places": drawings.places(
            indicator, rows, summary.area, summary.country if summary.country is not None else None,
            words.reference_name(summary),
        ) if len(rows) > 1 else "",
        "map": drawings.region_map(
            indicator, where.names(), {s.area: s for _n, s in rows}, every, summary.area
        ) if every is not None and rows else "",
        "genders": drawings.gender_bars(indicator, name, sexes) if sexes else "",
    }  # fmt: skip
