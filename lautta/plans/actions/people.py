"""People of the plan: invitations and roles."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock, mail
from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.organisations import actions as organisations
from lautta.organisations.models import Membership, Organisation
from lautta.organisations.permissions import ROLE_NAMES, Permission, Role
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.rules import structure as rules


@transaction.atomic
def invite_person(
    *,
    by: Actor,
    plan: Plan,
    organisation: Organisation,
    email: str,
    name: str,
    role: str,
    language: str = User.Language.FI,
    job_title: str = "",
) -> RoleAssignment:
    """Find or create the account, its membership and the role, and write an invitation to the outbox.

    A known address keeps its own name and language. Raises Refused when the person has the role already.
    """
    _require_people(by, plan, organisation)
    _refuse_strong(by, role, organisation)
    user = User.objects.filter(email=email.strip().lower()).first()
    is_new = user is None
    if user is None:
        user = organisations.create_person(by=by, email=email, name=name, language=language)
    elif not user.is_active:
        raise Refused(_("Tämä käyttäjätili on suljettu."), field="email")
    membership = organisations.add_membership(
        by=by, user=user, organisation=organisation, job_title=job_title
    )
    assignment = assign_role(by=by, plan=plan, membership=membership, role=role)
    _write_invitation(plan, organisation, user, assignment, is_new)
    return assignment


@transaction.atomic
def assign_role(
    *, by: Actor, plan: Plan, membership: Membership, role: str, started_on: dt.date | None = None
) -> RoleAssignment:
    """Give a role in the plan to a member of one of its organisations, from a date (default: today)."""
    organisation = membership.organisation
    _require_people(by, plan, organisation)
    _refuse_strong(by, role, organisation)
    if membership.ended_on is not None:
        raise Refused(_("Henkilö ei enää kuulu organisaatioon."))
    _locked(plan)
    if not plan.participations.filter(organisation=organisation, ended_on__isnull=True).exists():
        raise Refused(_("Organisaatio ei ole mukana suunnitelmassa."), field="role")
    if membership.roles.filter(plan=plan, role=role, ended_on__isnull=True).exists():
        raise Refused(_("Henkilöllä on jo tämä rooli."), field="role")
    assignment = RoleAssignment(
        plan=plan, membership=membership, role=role, started_on=started_on or clock.today()
    )
    checked_save(assignment)
    _record(
        by, "role.assign", assignment, {"role": (None, role), "started_on": (None, assignment.started_on)}
    )
    return assignment


@transaction.atomic
def end_role(*, by: Actor, assignment: RoleAssignment, ended_on: dt.date | None = None) -> RoleAssignment:
    """End a role from a date (default: today, at once). Refused for the last coordinator of the plan."""
    organisation = assignment.membership.organisation
    _require_people(by, assignment.plan, organisation)
    _refuse_strong(by, assignment.role, organisation)
    _locked(assignment.plan)
    _end([assignment], by=by, on=ended_on or clock.today())
    return assignment


@transaction.atomic
def remove_from_plan(*, by: Actor, plan: Plan, membership: Membership) -> None:
    """End every role of the membership in the plan, and the membership itself when no other plan rests on
    it.
    """
    _require_people(by, plan, membership.organisation)
    _locked(plan)
    open_roles = list(membership.roles.filter(plan=plan, ended_on__isnull=True))
    for assignment in open_roles:
        _refuse_strong(by, assignment.role, membership.organisation)
    _end(open_roles, by=by, on=clock.today())
    if not membership.roles.filter(ended_on__isnull=True).exists():
        organisations.end_membership(by=by, membership=membership)


@transaction.atomic
def end_roles_of_organisation(*, by: Actor, plan: Plan, organisation: Organisation, ended_on: dt.date) -> int:
    """End all open roles of the organisation's people in the plan; returns how many."""
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    _locked(plan)
    open_roles = list(
        plan.role_assignments.filter(membership__organisation=organisation, ended_on__isnull=True)
    )
    _end(open_roles, by=by, on=ended_on)
    return len(open_roles)


@transaction.atomic
def move_people(*, by: Actor, plan: Plan, source: Organisation, target: Organisation, on: dt.date) -> int:
    """Give the people of `source` the same roles in `target` from a date; returns how many roles. The old
    ones stay open.

    Roles that the mover could not give by hand move too: nobody gains anything by keeping what they had.
    """
    require(by, Permission.MANAGE_PEOPLE, plan=plan)
    roles = plan.role_assignments.filter(
        membership__organisation=source, ended_on__isnull=True
    ).select_related("membership__user")
    moved = 0
    for assignment in roles:
        old = assignment.membership
        new = organisations.add_membership(
            by=SYSTEM, user=old.user, organisation=target, job_title=old.job_title, started_on=on
        )
        if not new.roles.filter(plan=plan, role=assignment.role, ended_on__isnull=True).exists():
            row = RoleAssignment(plan=plan, membership=new, role=assignment.role, started_on=on)
            checked_save(row)
            _record(by, "role.move", row, {"role": (None, row.role), "started_on": (None, on)})
            moved += 1
    return moved


def _end(assignments: list[RoleAssignment], *, by: Actor, on: dt.date) -> None:
    """The caller has locked the plan: two coordinators cannot end each other at the same moment."""
    for assignment in assignments:
        if assignment.ended_on is not None:
            continue
        if assignment.role == Role.COORDINATOR:
            others = (
                RoleAssignment.objects.open_coordinators()
                .filter(plan=assignment.plan_id)
                .exclude(pk=assignment.pk)
            )
            if not others.exists():
                raise Refused(
                    _("Suunnitelmassa on oltava koordinaattori. Anna rooli ensin toiselle."), field="role"
                )
        assignment.ended_on = max(on, assignment.started_on)
        checked_save(assignment, fields=["ended_on"])
        _record(
            by,
            "role.end",
            assignment,
            {"role": (assignment.role, None), "ended_on": (None, assignment.ended_on)},
        )


def _require_people(by: Actor, plan: Plan, organisation: Organisation) -> None:
    try:
        require(by, Permission.MANAGE_PEOPLE, plan=plan)
    except PermissionDenied:
        require(by, Permission.MANAGE_OWN_PEOPLE, plan=plan, organisation=organisation)


def _refuse_strong(by: Actor, role: str, organisation: Organisation) -> None:
    if role not in set(Role):
        raise Refused(_("Valitse rooli luettelosta."), field="role", status=422)
    if not rules.may_give_role(by, Role(role), organisation):
        raise Refused(
            _("Et voi antaa tai päättää roolia, joka on omaasi vahvempi."), field="role", status=403
        )


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _record(by: Actor, action: str, assignment: RoleAssignment, changes: dict) -> None:
    membership = assignment.membership
    audit.record(
        by=by, action=action, target=membership, scope=assignment.plan.public_id,
        organisation=membership.organisation.public_id, changes=changes,
    )  # fmt: skip


def _write_invitation(
    plan: Plan, organisation: Organisation, user: User, assignment: RoleAssignment, is_new: bool
) -> None:
    with translation.override(user.language):
        address = reverse("account_reset_password" if is_new else "account_login")
        text = render_to_string(
            "plans/mail/invitation.txt",
            {
                "user": user, "plan": plan, "organisation": organisation, "is_new": is_new,
                "role": ROLE_NAMES[Role(assignment.role)], "address": settings.SITE_URL + address,
            },
        )  # fmt: skip
        subject = now("Kutsu: %(plan)s") % {"plan": plan.title}
    key = f"invitation:{assignment.pk}"
    mail.queue(to=user, kind="invitation", key=key, subject=subject, text=text, scope=plan.public_id)
