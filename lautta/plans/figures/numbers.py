"""Numbers as people write and read them, with the unit of the indicator."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation

from lautta.common.templatetags.look import number
from lautta.indicators.models import Indicator

_UNITS = {
    Indicator.Kind.PERCENTAGE: "\xa0%",
    Indicator.Kind.EURO: "\xa0€",
    Indicator.Kind.PER_1000: "\xa0/\xa01\xa0000",
    Indicator.Kind.PER_10000: "\xa0/\xa010\xa0000",
    Indicator.Kind.PER_100000: "\xa0/\xa0100\xa0000",
}
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
# A group of three after a comma is a thousand where the comma is no decimal sign.
_ENGLISH_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
LARGEST = 1e12


class NotANumber(ValueError):
    """What was written is no number."""


def read_number(text: str, language: str = "fi") -> float:
    """A number as its writer writes it: "8,5", "8.5", "1 234,5", "−3", "12 %". Raises NotANumber.

    In English "1,234" is a thousand and more; elsewhere the comma is the decimal sign.
    """
    text = _SPACE.sub("", text).replace("\u2212", "-").replace("–", "-").removesuffix("%")
    if language == "en" and _ENGLISH_GROUPS.fullmatch(text):
        text = text.replace(",", "")
    if not text.isascii() or not _NUMBER.fullmatch(text):
        raise NotANumber(text)
    value = float(text.replace(",", "."))
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise NotANumber(text)
    return value


def value_words(value: float, indicator: Indicator, language: str | None = None) -> str:
    """ "8,4 %", "23 711", "1 200 €", "12,3 / 1 000": in the language given, else in the reader's."""
    if language is None:
        shown = number(rounded(value, indicator.decimals), indicator.decimals)
        return shown + _UNITS.get(Indicator.Kind(indicator.kind), "")
    with translation.override(language):
        return value_words(value, indicator)


def rounded(value: float, decimals: int) -> Decimal:
    """As a reader rounds: halves away from zero, by the digits that the number is written with (4.55 → 4.6).

    Django's own formatting cuts digits off instead of rounding.
    """
    made = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return made if made else abs(made)


def figure_words(value: float, year: int, indicator: Indicator, language: str) -> str:
    """ "8,4 % (2023)"."""
    return f"{value_words(value, indicator, language)} ({year})"
