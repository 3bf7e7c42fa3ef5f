"""Words of the cells: labels out, and back in from any of the three languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from django.utils import translation

from lautta.common.text import fold
from lautta.common.translated import LANGUAGES
from lautta.indicators.models import Indicator
from lautta.measures.choices import ServiceTier, Status, TargetGroup, Timeliness
from lautta.plans.models import Goal

Named = TypeVar("Named")
VOCABULARIES = {
    "status": Status,
    "timeliness": Timeliness,
    "service_tier": ServiceTier,
    "target_groups": TargetGroup,
    "directions": Indicator.Direction,
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
    named = []
    for goal in goals:
        titles = {t.text for t in goal.title.texts.values() if t.text}
        names = {*titles, *(f"{goal.number} {t}".strip() for t in titles)}
        named.append((goal, names | {goal.number} if goal.number else names))
    return _unshared(named)


def indicator_labels(indicators: Sequence[Indicator]) -> dict[int, str]:
    """{key: title in the active language}; with its id where two have the same title."""
    titles = {i.pk: str(i.title) for i in indicators}
    counts = Counter(titles.values())
    ids = {i.pk: i.public_id for i in indicators}
    return {pk: f"{title} ({ids[pk]})" if counts[title] > 1 else title for pk, title in titles.items()}


def indicator_words(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """{folded title in any language, id, or title with id: indicator}; what two share names neither."""
    named = []
    for indicator in indicators:
        titles = {t.text for t in indicator.title.texts.values() if t.text}
        with_id = {f"{title} ({indicator.public_id})" for title in titles}
        named.append((indicator, {*titles, *with_id, indicator.public_id}))
    return _unshared(named)


def _unshared(named: Iterable[tuple[Named, set[str]]]) -> dict[str, Named]:
    found: dict[str, Named | None] = {}
    for thing, names in named:
        for name in names:
            key = fold(" ".join(name.split()))
            found[key] = thing if found.get(key, thing) is thing else None
    return {key: thing for key, thing in found.items() if thing is not None}
