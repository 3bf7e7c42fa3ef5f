"""Writes of events: made, changed, moved, cancelled, removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.annual_clock.choices import Concerns, Repeat
from lautta.annual_clock.happenings import Year
from lautta.annual_clock.models import ClockEvent
from lautta.annual_clock.recurrence import never_occurs
from lautta.annual_clock.searching import index_event, unindex_event
from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan

EDITABLE = frozenset({
    "title", "description", "place", "lane", "kind", "concerns", "organisation", "starts_on", "starts_at", "ends_at", "days",
    "repeat", "month", "nth", "weekday", "interval", "offset", "repeat_until", "off_holiday", "relative_to", "relative_body",
    "serves", "serves_body", "is_public", "source", "is_illustrative",
})  # fmt: skip
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
MOST_OFFSET = 366


@transaction.atomic
def create_event(
    *, by: Actor, plan: Plan, partners: Sequence[Organisation] = (), ics_uid: str = "", exceptions: dict | None = None,
    copied_from: ClockEvent | None = None, **values: Any,
) -> ClockEvent:  # fmt: skip
    """A new event of an organisation, or of the whole plan without one. `values`: keys of EDITABLE."""
    _refuse_unknown(values)
    require(by, Permission.KEEP_CLOCK, plan=plan, organisation=values.get("organisation"))
    event = ClockEvent(
        plan=plan, ics_uid=ics_uid, exceptions=exceptions or {}, copied_from=copied_from, **_tidied(values)
    )
    _refuse_strangers(plan, [event.organisation, *partners])
    _check(event)
    checked_save(event)
    event.partners.set(partners)
    index_event(event)
    _record(by, "clock.create", event, {"title": (None, event.title), "repeat": (None, event.repeat)})
    return event


@transaction.atomic
def update_event(
    *,
    by: Actor,
    event: ClockEvent,
    version: int,
    partners: Sequence[Organisation] | None = None,
    **values: Any,
) -> ClockEvent:
    """Change the keys of EDITABLE. 409 when somebody saved in between. What hangs on the event moves with it."""
    _refuse_unknown(values)
    event = _locked(by, event)
    if event.version != version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    organisation = values.get("organisation", event.organisation)
    if organisation != event.organisation:
        require(by, Permission.KEEP_CLOCK, plan=event.plan, organisation=organisation)
    changes = audit.apply_changes(event, _tidied(values))
    _refuse_strangers(event.plan, [event.organisation, *(partners or ())])
    _check(event)
    if {
        "starts_on",
        "repeat",
        "month",
        "nth",
        "weekday",
        "interval",
        "offset",
        "relative_to",
        "relative_body",
    } & changes.keys():
        # The days that had been moved are no days of the new rule.
        event.exceptions = {}
    if partners is not None and set(partners) != set(event.partners.all()):
        changes["partners"] = (list(event.partners.all()), list(partners))
        event.partners.set(partners)
    if changes:
        _save(by, event, "clock.update", changes)
    return event


@transaction.atomic
def move_occurrence(
    *, by: Actor, event: ClockEvent, own_day: dt.date, to: dt.date | None, version: int
) -> ClockEvent:
    """One occurrence happens on another day, or not at all (None). What hangs on it follows by itself.

    own_day: the day on which the rule puts it. An event that happens once moves as a whole.
    """
    event = _locked(by, event)
    if event.version != version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    if to is not None and not FIRST_DAY <= to <= LAST_DAY:
        raise Refused(_("Tarkista vuosi."), field="to", status=422)
    if not any(own == own_day for own, _day in Year(event.plan, own_day, own_day).own_days(event)):
        raise Refused(_("Tapahtuma ei ole tuona päivänä."), field="to", status=422)
    before = event.exceptions.get(own_day.isoformat(), own_day.isoformat())
    if event.repeat == Repeat.ONCE and to is not None:
        event.starts_on, event.exceptions = to, {}
    elif to == own_day:
        event.exceptions = {k: v for k, v in event.exceptions.items() if k != own_day.isoformat()}
    else:
        event.exceptions = {**event.exceptions, own_day.isoformat(): to.isoformat() if to else None}
    _save(by, event, "clock.move", {"day": (before, to and to.isoformat())})
    return event


@transaction.atomic
def end_event(*, by: Actor, event: ClockEvent) -> ClockEvent:
    """Take the event off the clock. Refused while another is reckoned from it."""
    event = _locked(by, event)
    if event.followers.standing().exists():
        raise Refused(_("Toinen tapahtuma lasketaan tästä. Muuta ensin sen sääntöä."))
    event.ended_on = clock.today()
    _save(by, event, "clock.end", {"ended_on": (None, event.ended_on)})
    unindex_event(event)
    return event


def _locked(by: Actor, event: ClockEvent) -> ClockEvent:
    found = (
        ClockEvent.objects.select_for_update(of=("self",))
        .select_related("plan__region", "organisation")
        .get(pk=event.pk)
    )
    require(by, Permission.KEEP_CLOCK, plan=found.plan, organisation=found.organisation)
    if found.ended_on:
        raise Refused(_("Tapahtuma on jo poistettu."))
    return found


def _save(by: Actor, event: ClockEvent, action: str, changes: dict[str, tuple[Any, Any]]) -> None:
    event.version += 1
    checked_save(event)
    if event.ended_on is None:
        index_event(event)
    _record(by, action, event, changes)


def _refuse_unknown(values: dict[str, Any]) -> None:
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Without what the chosen way of repeating does not use."""
    tidy = dict(values)
    if "repeat" in tidy and tidy["repeat"] != Repeat.RELATIVE:
        tidy |= {"relative_to": None, "relative_body": None, "offset": 0}
    if "repeat" in tidy and tidy["repeat"] != Repeat.NTH:
        tidy |= {"nth": 0, "weekday": 0, "month": 0}
    if tidy.get("repeat") == Repeat.ONCE:
        tidy["repeat_until"] = None
    return tidy


