"""Columns of the table of services, the same for the template and for reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext_lazy

from lautta.common.text import fold
from lautta.common.translated import LANGUAGES

MOST_ROWS = 10_000


@dataclass(frozen=True)
class Column:
    """`kind`: how a cell is read (see judging.py); `most`: longest text; `example`: what the template shows."""

    key: str
    label: Any
    kind: str = "text"
    needed: bool = False
    most: int = 200
    example: Any = ""


COLUMNS = (
    Column(
        "name",
        pgettext_lazy("tuontisarake", "Palvelun nimi"),
        needed=True,
        most=120,
        example=pgettext_lazy("tuonnin esimerkki", "Vanhempien aamukahvila"),
    ),
    Column(
        "provider",
        pgettext_lazy("tuontisarake", "Toimija"),
        needed=True,
        most=120,
        example=pgettext_lazy("tuonnin esimerkki", "Esimerkkiyhdistys"),
    ),
    Column("audiences", pgettext_lazy("tuontisarake", "Kenelle"), kind="audience", needed=True, most=400),
    Column("needs", pgettext_lazy("tuontisarake", "Mihin tarpeeseen"), kind="need", needed=True, most=800),
    Column("areas", pgettext_lazy("tuontisarake", "Kunnat"), kind="areas", most=400),
    Column("tier", pgettext_lazy("tuontisarake", "Tuen taso"), kind="tier"),
    Column(
        "summary",
        pgettext_lazy("tuontisarake", "Kuvaus"),
        most=1000,
        example=pgettext_lazy("tuonnin esimerkki", "Tule sellaisena kuin olet. Kahvi on valmiina."),
    ),
    Column("languages", pgettext_lazy("tuontisarake", "Kielet"), kind="language", most=300),
    Column("access", pgettext_lazy("tuontisarake", "Esteettömyys"), kind="access", most=300),
    Column("cost", pgettext_lazy("tuontisarake", "Hinta"), kind="cost"),
    Column("no_appointment", pgettext_lazy("tuontisarake", "Ilman ajanvarausta"), kind="yes_no"),
    Column(
        "phone", pgettext_lazy("tuontisarake", "Puhelin"), kind="contact", most=40, example="040 000 0000"
    ),
    Column(
        "email",
        pgettext_lazy("tuontisarake", "Sähköposti"),
        kind="contact",
        most=254,
        example="aamukahvila@esimerkki.invalid",
    ),
    Column("address", pgettext_lazy("tuontisarake", "Käyntiosoite"), kind="contact"),
    Column("website", pgettext_lazy("tuontisarake", "Verkkosivu"), kind="contact"),
    Column("chat", pgettext_lazy("tuontisarake", "Chat"), kind="contact"),
    Column("opening", pgettext_lazy("tuontisarake", "Aukiolo"), kind="contact"),
    Column(
        "contact_email",
        pgettext_lazy("tuontisarake", "Kuka vahvistaa tiedot (sähköposti)"),
        kind="mail",
        most=254,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}


@cache
def known_heads() -> dict[str, str]:
    """{heading, folded: key} in every language, so that a file made in one is read in another."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {fold(str(column.label)): column.key for column in COLUMNS}
    return found
