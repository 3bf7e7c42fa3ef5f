"""Rows for the pages of groups and matters, from the plan in the address; each in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from lautta.common import clock
from lautta.decisions.choices import TIERS, BodyKind
from lautta.decisions.leading import may_act_as_sender, may_bring_for, may_lead
from lautta.decisions.models import AgendaItem, Body, BodyMeeting, Matter, MatterStep
from lautta.decisions.travel import (
    ENTRANCES,
    OF_BODY,
    OPEN_STATES,
    Deed,
    MatterState,
    StepOutcome,
    deeds_in,
    kinds_to_send_to,
    may_hand,
)
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Plan
from lautta.plans.standing import Standing

# A page shows so many of what has been, the newest first.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its next meeting and how much waits for it."""

    body: Body
    next_meeting: BodyMeeting | None
    open_matters: int
    late_matters: int


@dataclass(frozen=True, slots=True)
class Tier:
    """One of the three, the regional one first."""

    kind: BodyKind
    groups: list[Group]


def tiers_of(plan: Plan) -> list[Tier]:
    """The three tiers from above down, also those without groups. Three queries."""
    today = clock.today()
    waiting = Q(matter_steps__outcome="")
    bodies = list(
        plan.bodies.active(today)
        .filter(kind__in=TIERS)
        .with_organisation()
        .annotate(
            waits=Count("matter_steps", filter=waiting),
            late=Count("matter_steps", filter=waiting & Q(matter_steps__deadline__lt=today)),
        )
        .in_order()
    )
    meetings = first_meetings(bodies, today)
    made: dict[str, list[Group]] = {kind: [] for kind in reversed(TIERS)}
    for body in bodies:
        made[body.kind].append(Group(body, meetings.get(body.pk), body.waits, body.late))  # type: ignore[attr-defined]
    return [Tier(BodyKind(kind), groups) for kind, groups in made.items()]


def first_meetings(bodies: Iterable[Body], today: dt.date) -> dict[int, BodyMeeting]:
    """{body's key: its first meeting today or later}; one query."""
    found: dict[int, BodyMeeting] = {}
    coming = BodyMeeting.objects.standing().filter(body__in=list(bodies), held_on__gte=today)
    for meeting in coming.in_order():
        found.setdefault(meeting.body_id, meeting)
    return found


def group_of(plan: Plan, public_id: str) -> Body:
    """A body of the plan, of whatever kind, or 404."""
    found = plan.bodies.with_organisation().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def meeting_of(plan: Plan, public_id: str) -> BodyMeeting:
    """A meeting of a body of the plan, or 404."""
    found = (
        BodyMeeting.objects.filter(body__plan=plan, public_id=public_id)
        .select_related("body__organisation", "minutes")  # type: ignore[misc]
        .first()
    )
    if found is None:
        raise Http404
    found.body.plan = plan
    return found


def agenda_item_of(plan: Plan, public_id: str) -> AgendaItem:
    found = (
        AgendaItem.objects.filter(meeting__body__plan=plan, public_id=public_id)
        .select_related("meeting__body__organisation")
        .first()
    )
    if found is None:
        raise Http404
    found.meeting.body.plan = plan
    return found


