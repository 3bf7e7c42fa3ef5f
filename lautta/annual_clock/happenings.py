"""What happens from one day to another: the room's own events and what the other rooms have, as frozen rows.

A page reads thousands of events: their columns are read bare, and a title is opened only where it is shown.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.db.models import IntegerField, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from lautta.annual_clock.models import ClockEvent
from lautta.annual_clock.recurrence import days_of
from lautta.assessments import events as assessments
from lautta.common.events import Event
from lautta.common.translated import Translated
from lautta.decisions import events as decisions
from lautta.indicators import events as indicators
from lautta.measures import events as measures
from lautta.plans.models import Plan
from lautta.plans.standing import Standing
from lautta.voices import events as voices


class OwnRow(NamedTuple):
    """The columns of an event that are read for every event of the plan, in the order of COLUMNS. It can stand for its Rule;
    times are text until they are shown, since reading thousands of them costs more than all the rest.
    """

    pk: int
    public_id: str
    organisation: int | None
    title: str
    lane: str
    kind: str
    starts_on: dt.date
    starts_at: str | None
    ends_at: str | None
    days: int
    repeat: str
    month: int
    nth: int
    weekday: int
    interval: int
    offset: int
    until: dt.date | None
    off_holiday: str
    relative_to: int | None
    relative_body: int | None
    serves: int | None
    serves_body: int | None
    exceptions: str
    concerns: str
    is_public: bool
    is_illustrative: bool

    @property
    def moved(self) -> dict[dt.date, dt.date | None]:
        if self.exceptions == "{}":
            return {}
        return {
            dt.date.fromisoformat(day): dt.date.fromisoformat(to) if to else None
            for day, to in json.loads(self.exceptions).items()
        }


COLUMNS = (
    "pk", "public_id", "organisation_id", Cast("title", TextField()), "lane", "kind", Cast("starts_on", TextField()),
    Cast("starts_at", TextField()), Cast("ends_at", TextField()), "days", "repeat", "month", "nth", "weekday", "interval",
    "offset", Cast("repeat_until", TextField()), "off_holiday", "relative_to_id", "relative_body_id", "serves_id",
    "serves_body_id", Cast("exceptions", TextField()), Cast("concerns", TextField()), Cast("is_public", IntegerField()),
    Cast("is_illustrative", IntegerField()),
)  # fmt: skip


class Happening(NamedTuple):
    """One occurrence. `own_day` is the rule's own day of the room's own events; `event` their public id.

    title: Translated, lazy text, or the stored JSON of a title that nobody has read yet.
    """

    key: str
    day: dt.date
    last: dt.date
    lane: str
    kind: str
    title: Any
    organisation: int | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    event: str = ""
    event_pk: int | None = None
    own_day: dt.date | None = None
    body: int | None = None
    body_kind: str = ""
    serves: int | None = None
    serves_body: int | None = None
    concerns: str = "[]"
    url_name: str = ""
    url_kwargs: Mapping[str, Any] | None = None
    is_public: bool = False
    is_illustrative: bool = False
    repeats: bool = False
    scope: str = ""

    @property
    def words(self) -> Any:
        """The title, opened; a template shows it in the reader's language."""
        return opened(self.title)

    @property
    def is_all_day(self) -> bool:
        return self.starts_at is None

    @property
    def url(self) -> str:
        """The page in the workspace."""
        if self.event:
            return reverse("annual_clock:event", args=(self.scope, self.event))
        return reverse(self.url_name, kwargs=dict(self.url_kwargs or {})) if self.url_name else ""


@cache
def time_of(text: str | None) -> dt.time | None:
    """Stored text as a time of day; there are few different ones."""
    return dt.time.fromisoformat(text) if text else None


def opened(title: Any) -> Any:
    return Translated.from_json(json.loads(title)) if isinstance(title, str) and title[:1] == "{" else title


