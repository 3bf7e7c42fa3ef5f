"""Two people edited the same thing: what the other one changed, so that nothing is overwritten unseen."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused


class StaleForm(Refused):
    """The form was opened before somebody else saved.

    `changed` is {field: (value when the form was opened, value now)}; `version` is the newest, to be posted
    next.
    """

    def __init__(self, *, changed: dict[str, tuple[Any, Any]], version: int):
        super().__init__(
            _("Joku muu tallensi tämän sillä välin. Tekstisi on tallessa: katso erot ja tallenna uudelleen.")
        )
        self.changed = changed
        self.version = version


def changed_since(instance: models.Model, seen: int) -> dict[str, tuple[Any, Any]]:
    """Fields that were saved after version `seen`, from the trail: {field: (value then, value now)}.

    Values are as the trail holds them: text in several languages is {language: text}.
    """
    rows = AuditEntry.objects.filter(
        kind=instance._meta.model_name, object_id=instance.public_id, changes__has_key="version"
    ).order_by("-pk")[:50]
    changed: dict[str, tuple[Any, Any]] = {}
    for row in rows:
        before, _after = row.changes["version"]
        if before < seen:
            break
        for name, (old, new) in row.changes.items():
            if name != "version":
                changed[name] = (old, changed[name][1] if name in changed else new)
    return {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
