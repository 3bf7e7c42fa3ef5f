"""tiers.yaml: groups on three tiers with their seats and meetings, minutes, and the matters that travel between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from lautta.common.translated import Translated
from lautta.decisions.actions.bodies import add_meetings, create_body
from lautta.decisions.actions.matters import Sending, bring_matter, handle_matter
from lautta.decisions.actions.members import add_member
from lautta.decisions.actions.minutes import Entry, add_item, keep_minutes
from lautta.decisions.agenda import points_of
from lautta.decisions.choices import TIERS
from lautta.decisions.models import Body, MemberRole
from lautta.decisions.travel import OF_BODY, Deed
from lautta.organisations.models import Membership
from lautta.organisations.permissions import Permission
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.people import PeopleFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "tiers.yaml"


@dataclass
class SeatRow:
    row: Row
    role: str
    title: Translated
    organisation: str
    email: str


@dataclass
class GroupRow:
    row: Row
    kind: str
    organisation: str
    name: Translated
    meetings: list[dt.date]
    seats: list[SeatRow]
    illustrative: bool


@dataclass
class ItemRow:
    row: Row
    title: Translated
    decision: Translated
    responsible: str
    follow_up: dt.date | None


@dataclass
class MinutesRow:
    row: Row
    group: str
    held: dt.date
    present: int
    items: list[ItemRow]


@dataclass
class StepRow:
    row: Row
    to: str
    sent: dt.date
    deadline: dt.date | None
    asked: Translated
    deed: str
    answer: Translated
    answered: dt.date | None


@dataclass
class MatterRow:
    row: Row
    sender: str
    organisation: str
    title: Translated
    question: Translated
    steps: list[StepRow]
    illustrative: bool


@dataclass
class TiersFile:
    groups: dict[str, GroupRow] = field(default_factory=dict)
    minutes: list[MinutesRow] = field(default_factory=list)
    matters: list[MatterRow] = field(default_factory=list)


def read_tiers(files: Files, known: RegionFile, people: PeopleFile) -> TiersFile:
    """Empty when there is no tiers.yaml."""
    found = TiersFile()
    if not files.has(FILE):
        return found
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    emails = {a.row.data.get("key"): a.email for a in people.accounts}
    for row in top.rows("groups"):
        key = row.new_key("key", found.groups)
        found.groups[key] = GroupRow(
            row,
            kind=row.choice("kind", TIERS),
            organisation=row.choice("organisation", known.organisations, required=False),
            name=row.translated("name"),
            meetings=[day for day in row.sequence("meetings") if isinstance(day, dt.date)],
            seats=[_seat(seat, known, emails) for seat in row.rows("members")],
            illustrative=row.flag("illustrative", default=illustrative),
        )
    for row in top.rows("minutes"):
        items = [
            ItemRow(
                item, item.translated("title"), item.translated("decision", required=False),
                item.choice("responsible", known.organisations, required=False), item.date("follow_up", required=False),
            )
            for item in row.rows("items")
        ]  # fmt: skip
        held = row.date("held") or dt.date.max
        found.minutes.append(
            MinutesRow(
                row,
                row.choice("group", found.groups),
                held,
                row.whole("present", required=False, most=500),
                items,
            )
        )
    for row in top.rows("matters"):
        found.matters.append(
            MatterRow(
                row,
                sender=row.choice("from", found.groups, required=False),
                organisation=row.choice("from_organisation", known.organisations, required=False),
                title=row.translated("title"),
                question=row.translated("question", required=False),
                steps=[_step(step, found) for step in row.rows("steps", required=True)],
                illustrative=row.flag("illustrative", default=illustrative),
            )
        )
    return found


def _seat(row: Row, known: RegionFile, emails: dict[object, str]) -> SeatRow:
    account = row.choice("account", [k for k in emails if isinstance(k, str)], required=False)
    return SeatRow(
        row, row.choice("role", MemberRole.values), row.translated("title"),
        row.choice("organisation", known.organisations, required=False), emails.get(account, ""),
    )  # fmt: skip


def _step(row: Row, found: TiersFile) -> StepRow:
    return StepRow(
        row, to=row.choice("to", found.groups), sent=row.date("sent") or dt.date.min, deadline=row.date("deadline", required=False),
        asked=row.translated("asked", required=False), deed=row.choice("deed", OF_BODY, required=False),
        answer=row.translated("answer", required=False), answered=row.date("answered", required=False),
    )  # fmt: skip


def load_tiers(found: TiersFile, world: World) -> int:
    """Groups with their seats and meetings, then minutes, then matters step by step. Returns how many groups."""
    bodies = {key: _load_group(row, world) for key, row in found.groups.items()}
    for row in found.minutes:
        _load_minutes(row, bodies[row.group], world)
    for matter in found.matters:
        with matter.row.blamed():
            _load_matter(matter, bodies, world)
    return len(bodies)


def _load_group(found: GroupRow, world: World) -> Body:
    organisation = world.organisations[found.organisation] if found.organisation else None
    actor = world.actor(Permission.RECORD_DECISIONS, organisation)
    with found.row.blamed():
        body = create_body(
            by=actor, plan=world.plan, kind=found.kind, name=found.name, organisation=organisation,  # type: ignore[arg-type]
            is_illustrative=found.illustrative,
        )  # fmt: skip
        add_meetings(by=actor, body=body, days=found.meetings)
    started = min(found.meetings, default=dt.date(world.plan.period_start, 1, 1))  # type: ignore[union-attr]
    for seat in found.seats:
        own = world.organisations[seat.organisation] if seat.organisation else None
        # Accounts are made in a demo alone; elsewhere a seat stands by its title.
        person = Membership.objects.filter(
            user__email=seat.email, organisation=own, ended_on__isnull=True
        ).first()
        with seat.row.blamed():
            add_member(
                by=actor, body=body, role=seat.role, title=seat.title, organisation=own,
                membership=person if seat.email else None, started_on=started,
            )  # fmt: skip
    return body


def _load_minutes(found: MinutesRow, body: Body, world: World) -> None:
    actor = world.actor(Permission.RECORD_DECISIONS, body.organisation)
    with found.row.blamed():
        meeting = body.meetings.get(held_on=found.held)
        made = {}
        for item in found.items:
            added = add_item(by=actor, meeting=meeting, title=item.title, note=Translated())
            responsible = world.organisations[item.responsible] if item.responsible else None
            made[f"item:{added.public_id}"] = Entry(item.decision, responsible, item.follow_up)
        entries = {point.key: made.get(point.key, Entry()) for point in points_of(meeting)}
        minutes = keep_minutes(by=actor, meeting=meeting, entries=entries, present=found.present or None)
    world.happened(minutes, "kept_at", world.moment(found.held, found.row.at("held")))


def _load_matter(found: MatterRow, bodies: dict[str, Body], world: World) -> None:
    """The first step comes with the matter; each deed opens the next one."""
    first = found.steps[0]
    organisation = world.organisations[found.organisation] if found.organisation else None
    sender = bodies[found.sender] if found.sender else None
    matter = bring_matter(
        by=world.actor(Permission.RECORD_DECISIONS, organisation or (sender.organisation if sender else None)),
        plan=world.plan, title=found.title, question=found.question, sending=_sending(first, bodies),  # type: ignore[arg-type]
        from_body=sender, from_organisation=organisation, on=first.sent, is_illustrative=found.illustrative,
    )  # fmt: skip
    world.happened(matter, "created_at", world.moment(first.sent, found.row.at("title")))
    for n, step in enumerate(found.steps):
        if not step.deed:
            break
        after = found.steps[n + 1] if step.deed in {Deed.HAND_UP, Deed.HAND_DOWN} else None
        with step.row.blamed():
            matter = handle_matter(
                by=world.actor(Permission.RECORD_DECISIONS, bodies[step.to].organisation), matter=matter,
                row_version=matter.row_version, deed=step.deed, answer=step.answer, on=step.answered,
                sending=_sending(after, bodies) if after else None,
                meeting=bodies[step.to].meetings.filter(held_on=step.answered).first() if step.answered else None,
            )  # fmt: skip


def _sending(step: StepRow, bodies: dict[str, Body]) -> Sending:
    return Sending(bodies[step.to], step.asked, step.deadline)
