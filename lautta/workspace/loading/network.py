"""network.yaml: services, family-centre areas with their places and tasks, stepped services, partners' promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from lautta.common.translated import Translated
from lautta.network import actions, vocabulary
from lautta.network.actions.processes import MoveFacts, StepFacts
from lautta.network.models import Commitment, MeetingPlace, Service, TaskCell
from lautta.organisations.permissions import Permission
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "network.yaml"


@dataclass
class ServiceRow:
    row: Row
    organisation: str
    other: Translated
    values: dict[str, Any]
    areas: list[str]
    checked_on: dt.date | None
    state: str
    ended_on: dt.date | None
    reason: str


@dataclass
class AreaRow:
    row: Row
    name: Translated
    municipalities: list[str]
    coordinator: str
    contact: str
    places: list[tuple[Row, dict[str, Any]]]
    cells: list[tuple[Row, dict[str, Any]]]


@dataclass
class ProcessRow:
    row: Row
    title: Translated
    summary: Translated
    steps: list[StepFacts]
    moves: list[MoveFacts]


@dataclass
class PromiseRow:
    row: Row
    organisation: str
    what: Translated
    made_on: dt.date | None
    due_on: dt.date | None
    state: str
    reason: str
    owner: str


@dataclass
class NetworkFile:
    illustrative: bool = False
    services: list[ServiceRow] = field(default_factory=list)
    areas: list[AreaRow] = field(default_factory=list)
    processes: list[ProcessRow] = field(default_factory=list)
    promises: list[PromiseRow] = field(default_factory=list)


def read_network(files: Files, known: RegionFile) -> NetworkFile:
    """Nothing when there is no network.yaml."""
    if not files.has(FILE):
        return NetworkFile()
    top = files.read(FILE)
    keys: dict[str, Any] = {}
    return NetworkFile(
        top.flag("illustrative"),
        [_service(row, known) for row in top.rows("services")],
        [_area(row, known, keys) for row in top.rows("centre_areas")],
        [_process(row) for row in top.rows("processes")],
        [_promise(row, known) for row in top.rows("commitments")],
    )


def _service(row: Row, known: RegionFile) -> ServiceRow:
    other = row.translated("other", required=False)
    plain = {
        name: row.text(name, required=False, most=200)
        for name in ("phone", "email", "address", "website", "chat")
    }
    return ServiceRow(
        row,
        organisation=row.choice("provider", known.organisations, required=not other),
        other=other,
        values={
            "name": row.translated("name"),
            "summary": row.translated("summary", required=False),
            "opening": row.translated("opening", required=False),
            "audiences": row.choices("for", vocabulary.words("audience"), required=True),
            "needs": row.choices("needs", vocabulary.words("need"), required=True),
            "languages": row.choices("languages", vocabulary.words("language")),
            "access": row.choices("access", vocabulary.words("access")),
            "tier": row.whole("tier", required=False, least=1, most=3) or 1,
            "cost": row.choice("cost", Service.Cost.values, required=False, default="free"),
            "no_appointment": row.flag("no_appointment"),
            "contact_email": row.text("contact", required=False, most=254),
            **plain,
        },
        areas=row.choices("in", known.areas),
        checked_on=row.date("checked"),
        state=row.choice("state", Service.State.values, required=False, default="published"),
        ended_on=row.date("ended", required=False),
        reason=row.text("reason", required=False, most=300),
    )


def _area(row: Row, known: RegionFile, keys: dict[str, Any]) -> AreaRow:
    keys[row.new_key("key", keys)] = row
    places = [
        (
            place,
            {
                "kind": place.choice("kind", MeetingPlace.Kind.values),
                "municipality": place.choice("municipality", known.areas),
                "name": place.translated("name"),
                "address": place.text("address", required=False, most=200),
                "phone": place.text("phone", required=False, most=40),
                "opening": place.translated("opening", required=False),
            },
        )
        for place in row.rows("places")
    ]
    cells = [
        (
            cell,
            {
                "task": cell.choice("task", vocabulary.tasks()),
                "state": cell.choice("state", TaskCell.State.values),
                "who": cell.translated("who", required=False),
                "what": cell.translated("what", required=False),
                "plan_text": cell.translated("plan", required=False),
                "due_on": cell.date("due", required=False),
            },
        )
        for cell in row.rows("tasks")
    ]
    return AreaRow(
        row, row.translated("name"), row.choices("municipalities", known.areas, required=True),
        row.text("coordinator", required=False, most=254), row.text("contact", required=False, most=200), places, cells,
    )  # fmt: skip


def _process(row: Row) -> ProcessRow:
    row.skip("key")
    steps = [
        StepFacts(
            s.whole("tier", least=1, most=3), s.translated("title"), s.translated("when", required=False)
        )
        for s in row.rows("steps", required=True)
    ]
    moves = [
        MoveFacts(
            m.whole("from", least=1, most=6), m.whole("to", least=1, most=6), m.translated("hands"),
            m.translated("stays", required=False), m.translated("how", required=False),
        )
        for m in row.rows("moves", required=True)
    ]  # fmt: skip
    return ProcessRow(row, row.translated("title"), row.translated("summary", required=False), steps, moves)


def _promise(row: Row, known: RegionFile) -> PromiseRow:
    return PromiseRow(
        row,
        organisation=row.choice("organisation", known.organisations),
        what=row.translated("what"),
        made_on=row.date("made"),
        due_on=row.date("due"),
        state=row.choice("state", Commitment.State.values, required=False, default="promised"),
        reason=row.text("reason", required=False, most=300),
        owner=row.text("owner", required=False, most=254),
    )


def load_network(found: NetworkFile, world: World) -> int:
    """Everything through its action. Returns how many services."""
    by = world.actor(Permission.KEEP_DIRECTORY)
    people = {user.email: user for user in world.people}
    for row in found.areas:
        _load_area(row, found, world, by, people)
    for s in found.services:
        _load_service(s, found, world, by)
    for p in found.processes:
        with p.row.blamed():
            made = actions.save_process(
                by=by, plan=world.plan, process=None, version=0, title=p.title, summary=p.summary, steps=p.steps,
                moves=p.moves, is_illustrative=found.illustrative,
            )  # fmt: skip
            actions.publish_process(by=by, process=made, shown=True)
    for c in found.promises:
        _load_promise(c, found, world, people)
    return len(found.services)


def _load_service(s: ServiceRow, found: NetworkFile, world: World, by) -> None:
    with s.row.blamed():
        provider = actions.provider_for(
            by=by, plan=world.plan, organisation=world.organisations[s.organisation] if s.organisation else None,
            name=s.other, is_illustrative=found.illustrative,
        )  # fmt: skip
        facts = actions.Facts(
            provider=provider,
            areas=[world.areas[a] for a in s.areas],
            is_illustrative=found.illustrative,
            **s.values,
        )
        made = actions.create_service(by=by, plan=world.plan, facts=facts, checked_on=s.checked_on)
        if s.state != Service.State.DRAFT:
            actions.publish_services(by=by, services=[made])
        if s.state == Service.State.ENDED:
            actions.end_service(by=by, service=made, on=s.ended_on, reason=s.reason)


def _load_area(row: AreaRow, found: NetworkFile, world: World, by, people: dict) -> None:
    with row.row.blamed():
        area = actions.create_centre_area(
            by=by, plan=world.plan, name=row.name, parts=[(world.areas[m], "") for m in row.municipalities],
            coordinator=people.get(row.coordinator), contact=row.contact, is_illustrative=found.illustrative,
        )  # fmt: skip
    for place, values in row.places:
        with place.blamed():
            given = {
                **values,
                "municipality": world.areas[values["municipality"]],
                "is_illustrative": found.illustrative,
            }
            actions.add_place(by=by, centre_area=area, **given)
    for cell, values in row.cells:
        with cell.blamed():
            actions.set_cell(by=by, centre_area=area, **values)


def _load_promise(c: PromiseRow, found: NetworkFile, world: World, people: dict) -> None:
    organisation = world.organisations[c.organisation]
    by = world.actor(Permission.PROMISE, organisation)
    with c.row.blamed():
        made = actions.promise(
            by=by, plan=world.plan, organisation=organisation, what=c.what, made_on=c.made_on, due_on=c.due_on,
            owner=people.get(c.owner), is_illustrative=found.illustrative,
        )  # fmt: skip
        if c.state != Commitment.State.PROMISED:
            actions.move_commitment(
                by=by, commitment=made, version=made.version, state=c.state, reason=c.reason
            )
