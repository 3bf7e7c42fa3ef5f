"""The statistics annex: each joint indicator as a chart that reads in black and white, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from lautta import charts
from lautta.common.documents import Block, Columns, Heading, Paragraph, Picture, Table, words
from lautta.common.documents.pdf import SANS
from lautta.indicators.models import Indicator
from lautta.publishing.papers.edition import Edition, indicator_of, paragraphs, point, said
from lautta.publishing.papers.parts import indicator_table
from lautta.publishing.presenters.figures.words import unit, value_words, writer
from lautta.statistics.panel import Status

CHART_WIDTH = 430


def annex(edition: Edition, level: int = 1) -> Iterator[Block]:
    """An overview table, then every indicator that has numbers."""
    rows = edition.document.indicators
    yield Heading(_("Tilastoliite"), level, fresh=True)
    if not rows:
        yield Paragraph(_("Suunnitelmalla ei ole vielä yhteisiä mittareita."))
        return
    yield Paragraph(
        _("Luvut ovat alueelta %(area)s sellaisina kuin ne olivat, kun versio jäädytettiin.")
        % {"area": edition.region}
    )
    yield indicator_table(edition, rows)
    for at, row in enumerate(rows):
        if row["years"]:
            yield from figure(edition.region, row, level + 1, f"i{at}")


def figure(area: str, row: Mapping[str, Any], level: int, key: str) -> Iterator[Block]:
    """One indicator: chart and table side by side, then its source."""
    indicator = indicator_of(row)
    yield Heading(said(row["title"]), level)
    aims = [
        _("Lähtötaso %(value)s") % {"value": point(row, "baseline")} if row.get("baseline") else "",
        _("Tavoite %(value)s") % {"value": point(row, "target")} if row.get("target") else "",
    ]
    if any(aims):
        yield Paragraph(". ".join(a for a in aims if a) + ".", "under")
    picture = Picture(_drawn(area, row, indicator, key), alternative(area, row, indicator), width=1.0)
    yield Columns([picture], [_numbers(row, indicator)], (2.2, 1))
    yield from paragraphs(row.get("note"), "small")
    source = row["source"]
    told = _("Lähde: %(source)s.") % {"source": source["name"] or source["kind"]}
    if row.get("illustrative"):
        told += " " + _("Luvut on keksitty esimerkiksi.")
    yield Paragraph(told, "small")


def _years(row: Mapping[str, Any]) -> list[tuple[int, float | None, int]]:
    found = zip(row["years"], row["values"], row["statuses"], strict=True)
    return [(year, value, status) for year, value, status in found if status != Status.MISSING]


def _drawn(area: str, row: Mapping[str, Any], indicator: Indicator, key: str) -> str:
    points = [
        charts.Point(year, value, suppressed=status == Status.SUPPRESSED)
        for year, value, status in _years(row)
    ]
    style = charts.Style(
        palette=replace(charts.PAPER), font=SANS, number=writer(indicator), suppressed=_("ei näytetä"), missing=_("ei tietoa")
    )  # fmt: skip
    target = row.get("target")
    aim = charts.Target(target["year"], target["value"], _("tavoite")) if target else None
    series = charts.Series(area, points, every=_every(row))
    return charts.line(
        series, key=key, title=words(said(row["title"])), description=alternative(area, row, indicator), target=aim,
        unit=unit(indicator), style=style, width=CHART_WIDTH, height=150,
        from_zero=all((p.value or 0) >= 0 for p in points),
    )  # fmt: skip


def _every(row: Mapping[str, Any]) -> int:
    """Years between observations: the shortest step that the series has."""
    years = [year for year, _value, _status in _years(row)]
    return max(1, min((b - a for a, b in pairwise(years)), default=1))


def alternative(area: str, row: Mapping[str, Any], indicator: Indicator) -> str:
    """The chart in words: its first and newest number, and its ends."""
    known = [(value, year) for year, value, _status in _years(row) if value is not None]
    start = _("Viivakaavio: %(indicator)s, %(area)s.") % {
        "indicator": words(said(row["title"])),
        "area": area,
    }
    if not known:
        return f"{start} {_('Ei lukuja.')}"
    first, last, low, high = known[0], known[-1], min(known), max(known)

    def at(found: tuple[float, int]) -> str:
        return f"{value_words(indicator, found[0])} ({found[1]})"

    told = _("Ensimmäinen luku %(first)s, uusin %(last)s, pienin %(low)s ja suurin %(high)s.") % {
        "first": at(first), "last": at(last), "low": at(low), "high": at(high),
    }  # fmt: skip
    return f"{start} {told} {_('Samat luvut ovat taulukossa.')}"


def _numbers(row: Mapping[str, Any], indicator: Indicator) -> Table:
    cells = [
        [str(year), value_words(indicator, value, status)] for year, value, status in reversed(_years(row))
    ]
    return Table([_("Vuosi"), _("Luku")], cells, (2.0, 3.0), numeric=frozenset({1}))
