"""What flows in and out, whether deadlines hold, and what a resident pays: for the region and each of its municipalities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lautta import charts
from lautta.common.templatetags.look import NO_VALUE, number
from lautta.indicators.definitions import Definition, RoleKind, definitions
from lautta.indicators.models import Indicator
from lautta.indicators.panels import COUNTRY
from lautta.indicators.per_resident import PerResident
from lautta.indicators.summaries import AreaSummary
from lautta.publishing.links import indicator_urls
from lautta.publishing.presenters.figures import words
from lautta.publishing.presenters.figures.drawings import points, style
from lautta.publishing.presenters.figures.region import Found
from lautta.statistics.panel import Status

Defined = Mapping[str, Indicator]
ALL_IN_TIME = 100.0


@dataclass(frozen=True, slots=True)
class Place:
    """The reader's area with its region and the country: (code, name) of each, the same one once."""

    own: tuple[str, str]
    others: tuple[tuple[str, str], ...]

    def codes(self) -> list[str]:
        return [self.own[0], *(code for code, _name in self.others)]


def with_roles() -> list[Definition]:
    """Definitions that are a flow with its other half, a deadline or a cost."""
    return [
        d
        for d in definitions().values()
        if d.role in (RoleKind.TIMELINESS, RoleKind.COST) or (d.role is not None and d.pair)
    ]


def _at(summary: AreaSummary | None, year: int) -> tuple[float | None, int]:
    if summary is None or year not in summary.years:
        return None, Status.MISSING
    at = list(summary.years).index(year)
    return summary.values[at], summary.statuses[at]


def _told_years(*summaries: AreaSummary | None) -> list[int]:
    """Years in which any of them is told or withheld, newest first."""
    years = {
        y
        for s in summaries
        if s
        for y, status in zip(s.years, s.statuses, strict=True)
        if status != Status.MISSING
    }
    return sorted(years, reverse=True)


# --- flows ----------------------------------------------------------------------------------------


def flows(plan_id: str, known: Defined, found: Found, place: Place) -> list[dict]:
    """Pairs of what began and what ended, in the order of definitions."""
    made = []
    for definition in with_roles():
        if definition.role != RoleKind.BEGUN or definition.code not in known or definition.pair not in known:
            continue
        inward, outward = known[definition.code], known[definition.pair]
        began, ended = (found.get((i.pk, place.own[0])) for i in (inward, outward))
        if began is not None and ended is not None:
            made.append(_flow(plan_id, (inward, outward), (began, ended), definition, place))
    return made


def _flow(
    plan_id: str, pair: tuple[Indicator, Indicator], said: tuple[AreaSummary, AreaSummary], definition: Definition,
    place: Place,
) -> dict:  # fmt: skip
    address = indicator_urls(plan_id)
    inward, outward = pair
    rows = []
    for year in _told_years(*said):
        came, went = (_at(s, year) for s in said)
        rows.append(
            {
                "year": year,
                "in": words.value_words(inward, *came),
                "out": words.value_words(outward, *went),
                "balance": _balance(inward, came, went),
            }
        )
    return {
        "key": f"flow-{inward.public_id}",
        "why": str(definition.why),
        "in": {"title": str(inward.title), "url": address(inward, place.own[0])},
        "out": {"title": str(outward.title), "url": address(outward, place.own[0])},
        "said": balance_words(place.own[1], pair, said),
        "rows": rows,
        "chart": _two_lines(f"flow{inward.pk}", pair, said, place.own[1]),
        "illustrative": said[0].is_illustrative or said[1].is_illustrative,
    }


def _balance(indicator: Indicator, came: tuple[float | None, int], went: tuple[float | None, int]) -> str:
    """In less out; withheld where either is, so that nothing follows from it."""
    statuses = (came[1], went[1])
    if Status.SUPPRESSED in statuses:
        return _("ei näytetä")
    if came[0] is None or went[0] is None:
        return NO_VALUE
    difference = came[0] - went[0]
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + number(abs(difference), indicator.decimals)


