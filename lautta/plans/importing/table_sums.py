"""Checking a table's totals against its rows."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from .result import Note
from .words import TOTAL_LABEL


def as_number(cell: str) -> Decimal | None:
    """The cell's number ("1 017", "12,5", "−3"), or None; a percentage is no number to add up."""
    text = cell.strip().replace("−", "-").replace("–", "-").replace(" ", "")
    if not re.fullmatch(r"-?\d{1,12}(?:[.,]\d{1,6})?", text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def check_totals(title: str, header: list[str], rows: list[list[str]]) -> list[Note]:
    """Notes on each total row: which columns were checked, and each that does not add up.

    A total row sums the rows since the total row before it.
    """
    notes: list[Note] = []
    start = 0
    for index, row in enumerate(rows):
        if not row or not TOTAL_LABEL.match(row[0].strip()) or index - start < 2:
            continue
        checked = 0
        for column in range(1, len(row)):
            stated = as_number(row[column])
            parts = [as_number(above[column]) for above in rows[start:index] if column < len(above)]
            if stated is None or not parts or any(part is None for part in parts):
                continue
            checked += 1
            computed = sum(part for part in parts if part is not None)
            if computed != stated:
                name = header[column] if column < len(header) and header[column] else str(column + 1)
                notes.append(
                    Note(
                        "table_total_mismatch",
                        {"title": title, "column": name, "stated": str(stated), "computed": str(computed)},
                    )
                )
        if checked:
            notes.append(Note("table_totals_checked", {"title": title, "columns": checked}))
        start = index + 1
    return notes
