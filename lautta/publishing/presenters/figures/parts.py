"""An indicator by groups: girls and boys, ages, and the same question asked of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta import charts
from lautta.indicators.definitions import Definition, definitions
from lautta.indicators.groups import GENDER
from lautta.indicators.models import Indicator
from lautta.indicators.panels import COUNTRY
from lautta.indicators.summaries import AreaSummary
from lautta.indicators.summary_reading import with_summaries
from lautta.publishing.links import indicator_urls
from lautta.publishing.presenters.figures import words
from lautta.publishing.presenters.figures.drawings import style
from lautta.statistics.comparison import Verdict
from lautta.statistics.panel import Status

Group = Mapping[str, Any]
GIRLS, BOYS = gettext_lazy("Tytöt"), gettext_lazy("Pojat")
AXES = {"age": gettext_lazy("Ikä"), "ikä": gettext_lazy("Ikä"), "ålder": gettext_lazy("Ikä")}


def _of(summary: AreaSummary, axis: str) -> dict[str, Group]:
    return {g["code"]: g for g in summary.groups if g["axis"] == axis}


def _cell(indicator: Indicator, group: Group | None) -> str:
    """A group's number; withheld and missing in words."""
    return words.NO_VALUE if group is None else words.value_words(indicator, group["value"], group["status"])


def _range(indicator: Indicator, group: Group) -> str:
    return words.range_words(indicator, group["low"], group["high"], group["status"])


def genders(indicator: Indicator, places: Sequence[tuple[str, AreaSummary | None]]) -> dict | None:
    """Girls and boys of each place (the first is the reader's own): table, chart and whether they differ. None where the source
    does not part them.
    """
    rows = [(name, summary, _of(summary, GENDER)) for name, summary in places if summary is not None]
    shown = [(n, s, g) for n, s, g in rows if "female" in g and "male" in g]
    if not shown or shown[0][0] != places[0][0]:
        return None
    if all(g["status"] == Status.MISSING for g in (shown[0][2]["female"], shown[0][2]["male"])):
        return None
    return {
        "year": shown[0][1].year,
        "rows": [
            {
                "name": name,
                "girls": words.value_words(indicator, g["female"]["value"], g["female"]["status"]),
                "girls_range": _range(indicator, g["female"]),
                "boys": words.value_words(indicator, g["male"]["value"], g["male"]["status"]),
                "boys_range": _range(indicator, g["male"]),
                "all": words.value_words(indicator, summary.value, summary.status),
            }
            for name, summary, g in shown
        ],
        "chart": _gap_chart(indicator, shown),
        "said": gap_words(indicator, shown[0][1]),
    }


def gap_words(indicator: Indicator, summary: AreaSummary) -> str:
    """Whether the gap is more than chance; "" where the source does not tell how many answered."""
    if summary.gender_gap == Verdict.HIGHER:
        return _("Tytöillä luku on selvästi korkeampi kuin pojilla.")
    if summary.gender_gap == Verdict.LOWER:
        return _("Pojilla luku on selvästi korkeampi kuin tytöillä.")
    if summary.gender_gap == Verdict.NO_CLEAR_DIFFERENCE:
        return _("Tyttöjen ja poikien ero voi olla sattumaa.")
    if summary.gender_gap == Verdict.TOO_SMALL_TO_TELL:
        return _("Joukko on liian pieni, jotta eron voisi sanoa.")
    return _("Lähde ei kerro, kuinka monesta luvut on laskettu. Siksi emme sano, onko ero selvä.")


def _gap_chart(
    indicator: Indicator, shown: Sequence[tuple[str, AreaSummary, Mapping[str, Group]]]
) -> SafeString:
    pairs = [
        charts.Pair(
            name, g["female"]["value"], g["male"]["value"],
            first_suppressed=g["female"]["status"] == Status.SUPPRESSED,
            second_suppressed=g["male"]["status"] == Status.SUPPRESSED,
        )
        for name, _summary, g in shown
    ]  # fmt: skip
    title = _("%(indicator)s: tytöt ja pojat") % {"indicator": indicator.title}
    return mark_safe(
        charts.for_both_widths(
            charts.gaps, pairs, key="genders", css="graph graph-gaps", title=title, first_label=str(GIRLS),
            second_label=str(BOYS), description=_("Samat luvut ovat vieressä taulukossa."), unit=words.unit(indicator),
            style=style(indicator),
        )
    )  # fmt: skip


