"""A person's own settings."""

from typing import Any

from django.db import transaction

from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.models import User


@transaction.atomic
def update_account(*, by: Actor, user: User, values: dict[str, Any]) -> User:
    """Set name, language and reminders. The trail names the fields, not their content: they are personal."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    changed = [name for name in ("name", "language", "wants_reminders") if name in values and getattr(fresh, name) != values[name]]
    for name in changed:
        setattr(fresh, name, values[name])
    if changed:
        fresh.save(update_fields=changed)
        record(by=by, action="account.update", target=fresh, changes={name: (None, None) for name in changed})
    return fresh