def matter_of(plan: Plan, public_id: str) -> Matter:
    """A matter of the plan with its sender, or 404."""
    found = (
        plan.matters.select_related("from_body__organisation", "from_organisation")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    found.plan = plan
    return found


def matters_of(plan: Plan, state: str = "", body: Body | None = None) -> QuerySet[Matter]:
    """The plan's matters, newest first: `state` "open", a MatterState or "" for all; `body` sent it or has had it."""
    rows = plan.matters.with_place().newest_first()
    if state == "open":
        rows = rows.open()
    elif state:
        rows = rows.filter(state=state)
    if body is not None:
        had = MatterStep.objects.filter(to_body=body).values("matter")
        rows = rows.filter(Q(from_body=body) | Q(pk__in=had))
    return rows


def day_words(meeting: BodyMeeting) -> str:
    """ "5.3.2024", as the pages write days."""
    return f"{meeting.held_on.day}.{meeting.held_on.month}.{meeting.held_on.year}"


def steps_of(matter: Matter) -> list[MatterStep]:
    steps = matter.steps.in_order().select_related("from_body", "to_body__organisation", "handled_in")
    return list(steps)


def waiting_for(body: Body) -> QuerySet[MatterStep]:
    """Steps that wait for the body, the nearest deadline first."""
    return MatterStep.objects.before(body)


def decided_by(body: Body) -> QuerySet[AgendaItem]:
    """What the body's minutes tell as decided, newest first."""
    return AgendaItem.objects.decided(body)


def followed_by(body: Body) -> QuerySet[AgendaItem]:
    """What the body has decided to look at again and has not, the nearest first."""
    rows = AgendaItem.objects.to_follow_up().filter(meeting__body=body)
    return rows.select_related("responsible")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the matter has been, is, or ended, as the steps of a path."""

    label: str
    state: str  # done, now, ahead


def stages_of(matter: Matter, steps: Sequence[MatterStep]) -> list[Stage]:
    """The sender, each body in turn, and the sender again, who gets the answer."""
    made = [Stage(str(matter.sender.name), "done")]
    for step in steps:
        made.append(Stage(str(step.to_body.name), "now" if step.is_open else "done"))
    if matter.state == MatterState.RETURNED:
        made.append(Stage(str(matter.sender.name), "now"))
    elif matter.state in OPEN_STATES:
        made.append(Stage(str(matter.sender.name), "ahead"))
    elif steps and steps[-1].outcome != StepOutcome.WITHDRAWN:
        made.append(Stage(str(matter.sender.name), "done"))
    return made


def deeds_for(standing: Standing, matter: Matter, step: MatterStep | None, led: frozenset[int]) -> list[Deed]:
    """What the person may do with the matter now, in a fixed order."""
    as_body = step is not None and may_lead(standing, step.to_body, led)
    as_sender = may_act_as_sender(standing, matter, led)
    found = []
    for deed in deeds_in(matter.state):
        if as_body if deed in OF_BODY else as_sender:
            found.append(deed)
    kinds = {Deed.HAND_UP, Deed.HAND_DOWN}
    if step is not None and kinds & set(found):
        bodies = list(matter.plan.bodies.active(clock.today()))
        found = [d for d in found if d not in kinds or takers_of(step.to_body, d, bodies)]
    return found


def takers_of(giver: Body, deed: str, bodies: Iterable[Body]) -> list[Body]:
    """To whom the body may hand a matter by the deed."""
    return [
        b
        for b in bodies
        if b.pk != giver.pk and may_hand(deed, giver.kind, b.kind, same_organisation=_same(giver, b))
    ]


def _same(a: Body, b: Body) -> bool:
    return a.organisation_id is not None and a.organisation_id == b.organisation_id


def entrances(sender: Body | Organisation, bodies: Iterable[Body]) -> list[Body]:
    """To whom a new matter may be sent."""
    if isinstance(sender, Organisation):
        return [b for b in bodies if b.kind in ENTRANCES]
    allowed = kinds_to_send_to(sender.kind)
    deeds = (Deed.HAND_UP, Deed.HAND_DOWN)
    return [
        b for b in bodies
        if b.pk != sender.pk and b.kind in allowed
        and any(may_hand(d, sender.kind, b.kind, same_organisation=_same(sender, b)) for d in deeds)
    ]  # fmt: skip


def senders_for(standing: Standing, bodies: Sequence[Body], led: frozenset[int]) -> list[Body | Organisation]:
    """Bodies that the person acts for and that have somebody to send to, then the person's own organisations."""
    found: list[Body | Organisation] = [
        b for b in bodies if kinds_to_send_to(b.kind) and may_lead(standing, b, led)
    ]
    own = standing.organisations_where(Permission.EDIT_MEASURES)
    return found + [o for o in own if may_bring_for(standing, o)]


def minutes_decision(step: MatterStep) -> str:
    """What the body's minutes say of the matter, to begin an answer with; "" when nothing."""
    item = (
        AgendaItem.objects.kept()
        .filter(matter=step.matter, meeting__body=step.to_body, meeting__held_on__gte=step.sent_on, has_decision=True)
        .order_by("-meeting__held_on")
        .first()
    )  # fmt: skip
    return str(item.decision) if item else ""
