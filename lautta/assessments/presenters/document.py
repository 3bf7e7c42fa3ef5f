"""A frozen or living document as a page shows it: rendered from the document alone, but for the words of voices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lautta.assessments.choices import NOT_KNOWN_NAME, RATING_NAMES
from lautta.assessments.frozen import voice_hash
from lautta.charts import PAGE, Compared, Scored, Style, comparison, for_both_widths
from lautta.common.templatetags.look import number
from lautta.common.translated import Translated
from lautta.statistics.panel import Status
from lautta.voices.models import Voice

_DAYS = frozenset({"decision_day", "starts_on", "due_on", "heard_on", "decided_on", "done_on", "on"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a document: its code, and its words in the reader's language."""

    code: str
    label: str

    def __str__(self) -> str:
        return self.label


def revived(value: Any, key: str = "") -> Any:
    """Plain data with its texts, choices and days as Python knows them."""
    if isinstance(value, dict):
        if set(value) == {"source", "texts"}:
            return Translated.from_json(value)
        if set(value) == {"code", "label"}:
            language = (get_language() or "fi")[:2]
            return Choice(value["code"], value["label"].get(language) or value["label"]["fi"])
        return {name: revived(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [revived(inner) for inner in value]
    if key in _DAYS and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value


def shown(document: Mapping[str, Any], voices: Mapping[str, Voice]) -> dict[str, Any]:
    """For assessments/document.html. `voices`: those still published, by public id (reading.voices_in)."""
    d = revived(document)
    language = (get_language() or "fi")[:2]
    for row in d["background"]["indicators"]:
        row["shown"] = row["words"].get(language) or row["words"].get("fi") or ""
        row["is_withheld"] = row["status"] == Status.SUPPRESSED
    d["background"]["voices"] = [_quoted(row, voices.get(row["id"])) for row in d["background"]["voices"]]
    d["table"] = [_table_row(row, d["alternatives"]) for row in d["ratings"]]
    d["picture"] = picture(d) if d["ratings"] else ""
    d["proposed"] = _alternative(d["alternatives"], d["reasoning"]["proposed"])
    d["decided"] = _alternative(d["alternatives"], d["decision"]["decided"])
    d["stopped"] = d["history"][-1] if d["state"].code in {"not_needed", "screened", "dropped"} else None
    # A slip or a screening has nothing of what comes after it.
    d["is_whole"] = len(d["alternatives"]) > 1 or bool(d["ratings"])
    return d


def _alternative(alternatives: list[dict], code: str | None) -> dict | None:
    return next((x for x in alternatives if x["code"] == code), None)


def _quoted(row: dict[str, Any], voice: Voice | None) -> dict[str, Any]:
    """A voice that is gone or no longer public is shown as removed, one whose words have changed says so."""
    if voice is None:
        return {**row, "removed": True}
    return {
        **row,
        "removed": False,
        "text": voice.text,
        "changed": voice_hash(voice, row["salt"]) != row["hash"],
    }


def rating_words(cell: Mapping[str, Any] | None) -> str:
    """ "+2 Selvästi paremmin", "? Ei tiedetä", "Ei arvioitu"."""
    if cell is None:
        return _("Ei arvioitu")
    if not cell["known"]:
        return f"? {NOT_KNOWN_NAME}"
    value = cell["value"]
    return f"{signed(value)} {RATING_NAMES[value]}"


def signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def _table_row(row: dict[str, Any], alternatives: list[dict]) -> dict[str, Any]:
    cells = []
    for x in alternatives:
        cell = row["values"].get(x["code"])
        more = []
        if cell:
            more = [c.label for c in (cell["directness"], cell["duration"], cell["intention"]) if c]
        cells.append({"alternative": x, "words": rating_words(cell), "cell": cell, "more": more})
    return {**row, "cells": cells}


def picture(d: Mapping[str, Any], *, key: str = "vertailu") -> str:
    """The comparison as SVG for wide and narrow windows; the table with the same stands beside it."""
    columns, rows = compared_and_scored(d)
    style = Style(palette=PAGE, number=lambda v: number(v, 0), missing=_("Ei arvioitu"))
    return for_both_widths(
        comparison, columns, rows, key=key, css="graph graph-comparison", title=_("Vaihtoehtojen vertailu"),
        description=described(columns, rows), names={v: str(w) for v, w in RATING_NAMES.items()},
        unknown_label=str(NOT_KNOWN_NAME), chosen_label=_("Ehdotus"), style=style,
    )  # fmt: skip


def compared_and_scored(d: Mapping[str, Any]) -> tuple[list[Compared], list[Scored]]:
    """The alternatives and the rated rows as the chart of the comparison takes them."""
    proposed = d["reasoning"]["proposed"]
    columns = [Compared(x["code"], str(x["title"]), chosen=x["code"] == proposed) for x in d["alternatives"]]
    rows = []
    for row in d["ratings"]:
        cells = [row["values"].get(x["code"]) for x in d["alternatives"]]
        unknown = frozenset(n for n, cell in enumerate(cells) if cell and not cell["known"])
        rows.append(Scored(str(row["title"]), [cell["value"] if cell else None for cell in cells], unknown))
    return columns, rows


def described(columns: list[Compared], rows: list[Scored]) -> str:
    """How many better and worse each alternative has: the picture in a sentence for those who do not see it."""
    parts = []
    for n, column in enumerate(columns):
        values = [v for row in rows if n not in row.unknown and (v := row.values[n]) is not None]
        better, worse = sum(v > 0 for v in values), sum(v < 0 for v in values)
        parts.append(
            _("%(code)s: paremmin %(better)s, huonommin %(worse)s, kaikkiaan %(all)s elämänaluetta.")
            % {"code": column.code, "better": better, "worse": worse, "all": len(rows)}
        )
    return " ".join(parts)
