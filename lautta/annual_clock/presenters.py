"""Shaping of a year for pages: the drawing, the list that says the same, and filters that are links."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lautta.annual_clock.choices import EventKind, LaneChoice
from lautta.annual_clock.happenings import Happening, opened
from lautta.charts import ClockMark, clock
from lautta.charts.clock import MOST_GROUPS
from lautta.common.translated import Translated

KNOWN = ("lane", "kind", "organisation", "month", "mine")


@dataclass(frozen=True)
class Names:
    """Organisations of the plan by primary key: (public id, name)."""

    rows: Mapping[int, tuple[str, Translated]]

    @classmethod
    def of(cls, organisations) -> Names:
        return cls(
            {pk: (key, name) for pk, key, name in organisations.values_list("pk", "public_id", "name")}
        )

    def name(self, organisation: int | None) -> str:
        if organisation is None:
            return _("Koko suunnitelma")
        return str(self.rows[organisation][1]) if organisation in self.rows else _("Muu organisaatio")

    def pk(self, public_id: str) -> int | None:
        return next((pk for pk, (key, _name) in self.rows.items() if key == public_id), None)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; unknown words limit nothing."""

    year: int
    lane: str = ""
    kind: str = ""
    organisation: str = ""
    month: int = 0
    mine: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str], year: int) -> Asked:
        month = query.get("month", "")
        return cls(
            year,
            query.get("lane", "") if query.get("lane") in LaneChoice.values else "",
            query.get("kind", "") if query.get("kind") in EventKind.values else "",
            query.get("organisation", "")[:16],
            int(month)
            if month.isascii() and month.isdigit() and len(month) < 3 and 1 <= int(month) <= 12
            else 0,
            query.get("mine") == "1",
        )

    def link(self, **changed: Any) -> str:
        """The query that asks for the same but for what is changed."""
        kept = {name: getattr(self, name) for name in KNOWN} | changed
        return "?" + urlencode({k: (1 if v is True else v) for k, v in kept.items() if v})

    def narrowed(
        self, happenings: Sequence[Happening], names: Names, mine: frozenset[int | None], with_: frozenset[int]
    ) -> list[Happening]:  # fmt: skip
        """`mine`: organisations that are the reader's own; `with_`: events in which the chosen ones are partners."""
        chosen = names.pk(self.organisation) if self.organisation else None
        found: list[Happening] = list(happenings)
        if self.lane:
            found = [h for h in found if h.lane == self.lane]
        if self.kind:
            found = [h for h in found if h.kind == self.kind]
        if chosen is not None:
            found = [h for h in found if h.organisation == chosen or h.event_pk in with_]
        if self.mine:
            found = [h for h in found if h.organisation in mine or h.event_pk in with_]
        if self.month:
            found = [
                h for h in found if h.day.month <= self.month <= h.last.month or h.day.month == self.month
            ]
        return found


def month_names() -> list[str]:
    return [date_format(dt.date(2024, n, 1), "F") for n in range(1, 13)]


def _short_months() -> list[str]:
    return [
        pgettext("kuukausi", "tammi"), pgettext("kuukausi", "helmi"), pgettext("kuukausi", "maalis"),
        pgettext("kuukausi", "huhti"), pgettext("kuukausi", "touko"), pgettext("kuukausi", "kesä"),
        pgettext("kuukausi", "heinä"), pgettext("kuukausi", "elo"), pgettext("kuukausi", "syys"),
        pgettext("kuukausi", "loka"), pgettext("kuukausi", "marras"), pgettext("kuukausi", "joulu"),
    ]  # fmt: skip


def share_of_year(day: dt.date) -> float:
    """Where in its year the day's noon is, 0 … 1."""
    first = dt.date(day.year, 1, 1).toordinal()
    return (day.toordinal() - first + 0.5) / (366 if calendar.isleap(day.year) else 365)


def drawn(happenings: Sequence[Happening], names: Names, year: int, today: dt.date, words: str) -> SafeString:
    """The clock as SVG; `words` say what it shows. The organisations with most events have shapes of their own."""
    tallies = Counter([h.organisation for h in happenings])
    whose = [
        pk for pk, _n in sorted(tallies.items(), key=lambda pair: (-pair[1], pair[0] or 0))[:MOST_GROUPS]
    ]
    place = {pk: n for n, pk in enumerate(whose)}
    lanes = {LaneChoice.DECISIONS.value: 0, LaneChoice.IMPLEMENTATION.value: 1}
    # What began in another year is drawn at this one's beginning.
    first, length = dt.date(year, 1, 1).toordinal(), 366 if calendar.isleap(year) else 365
    marks = [
        ClockMark(
            max(0.0, (h.day.toordinal() - first + 0.5) / length), lanes[h.lane], place.get(h.organisation, -1)
        )
        for h in happenings
    ]
    return mark_safe(
        clock(
            marks,
            [names.name(pk) for pk in whose],
            months=_short_months(),
            lanes=(_("Ulkokehä: päätöksenteko"), _("Sisäkehä: toteutus")),
            key="clock",
            title=_("Vuosikello %(year)s") % {"year": year},
            description=words,
            year=str(year),
            hand=share_of_year(today) if today.year == year else None,
            hand_label=_("Tänään %(day)s") % {"day": f"{today.day}.{today.month}."},
            other_label=_("Muut organisaatiot"),
            week_label=_("Tapahtumia viikossa; luku kuukauden tapahtumista"),
            css="graph graph-clock wide-only",
        )
    )


