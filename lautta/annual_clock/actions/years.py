"""The next year with one button, and its events checked one by one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.annual_clock.actions.events import create_event
from lautta.annual_clock.choices import Repeat
from lautta.annual_clock.happenings import year_of
from lautta.annual_clock.models import ClockEvent, YearCheck
from lautta.annual_clock.recurrence import working_day
from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.organisations.permissions import Permission
from lautta.plans.access import require
from lautta.plans.models import Plan

# The same weekday a year later.
SHIFT = dt.timedelta(weeks=52)
_COPIED = (
    "title", "description", "place", "lane", "kind", "concerns", "organisation", "starts_at", "ends_at", "days", "serves",
    "serves_body", "source", "is_illustrative", "off_holiday",
)  # fmt: skip


@transaction.atomic
def prepare_year(*, by: Actor, plan: Plan, year: int) -> int:
    """Bring the year before into `year`: what comes again comes by its rule, what came once is copied to the same weekday
    (unpublished until it is checked). Every one then waits to be checked. Safe to press twice. Returns how many wait.
    """
    require(by, Permission.KEEP_CLOCK, plan=plan)
    if not 1991 <= year <= 2099:
        raise Refused(_("Tarkista vuosi."), field="year", status=422)
    Plan.objects.select_for_update().get(pk=plan.pk)
    events = list(plan.clock_events.standing().select_related("plan__region", "organisation"))
    copied = {e.copied_from_id for e in events if e.copied_from_id and e.starts_on.year == year}
    for event in events:
        if event.repeat == Repeat.ONCE and event.starts_on.year == year - 1 and event.pk not in copied:
            _copy(by, event, year)
    coming = {h.event_pk for h in year_of(plan, year).own(everything=True) if h.event_pk}
    have = set(YearCheck.objects.filter(event__plan=plan, year=year).values_list("event", flat=True))
    YearCheck.objects.bulk_create(YearCheck(event_id=pk, year=year) for pk in sorted(coming - have))
    audit.record(
        by=by, action="clock.prepare_year", target=plan, scope=plan.public_id,
        changes={"year": (None, year), "events": (None, len(coming - have))},
    )  # fmt: skip
    return len(coming - have)


def _copy(by: Actor, event: ClockEvent, year: int) -> None:
    day = event.starts_on + SHIFT
    # A day in the first week of January can fall back into the old year.
    if day.year != year:
        day += dt.timedelta(weeks=1)
    values = {name: getattr(event, name) for name in _COPIED}
    day = working_day(day, "next") if event.starts_on.weekday() < 5 else day
    create_event(
        by=by, plan=event.plan, copied_from=event, starts_on=day, repeat=Repeat.ONCE,
        partners=list(event.partners.all()), **values,
    )  # fmt: skip


@transaction.atomic
def check_event(*, by: Actor, check: YearCheck) -> YearCheck:
    """The event's dates of the year are right."""
    check = YearCheck.objects.select_for_update(of=("self",)).select_related("event__plan", "event__organisation").get(
        pk=check.pk
    )  # fmt: skip
    event = check.event
    require(by, Permission.KEEP_CLOCK, plan=event.plan, organisation=event.organisation)
    if check.checked_on is None:
        check.checked_on, check.checked_by = clock.today(), by.user
        check.save(update_fields=["checked_on", "checked_by"])
        audit.record(
            by=by, action="clock.check", target=event, scope=event.plan.public_id, changes={"year": (None, check.year)}
        )  # fmt: skip
    return check
