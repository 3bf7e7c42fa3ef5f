"""Where a person stands in a plan: roles per organisation, read in one query."""

from __future__ import annotations

from dataclasses import dataclass, field

from lautta.common import clock
from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.organisations.models import Membership, Organisation, Region
from lautta.organisations.permissions import OWN_ORGANISATION, PLAN_WIDE, ROLE_NAMES, Permission, Role
from lautta.plans.models import Plan, RoleAssignment

_ORDER = list(Role)


@dataclass(frozen=True)
class Standing:
    """One person in one plan. `roles` maps an organisation's primary key to the roles held there."""

    plan: Plan
    user: User
    roles: dict[int, frozenset[Role]] = field(default_factory=dict)
    organisations: tuple[Organisation, ...] = ()

    def can(self, permission: Permission, organisation: Organisation | int | None = None) -> bool:
        """True when a plan-wide role gives it, or a role in `organisation` does.

        Without an organisation, only plan-wide roles count.
        """
        if any(permission in PLAN_WIDE.get(r, ()) for held in self.roles.values() for r in held):
            return True
        if organisation is None:
            return False
        pk = organisation if isinstance(organisation, int) else organisation.pk
        return any(permission in OWN_ORGANISATION.get(r, ()) for r in self.roles.get(pk, ()))

    def can_somewhere(self, permission: Permission) -> bool:
        """True when the permission holds plan-wide or in at least one of the person's organisations."""
        return self.can(permission) or any(self.can(permission, pk) for pk in self.roles)

    @property
    def organisation_ids(self) -> list[int]:
        return sorted(self.roles)

    @property
    def sees_all_drafts(self) -> bool:
        return self.can(Permission.VIEW_ALL_DRAFTS)

    @property
    def is_member(self) -> bool:
        return bool(self.roles)

    def organisations_where(self, permission: Permission) -> list[Organisation]:
        """The person's own organisations in which the permission holds, in name order."""
        return [o for o in self.organisations if self.can(permission, o.pk)]

    @property
    def organisation(self) -> Organisation | None:
        """Whose hat the person wears on the page: the first of the organisations."""
        return self.organisations[0] if self.organisations else None

    @property
    def role_name(self) -> str:
        """The strongest role in words."""
        role = self.role_in(self.organisation)
        return str(ROLE_NAMES[role]) if role else ""

    def role_in(self, organisation: Organisation | None = None) -> Role | None:
        """The strongest role, in the organisation if one is held there, else anywhere."""
        held = self.roles.get(organisation.pk, frozenset()) if organisation else frozenset()
        held = held or frozenset(r for roles in self.roles.values() for r in roles)
        return min(held, key=_ORDER.index) if held else None

    # --- what the room of organisations asks (organisations.access.Keeper)

    def may_add_organisations(self) -> bool:
        return self.can(Permission.MANAGE_PEOPLE)

    def keeps(self, organisation: Organisation) -> bool:
        """May change the facts of an organisation: it takes part in this plan, and in plans of no other
        region.
        """
        return (
            self.can(Permission.MANAGE_PEOPLE)
            and organisation.participations.filter(plan=self.plan).exists()
            and not organisation.participations.exclude(plan__region=self.plan.region_id).exists()
        )

    def keeps_people_of(self, organisation: Organisation) -> bool:
        """May add and end memberships: plan-wide in every organisation of the plan, a lead in their own."""
        if self.can(Permission.MANAGE_PEOPLE):
            return organisation.participations.filter(plan=self.plan).exists()
        return self.can(Permission.MANAGE_OWN_PEOPLE, organisation)

    def keeps_membership(self, membership: Membership) -> bool:
        """May end it: nobody ends a membership on which a role in another plan rests."""
        elsewhere = membership.roles.filter(ended_on__isnull=True).exclude(plan=self.plan)
        return self.keeps_people_of(membership.organisation) and not elsewhere.exists()

    def keeps_people_somewhere(self) -> bool:
        return self.can(Permission.MANAGE_PEOPLE) or self.can_somewhere(Permission.MANAGE_OWN_PEOPLE)

    def keeps_indicators(self, region: Region | None) -> bool:
        """May fetch figures and decide on those that wait, of public sources and of the plan's own region."""
        return self.can(Permission.KEEP_FIGURES) and (region is None or region.pk == self.plan.region_id)

    def actor(self, organisation: Organisation | None = None) -> Actor:
        """The `by=` of actions."""
        role = self.role_in(organisation)
        return Actor(user=self.user, role=role.value if role else "outsider", standing=self)


def standing_of(user: User, plan: Plan) -> Standing:
    """Read the person's open roles in the plan: one query."""
    today = clock.today()
    rows = (
        RoleAssignment.objects.current(today)
        .filter(plan=plan, membership__user=user)
        .select_related("membership__organisation")
        .order_by("membership__organisation__sort_key")
    )
    roles: dict[int, set[Role]] = {}
    organisations: dict[int, Organisation] = {}
    for row in rows:
        organisation = row.membership.organisation
        roles.setdefault(organisation.pk, set()).add(Role(row.role))
        organisations[organisation.pk] = organisation
    return Standing(plan, user, {pk: frozenset(r) for pk, r in roles.items()}, tuple(organisations.values()))
