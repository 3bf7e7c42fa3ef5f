"""Agendas and minutes of groups: what is added by hand, what was decided, and how follow-ups ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.agenda import Point, points_of
from lautta.decisions.leading import demand_lead
from lautta.decisions.models import AgendaItem, AgendaKind, BodyMeeting, ItemCorrection, Minutes
from lautta.organisations.models import Organisation
from lautta.organisations.saving import checked_save

LONGEST = 4_000
MOST_OWN = 40


@dataclass(frozen=True)
class Entry:
    """What the meeting did with one point of its agenda; without a decision the point was only dealt with."""

    decision: Translated = field(default_factory=Translated)
    responsible: Organisation | None = None
    follow_up_on: dt.date | None = None


@transaction.atomic
def add_item(*, by: Actor, meeting: BodyMeeting, title: Translated, note: Translated) -> AgendaItem:
    """Something of the group's own onto the agenda."""
    meeting = _locked(meeting)
    demand_lead(by, meeting.body.plan, meeting.body)
    _refuse_kept(meeting)
    if not title:
        raise Refused(_("Anna asialle nimi."), field="title", status=422)
    held = list(meeting.items.values_list("position", flat=True))
    if len(held) >= MOST_OWN:
        raise Refused(_("Asialistalla on jo liian monta omaa asiaa."), status=422)
    item = AgendaItem(meeting=meeting, position=max(held, default=0) + 1, title=title, note=note)
    checked_save(item)
    _record(by, "agenda.add", item, meeting, {"title": (None, title)})
    return item


@transaction.atomic
def remove_item(*, by: Actor, item: AgendaItem) -> None:
    """Take an item that was added by hand off the agenda."""
    meeting = _locked(item.meeting)
    demand_lead(by, meeting.body.plan, meeting.body)
    _refuse_kept(meeting)
    _record(by, "agenda.remove", item, meeting, {"title": (item.title, None)})
    item.delete()


@transaction.atomic
def keep_minutes(
    *, by: Actor, meeting: BodyMeeting, entries: Mapping[str, Entry], present: int | None = None
) -> Minutes:
    """Freeze the agenda with what was decided. `entries` by the points' keys; 409 when the agenda has changed since it was read."""
    meeting = _locked(meeting)
    demand_lead(by, meeting.body.plan, meeting.body)
    _refuse_kept(meeting)
    if meeting.cancelled:
        raise Refused(_("Kokous on peruttu."))
    if meeting.held_on > clock.today():
        raise Refused(_("Kokous on vasta tulossa."))
    points = points_of(meeting)
    if {point.key for point in points} != set(entries):
        raise Refused(_("Asialista on muuttunut sillä välin. Katso se ja kirjaa päätökset uudelleen."))
    _check(meeting, entries)
    for position, point in enumerate(points, start=1):
        _freeze(meeting, point, entries[point.key], 1000 + position)
    minutes = Minutes(meeting=meeting, present=present, kept_by=by.user)
    checked_save(minutes)
    _record(by, "minutes.keep", minutes, meeting, {"items": (None, len(points))})
    return minutes


def _check(meeting: BodyMeeting, entries: Mapping[str, Entry]) -> None:
    for key, entry in entries.items():
        if any(len(t.text) > LONGEST for t in entry.decision.texts.values()):
            raise Refused(
                _("Lyhennä tekstiä: enintään %(n)s merkkiä.") % {"n": LONGEST},
                field=f"decision:{key}",
                status=422,
            )
        if entry.follow_up_on is not None and not entry.decision:
            raise Refused(_("Kirjaa päätös, jota seurataan."), field=f"decision:{key}", status=422)
        if entry.follow_up_on is not None and entry.follow_up_on <= meeting.held_on:
            raise Refused(
                _("Seurantapäivän pitää olla kokouksen jälkeen."), field=f"follow_up_on:{key}", status=422
            )
        strange = entry.responsible is not None and not meeting.body.plan.participations.filter(
            organisation=entry.responsible
        ).exists()  # fmt: skip
        if strange:
            raise Refused(
                _("Organisaatio ei ole mukana tässä suunnitelmassa."), field=f"responsible:{key}", status=422
            )


