"""Hearings as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lautta.common.templatetags.look import number
from lautta.common.translated import Translated
from lautta.voices.models import HeardGroup, Hearing, HearingRevision, Voice

# In public a smaller group is not counted out: with the place and the matter a few children could be known.
FEWEST_SHOWN = 5


def group_words(group: HeardGroup, *, public: bool = False) -> str:
    """ "Koululainen, 7–12 v: 24"; who was not counted has no number."""
    role = str(group.get_role_display())
    if group.age_group not in {"", Voice.AgeGroup.ADULT}:
        role = f"{role}, {group.get_age_group_display()}"
    if group.number is None:
        return role
    if public and group.number < FEWEST_SHOWN:
        return f"{role}: {pgettext('kuultujen määrä', 'alle %(n)s') % {'n': FEWEST_SHOWN}}"
    return f"{role}: {number(group.number)}"


def row(hearing: Hearing, may_edit: bool) -> dict:
    return {
        "hearing": hearing,
        "groups": [group_words(group) for group in hearing.groups.all()],
        "may_edit": may_edit,
        "is_answered": bool(hearing.changed or hearing.why_not),
    }


def tabs(plan_id: str, counts: dict[str, int], state: str) -> list[dict]:
    """All, and each state."""
    base = reverse("voices:hearings", args=(plan_id,))
    items = [("", _("Kaikki")), *((s.value, s.label) for s in Voice.State)]
    return [
        {
            "label": label,
            "url": f"{base}?{urlencode({'state': code})}" if code else base,
            "current": code == state,
            "count": counts.get(code, 0) if code else sum(counts.values()),
        }
        for code, label in items
    ]


def revisions_shown(revisions: Iterable[HearingRevision]) -> list[dict]:
    """Newest first, each with the texts that it changed: [{"number", "saved_on", "changed": [{"label", "words"}]}]."""
    rows = list(revisions)
    labels = {
        "matter": _("Asia"), "how": _("Miten kysyttiin"), "said": _("Mitä he sanoivat"), "changed": _("Mikä muuttui"),
        "why_not": _("Mikä ei muuttunut, ja miksi"),
    }  # fmt: skip
    shown = []
    for place, revision in enumerate(rows):
        before = rows[place + 1].content if place + 1 < len(rows) else {}
        changed = [
            {"label": label, "words": str(Translated.from_json(revision.content.get(name)))}
            for name, label in labels.items()
            if before and revision.content.get(name) != before.get(name)
        ]
        shown.append({"number": revision.number, "saved_on": revision.saved_on, "changed": changed})
    return shown
