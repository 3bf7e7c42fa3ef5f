"""One cell's value by its column, or a sentence that says what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from lautta.common.text import fold
from lautta.indicators.models import Indicator
from lautta.measures.checks import FIRST_YEAR, LAST_YEAR, MOST_TEXT, MOST_TITLE
from lautta.measures.excel.vocabulary import labels, words
from lautta.plans.models import Goal

_LONGEST = {"title": MOST_TITLE, "responsible_title": 160, "other_partners": 300, "reason": 500}
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class CellError(Exception):
    """Why a cell will not do, in the active language."""


def value(key: str, raw: Any, goals: Mapping[str, Goal], indicators: Mapping[str, Indicator]) -> Any:
    """The value of a raw cell (reading.Raw) for the column `key`; empty is "" for texts and None for the rest.

    `goals` and `indicators` are those that may be chosen by their folded words (vocabulary.py).
    """
    if isinstance(raw, dict) and raw.get("formula"):
        raise CellError(_("Kaavalla ei ole laskettua arvoa. Kirjoita arvo tai tallenna tiedosto Excelissä."))
    if isinstance(raw, dict) and raw.get("error"):
        raise CellError(_("Solussa on Excelin virhearvo. Kirjoita arvo."))
    if key in {"starts_on", "ends_on"}:
        return _day(raw)
    if key == "version":
        return _version(raw)
    if key == "goals":
        return _goal(raw, goals)
    if key in {"indicators", "first_indicator"}:
        return _indicator(key, raw, indicators)
    if key in {"status", "timeliness", "service_tier", "target_groups", "directions"}:
        return _choice(key, raw)
    return _words(key, raw)


def shown(raw: Any) -> str:
    """A raw cell as the person sees it in Excel, more or less, shortened."""
    if isinstance(raw, str):
        text = raw
    elif raw.get("day"):
        day = dt.date.fromisoformat(raw["day"])
        text = f"{day.day}.{day.month}.{day.year}"
    elif "number" in raw:
        number = raw["number"]
        text = str(int(number)) if number == int(number) else str(number).replace(".", ",")
    elif "bool" in raw:
        text = _("TOSI") if raw["bool"] else _("EPÄTOSI")
    else:
        text = raw.get("error") or "="
    return text if len(text) <= 80 else f"{text[:79]}…"


def _words(key: str, raw: Any) -> str:
    if isinstance(raw, dict) and "bool" in raw:
        raise CellError(_("Kirjoita tähän tekstiä."))
    if isinstance(raw, dict) and "number" in raw:
        number = raw["number"]
        text = str(int(number)) if number == int(number) else str(number)
    else:
        text = raw if isinstance(raw, str) else shown(raw)
    text = text.strip()
    most = _LONGEST.get(key, MOST_TEXT)
    if len(text) > most:
        raise CellError(
            _("Teksti on liian pitkä: %(length)s merkkiä, enintään %(most)s.")
            % {"length": len(text), "most": most}
        )
    return " ".join(text.split()) if key == "title" else text


def _day(raw: Any) -> dt.date | None:
    if raw == "":
        return None
    found = None
    if isinstance(raw, dict) and raw.get("day"):
        found = dt.date.fromisoformat(raw["day"])
    elif isinstance(raw, str):
        text = raw.strip()
        try:
            if match := _DAY.fullmatch(text):
                found = dt.date(int(match[3]), int(match[2]), int(match[1]))
            elif match := _ISO.fullmatch(text):
                found = dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            found = None
    if found is None:
        raise CellError(_("Kirjoita päivä muodossa 24.11.2026."))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellError(_("Tarkista vuosi."))
    return found


def _version(raw: Any) -> int | None:
    if raw == "":
        return None
    if (
        isinstance(raw, dict)
        and "number" in raw
        and raw["number"] == int(raw["number"])
        and raw["number"] > 0
    ):
        return int(raw["number"])
    if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw.strip()) < 10:
        return int(raw.strip())
    raise CellError(_("Versiota on muutettu. Lataa taulukko uudelleen."))


def _goal(raw: Any, goals: Mapping[str, Goal]) -> Goal | None:
    text = " ".join(_words("goals", raw).split())
    if not text:
        return None
    # Excel makes the number 4.1 out of "4.1" typed by hand; shown() writes it with a comma, so the point is put back.
    goal = goals.get(fold(text)) or goals.get(fold(text.replace(",", ".")))
    if goal is None:
        number = text.split(" ", 1)[0]
        goal = goals.get(fold(number)) if any(c.isdigit() for c in number) else None
    if goal is None:
        raise CellError(_("Tällaista tavoitetta ei ole. Valitse listasta."))
    return goal


def _indicator(key: str, raw: Any, indicators: Mapping[str, Indicator]) -> Indicator | None:
    text = " ".join(_words(key, raw).split())
    if not text:
        return None
    if (found := indicators.get(fold(text))) is None:
        raise CellError(_("Tämä ei ole suunnitelman yhteinen mittari. Valitse listasta."))
    return found


def _choice(key: str, raw: Any) -> str | int | None:
    text = " ".join(_words(key, raw).split())
    if not text:
        return None
    found = words(key).get(fold(text))
    if found is None:
        raise CellError(_("Valitse jokin näistä: %(words)s.") % {"words": ", ".join(labels(key))})
    return found
