"""What others saved meanwhile, as the page shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lautta.assessments.texts import LABELS
from lautta.plans.conflicts import StaleForm

ROWS = {
    "alternatives": _("Vaihtoehdot"), "hearings": _("Kuulemiset"), "ratings": _("Vertailu"),
    "indicators": _("Mittarit"), "voices": _("Äänet"), "follow_ups": _("Seurannat"), "translated": _("Käännökset"),
    "decision_day": _("Päätöksen päivä"), "target_groups": _("Keitä päätös koskee"), "reach": _("Kuinka moneen"),
    "directness": _("Suoraan vai välillisesti"), "duration": _("Kuinka kauan"), "dimensions": _("Elämänalueet"),
    "vulnerable_groups": _("Haavoittuvat ryhmät"), "extent": _("Laajuus"), "starts_on": _("Alkaa"),
    "due_on": _("Valmis"), "combined_with": _("Muut arvioinnit"), "articles": _("Artiklat"),
    "preparer_title": _("Valmistelija"), "proposed": _("Ehdotettu vaihtoehto"), "decided": _("Valittu vaihtoehto"),
    "decided_on": _("Päätöksen päivä"), "case_number": _("Asianumero tai pykälä"), "state": _("Tila"),
    "transition": _("Siirtymä aikuisuuteen"),
}  # fmt: skip


def label(name: str) -> str:
    return str(LABELS.get(name) or ROWS.get(name) or name)


def conflict_rows(problem: StaleForm) -> list[dict[str, Any]]:
    """[{label, value}]: each thing that others saved, and its text where it is one."""
    return [{"label": label(name), "value": _words(now)} for name, (_then, now) in problem.changed.items()]


def _words(value: Any) -> str:
    """A text in the reader's language, or in the first that it has; nothing of what is no text."""
    if isinstance(value, dict) and value and all(isinstance(v, str) for v in value.values()):
        return value.get((get_language() or "fi")[:2]) or next(iter(value.values()))
    return value if isinstance(value, str) else ""
