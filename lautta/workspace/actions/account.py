"""A person's own settings."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.organisations.actions import erase_person
from lautta.organisations.permissions import Role
from lautta.plans.models import RoleAssignment


@transaction.atomic
def update_account(*, by: Actor, user: User, values: dict[str, Any]) -> User:
    """Set name, language and reminders. The trail names the fields, not their content: they are personal."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    changed = [
        name
        for name in ("name", "language", "wants_reminders", "wants_digest", "quiet_from", "quiet_until")
        if name in values and getattr(fresh, name) != values[name]
    ]
    for name in changed:
        setattr(fresh, name, values[name])
    if changed:
        fresh.save(update_fields=changed)
        record(by=by, action="account.update", target=fresh, changes=dict.fromkeys(changed, (None, None)))
    return fresh


@transaction.atomic
def erase_account(*, by: Actor, user: User, password: str) -> None:
    """Erase one's own account at once. Refused with a wrong password, and while a plan would be left without coordinator."""
    if not user.check_password(password):
        raise Refused(_("Salasana ei ole oikea."), field="password", status=422)
    coordinators = RoleAssignment.objects.select_for_update().filter(
        role=Role.COORDINATOR, ended_on__isnull=True
    )
    mine = set(coordinators.filter(membership__user=user).values_list("plan_id", flat=True))
    others = set(coordinators.exclude(membership__user=user).values_list("plan_id", flat=True))
    if mine - others:
        raise Refused(
            _("Olet suunnitelman ainoa koordinaattori. Anna tehtävä ensin toiselle."),
            field="password",
            status=422,
        )
    erase_person(by=by, user=user)