def balance_words(name: str, pair: tuple[Indicator, Indicator], said: tuple[AreaSummary, AreaSummary]) -> str:
    """The newest year in which both are known, as a sentence: no judgement of what is good."""
    for year in _told_years(*said):
        came, went = (_at(s, year) for s in said)
        if came[0] is None or went[0] is None:
            continue
        facts = {
            "area": name, "year": year, "in": words.value_words(pair[0], *came), "out": words.value_words(pair[1], *went),
            "inward": pair[0].title, "outward": pair[1].title,
            "more": number(abs(came[0] - went[0]), pair[0].decimals),
        }  # fmt: skip
        if came[0] > went[0]:
            words_of = _(
                "%(area)s %(year)s: %(inward)s: %(in)s. %(outward)s: %(out)s. Ensin mainittuja on %(more)s enemmän."
            )
        elif came[0] < went[0]:
            words_of = _(
                "%(area)s %(year)s: %(inward)s: %(in)s. %(outward)s: %(out)s. Jälkimmäisiä on %(more)s enemmän."
            )
        else:
            words_of = _("%(area)s %(year)s: %(inward)s: %(in)s. %(outward)s: %(out)s. Niitä on yhtä monta.")
        return words_of % facts
    return _("%(area)s: luvut ovat niin pieniä, ettei niitä näytetä, tai niitä ei ole.") % {"area": name}


def _two_lines(
    key: str, pair: tuple[Indicator, Indicator], said: tuple[AreaSummary, AreaSummary], name: str,
    target: charts.Target | None = None,
) -> SafeString:  # fmt: skip
    main, other = (
        charts.Series(str(i.title), points(s, intervals=False), every=i.years_between)
        for i, s in zip(pair, said, strict=True)
    )
    title = f"{pair[0].title} – {pair[1].title}: {name}"
    return mark_safe(
        charts.for_both_widths(
            charts.line, main, others=[other], css="graph graph-line",
            key=key, title=title, target=target, unit=words.unit(pair[0]),
            description=_("Kaksi viivaa vuosittain. Samat luvut ovat kaavion alla taulukossa."), style=style(pair[0]),
        )
    )  # fmt: skip


# --- deadlines ------------------------------------------------------------------------------------


def deadlines(plan_id: str, known: Defined, found: Found, place: Place) -> list[dict]:
    """Each deadline with its law, its newest share and its years; a pair (summer, winter) once, in one chart."""
    made, done = [], set()
    for definition in with_roles():
        if definition.role != RoleKind.TIMELINESS or definition.code in done or definition.code not in known:
            continue
        halves = [c for c in (definition.code, definition.pair) if c in known]
        halves = [c for c in halves if (known[c].pk, place.own[0]) in found]
        done |= {definition.code, definition.pair}
        if halves:
            made.append(_deadline(plan_id, [known[c] for c in halves], found, definition, place))
    return made


def _deadline(
    plan_id: str, pair: Sequence[Indicator], found: Found, definition: Definition, place: Place
) -> dict:
    address, own = indicator_urls(plan_id), [found[i.pk, place.own[0]] for i in pair]
    years = _told_years(*own)
    lines = []
    for indicator, summary in zip(pair, own, strict=True):
        beside = [
            {
                "name": name,
                "value": words.value_words(
                    indicator, *_at(found.get((indicator.pk, code)), summary.year or 0)
                ),
            }
            for code, name in place.others
        ]
        lines.append(
            {
                "title": str(indicator.title), "url": address(indicator, place.own[0]), "year": summary.year,
                "value": words.value_words(indicator, summary.value, summary.status), "beside": beside,
                "trend": words.moved(indicator, summary.trend),
            }
        )  # fmt: skip
    aim = charts.Target(years[0], ALL_IN_TIME, _("laki: kaikki")) if years else None
    chart = mark_safe(
        charts.for_both_widths(
            charts.line, charts.Series(_short(pair[0]), points(own[0], intervals=False)),
            others=[charts.Series(_short(i), points(s, intervals=False)) for i, s in zip(pair[1:], own[1:], strict=True)],
            css="graph graph-line",
            key=f"due{pair[0].pk}", title=f"{pair[0].title}: {place.own[1]}", target=aim, unit=words.unit(pair[0]),
            description=_("Määräajassa hoidettujen osuus vuosittain. Samat luvut ovat kaavion alla taulukossa."),
            style=style(pair[0]), from_zero=False,
        )
    )  # fmt: skip
    return {
        "key": f"due-{pair[0].public_id}",
        "limit": str(definition.limit or ""), "law": str(definition.law or ""), "why": str(definition.why),
        "lines": lines, "chart": chart, "columns": [str(i.title) for i in pair],
        "rows": [
            {"year": y, "cells": [words.value_words(i, *_at(s, y)) for i, s in zip(pair, own, strict=True)]}
            for y in years
        ],
        "illustrative": any(s.is_illustrative for s in own),
    }  # fmt: skip