def _check(event: ClockEvent) -> None:
    if not event.title:
        raise Refused(_("Anna tapahtumalle nimi."), field="title", status=422)
    if not FIRST_DAY <= event.starts_on <= LAST_DAY:
        raise Refused(_("Tarkista vuosi."), field="starts_on", status=422)
    if event.ends_at and event.starts_at is None:
        raise Refused(_("Anna myös alkamisaika."), field="starts_at", status=422)
    if event.days == 1 and event.starts_at and event.ends_at and event.ends_at <= event.starts_at:
        raise Refused(_("Tapahtuma ei voi päättyä ennen kuin se alkaa."), field="ends_at", status=422)
    if not 1 <= event.days <= 400:
        raise Refused(_("Tapahtuma ei voi päättyä ennen kuin se alkaa."), field="ends_on", status=422)
    if event.repeat_until and event.repeat_until < event.starts_on:
        raise Refused(_("Viimeinen päivä ei voi olla ennen ensimmäistä."), field="repeat_until", status=422)
    if abs(event.offset) > MOST_OFFSET:
        raise Refused(_("Anna enintään 366 päivää."), field="offset", status=422)
    if set(event.concerns) - set(Concerns.values):
        raise Refused(_("Valitse luettelosta, ketä tapahtuma koskee."), field="concerns", status=422)
    _check_anchor(event)
    _refuse_never(event)


def _check_anchor(event: ClockEvent) -> None:
    others = [o for o in (event.relative_to, event.serves, event.relative_body, event.serves_body) if o]
    if any(o.plan_id != event.plan_id for o in others):
        raise Refused(_("Valitse saman suunnitelman tapahtuma tai toimielin."), status=422)
    if event.repeat == Repeat.RELATIVE and bool(event.relative_to) == bool(event.relative_body):
        raise Refused(
            _("Valitse yksi tapahtuma tai toimielin, josta päivät lasketaan."),
            field="relative_to",
            status=422,
        )
    seen, other = {event.pk}, event.relative_to
    while other is not None:
        if other.pk in seen or len(seen) > 19:
            raise Refused(
                _("Tapahtumat laskettaisiin toisistaan kehässä. Valitse toinen tapahtuma."),
                field="relative_to",
                status=422,
            )
        seen.add(other.pk)
        other = other.relative_to


def _refuse_never(event: ClockEvent) -> None:
    """A rule that falls on no day in nine years is a mistake, not a rule."""
    if event.repeat != Repeat.RELATIVE:
        never, field = never_occurs(event.rule), "repeat_until" if event.repeat_until else "repeat"
    else:
        last = min(event.starts_on + dt.timedelta(days=9 * 366), dt.date(2110, 1, 1))
        never, field = not Year(event.plan, event.starts_on, last).own_days(event), "relative_to"
        if never and event.relative_body:
            raise Refused(
                _("Toimielimelle ei ole merkitty kokouspäiviä, joista päivä laskettaisiin."),
                field="relative_body",
                status=422,
            )
    if never:
        raise Refused(
            _("Tällä säännöllä tapahtumaa ei tule yhtään kertaa. Tarkista sääntö ja sen viimeinen päivä."),
            field=field,
            status=422,
        )


def _refuse_strangers(plan: Plan, organisations: Sequence[Organisation | None]) -> None:
    wanted = {o.pk for o in organisations if o is not None}
    if wanted - set(
        plan.participations.filter(organisation__in=wanted).values_list("organisation", flat=True)
    ):
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)


def _record(by: Actor, action: str, event: ClockEvent, changes: dict[str, tuple[Any, Any]]) -> None:
    audit.record(
        by=by,
        action=action,
        target=event,
        scope=event.plan.public_id,
        organisation=event.organisation.public_id if event.organisation else "",
        changes=changes,
    )
