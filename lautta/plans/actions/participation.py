"""Organisations in the plan: who takes part from when to when, and what becomes of an organisation that
ends.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.organisations import actions as organisations
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.actions import people
from lautta.plans.models import Participation, Plan
from lautta.plans.search_entries import index_organisation


@transaction.atomic
def join_plan(
    *,
    by: Actor,
    plan: Plan,
    organisation: Organisation,
    started_on: dt.date | None = None,
    ended_on: dt.date | None = None,
) -> Participation:
    """The organisation takes part from a date (default: today). Refused when it does already at that time."""
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    started_on = started_on or clock.today()
    if organisation.ended_on and organisation.ended_on < started_on:
        raise Refused(_("Organisaatio on päättynyt ennen tätä päivää."), field="started_on", status=422)
    earlier = (
        Plan.objects.select_for_update().get(pk=plan.pk).participations.filter(organisation=organisation)
    )
    for row in earlier:
        if (row.ended_on is None or row.ended_on >= started_on) and (
            ended_on is None or row.started_on <= ended_on
        ):
            raise Refused(_("Organisaatio on jo mukana suunnitelmassa."), field="organisation")
    row = Participation(plan=plan, organisation=organisation, started_on=started_on, ended_on=ended_on)
    checked_save(row)
    audit.record(
        by=by, action="plan.join", target=plan, scope=plan.public_id, organisation=organisation.public_id,
        changes={"started_on": (None, started_on)},
    )  # fmt: skip
    index_organisation(plan, organisation)
    return row


@transaction.atomic
def leave_plan(
    *, by: Actor, plan: Plan, organisation: Organisation, last_day: dt.date | None = None
) -> Participation:
    """The organisation takes part no more after `last_day` (default: yesterday); its people's roles in the
    plan end too.

    Refused for the organiser of the plan, and when the plan would be left without a coordinator.
    """
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    row = _open_row(plan, organisation)
    last_day = last_day or max(clock.today() - dt.timedelta(days=1), row.started_on)
    if plan.organiser_periods.filter(organisation=organisation, ended_on__isnull=True).exists():
        raise Refused(_("Siirrä ensin järjestämisvastuu toiselle organisaatiolle."), field="last_day")
    _close(by, row, last_day)
    return row


@transaction.atomic
def add_organisation(
    *, by: Actor, plan: Plan, joined_on: dt.date | None = None, **facts: Any
) -> Organisation:
    """A new organisation (facts as in organisations.actions.create_organisation) that takes part from a
    date.
    """
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    organisation = organisations.create_organisation(by=by, **facts)
    join_plan(by=by, plan=plan, organisation=organisation, started_on=joined_on)
    return organisation


@transaction.atomic
def edit_organisation(*, by: Actor, plan: Plan, organisation: Organisation, **facts: Any) -> Organisation:
    """Change an organisation of the plan. Refused for one that other regions use too: the installation's
    keeper does it.
    """
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    _refuse_shared(by, plan, organisation)
    return organisations.update_organisation(by=by, organisation=organisation, **facts)


@transaction.atomic
def succeed_in_plan(
    *,
    by: Actor,
    plan: Plan,
    organisation: Organisation,
    successor: Organisation,
    last_day: dt.date,
    move_people: bool = False,
) -> Organisation:
    """The organisation ends on `last_day`; the successor takes part and, if it was the organiser, is
    accountable next.

    With `move_people` its people get the same roles in the successor from the next day on; else their roles
    end. Refused when the plan would be left without a coordinator.
    """
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    _refuse_shared(by, plan, organisation)
    row = _open_row(plan, organisation)
    next_day = last_day + dt.timedelta(days=1)
    if not successor.participations.filter(plan=plan, ended_on__isnull=True).exists():
        join_plan(by=by, plan=plan, organisation=successor, started_on=next_day)
    if plan.organiser_periods.filter(organisation=organisation, ended_on__isnull=True).exists():
        from lautta.plans.actions.plan import set_organiser

        set_organiser(by=by, plan=plan, organisation=successor, started_on=next_day)
    if move_people:
        people.move_people(by=by, plan=plan, source=organisation, target=successor, on=next_day)
    _close(by, row, last_day)
    return organisations.succeed_organisation(
        by=by, organisation=organisation, successor=successor, last_day=last_day
    )


def _open_row(plan: Plan, organisation: Organisation) -> Participation:
    Plan.objects.select_for_update().get(pk=plan.pk)
    row = plan.participations.filter(organisation=organisation, ended_on__isnull=True).first()
    if row is None:
        raise Refused(_("Organisaatio ei ole mukana suunnitelmassa."))
    return row


def _close(by: Actor, row: Participation, last_day: dt.date) -> None:
    if last_day < row.started_on:
        raise Refused(_("Viimeinen päivä ei voi olla ennen ensimmäistä."), field="last_day", status=422)
    people.end_roles_of_organisation(
        by=by, plan=row.plan, organisation=row.organisation, ended_on=last_day + dt.timedelta(days=1)
    )
    row.ended_on = last_day
    checked_save(row, fields=["ended_on"])
    audit.record(
        by=by, action="plan.leave", target=row.plan, scope=row.plan.public_id,
        organisation=row.organisation.public_id, changes={"ended_on": (None, last_day)},
    )  # fmt: skip
    index_organisation(row.plan, row.organisation)


def _refuse_shared(by: Actor, plan: Plan, organisation: Organisation) -> None:
    if by.user is not None and organisation.participations.exclude(plan__region=plan.region_id).exists():
        raise Refused(
            _(
                "Organisaatio on mukana myös toisen alueen suunnitelmassa. "
                "Pyydä ylläpitäjää muuttamaan tietoja."
            )
        )
