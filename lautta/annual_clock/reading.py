"""What pages ask of the annual clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator

from lautta.annual_clock import presenters
from lautta.annual_clock.happenings import Happening, year_of
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan
from lautta.plans.standing import Standing

PER_PAGE = 50
FIRST_YEAR, LAST_YEAR = 2000, 2099


def asked_year(text: str | int | None, today: dt.date) -> int:
    """The year of the address, this year when it is none that a clock has."""
    year = (
        int(text)
        if text is not None and str(text).isascii() and str(text).isdigit() and len(str(text)) == 4
        else 0
    )
    return year if FIRST_YEAR <= year <= LAST_YEAR else today.year


def clock_page(
    plan: Plan, asked: presenters.Asked, *, today: dt.date, page: str | None, address: Callable[[Happening], str],
    standing: Standing | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Everything that a clock's page shows, of the public site or of the workspace."""
    names = presenters.Names.of(Organisation.objects.ever_in_plan(plan))
    everything = year_of(plan, asked.year, standing).everything()
    mine = frozenset({None, *standing.organisation_ids}) if standing else frozenset({None})
    shown = asked.narrowed(everything, names, mine, _partner_events(plan, asked, names, standing))
    pages = Paginator(shown, PER_PAGE).get_page(page)
    # The clock always shows the whole year, whichever month the list is at.
    in_year = shown
    if asked.month:
        whole = presenters.Asked(asked.year, asked.lane, asked.kind, asked.organisation, 0, asked.mine)
        in_year = whole.narrowed(everything, names, mine, _partner_events(plan, asked, names, standing))
    words = presenters.in_words(in_year, asked.year)
    return {
        "asked": asked,
        "year": asked.year,
        "svg": presenters.drawn(in_year, names, asked.year, today, words),
        "words": words,
        "rows": presenters.rows(pages.object_list, names, address),
        "page": pages,
        "total": len(shown),
        "filters": presenters.filters(asked, everything, names, own=standing is not None),
        "months": presenters.month_links(asked),
        "has_filters": bool(asked.lane or asked.kind or asked.organisation or asked.mine or asked.month),
    }


def _partner_events(
    plan: Plan, asked: presenters.Asked, names: presenters.Names, standing: Standing | None
) -> frozenset[int]:
    """Events in which the chosen organisation, or one's own, takes part; asked only when a filter needs it."""
    wanted: list[int] = []
    if asked.organisation and (pk := names.pk(asked.organisation)):
        wanted.append(pk)
    if asked.mine and standing:
        wanted += standing.organisation_ids
    if not wanted:
        return frozenset()
    return frozenset(plan.clock_events.filter(partners__in=wanted).values_list("pk", flat=True))
