"""What others changed meanwhile, field by field, as the page shows it."""

from __future__ import annotations

from typing import Any

from lautta.common.translated import Translated
from lautta.measures.checks import ChangedMeanwhile
from lautta.measures.choices import Sector, ServiceTier, TargetGroup, VulnerableGroup
from lautta.measures.words import FIELDS

_LISTS = {"target_groups": TargetGroup, "vulnerable_groups": VulnerableGroup, "sectors": Sector}


def conflict_rows(problem: ChangedMeanwhile) -> list[dict[str, Any]]:
    """[{label, value}]: each field that others saved and what stands in it now."""
    return [
        {"label": FIELDS.get(name, name), "value": plain_value(name, standing(problem.current, name))}
        for name in problem.fields
    ]


def standing(current: Any, name: str) -> Any:
    """The value that stands now; rows and links are left to the page that shows them."""
    if name in {"goals", "partners"}:
        return [str(o) for o in getattr(current, name).all()]
    if name in {"money", "person_years", "mirrorings", "indicators"}:
        return ""
    return getattr(current, name, "")


def plain_value(name: str, value: Any) -> Any:
    """A value of the content in words: text in the reader's language, choices by their names; dates stay dates."""
    if isinstance(value, Translated):
        return value.shown().text
    if name in _LISTS:
        labels = dict(_LISTS[name].choices)
        return ", ".join(str(labels.get(v, v)) for v in value or [])
    if name == "service_tier":
        return dict(ServiceTier.choices).get(value, "")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else value
