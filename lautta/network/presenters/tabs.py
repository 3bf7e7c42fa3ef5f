"""The room's own tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(plan_id: str, here: str) -> list[dict]:
    """For components/tabs.html."""
    rows = (
        ("services", _("Palvelut")),
        ("centres", _("Perhekeskukset")),
        ("processes", _("Palvelupolut")),
        ("commitments", _("Lupaukset")),
    )
    return [
        {"label": label, "url": reverse(f"network:{name}", args=(plan_id,)), "current": name == here}
        for name, label in rows
    ]


def chips(path: str, name: str, choices, chosen: str) -> list[dict]:
    """A filter of links; for components/chips.html."""
    items = [{"label": _("Kaikki"), "url": path, "current": not chosen}]
    items += [
        {"label": label, "url": f"{path}?{name}={code}", "current": code == chosen} for code, label in choices
    ]
    return items
