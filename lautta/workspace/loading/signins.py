"""The demo's sign-ins as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation

from lautta.common import clock
from lautta.organisations.permissions import ROLE_NAMES, Role
from lautta.plans.models import RoleAssignment

# The coordinator's account opens every page: it comes first.
_ORDER = [Role.COORDINATOR, Role.LEAD, Role.CONTRIBUTOR, Role.FAMILY_CENTRE_COORDINATOR, Role.YOUTH_COUNCIL,
          Role.DECISION_SECRETARY, Role.ADMINISTRATOR]  # fmt: skip
DEMO_ADDRESS = "@demo.lautta.invalid"


def sign_ins() -> list[tuple[str, str, str]]:
    """(address, role, organisation) of each demo account's roles today: plan by plan, coordinators first."""
    roles = (
        RoleAssignment.objects.current(clock.today())
        .filter(membership__user__email__endswith=DEMO_ADDRESS, membership__user__is_active=True)
        .select_related("membership__user", "membership__organisation")
    )
    with translation.override("en"):
        ordered = sorted(
            roles,
            key=lambda r: (r.plan_id, _ORDER.index(Role(r.role)), r.membership.organisation.sort_key, r.pk),
        )
        return [
            (
                r.membership.user.email,
                str(ROLE_NAMES[Role(r.role)]),
                r.membership.organisation.name.shown("fi").text,
            )
            for r in ordered
        ]


def table(rows: Iterable[tuple[str, str, str]], password: str) -> str:
    """Columns of even width, the password once above them."""
    rows = [("E-mail", "Role", "Organisation"), *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    lines = [f"  {row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]
    lines.insert(1, "  " + "-" * max(len(line) - 2 for line in lines))
    return "\n".join([f"Sign-ins of the demo. The password of all: {password}", "", *lines])