def axes(indicator: Indicator, places: Sequence[tuple[str, AreaSummary | None]]) -> list[dict]:
    """Every further division that the source has (age groups): a table and bars for each."""
    own = places[0][1]
    names = list(dict.fromkeys(g["axis"] for g in (own.groups if own else ()) if g["axis"] != GENDER))
    made = []
    for number, axis in enumerate(names):
        columns = [(name, _of(s, axis)) for name, s in places if s is not None]
        columns = [(name, found) for name, found in columns if found]
        codes = list(columns[0][1])
        made.append(
            {
                "key": f"axis-{number}",
                "name": str(AXES.get(axis.casefold(), axis)),
                "year": own.year if own else None,
                "columns": [name for name, _found in columns],
                "rows": [
                    {
                        "name": code_words(code),
                        "cells": [
                            {"label": name, "text": _cell(indicator, found.get(code))}
                            for name, found in columns
                        ],
                    }
                    for code in codes
                ],
                "chart": _bars(
                    indicator,
                    f"axis{number}",
                    places[0][0],
                    [(code_words(c), columns[0][1][c]) for c in codes],
                ),
            }
        )
    return made


def code_words(code: str) -> str:
    """ "07-14" as people write it, "7–14"."""
    ends = code.split("-")
    if len(ends) == 2 and all(end.isdigit() for end in ends):
        return "–".join(str(int(end)) for end in ends)
    return code


def _bars(indicator: Indicator, key: str, place: str, rows: Sequence[tuple[str, Group]]) -> SafeString:
    bars = [
        charts.BarGroup(
            name,
            [charts.Bar(place, g["value"], g["low"], g["high"], suppressed=g["status"] == Status.SUPPRESSED)],
        )
        for name, g in rows
    ]
    return mark_safe(
        charts.for_both_widths(
            charts.grouped_bars, bars, key=key, css="graph graph-bars", title=f"{indicator.title}: {place}",
            description=_("Samat luvut ovat vieressä taulukossa."), unit=words.unit(indicator), style=style(indicator),
        )
    )  # fmt: skip


def beside(definition: Definition | None) -> tuple[str, list[str]]:
    """(source, ids) of the indicators that ask the same of others, or tell of the same at other ages."""
    if definition is None:
        return "", []
    ages = [definitions()[code].source_id for code in definition.other_ages]
    return definition.source, [*definition.same_question.values(), *ages]


def parent_of(indicator: Indicator) -> Definition | None:
    """The definition whose question this indicator, without one of its own, asks of others."""
    return next(
        (
            d
            for d in definitions().values()
            if d.source == indicator.source and indicator.source_id in d.same_question.values()
        ),
        None,
    )


def same_elsewhere(
    plan_id: str,
    indicator: Indicator,
    definition: Definition | None,
    place: tuple[str, str],
    own: AreaSummary,
) -> dict | None:
    """The same question asked of others, or the same thing at other ages, side by side: never as a comparison. One query at
    most; None where nothing of the kind has numbers. `place`: code and name of the reader's area.
    """
    root = definition or parent_of(indicator)
    source, ids = beside(root)
    if root is not None and definition is None:
        ids = [root.source_id, *(i for i in ids if i != indicator.source_id)]
    found = [
        (i, s) for i, s in (with_summaries(source, ids, [place[0], COUNTRY]) if ids else []) if place[0] in s
    ]
    if root is None or not found:
        return None
    of_ages = bool(definition and definition.other_ages)
    address = indicator_urls(plan_id)
    lines: list[tuple[Indicator, AreaSummary, AreaSummary | None]] = [(indicator, own, None)]
    lines += [(i, said[place[0]], said.get(COUNTRY)) for i, said in found]
    rows, bars = [], []
    for other, summary, country in lines:
        name = str(other.title) if of_ages else other.get_respondents_display()
        beside_country = country.value if country else summary.country
        rows.append(
            {
                "name": name,
                "url": "" if other is indicator else address(other, place[0]),
                "year": summary.year,
                "value": words.value_words(other, summary.value, summary.status),
                "country": words.value_words(other, beside_country),
            }
        )
        group = {"value": summary.value, "low": summary.low, "high": summary.high, "status": summary.status}
        bars.append((name, group))
    return {
        "of_ages": of_ages, "rows": rows, "place": place[1],
        "chart": _bars(indicator, "others", place[1], bars),
        "same_year": len({row["year"] for row in rows}) == 1,
    }  # fmt: skip
