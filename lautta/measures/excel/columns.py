"""Columns of the sheet of measures, the same for writing and reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext_lazy

from lautta.common.translated import LANGUAGES

MOST_ROWS = 10_000
HEADER_ROW = 1
GOALS = 3
GROUPS = 4
INDICATORS = 3
MOST_REPEATED = 12

SHEET = pgettext_lazy("taulukon nimi", "Toimenpiteet")
GUIDE_SHEET = pgettext_lazy("taulukon nimi", "Ohje")
LISTS_SHEET = pgettext_lazy("taulukon nimi", "Valinnat")


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the field; repeated columns (goal 1, goal 2, …) share a key and have a `number`."""

    key: str
    label: Any
    width: int
    number: int = 0
    locked: bool = False
    choices: str = ""

    def title(self) -> str:
        """The heading in the active language."""
        return f"{self.label} {self.number}" if self.number else str(self.label)


_PLAIN = [
    Column("id", pgettext_lazy("sarake", "Tunnus"), 14, locked=True),
    Column("version", pgettext_lazy("sarake", "Versio"), 8, locked=True),
    Column("title", pgettext_lazy("sarake", "Mitä tehdään"), 38),
    Column("change", pgettext_lazy("sarake", "Mikä muuttuu lapsen arjessa"), 44),
]
_AFTER = [
    Column("starts_on", pgettext_lazy("sarake", "Alkaa"), 13),
    Column("ends_on", pgettext_lazy("sarake", "Päättyy"), 13),
    Column("status", pgettext_lazy("sarake", "Tila"), 16, choices="status"),
    Column("timeliness", pgettext_lazy("sarake", "Aikataulu"), 16, choices="timeliness"),
    Column("reason", pgettext_lazy("sarake", "Tilan syy"), 30),
    Column("service_tier", pgettext_lazy("sarake", "Palvelutaso"), 20, choices="service_tier"),
    Column("description", pgettext_lazy("sarake", "Kuvaus"), 50),
    Column("responsible_title", pgettext_lazy("sarake", "Vastuuhenkilön tehtävä"), 28),
    Column("other_partners", pgettext_lazy("sarake", "Muut kumppanit"), 28),
]
GOAL_LABEL = pgettext_lazy("sarake", "Tavoite")
GROUP_LABEL = pgettext_lazy("sarake", "Ketä varten")
INDICATOR_LABEL = pgettext_lazy("sarake", "Mittari")
DIRECTION_LABEL = pgettext_lazy("sarake", "Mittarin suunta")
FIRST_LABEL = pgettext_lazy("sarake", "Ensin katsottava mittari")
# Columns that a file may not be without; the others may be left out and then stay as they are.
NEEDED = ("title", "change", "goals", "target_groups", "starts_on")


def columns(goals: int = GOALS, groups: int = GROUPS, indicators: int = INDICATORS) -> list[Column]:
    """All columns in order, with so many columns of goals and target groups, and pairs of indicator and direction."""
    return [
        *_PLAIN,
        *(Column("goals", GOAL_LABEL, 34, number=n, choices="goals") for n in range(1, goals + 1)),
        *(
            Column("target_groups", GROUP_LABEL, 18, number=n, choices="target_groups")
            for n in range(1, groups + 1)
        ),
        *_AFTER,
        *(column for n in range(1, indicators + 1) for column in _pair(n)),
        Column("first_indicator", FIRST_LABEL, 34, choices="indicators"),
    ]


def _pair(number: int) -> tuple[Column, Column]:
    return (
        Column("indicators", INDICATOR_LABEL, 34, number=number, choices="indicators"),
        Column("directions", DIRECTION_LABEL, 20, number=number, choices="directions"),
    )


def every_title() -> Iterator[tuple[str, Column]]:
    """(heading in lower case, column) in every language, so that a file made in one is read in another."""
    for language in LANGUAGES:
        with translation.override(language):
            for column in columns(MOST_REPEATED, MOST_REPEATED, MOST_REPEATED):
                yield column.title().casefold(), column


def sheet_names() -> set[str]:
    """The sheet's name in every language, in lower case."""
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(str(SHEET).casefold())
    return found