def _short(indicator: Indicator) -> str:
    """The first words of a long title, for a line's label: the period is what tells halves of a year apart."""
    return " ".join(str(indicator.title).split()[:4]).rstrip(",.")


# --- costs ----------------------------------------------------------------------------------------


def costs(
    plan_id: str, known: Defined, found: Mapping[tuple[int, str], PerResident], place: Place
) -> list[dict]:
    """Euros for each resident, stored: the own area beside its region and the country."""
    made = []
    for definition in with_roles():
        if definition.role != RoleKind.COST or definition.code not in known:
            continue
        indicator = known[definition.code]
        shown = [
            (name, found[indicator.pk, code])
            for code, name in (place.own, *place.others)
            if (indicator.pk, code) in found
        ]
        if shown and shown[0][0] == place.own[1] and any(v is not None for v in shown[0][1].values):
            made.append(_cost(plan_id, indicator, definition, shown, known.get(definition.pair), place))
    return made


def _cost(
    plan_id: str, indicator: Indicator, definition: Definition, shown: Sequence[tuple[str, PerResident]],
    beside: Indicator | None, place: Place,
) -> dict:  # fmt: skip
    address = indicator_urls(plan_id)
    own = shown[0][1]
    at = max(n for n, v in enumerate(own.values) if v is not None)
    year = own.years[at]
    chart = mark_safe(
        charts.for_both_widths(
            charts.line, charts.Series(shown[0][0], _points(own)),
            others=[charts.Series(name, _points(cost)) for name, cost in shown[1:]],
            css="graph graph-line",
            key=f"cost{indicator.pk}", title=f"{indicator.title}: {place.own[1]}", unit=_("€ asukasta kohti"),
            description=_("Eurot asukasta kohti vuosittain. Samat luvut ovat kaavion alla taulukossa."),
            style=charts.Style(number=_euros, suppressed=_("ei näytetä"), missing=_("ei tietoa")),
        )
    )  # fmt: skip
    return {
        "key": f"cost-{indicator.public_id}", "title": str(indicator.title), "url": address(indicator, place.own[0]),
        "why": str(definition.why), "limits": str(definition.limits),
        "year": year, "value": _euro_words(own.values[at], own.statuses[at]),
        "beside": [{"name": name, "value": _euro_cell(cost, year)} for name, cost in shown[1:]],
        "chart": chart, "columns": [name for name, _cost in shown],
        "rows": [
            {"year": y, "cells": [_euro_cell(cost, y) for _name, cost in shown]}
            for y in sorted(own.years, reverse=True)
            if any(_euro_cell(cost, y) != NO_VALUE for _name, cost in shown)
        ],
        "pair": {"title": str(beside.title), "url": address(beside, place.own[0])} if beside else None,
        "illustrative": own.is_illustrative,
    }  # fmt: skip


def _points(cost: PerResident) -> list[charts.Point]:
    return [
        charts.Point(year, value, suppressed=status == Status.SUPPRESSED)
        for year, value, status in zip(cost.years, cost.values, cost.statuses, strict=True)
        if status != Status.MISSING
    ]


def _euros(value: float) -> str:
    return number(value, 0)


def _euro_words(value: float | None, status: int) -> str:
    if status == Status.SUPPRESSED:
        return _("ei näytetä")
    return NO_VALUE if value is None else f"{_euros(value)}\xa0€"


def _euro_cell(cost: PerResident, year: int) -> str:
    if year not in cost.years:
        return NO_VALUE
    at = list(cost.years).index(year)
    return _euro_words(cost.values[at], cost.statuses[at])


def place_of(area: str, names: Mapping[str, str], region_code: str) -> Place:
    """The area with what it is shown beside: its region (unless it is the region) and the country."""
    others = [] if area == region_code else [(region_code, names[region_code])]
    return Place((area, names[area]), (*others, (COUNTRY, _("Koko maa"))))
