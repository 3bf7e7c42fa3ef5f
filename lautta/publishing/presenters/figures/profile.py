"""An area's whole state on one screen: what is clearly better or worse than elsewhere, and everything by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lautta.indicators.definitions import THEME_NAMES
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.publishing.links import indicator_url
from lautta.publishing.presenters.figures import drawings, words
from lautta.publishing.presenters.figures.region import Followed, Found, by_theme

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one area, ready for a template."""

    title: str
    url: str
    year: int | None
    value: str
    region: str
    country: str
    is_median: bool
    difference: words.Said
    trend: words.Said
    spark: SafeString
    target: str
    is_illustrative: bool
    is_example: bool


def row(plan_id: str, item: Followed, summary: AreaSummary, area_name: str, region_code: str) -> Row:
    indicator = item.indicator
    indicator.direction = item.direction
    target = ""
    if item.target:
        target = _("tavoite %(value)s vuonna %(year)s") % {
            "value": words.value_words(indicator, item.target[1]), "year": str(item.target[0]),
        }  # fmt: skip
    return Row(
        title=str(indicator.title),
        url=indicator_url(plan_id, indicator, "" if summary.area == region_code else summary.area),
        year=summary.year,
        value=words.value_words(indicator, summary.value, summary.status),
        region=words.value_words(indicator, summary.region) if summary.region is not None else "",
        country=words.value_words(indicator, summary.country),
        is_median=summary.is_median,
        difference=words.compared(indicator, summary.against_country),
        trend=words.moved(indicator, summary.trend),
        spark=drawings.spark(indicator, summary, area_name, f"s{indicator.pk}"),
        target=target,
        is_illustrative=bool(item.joint and item.joint.is_illustrative and item.target),
        is_example=summary.is_illustrative,
    )


def profile(
    plan_id: str, found: Sequence[Followed], summaries: Found, area: str, area_name: str, region_code: str
) -> dict:
    """{"themes": [{name, rows}], "good": rows, "bad": rows, "silent": how many indicators have no number here}."""
    with_numbers = [f for f in found if (f.indicator.pk, area) in summaries][:MOST_SHOWN]
    rows = {
        f.indicator.pk: row(plan_id, f, summaries[f.indicator.pk, area], area_name, region_code)
        for f in with_numbers
    }
    themes = [
        {
            "name": str(THEME_NAMES[theme]) if theme else _("Muut"),
            "rows": [rows[f.indicator.pk] for f in items],
        }  # type: ignore[index]
        for theme, items in by_theme(with_numbers, THEME_NAMES)
    ]
    everything = list(rows.values())
    has_region = any(r.region for r in everything)
    return {
        "themes": themes,
        "good": [r for r in everything if r.difference.tone == "good"],
        "bad": [r for r in everything if r.difference.tone == "bad"],
        "has_region": has_region,
        "columns": 7 if has_region else 6,
        "has_examples": any(r.is_example for r in everything),
        "has_median": any(r.is_median for r in everything),
        "silent": len(found) - len(with_numbers),
        "count": len(everything),
    }


def matrix(
    plan_id: str, found: Sequence[Followed], summaries: Found, areas: Sequence[tuple[str, str]]
) -> list[dict]:
    """Indicators × areas: each cell the number and whether it clearly differs. A row a followed indicator with numbers."""
    made = []
    for item in found:
        indicator = item.indicator
        indicator.direction = item.direction
        cells = []
        for code, name in areas:
            summary = summaries.get((indicator.pk, code))
            cells.append(
                {
                    "area": name,
                    "value": words.value_words(indicator, summary.value, summary.status)
                    if summary
                    else words.NO_VALUE,
                    "said": words.compared(indicator, summary.against_country) if summary else None,
                }
            )
        if any(cell["said"] for cell in cells):
            years = [s.year for code, _n in areas if (s := summaries.get((indicator.pk, code)))]
            made.append(
                {
                    "title": str(indicator.title), "url": indicator_url(plan_id, indicator),
                    "year": max((y for y in years if y), default=None), "cells": cells,
                }
            )  # fmt: skip
    return made


def of_measure(
    plan_id: str, found: Sequence[tuple[Followed, AreaSummary | None]], region_name: str
) -> list[dict]:
    """The indicators of a measure: name, address, which way it should go, and the region's number when there is one."""
    return [
        {
            "title": str(item.indicator.title),
            "url": indicator_url(plan_id, item.indicator),
            "direction": Indicator.Direction(item.indicator.direction).label,
            "row": row(plan_id, item, summary, region_name, summary.area) if summary else None,
        }
        for item, summary in found
    ]


def of_goal(plan_id: str, found: Sequence[tuple[Followed, AreaSummary]], region_name: str) -> list[Row]:
    """The indicators by which a goal is followed, for the region."""
    return [row(plan_id, item, summary, region_name, summary.area) for item, summary in found]