def in_words(happenings: Sequence[Happening], year: int) -> str:
    """What the drawing shows: how many in each lane, how many in each month."""
    if not happenings:
        return _("Vuodelle %(year)s ei ole tapahtumia.") % {"year": year}
    lanes = Counter([h.lane for h in happenings])
    months = Counter([h.day.month for h in happenings])
    per_month = ", ".join(f"{name} {months[n]}" for n, name in enumerate(month_names(), start=1) if months[n])
    n = len(happenings)
    start = ngettext("%(n)s tapahtuma", "%(n)s tapahtumaa", n) % {"n": n}
    return _("%(all)s: päätöksenteossa %(decisions)s, toteutuksessa %(implementation)s. Kuukausittain: %(months)s.") % {
        "all": start, "decisions": lanes[LaneChoice.DECISIONS], "implementation": lanes[LaneChoice.IMPLEMENTATION],
        "months": per_month,
    }  # fmt: skip


def rows(
    happenings: Sequence[Happening], names: Names, address: Callable[[Happening], str]
) -> list[dict[str, Any]]:
    """The list: the same events as in the drawing, in words."""
    months = month_names()
    lanes, kinds = dict(LaneChoice.choices), dict(EventKind.choices)
    return [
        {
            "month": h.day.month, "month_name": months[h.day.month - 1], "day": h.day,
            "last": h.last if h.last != h.day else None, "starts_at": h.starts_at, "ends_at": h.ends_at,
            "title": opened(h.title), "organisation": names.name(h.organisation), "lane": lanes[h.lane],
            "lane_code": h.lane, "kind": kinds[h.kind], "url": address(h), "illustrative": h.is_illustrative,
            "repeats": h.repeats, "draft": bool(h.event) and not h.is_public,
        }
        for h in happenings
    ]  # fmt: skip


def filters(
    asked: Asked, happenings: Sequence[Happening], names: Names, *, own: bool
) -> list[dict[str, Any]]:
    """Filters as links for components/filters.html; organisations that have no events are left out."""
    used = Counter([h.organisation for h in happenings])
    organisations = sorted(
        ((names.rows[pk], n) for pk, n in used.items() if pk in names.rows), key=lambda row: str(row[0][1])
    )
    kinds = Counter([h.kind for h in happenings])
    lanes = Counter([h.lane for h in happenings])

    def one(label, url: str, current: bool, tally: int | None = None) -> dict[str, Any]:
        return {"label": label, "url": url, "current": current, "tally": tally}

    groups = [
        {
            "label": _("Kaista"), "open": True,
            "choices": [
                one(_("Molemmat"), asked.link(lane=""), not asked.lane),
                *(one(label, asked.link(lane=code), asked.lane == code, lanes[code]) for code, label in LaneChoice.choices),
            ],
        },
        {
            "label": pgettext("suodatin", "Laji"), "open": bool(asked.kind),
            "choices": [
                one(_("Kaikki"), asked.link(kind=""), not asked.kind),
                *(
                    one(label, asked.link(kind=code), asked.kind == code, kinds[code])
                    for code, label in EventKind.choices if kinds[code]
                ),
            ],
        },
        {
            "label": pgettext("suodatin", "Organisaatio"), "open": bool(asked.organisation),
            "choices": [
                one(_("Kaikki"), asked.link(organisation=""), not asked.organisation),
                *(
                    one(str(name), asked.link(organisation=key), asked.organisation == key, n)
                    for (key, name), n in organisations
                ),
            ],
        },
    ]  # fmt: skip
    if own:
        groups.insert(0, {
            "label": _("Keiden"), "open": True,
            "choices": [
                one(_("Kaikkien"), asked.link(mine=False), not asked.mine), one(_("Minun"), asked.link(mine=True), asked.mine)
            ],
        })  # fmt: skip
    return groups


def month_links(asked: Asked) -> list[dict[str, Any]]:
    """The whole year and its months, for components/chips.html."""
    names = month_names()
    return [
        {"label": _("Koko vuosi"), "url": asked.link(month=0), "current": not asked.month},
        *({"label": name, "url": asked.link(month=n), "current": asked.month == n} for n, name in enumerate(names, start=1)),
    ]  # fmt: skip
