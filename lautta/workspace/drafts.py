"""Unsaved forms of a person, as links back to where they were typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.html import strip_tags

from lautta.common.models import FormDraft, User
from lautta.plans.models import Plan


@dataclass(frozen=True, slots=True)
class DraftLink:
    """A draft with the address of its form and the first words typed."""

    url: str
    words: str
    updated_at: dt.datetime


def drafts_in_plan(user: User, plan: Plan) -> list[DraftLink]:
    """The newest ten drafts of the person whose form belongs to this plan (the form's address is kept in the draft)."""
    links = []
    for draft in FormDraft.objects.filter(user=user).order_by("-updated_at")[:30]:
        url = str(draft.fields.get("_url", ""))
        if not url.startswith("/") or f"/{plan.public_id}/" not in url:
            continue
        texts = [v for k, v in draft.fields.items() if not k.startswith("_") and isinstance(v, str)]
        typed = [words for text in texts if len(words := " ".join(strip_tags(text).split())) > 3]
        links.append(DraftLink(url, max(typed, key=len, default="")[:80], draft.updated_at))
    return links[:10]
