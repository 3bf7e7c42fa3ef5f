"""Organisations and people of a plan as pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.organisations.models import Membership, Organisation
from lautta.organisations.permissions import ROLE_NAMES, Role
from lautta.plans.models import Participation, Plan, RoleAssignment


def organisations_ever(plan: Plan) -> QuerySet[Organisation]:
    """Those that take or have taken part; what a page of one may start from."""
    return Organisation.objects.ever_in_plan(plan).select_related("area", "successor")


def organisation_rows(plan: Plan, kind: str = "") -> QuerySet[Participation]:
    """The newest participation of each organisation, by kind and name; `people` counts those with a role
    today.
    """
    today = clock.today()
    newest = Participation.objects.filter(plan=plan, organisation=OuterRef("organisation")).order_by(
        "-started_on"
    )
    people = (
        RoleAssignment.objects.current(today)
        .filter(plan=plan, membership__organisation=OuterRef("organisation"))
        .order_by()
        .values("membership__organisation")
        .annotate(n=Count("membership__user", distinct=True))
        .values("n")
    )
    kinds = [When(organisation__kind=code, then=Value(n)) for n, code in enumerate(Organisation.Kind.values)]
    rows = plan.participations.filter(pk=Subquery(newest.values("pk")[:1]))
    if kind:
        rows = rows.filter(organisation__kind=kind)
    return (
        rows.select_related("organisation__area", "organisation__successor")
        .annotate(
            people=Coalesce(Subquery(people, output_field=IntegerField()), 0),
            kind_order=Case(*kinds, output_field=IntegerField()),
            gone=Case(
                When(Q(ended_on__lt=today) | Q(organisation__ended_on__lt=today), then=True), default=False
            ),
        )
        .order_by("kind_order", "gone", "organisation__sort_key", "pk")
    )


def kind_filter(plan: Plan, asked: str, here: str) -> tuple[list[dict[str, Any]], str]:
    """Links that narrow the list to a kind, and the chosen kind ("" for all)."""
    counts = dict(
        plan.participations.order_by()
        .values("organisation__kind")
        .annotate(n=Count("organisation", distinct=True))
        .values_list("organisation__kind", "n")
    )
    chosen = asked if asked in counts else ""
    links = [{"label": _("Kaikki"), "url": here, "current": not chosen}]
    for code, label in Organisation.Kind.choices:
        if code in counts:
            links.append(
                {
                    "label": f"{label} ({counts[code]})",
                    "url": f"{here}?kind={code}",
                    "current": code == chosen,
                }
            )
    return links, chosen


@dataclass(slots=True)
class Member:
    """A person of an organisation with the roles held in the plan."""

    membership: Membership
    roles: list[RoleAssignment] = field(default_factory=list)
    former: list[RoleAssignment] = field(default_factory=list)

    @property
    def role_names(self) -> list[Any]:
        return [ROLE_NAMES[Role(r.role)] for r in self.roles]


def people_of(plan: Plan, organisation: Organisation) -> tuple[list[Member], list[Member]]:
    """(those with a role in the plan today or later, those whose roles have all ended), by name: one
    query.
    """
    today = clock.today()
    rows = (
        plan.role_assignments.filter(membership__organisation=organisation)
        .select_related("membership__user")
        .order_by("membership__user__name", "membership_id", "started_on", "pk")
    )
    members: dict[int, Member] = {}
    for row in rows:
        member = members.setdefault(row.membership_id, Member(row.membership))
        gone = any(end is not None and end <= today for end in (row.ended_on, row.membership.ended_on))
        (member.former if gone else member.roles).append(row)
    order = list(Role)
    for member in members.values():
        member.roles.sort(key=lambda row: order.index(Role(row.role)))
    present = [m for m in members.values() if m.roles]
    return present, [m for m in members.values() if not m.roles]


def members_of(plan: Plan, organisation: Organisation) -> QuerySet[Membership]:
    """Memberships with some role in the plan, open ones: what a page of a person may start from."""
    roles = plan.role_assignments.filter(membership__organisation=organisation)
    return (
        Membership.objects.current(clock.today())
        .filter(organisation=organisation, pk__in=roles.values("membership_id"))
        .select_related("user", "organisation")
    )


def succession(organisation: Organisation) -> list[dict[str, Any]]:
    """Predecessors, the organisation itself and its successors as a timeline, oldest first."""
    items = [
        {"date": before.ended_on, "title": str(before.name), "state": "past", "organisation": before}
        for before in organisation.predecessors.order_by("ended_on", "pk")
    ]
    items.append(
        {
            "date": organisation.ended_on,
            "title": str(organisation.name),
            "state": "now",
            "organisation": organisation,
        }
    )
    items += [
        {"date": after.ended_on, "title": str(after.name), "state": "ahead", "organisation": after}
        for after in organisation.successors()
    ]
    return items if len(items) > 1 else []