def _freeze(meeting: BodyMeeting, point: Point, entry: Entry, position: int) -> None:
    item = point.item or AgendaItem(
        meeting=meeting, kind=point.kind, title=point.title, note=point.note, matter=point.matter,
        station=point.station, follows=point.follows,
    )  # fmt: skip
    item.meeting, item.position = meeting, position
    item.decision, item.has_decision = entry.decision, bool(entry.decision)
    item.responsible, item.follow_up_on = entry.responsible, entry.follow_up_on
    checked_save(item)
    # What was decided of a follow-up closes it; a new day on the new item keeps it alive.
    if point.follows is not None and point.kind == AgendaKind.FOLLOW_UP and entry.decision:
        _close(point.follows, entry.decision, meeting.held_on)


@transaction.atomic
def close_follow_up(*, by: Actor, item: AgendaItem, how: Translated) -> AgendaItem:
    """Tell how it went; the follow-up no longer waits for anybody."""
    meeting = _locked(item.meeting)
    demand_lead(by, meeting.body.plan, meeting.body)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.follow_up_on is None or item.followed_up_on is not None:
        raise Refused(_("Seuranta on jo kuitattu."))
    if not how:
        raise Refused(_("Kerro, miten kävi."), field="how", status=422)
    _close(item, how, clock.today())
    _record(by, "follow_up.close", item, meeting, {"followed_up_on": (None, item.followed_up_on)})
    return item


def _close(item: AgendaItem, how: Translated, on: dt.date) -> None:
    item.followed_up_on, item.followed_up = on, how
    checked_save(item, fields=["followed_up_on", "followed_up"])


@transaction.atomic
def correct_item(*, by: Actor, item: AgendaItem, decision: Translated, reason: str) -> ItemCorrection:
    """Say in kept minutes what was decided in truth. The former text stays beside it; the new one tells why."""
    meeting = _locked(item.meeting)
    demand_lead(by, meeting.body.plan, meeting.body)
    if not Minutes.objects.filter(meeting=meeting).exists():
        raise Refused(_("Muistiota ei ole vielä vahvistettu."))
    if not item.has_decision:
        raise Refused(_("Kohdasta ei kirjattu päätöstä."))
    if not decision:
        raise Refused(_("Kirjoita, mitä päätettiin."), field="decision", status=422)
    if any(len(t.text) > LONGEST for t in decision.texts.values()):
        raise Refused(
            _("Lyhennä tekstiä: enintään %(n)s merkkiä.") % {"n": LONGEST}, field="decision", status=422
        )
    if not reason.strip():
        raise Refused(_("Kerro, miksi kirjausta korjataan."), field="reason", status=422)
    before = item.decision_now
    if decision == before:
        raise Refused(_("Teksti on sama kuin ennen."), field="decision", status=422)
    correction = ItemCorrection(
        item=item, number=item.corrections.count() + 1, decision=decision, reason=reason.strip()[:300],
        corrected_on=clock.today(), corrected_by=by.user,
    )  # fmt: skip
    checked_save(correction)
    _record(by, "minutes.correct", item, meeting, {"decision": (before, decision)})
    return correction


def _locked(meeting: BodyMeeting) -> BodyMeeting:
    return (
        BodyMeeting.objects.select_for_update(of=("self",))
        .select_related("body__plan", "body__organisation")
        .get(pk=meeting.pk)
    )


def _refuse_kept(meeting: BodyMeeting) -> None:
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Refused(_("Kokouksen muistio on jo vahvistettu, eikä sitä enää muuteta."))


def _record(by: Actor, action: str, target, meeting: BodyMeeting, changes: dict[str, tuple]) -> None:
    organisation = meeting.body.organisation
    audit.record(
        by=by, action=action, target=target, scope=meeting.body.plan.public_id,
        organisation=organisation.public_id if organisation else "", changes=changes,
    )  # fmt: skip
