"""Who may do what to the structure of a plan: role × organisation × phase, each rule by name."""

from django.utils.translation import gettext_lazy as _

from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission, Role
from lautta.plans.choices import PHASE_TRANSITIONS
from lautta.plans.models import Plan, RoleAssignment
from lautta.plans.standing import Standing

# A role can be given and taken by one that is at least as strong.
STRENGTH = {Role.COORDINATOR: 3, Role.ADMINISTRATOR: 2, Role.LEAD: 1}
GIVEN_BY_LEAD = frozenset({Role.CONTRIBUTOR, Role.LEAD})


def may_edit_goals(standing: Standing) -> bool:
    """Goals, mirroring and linked plans: the plan's editors, until the plan has ended."""
    return standing.can(Permission.EDIT_PLAN) and standing.plan.phase != Plan.Phase.ENDED


def may_publish_goals(standing: Standing) -> bool:
    return standing.can(Permission.PUBLISH_PLAN) and standing.plan.phase != Plan.Phase.ENDED


def may_see_participants(standing: Standing) -> bool:
    """The register of people who took part holds names without consent to publish: coordinators alone."""
    return standing.can(Permission.EDIT_PLAN)


def may_manage_organisations(standing: Standing) -> bool:
    return standing.can(Permission.MANAGE_PEOPLE)


def may_manage_people(standing: Standing, organisation: Organisation) -> bool:
    """Plan-wide, or a lead in their own organisation."""
    return standing.can(Permission.MANAGE_PEOPLE) or standing.can(Permission.MANAGE_OWN_PEOPLE, organisation)


def roles_to_give(standing: Standing, organisation: Organisation) -> list[Role]:
    """Roles that the person may give and take in the organisation: never one stronger than their own."""
    if standing.can(Permission.MANAGE_PEOPLE):
        held = {role for roles in standing.roles.values() for role in roles}
        strongest = max((STRENGTH.get(r, 0) for r in held), default=0)
        return [role for role in Role if STRENGTH.get(role, 0) <= strongest]
    if standing.can(Permission.MANAGE_OWN_PEOPLE, organisation):
        return [role for role in Role if role in GIVEN_BY_LEAD]
    return []


def may_give_role(by: Actor, role: Role, organisation: Organisation) -> bool:
    """Also rules who may take a role away."""
    if is_system(by):
        return True
    return isinstance(by.standing, Standing) and role in roles_to_give(by.standing, organisation)


def next_phases(plan: Plan) -> frozenset[str]:
    """Phases that the plan may move to."""
    return PHASE_TRANSITIONS[plan.phase]


def refuse_ended(by: Actor, plan: Plan) -> None:
    """Refused when the plan has ended: its goals stay as they were. The system may still bring in history."""
    if plan.phase == Plan.Phase.ENDED and not is_system(by):
        raise Refused(_("Suunnitelma on päättynyt, eikä sen tavoitteita enää muuteta."))


def plans_without_coordinator_after(user: User) -> list[Plan]:
    """Plans whose only coordinator the person is: tell before the account goes."""
    mine = RoleAssignment.objects.open_coordinators().filter(membership__user=user).values("plan_id")
    others = RoleAssignment.objects.open_coordinators().exclude(membership__user=user).values("plan_id")
    return list(Plan.objects.filter(pk__in=mine).exclude(pk__in=others).exclude(phase=Plan.Phase.ENDED))
