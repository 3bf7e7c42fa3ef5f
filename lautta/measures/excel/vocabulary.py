"""Words of the cells: labels out, and back in from any of the three languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils import translation

from lautta.common.text import fold
from lautta.common.translated import LANGUAGES
from lautta.measures.choices import ServiceTier, Status, TargetGroup, Timeliness
from lautta.plans.models import Goal

VOCABULARIES = {
    "status": Status,
    "timeliness": Timeliness,
    "service_tier": ServiceTier,
    "target_groups": TargetGroup,
}


def labels(name: str) -> list[str]:
    """The words of a vocabulary in the active language, in its order; the empty value is left out."""
    return [str(label) for value, label in VOCABULARIES[name].choices if value != ""]


def label_of(name: str, value: object) -> str:
    """The word of a value in the active language; "" for none."""
    if value in (None, ""):
        return ""
    return str(dict(VOCABULARIES[name].choices).get(value, value))


@lru_cache
def words(name: str) -> dict[str, str | int]:
    """{folded word in any language, or the code itself: value}."""
    found: dict[str, str | int] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for value, label in VOCABULARIES[name].choices:
                found[fold(str(label))] = value
                if value != "":
                    found[fold(str(value))] = value
    return found


def goal_label(goal: Goal) -> str:
    """ "4.1 Arjen hyvinvointi" in the active language."""
    return f"{goal.number} {goal.title}".strip()


def goal_words(goals: Iterable[Goal]) -> dict[str, Goal]:
    """{folded label, title or number in any language: goal}; what two goals share names neither."""
    found: dict[str, Goal | None] = {}
    for goal in goals:
        titles = {t.text for t in goal.title.texts.values() if t.text}
        names = {*titles, *(f"{goal.number} {t}".strip() for t in titles)}
        if goal.number:
            names.add(goal.number)
        for name in names:
            key = fold(" ".join(name.split()))
            found[key] = goal if found.get(key, goal) is goal else None
    return {key: goal for key, goal in found.items() if goal is not None}
