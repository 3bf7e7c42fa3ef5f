"""Writing the trail."""

from typing import Any

from django.db import models, transaction

from lautta.common.actors import Actor
from lautta.common.models import AuditEntry
from lautta.common.translated import Translated


def _plain(value: Any) -> Any:
    if isinstance(value, Translated):
        return {code: t.text for code, t in value.texts.items()}
    if isinstance(value, models.Model):
        return getattr(value, "public_id", value.pk)
    if isinstance(value, (list, tuple, set)):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str, dict)):
        return value
    return str(value)


def record(
    *,
    by: Actor,
    action: str,
    target: models.Model,
    scope: str = "",
    organisation: str = "",
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> AuditEntry:
    """Add one row in the caller's transaction. `changes` maps a field to (before, after); leave personal fields out.

    Raises RuntimeError outside a transaction: a write and its trail stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record needs the transaction of the write that it records")
    return AuditEntry.objects.create(  # type: ignore[misc]
        actor_id=by.user_id,
        actor_role=by.role,
        scope=scope,
        action=action,
        kind=target._meta.model_name,
        object_id=str(getattr(target, "public_id", None) or target.pk),
        organisation_id=organisation,
        changes={name: [_plain(a), _plain(b)] for name, (a, b) in (changes or {}).items()},
    )


def apply_changes(instance: models.Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set the values that differ and return them as {field: (before, after)}; the caller saves."""
    changed = {}
    for name, value in values.items():
        before = getattr(instance, name)
        if before != value:
            setattr(instance, name, value)
            changed[name] = (before, value)
    return changed
