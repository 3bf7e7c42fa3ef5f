"""Voices as the workspace shows them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta.common.translated import Translated
from lautta.voices.models import Voice
from lautta.voices.personal import Finding, Sign

SIGN_NAMES = {
    Sign.NAME: gettext_lazy("näyttää nimeltä"),
    Sign.EMAIL: gettext_lazy("näyttää sähköpostiosoitteelta"),
    Sign.PHONE: gettext_lazy("näyttää puhelinnumerolta"),
    Sign.IDENTITY_CODE: gettext_lazy("näyttää henkilötunnukselta"),
    Sign.ADDRESS: gettext_lazy("näyttää osoitteelta"),
    Sign.ACCOUNT: gettext_lazy("näyttää käyttäjätunnukselta"),
}


def signs_shown(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"words": f.words, "why": str(SIGN_NAMES[f.sign])} for f in findings]


def _address(plan_id: str, asked: dict[str, str]) -> str:
    """The list's address with what limits it; what is empty is left out."""
    return f"{reverse('voices:list', args=(plan_id,))}?{urlencode({k: v for k, v in asked.items() if v})}"


def tabs(plan_id: str, counts: dict[str, int], state: str, kept: dict[str, str]) -> list[dict]:
    """All, and each state; the other filters stay."""
    items = [("", _("Kaikki äänet")), *((s.value, s.label) for s in Voice.State)]
    return [
        {
            "label": label,
            "url": _address(plan_id, kept | {"state": code}),
            "current": code == state,
            "count": counts.get(code, 0) if code else sum(counts.values()),
        }
        for code, label in items
    ]


def chips(plan_id: str, choices: Iterable[tuple[str, str]], name: str, kept: dict[str, str]) -> list[dict]:
    """Links that limit by one thing; the chosen one leads back to all."""
    chosen = kept.get(name)
    return [
        {
            "label": label,
            "url": _address(plan_id, kept | {name: "" if chosen == code else code}),
            "current": chosen == code,
        }
        for code, label in choices
    ]


def differences(stored: dict, typed: dict, labels: dict[str, str]) -> list[dict]:
    """What stands now where it differs from what was typed: [{"label", "now"}]. Both are the form's own
    values.
    """
    found = []
    for name, label in labels.items():
        now = stored.get(name) or ""
        if isinstance(now, Translated):
            now = str(now)
        if now != (typed.get(name) or ""):
            found.append({"label": label, "now": now if not isinstance(now, list) else len(now)})
    return found
