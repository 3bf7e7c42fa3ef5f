"""A person's right to get their data and to be erased (GDPR articles 15, 17 and 20)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from axes.utils import reset as forget_sign_in_attempts
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from lautta.common import audit, search
from lautta.common.actors import Actor
from lautta.common.models import AuditEntry, Job, User
from lautta.common.personal_data import register
from lautta.common.translated import Translated
from lautta.organisations.access import is_system
from lautta.organisations.models import Membership

# Never handed out: a password's hash helps nobody but a thief.
SECRET = {("common.User", "password")}


@transaction.atomic
def export_person(*, user: User, by: Actor | None = None) -> dict[str, Any]:
    """Everything stored of the person, ready for JSON: {"account": {…}, "records": {model: [row]}, "audit":
    [row]}.

    A row holds the fields that the register calls personal, and what tells the reader which row it is (dates,
    ids, names of organisations and plans). Without `by` the person asks; PermissionDenied for others but the
    system.
    """
    by = by or Actor(user, "self")
    _require_self(by, user)
    records = {}
    for model, path in _models_about_people():
        rows = [_row(row) for row in model._default_manager.filter(**{path: user}).distinct().order_by("pk")]
        if rows:
            records[model._meta.label] = rows
    audit.record(by=by, action="person.export", target=user)
    return {
        "made_at": timezone.now().isoformat(),
        "account": {**_row(user), "public_id": user.public_id},
        "records": records,
        "audit": [
            {
                "at": row.at.isoformat(),
                "action": row.action,
                "role": row.actor_role,
                "kind": row.kind,
                "object": row.object_id,
            }
            for row in AuditEntry.objects.filter(actor_id=user.pk).order_by("pk")
        ],
    }


@transaction.atomic
def erase_person(*, by: Actor, user: User) -> None:
    """Erase the account at once: drafts, mails, memberships and roles go, authorship becomes nobody's.

    The trail of writes stays, since it holds a number and a role but no name. PermissionDenied for anybody
    but the person and the system.
    """
    _require_self(by, user)
    audit.record(by=by, action="person.erase", target=user)
    Job.objects.filter(started_by=user, ended_at__isnull=False).update(input={}, result={})
    forget_sign_in_attempts(username=user.email)
    user.delete()
    search.purge()


def _require_self(by: Actor, user: User) -> None:
    if not is_system(by) and by.user_id != user.pk:
        raise PermissionDenied("only the person and the system")


def _models_about_people() -> Iterator[tuple[type[models.Model], str]]:
    """(model, path to the user) of rows that point to a person directly or through a membership."""
    for owner, prefix in ((User, ""), (Membership, "user")):
        # Hidden ones too: most authors have no name for the way back.
        for relation in owner._meta.get_fields(include_hidden=True):
            if not relation.auto_created or not (relation.one_to_many or relation.one_to_one):
                continue
            path = f"{relation.field.name}__{prefix}" if prefix else relation.field.name
            yield relation.related_model, path  # type: ignore[misc]


def _row(instance: models.Model) -> dict[str, Any]:
    label = instance._meta.label
    row = {}
    for field in instance._meta.concrete_fields:
        entry = register().get((label, field.name))
        told = isinstance(field, models.DateField) or field.name in {
            "public_id",
            "role",
            "language",
            "key",
            "kind",
        }
        wanted = (entry is not None and entry.is_personal) or told
        if field.is_relation:
            if field.related_model is not User and isinstance(getattr(instance, field.name), models.Model):
                row[field.name] = str(getattr(instance, field.name))
        elif wanted and (label, field.name) not in SECRET:
            row[field.name] = _plain(getattr(instance, field.name))
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, Translated):
        return {code: text.text for code, text in value.texts.items()}
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float | dict | list):
        return value
    return str(value)
