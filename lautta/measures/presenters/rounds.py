"""A round as the pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext_lazy

from lautta.measures.models import Round
from lautta.measures.reading import Participant
from lautta.measures.rules import Phase, phase_of

PHASE_WORDS = {
    Phase.BEFORE: pgettext_lazy("kierroksen vaihe", "Tulossa"),
    Phase.OPEN: pgettext_lazy("kierroksen vaihe", "Avoinna"),
    Phase.LATE: pgettext_lazy("kierroksen vaihe", "Määräaika on ohi, yhä auki"),
    Phase.CLOSED: pgettext_lazy("kierroksen vaihe", "Suljettu"),
}
_CSS = {
    Phase.BEFORE: "pill-planned",
    Phase.OPEN: "pill-under-way",
    Phase.LATE: "pill-alert",
    Phase.CLOSED: "pill-done",
}
_ICONS = {Phase.BEFORE: "planned", Phase.OPEN: "under-way", Phase.LATE: "late", Phase.CLOSED: "lock"}


def phase_pill(round: Round) -> dict[str, Any]:
    """For components/pill.html."""
    phase = phase_of(round)
    return {"label": PHASE_WORDS[phase], "css": _CSS[phase], "icon_name": _ICONS[phase]}


def round_row(round: Round) -> dict[str, Any]:
    """A round of `rounds_with_counts` in the list."""
    return {
        "round": round,
        "pill": phase_pill(round),
        "measures": round.measures or 0,
        "answered": round.answered or 0,
        "organisations": round.organisations,
    }


def answering(everybody: Iterable[Participant]) -> dict[str, Any]:
    """Parted to those who have answered and those who have not, with the numbers of the round."""
    everybody = list(everybody)
    return {
        "answered": [p for p in everybody if p.answer],
        "missing": [p for p in everybody if not p.answer],
        "everybody": everybody,
        "measures_total": sum(p.measures for p in everybody),
        "published_total": sum(p.published for p in everybody),
    }
