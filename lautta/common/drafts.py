"""Drafts: what a person has typed into a form and not yet saved.

A form view gives its template `draft_key`, includes `forms/autosave.html` inside the form, and shows what
`draft_of` returns. A draft is the person's own working paper: it leaves no row in the audit trail.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lautta.common.actors import Actor
from lautta.common.models import FormDraft, User
from lautta.common.problems import Refused

Fields = dict[str, str | list[str]]

KEY = re.compile(r"[A-Za-z0-9_.:-]{1,120}")
MOST_BYTES = 2_400_000
MOST_FIELDS = 400
MOST_DRAFTS = 300
_NEVER_KEPT = ("csrfmiddlewaretoken", "password", "token", "secret", "otp")


def stored_draft(user: User, key: str) -> FormDraft | None:
    """The row with its time, or None."""
    return FormDraft.objects.filter(user=user, key=key).first()


def draft_of(user: User, key: str) -> Fields | None:
    """What the person has typed into the form named `key`: {field: value, or list of values}; None
    without a draft."""
    draft = stored_draft(user, key)
    return dict(draft.fields) if draft else None


def typed_fields(data: QueryDict) -> Fields:
    """A posted form as a draft keeps it: everything but tokens and passwords; a single value as a string."""
    kept: Fields = {}
    for name in data:
        if any(word in name.lower() for word in _NEVER_KEPT) or name.startswith("_"):
            continue
        values = data.getlist(name)
        kept[name] = values[0] if len(values) == 1 else values
    return kept


def as_data(fields: Mapping[str, Any]) -> QueryDict:
    """A draft as a form's `data`."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def initial_from_draft(form: forms.Form, fields: Mapping[str, Any]) -> dict[str, Any]:
    """`initial` that shows the draft in an unbound form: as typed, nothing validated yet."""
    data = as_data(fields)
    shown = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(data, {}, key) or key in data:
            shown[name] = field.widget.value_from_datadict(data, {}, key)
    return shown


def keep_draft(*, by: Actor, key: str, fields: Mapping[str, Any]) -> dt.datetime:
    """Store what was typed over the person's earlier draft of the same form; returns when.

    Raises Refused for a bad key, for text that no database holds, and for more than fits (2.4 MB).
    """
    if by.user is None:
        raise Refused(_("Luonnos tarvitsee kirjautuneen käyttäjän."), status=403)
    if not KEY.fullmatch(key):
        raise Refused(_("Luonnoksella ei ole kelvollista tunnusta."), status=400)
    size = json.dumps(fields, ensure_ascii=False)
    if len(fields) > MOST_FIELDS or len(size.encode("utf-8", "replace")) > MOST_BYTES:
        raise Refused(_("Teksti on liian pitkä luonnokseksi."), status=413)
    if _holds_nul(fields):
        raise Refused(_("Tekstissä on merkki, jota ei voi tallentaa."), status=422)
    with transaction.atomic():
        draft, _made = FormDraft.objects.update_or_create(
            user=by.user, key=key, defaults={"fields": dict(fields)}
        )
        # A person's forgotten drafts do not gather for ever: the oldest give way.
        extra = FormDraft.objects.filter(user=by.user).order_by("-updated_at", "-pk")[MOST_DRAFTS:]
        FormDraft.objects.filter(pk__in=[row.pk for row in extra.only("pk")]).delete()
    return draft.updated_at


def drafts_starting(prefix: str) -> QuerySet[FormDraft]:
    """Everyone's drafts whose key begins so, without what was typed: who has one, and since when."""
    return (
        FormDraft.objects.filter(key__startswith=prefix)
        .select_related("user")
        .defer("fields")
        .order_by("key", "pk")
    )


def rewrite_drafts(*, prefix: str, change: Callable[[str, Fields], Fields]) -> int:
    """Alter what people have typed (removal of personal data) and return how many drafts changed; times
    stay."""
    changed = 0
    for draft in FormDraft.objects.filter(key__startswith=prefix).select_for_update():
        fields = change(draft.key, dict(draft.fields))
        if fields != draft.fields:
            FormDraft.objects.filter(pk=draft.pk).update(fields=fields)
            changed += 1
    return changed


def _holds_nul(fields: Mapping[str, Any]) -> bool:
    values = [v for value in fields.values() for v in (value if isinstance(value, list) else [value])]
    return any("\x00" in str(v) for v in [*values, *fields])


def drop_draft(*, by: Actor, key: str) -> None:
    """Forget the person's draft of a form; nothing happens without one."""
    if by.user is not None:
        FormDraft.objects.filter(user=by.user, key=key).delete()