class Year:
    """The plan's events between two days. `standing` None: what the public may see."""

    def __init__(self, plan: Plan, first: dt.date, last: dt.date, standing: Standing | None = None):
        self.plan, self.first, self.last, self.standing = plan, first, last, standing
        self.rows = {row.pk: row for row in own_rows(plan)}
        # An event before or after a meeting hangs on a meeting that may stand in another year.
        reach = max((abs(r.offset) for r in self.rows.values() if r.relative_body), default=0)
        slack = dt.timedelta(days=reach + 10 if reach else 0)
        decided = decisions.events_between(plan, first - slack, last + slack, standing)
        self.meetings: dict[int, list[dt.date]] = {}
        for event in decided:
            if event.body and event.kind == "meeting":
                self.meetings.setdefault(event.body, []).append(event.day)
        self._decided = [event for event in decided if first <= event.day <= last]

    def pulled(self) -> list[Happening]:
        """What the other rooms have."""
        found: list[Event] = [
            *self._decided,
            *measures.events_between(self.plan, self.first, self.last),
            *assessments.events_between(self.plan, self.first, self.last, self.standing),
            *voices.events_between(self.plan, self.first, self.last),
            *indicators.events_between(self.first, self.last),
        ]
        return [_pulled(event) for event in found if self.standing is not None or event.is_public]

    def own(self, *, everything: bool = False) -> Iterator[Happening]:
        """The room's own events that the reader may see; `everything` is for the room's own reckoning."""
        seen = None if everything else self.seen()
        for row in self.rows.values():
            if seen is None or row.pk in seen:
                yield from self.happenings_of(row)

    def everything(self) -> list[Happening]:
        """By day, what begins earlier in the day first."""
        return sorted([*self.pulled(), *self.own()], key=lambda h: (h.day, h.starts_at or dt.time.min, h.key))

    def happenings_of(self, row: OwnRow) -> Iterator[Happening]:
        length = dt.timedelta(days=row.days - 1)
        starts_at, ends_at = time_of(row.starts_at), time_of(row.ends_at)
        for own_day, day in self.days_of(row, self.first, self.last):
            key = f"event:{row.public_id}:{own_day.isoformat().replace('-', '')}"
            yield Happening(
                key, day, day + length, row.lane, row.kind, row.title, row.organisation, starts_at, ends_at, row.public_id,
                row.pk, own_day, None, "", row.serves, row.serves_body, row.concerns, "", None, row.is_public,
                row.is_illustrative, row.repeat != "once", self.plan.public_id,
            )  # fmt: skip

    def days_of(
        self, row: OwnRow, first: dt.date, last: dt.date, depth: int = 0
    ) -> list[tuple[dt.date, dt.date]]:
        """(the rule's own day, the day it happens). A chain of events that hang on each other is followed 20 deep."""
        if row.repeat == "once" and not row.off_holiday and row.exceptions == "{}":
            return [(row.starts_on, row.starts_on)] if first <= row.starts_on <= last else []
        anchors: Iterable[dt.date] = ()
        if row.relative_body:
            anchors = self.meetings.get(row.relative_body, ())
        elif row.relative_to and depth < 20 and (other := self.rows.get(row.relative_to)):
            # A few days more on both sides: a holiday may yet move it.
            shift = dt.timedelta(days=row.offset)
            more = dt.timedelta(days=10)
            anchors = [
                day for _own, day in self.days_of(other, first - shift - more, last - shift + more, depth + 1)
            ]
        return days_of(row, first, last, anchors=anchors, exceptions=row.moved)

    def own_days(self, event: ClockEvent) -> list[tuple[dt.date, dt.date]]:
        """Days of an event as it is in hand, saved or not; what was cancelled or moved away is told by its own day."""
        row = row_of(event)
        if event.pk is not None:
            self.rows[event.pk] = row
        return self.days_of(row._replace(exceptions="{}", off_holiday=""), self.first, self.last)

    def seen(self) -> set[int] | None:
        """Own events that the reader may see; None: all."""
        if self.standing is None:
            return {pk for pk, row in self.rows.items() if row.is_public}
        if self.standing.sees_all_drafts:
            return None
        visible = self.plan.clock_events.standing().visible_to(self.standing)
        return set(visible.values_list("pk", flat=True))


def own_rows(plan: Plan) -> list[OwnRow]:
    """Every standing event of the plan, bare: a hidden one may be what another hangs on. One query."""
    rows = plan.clock_events.standing().values_list(*COLUMNS)
    day, made = dt.date.fromisoformat, OwnRow._make
    return [
        made((*r[:6], day(r[6]), *r[7:16], day(r[16]) if r[16] else None, *r[17:24], r[24] == 1, r[25] == 1))
        for r in rows
    ]


def year_of(plan: Plan, year: int, standing: Standing | None = None) -> Year:
    return Year(plan, dt.date(year, 1, 1), dt.date(year, 12, 31), standing)


def row_of(event: ClockEvent) -> OwnRow:
    """A saved or unsaved event as a row, for trying out a change before it is made."""
    return OwnRow(
        event.pk, event.public_id, event.organisation_id, json.dumps(event.title.to_json()), event.lane, event.kind,
        event.starts_on,
        _text(event.starts_at), _text(event.ends_at), event.days, event.repeat, event.month, event.nth, event.weekday,
        event.interval, event.offset, event.repeat_until, event.off_holiday, event.relative_to_id, event.relative_body_id,
        event.serves_id, event.serves_body_id, json.dumps(event.exceptions), json.dumps(event.concerns), event.is_public,
        event.is_illustrative,
    )  # fmt: skip


def _text(time: dt.time | None) -> str | None:
    return time.isoformat() if time else None


def _pulled(event: Event) -> Happening:
    return Happening(
        event.key, event.day, event.last or event.day, event.lane, event.kind, event.title, event.organisation,
        body=event.body, body_kind=event.body_kind, url_name=event.url_name, url_kwargs=event.url_kwargs,
        is_public=event.is_public, is_illustrative=event.is_illustrative,
    )  # fmt: skip


def coming_of(event: ClockEvent, today: dt.date, *, most: int = 8) -> list[Happening]:
    """The event's next occurrences within three years; the last ones when it lies behind."""
    first, last = min(event.starts_on, today) - dt.timedelta(days=400), today + dt.timedelta(days=3 * 366)
    year = Year(event.plan, first, max(last, event.starts_on), None)
    found = (
        sorted(year.happenings_of(year.rows[event.pk]), key=lambda h: h.day) if event.pk in year.rows else []
    )
    ahead = [h for h in found if h.last >= today]
    return (ahead or found[-most:])[:most]
