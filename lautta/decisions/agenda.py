"""What is before a group at a meeting: made of what is open until the minutes are kept, and of what was kept after that.

A room above adds its own points (an assessment, reports) by `offer`, since nothing is imported upwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lautta.common.translated import Translated
from lautta.decisions.models import AgendaItem, AgendaKind, Body, BodyMeeting, Matter, MatterStep, Station
from lautta.decisions.path import stops


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to deal with. `key` is the same from opening the page to keeping the minutes; `due` is its own deadline."""

    key: str
    kind: str
    title: Translated
    note: Translated
    matter: Matter | None = None
    station: Station | None = None
    follows: AgendaItem | None = None
    item: AgendaItem | None = None
    due: dt.date | None = None
    sender: str = ""


Source = Callable[[Body, dt.date], Iterable[Point]]
_SOURCES: list[Source] = []


def offer(source: Source) -> None:
    """A room above has points of its own for bodies' meetings; called once when the program starts."""
    _SOURCES.append(source)


def points_of(meeting: BodyMeeting) -> list[Point]:
    """Of a meeting whose minutes have not been kept: matters that wait for the body, versions before it, follow-ups that are due by
    the day, and what was added by hand. A constant number of queries.
    """
    body = meeting.body
    points = [_of_step(step) for step in MatterStep.objects.before(body).filter(sent_on__lte=meeting.held_on)]
    points += _of_stations(body, meeting)
    due = AgendaItem.objects.to_follow_up().filter(meeting__body=body, follow_up_on__lte=meeting.held_on)
    points += [_of_follow_up(item) for item in due]
    for source in _SOURCES:
        points += source(body, meeting.held_on)
    return points + [_of_item(item) for item in meeting.items.in_order()]


def _of_step(step: MatterStep) -> Point:
    matter = step.matter
    sender = step.from_body or matter.sender
    return Point(
        f"matter:{matter.public_id}", AgendaKind.MATTER, matter.title, step.asked or matter.question, matter=matter,
        due=step.deadline, sender=str(sender.name),
    )  # fmt: skip


def _of_stations(body: Body, meeting: BodyMeeting) -> list[Point]:
    """Versions that the body has before it, unless they were put on another day."""
    own = body.stations.filter(version__withdrawn_on__isnull=True).values("version")
    stations = list(
        Station.objects.filter(version__in=own)
        .with_content()
        .select_related("version")
        .defer("version__content")
        .in_order()
    )
    ways: dict[int, list[Station]] = {}
    for station in stations:
        ways.setdefault(station.version_id, []).append(station)
    found = []
    for way in ways.values():
        for stop in stops(way):
            station = stop.station
            if station.body_id == body.pk and stop.is_open and station.meeting_id in {None, meeting.pk}:
                found.append(station)
    return [_of_station(station) for station in found]


def _of_station(station: Station) -> Point:
    version = station.version
    words = {code: version_words(version, code) for code in ("fi", "sv", "en")}
    return Point(
        f"station:{station.public_id}", AgendaKind.STATION, Translated.from_mapping(words), Translated(),
        station=station, due=station.due,
    )  # fmt: skip


def version_words(version, language: str) -> str:
    """ "Osa I, strategia, versio 3" in the language."""
    from django.utils import translation
    from django.utils.translation import gettext

    with translation.override(language):
        return gettext("%(kind)s, versio %(number)s") % {
            "kind": version.get_kind_display(),
            "number": version.number,
        }


def _of_follow_up(item: AgendaItem) -> Point:
    return Point(
        f"follow:{item.public_id}", AgendaKind.FOLLOW_UP, item.title, item.decision, follows=item, due=item.follow_up_on
    )  # fmt: skip


def _of_item(item: AgendaItem) -> Point:
    return Point(f"item:{item.public_id}", AgendaKind.OWN, item.title, item.note, item=item)


def next_meeting(meetings: Iterable[BodyMeeting], today: dt.date) -> BodyMeeting | None:
    """The first that is today or later; `meetings` in order of their days."""
    return next((m for m in meetings if m.held_on >= today), None)
