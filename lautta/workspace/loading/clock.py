"""clock.yaml: events of the annual clock with their rules, and tasks written by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from lautta.annual_clock.actions.events import create_event
from lautta.annual_clock.actions.tasks import create_task
from lautta.annual_clock.choices import Concerns, EventKind, LaneChoice, OffHoliday, Repeat
from lautta.annual_clock.models import ClockEvent
from lautta.common.translated import Translated
from lautta.decisions.choices import BodyKind
from lautta.decisions.models import Body
from lautta.organisations.permissions import Permission
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.people import PeopleFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "clock.yaml"


@dataclass
class Anchor:
    """An event of the file, or the bodies of a kind in an organisation."""

    event: str = ""
    organisation: str = ""
    body: str = ""


@dataclass
class EventRow:
    row: Row
    key: str
    values: dict[str, Any]
    organisation: str
    before: Anchor | None
    serves: Anchor | None


@dataclass
class TaskRow:
    row: Row
    title: Translated
    email: str
    due: dt.date | None
    illustrative: bool


@dataclass
class ClockFile:
    events: dict[str, EventRow] = field(default_factory=dict)
    tasks: list[TaskRow] = field(default_factory=list)


def read_clock(files: Files, known: RegionFile, people: PeopleFile) -> ClockFile:
    """Empty when there is no clock.yaml."""
    found = ClockFile()
    if not files.has(FILE):
        return found
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    for row in top.rows("events"):
        key = row.new_key("key", found.events)
        found.events[key] = _event(row, key, known, found, illustrative)
    emails = {str(a.row.data.get("key")): a.email for a in people.accounts}
    for row in top.rows("tasks"):
        owner = row.choice("owner", emails)
        found.tasks.append(
            TaskRow(row, row.translated("title"), emails.get(owner, ""), row.date("due"), illustrative)
        )
    return found


def _event(row: Row, key: str, known: RegionFile, found: ClockFile, illustrative: bool) -> EventRow:
    before = row.child("before", required=False)
    values: dict[str, Any] = {
        "title": row.translated("title"), "lane": row.choice("lane", LaneChoice.values),
        "kind": row.choice("kind", EventKind.values), "starts_on": row.date("day"),
        "starts_at": _time(row, "from"), "ends_at": _time(row, "to"),
        "days": row.whole("days", required=False, most=400) or 1,
        "repeat": row.choice("repeat", Repeat.values, required=False, default=Repeat.ONCE),
        "nth": int(row.number("nth", required=False, least=-1) or 0), "weekday": row.whole("weekday", required=False, most=6),
        "month": row.whole("month", required=False, most=12), "interval": row.whole("interval", required=False, most=52) or 1,
        "off_holiday": row.choice("off_holiday", OffHoliday.values, required=False),
        "concerns": row.choices("concerns", Concerns.values), "is_public": row.flag("public"),
        "source": row.text("source", required=False), "is_illustrative": row.flag("illustrative", default=illustrative),
        "description": row.translated("description", required=False), "place": row.translated("place", required=False),
    }  # fmt: skip
    if before is not None:
        values |= {"repeat": Repeat.RELATIVE, "offset": -7 * before.whole("weeks", most=52)}
    serves = row.child("serves", required=False)
    organisation = row.choice("organisation", known.organisations, required=False)
    return EventRow(
        row, key, values, organisation, before and _anchor(before, known, found), serves and _anchor(serves, known, found)
    )  # fmt: skip


def _anchor(row: Row, known: RegionFile, found: ClockFile) -> Anchor:
    """An event that stands earlier in the file, or a body by its kind."""
    return Anchor(
        row.choice("event", found.events, required=False),
        row.choice("organisation", known.organisations, required=False),
        row.choice("body", BodyKind.values, required=False),
    )


def _time(row: Row, key: str) -> dt.time | None:
    words = row.text(key, required=False)
    try:
        return dt.datetime.strptime(words, "%H:%M").time() if words else None
    except ValueError:
        row.wrong(key, "a time is written 9:30")
        return None


def load_clock(found: ClockFile, world: World, *, demo: bool) -> int:
    """Events in the order of the file, then tasks, for which there must be accounts. Returns how many events."""
    made: dict[str, ClockEvent] = {}
    for row in found.events.values():
        organisation = world.organisations[row.organisation] if row.organisation else None
        event, body = _resolved(row.before, made, world)
        serves, serves_body = _resolved(row.serves, made, world)
        with row.row.blamed():
            made[row.key] = create_event(
                by=world.actor(Permission.KEEP_CLOCK, organisation), plan=world.plan, organisation=organisation,  # type: ignore[arg-type]
                relative_to=event, relative_body=body, serves=serves, serves_body=serves_body, **row.values,
            )  # fmt: skip
    people = {user.email: user for user in world.people}
    for task in found.tasks if demo else ():
        with task.row.blamed():
            create_task(
                by=world.actor(Permission.KEEP_CLOCK), plan=world.plan, title=task.title, owner=people[task.email],  # type: ignore[arg-type]
                due=task.due, is_illustrative=task.illustrative,  # type: ignore[arg-type]
            )  # fmt: skip
    return len(made)


def _resolved(
    anchor: Anchor | None, made: dict[str, ClockEvent], world: World
) -> tuple[ClockEvent | None, Body | None]:
    if anchor is None:
        return None, None
    if anchor.event:
        return made[anchor.event], None
    organisation = world.organisations[anchor.organisation] if anchor.organisation else None
    return None, world.plan.bodies.filter(organisation=organisation, kind=anchor.body).first()  # type: ignore[union-attr, misc]
