"""An area's whole state on one screen: what is clearly better or worse than elsewhere, and everything by theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lautta.indicators.definitions import THEME_NAMES
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.publishing.links import indicator_urls
from lautta.publishing.presenters.figures import drawings, words
from lautta.publishing.presenters.figures.region import Followed, Found, by_theme
from lautta.statistics.comparison import Verdict

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


def row(
    address: Callable[..., str], item: Followed, summary: AreaSummary, area_name: str, region_code: str
) -> Row:
    """`address`: links.indicator_urls of the plan."""
    indicator = item.indicator
    indicator.direction = item.direction
    target = ""
    if item.target:
        target = _("tavoite %(value)s vuonna %(year)s") % {
            "value": words.value_words(indicator, item.target[1]), "year": str(item.target[0]),
        }  # fmt: skip
    return Row(
        title=str(indicator.title),
        url=address(indicator, "" if summary.area == region_code else summary.area),
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
    """`brief`, and every number by theme: {"themes": [{name, rows}], …}."""
    told = brief(plan_id, found, summaries, area, region_code)
    shown, address = _with_numbers(found, summaries, area), indicator_urls(plan_id)
    rows = {
        f.indicator.pk: row(address, f, summaries[f.indicator.pk, area], area_name, region_code)
        for f in shown
    }
    themes = [
        {
            "name": str(THEME_NAMES[theme]) if theme else _("Muut"),
            "rows": [rows[f.indicator.pk] for f in items],
        }  # type: ignore[index]
        for theme, items in by_theme(shown, THEME_NAMES)
    ]
    has_region = any(r.region for r in rows.values())
    return told | {
        "themes": themes,
        "has_region": has_region,
        "columns": 7 if has_region else 6,
        "has_median": any(r.is_median for r in rows.values()),
        "silent": len(found) - len(shown),
    }


def brief(plan_id: str, found: Sequence[Followed], summaries: Found, area: str, region_code: str) -> dict:
    """What is clearly better or worse than elsewhere, each a name, an address and a number; how many numbers there are, and
    of how many nothing can be said in so small a place.
    """
    good: list[dict] = []
    bad: list[dict] = []
    too_small, examples, address = 0, False, indicator_urls(plan_id)
    shown = _with_numbers(found, summaries, area)
    for item in shown:
        indicator, summary = item.indicator, summaries[item.indicator.pk, area]
        indicator.direction = item.direction
        tone = words.compared(indicator, summary.against_country).tone
        too_small += summary.against_country == Verdict.TOO_SMALL_TO_TELL
        examples = examples or summary.is_illustrative
        if tone:
            line = {
                "title": str(indicator.title),
                "url": address(indicator, "" if area == region_code else area),
                "value": words.value_words(indicator, summary.value, summary.status),
            }
            (good if tone == "good" else bad).append(line)
    return {"good": good, "bad": bad, "count": len(shown), "too_small": too_small, "has_examples": examples}


def _with_numbers(found: Sequence[Followed], summaries: Found, area: str) -> list[Followed]:
    return [f for f in found if (f.indicator.pk, area) in summaries][:MOST_SHOWN]


def matrix(
    plan_id: str, found: Sequence[Followed], summaries: Found, areas: Sequence[tuple[str, str]]
) -> list[dict]:
    """Indicators × areas: each cell the number and whether it clearly differs. A row a followed indicator with numbers."""
    made, address = [], indicator_urls(plan_id)
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
                    "title": str(indicator.title), "url": address(indicator),
                    "year": max((y for y in years if y), default=None), "cells": cells,
                }
            )  # fmt: skip
    return made


def of_measure(
    plan_id: str, found: Sequence[tuple[Followed, AreaSummary | None]], region_name: str
) -> list[dict]:
    """The indicators of a measure: name, address, which way it should go, and the region's number when there is one."""
    address = indicator_urls(plan_id)
    return [
        {
            "title": str(item.indicator.title),
            "url": address(item.indicator),
            "direction": Indicator.Direction(item.indicator.direction).label,
            "row": row(address, item, summary, region_name, summary.area) if summary else None,
        }
        for item, summary in found
    ]


def of_goal(plan_id: str, found: Sequence[tuple[Followed, AreaSummary]], region_name: str) -> list[Row]:
    """The indicators by which a goal is followed, for the region."""
    address = indicator_urls(plan_id)
    return [row(address, item, summary, region_name, summary.area) for item, summary in found]
