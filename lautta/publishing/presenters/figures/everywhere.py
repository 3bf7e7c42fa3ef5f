"""An indicator in every municipality of the country: a list by name, filters as links, and who clearly differs. Never a rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lautta.common.text import sort_key
from lautta.indicators.models import Indicator
from lautta.indicators.municipalities import municipalities, region_names
from lautta.indicators.summaries import AllAreas
from lautta.publishing.links import indicator_urls
from lautta.publishing.presenters.figures import words
from lautta.publishing.presenters.figures.files import names_of
from lautta.publishing.presenters.figures.region import Found, Places
from lautta.publishing.presenters.filters import Column, Facet
from lautta.statistics import trend
from lautta.statistics.comparison import Verdict
from lautta.statistics.panel import Status

HIGHER, LOWER, SAME, SMALL, HIDDEN, NONE = "higher", "lower", "same", "small", "hidden", "none"
_VERDICTS = {
    Verdict.HIGHER: HIGHER,
    Verdict.LOWER: LOWER,
    Verdict.NO_CLEAR_DIFFERENCE: SAME,
    Verdict.TOO_SMALL_TO_TELL: SMALL,
}


@dataclass(frozen=True)
class Everywhere:
    """All municipalities in name order: places in the arrays of `every`, their names, and what is said of each."""

    every: AllAreas
    order: Sequence[int]
    names: Sequence[str]
    said: Sequence[str]
    is_compared: bool


def with_silent(every: AllAreas) -> AllAreas:
    """With the municipalities of today that the source leaves out, as missing: the list has what the map has."""
    silent = [code for code in municipalities() if code not in set(every.areas)]
    if not silent:
        return every
    none = np.full(len(silent), np.nan)
    codes = {
        "status": Status.MISSING, "against_country": Verdict.NO_DATA, "trend": trend.Verdict.CANNOT_TELL,
    }  # fmt: skip
    more = {name: np.full(len(silent), code, np.uint8) for name, code in codes.items()}
    arrays = {name: np.concatenate([a, more.get(name, none)]) for name, a in every.arrays().items()}
    return replace(every, areas=(*every.areas, *silent), **arrays)


def everywhere(indicator: Indicator, every: AllAreas) -> Everywhere:
    every = with_silent(every)
    ordered = _in_name_order if all(code in municipalities() for code in every.areas) else _name_order
    names, order = ordered(every.areas, get_language() or "fi")
    compared = indicator.kind != Indicator.Kind.COUNT
    return Everywhere(every, order, names, [_said(every, n, compared) for n in order], compared)


def _name_order(codes: tuple[str, ...], language: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """(names, order) in the language that is active."""
    names = tuple(names_of(codes))
    return names, tuple(sorted(range(len(names)), key=lambda n: sort_key(names[n])))


# The same for every indicator, and a third of the page's time if it were done for each reader. Not kept where a name is the
# source's own, which the next fetch of areas may bring.
_in_name_order = lru_cache(maxsize=32)(_name_order)


def _said(every: AllAreas, n: int, compared: bool) -> str:
    status = every.status[n]
    if status == Status.SUPPRESSED:
        return HIDDEN
    if status == Status.MISSING or not compared:
        return NONE
    return _VERDICTS.get(Verdict(int(every.against_country[n])), NONE)


def facets(shown: Everywhere, where: Places, found: Found, indicator: Indicator) -> list[Facet]:
    """What the list may be limited by: the difference, the region, and the size of one of the own municipalities."""
    differences = [
        (HIGHER, _("selvästi korkeampi")), (LOWER, _("selvästi matalampi")), (SAME, _("ei selvää eroa")),
        (SMALL, _("liian pieni joukko")), (HIDDEN, _("ei näytetä")), (NONE, _("ei tietoa")),
    ]  # fmt: skip
    regions = sorted(((c, str(n)) for c, n in region_names().items()), key=lambda row: sort_key(row[1]))
    similar = [
        (code, name)
        for code, name in where.names().items()
        if (s := found.get((indicator.pk, code))) and s.similar
    ]
    made = [Facet("difference", _("Ero muihin"), differences)] if shown.is_compared else []
    made.append(Facet("region", _("Maakunta"), regions))
    if similar:
        made.append(Facet("like", _("Samankokoiset kuin"), similar))
    return made


def columns(
    shown: Everywhere, facets: Iterable[Facet], found: Found, indicator: Indicator
) -> dict[str, Column]:
    codes = [shown.every.areas[n] for n in shown.order]
    known = municipalities()
    like: dict[str, set[str]] = {}
    for (pk, own), summary in found.items():
        if pk == indicator.pk:
            for code in (own, *summary.similar) if summary.similar else ():
                like.setdefault(code, set()).add(own)
    every = {
        "difference": lambda: Column.of(shown.said, lambda said: [said]),
        "region": lambda: Column.of(codes, lambda code: [known[code].region] if code in known else []),
        "like": lambda: Column.of(codes, lambda code: like.get(code, ())),
    }
    return {facet.code: every[facet.code]() for facet in facets}


def rows(
    plan_id: str, indicator: Indicator, shown: Everywhere, places: Iterable[int], own: Mapping[str, str]
) -> list[dict]:
    """Lines of one page; `places` are places in `shown.order`. The region's own have an address."""
    every, address, made = shown.every, indicator_urls(plan_id), []
    for place in places:
        n = shown.order[place]
        code, status = every.areas[n], int(every.status[n])
        made.append(
            {
                "name": shown.names[n],
                "url": address(indicator, code) if code in own else "",
                "own": code in own,
                "value": words.value_words(indicator, float(every.value[n]), status),
                "range": words.range_words(indicator, _known(every.low[n]), _known(every.high[n]), status),
                "said": words.compared(indicator, int(every.against_country[n]))
                if shown.is_compared and status <= Status.ZERO
                else None,
                "trend": words.moved(indicator, int(every.trend[n])),
            }
        )
    return made


def _known(value: float) -> float | None:
    return float(value) if value == value else None


def told(indicator: Indicator, shown: Everywhere) -> list[str]:
    """In words: how many clearly differ, how many do not, and of how many it cannot be said."""
    count = {code: shown.said.count(code) for code in (HIGHER, LOWER, SAME, SMALL, HIDDEN, NONE)}
    made = []
    if shown.is_compared:
        middle = (
            _("Vertailukohta on kuntien keskimmäinen luku %(value)s.")
            if shown.every.is_median
            else _("Vertailukohta on koko maan luku %(value)s.")
        )
        made.append(middle % {"value": words.value_words(indicator, shown.every.country)})
        made.append(
            _("Luku on selvästi korkeampi %(higher)s kunnassa ja selvästi matalampi %(lower)s kunnassa.")
            % {"higher": count[HIGHER], "lower": count[LOWER]}
        )
        made.append(_("Ei selvää eroa: %(n)s kuntaa.") % {"n": count[SAME]})
        if count[SMALL]:
            made.append(
                ngettext(
                    "%(n)s kunnassa joukko on niin pieni, ettei eroa voi sanoa.",
                    "%(n)s kunnassa joukko on niin pieni, ettei eroa voi sanoa.",
                    count[SMALL],
                )
                % {"n": count[SMALL]}
            )
    if count[NONE] and shown.is_compared:
        made.append(_("Lähteessä ei ole lukua: %(n)s kuntaa.") % {"n": count[NONE]})
    if count[HIDDEN]:
        made.append(
            _("Ei näytetä, koska tapauksia on liian vähän tai nolla: %(n)s kuntaa.") % {"n": count[HIDDEN]}
        )
    return made
