"""Lists of assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lautta.assessments import reading
from lautta.assessments.choices import State
from lautta.assessments.presenters.detail import state_pill
from lautta.common.translated import Translated
from lautta.measures.models import Measure
from lautta.organisations.models import Organisation


def items(plan_id: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {
            "a": row,
            "url": reverse("assessments:detail", args=[plan_id, row.public_id]),
            "pill": state_pill(row.state),
        }
        for row in rows
    ]


def by_state(rows: Any) -> dict[str, int]:
    return reading.counts(rows, State.values)


def _address(plan_id: str, chosen: Mapping[str, str]) -> str:
    kept = {k: v for k, v in chosen.items() if v}
    path = reverse("assessments:list", args=[plan_id])
    return f"{path}?{urlencode(kept)}" if kept else path


def tabs(plan_id: str, counts: Mapping[str, int], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """All, and each state that has any."""
    offered = [("", _("Kaikki"), sum(counts.values()))]
    offered += [(s.value, str(s.label), counts[s.value]) for s in State if counts[s.value]]
    return [
        {
            "label": label,
            "count": n,
            "url": _address(plan_id, chosen | {"state": code}),
            "current": code == chosen["state"],
        }
        for code, label, n in offered
    ]


def organisation_chips(
    plan_id: str, organisations: list[Organisation], chosen: dict[str, str]
) -> list[dict[str, Any]]:
    """Nothing to choose from when there is but one."""
    if len(organisations) < 2:
        return []
    return [
        {
            "label": str(o.name),
            "url": _address(
                plan_id,
                chosen | {"organisation": "" if chosen["organisation"] == o.public_id else o.public_id},
            ),
            "current": chosen["organisation"] == o.public_id,
        }
        for o in organisations[:40]
    ]


def measure_title(measure: Measure | None) -> Translated | None:
    if measure is None:
        return None
    newest = measure.years.order_by("-round__year").first()
    return newest.title if newest else None
