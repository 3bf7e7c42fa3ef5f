"""Text set in columns side by side ("-layout" output of PDF tools): read one column after the other."""

from __future__ import annotations

from dataclasses import replace

from .lines import Line, where
from .result import Note
from .text_tables import aligned_cells, aligned_runs


def unfold(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with columns of running text put under each other. Tables stay as they are."""
    notes: list[Note] = []
    replaced: dict[int, list[Line]] = {}
    dropped: set[int] = set()
    for run in aligned_runs(lines):
        rows = aligned_cells(run)
        if not rows or len(rows) != len(run) or not _is_prose(rows):
            continue
        columns = [
            [
                replace(line, text=row[column], raw=row[column])
                for line, row in zip(run, rows, strict=True)
                if row[column]
            ]
            for column in range(len(rows[0]))
        ]
        replaced[id(run[0])] = [line for column in columns for line in column]
        dropped.update(id(line) for line in run[1:])
        notes.append(Note("columns_unfolded", {"columns": len(columns)}, where(run)))
    if not replaced:
        return lines, notes
    out: list[Line] = []
    for line in lines:
        if id(line) in replaced:
            out.extend(replaced[id(line)])
        elif id(line) not in dropped:
            out.append(line)
    return out, notes


def _is_prose(rows: list[list[str]]) -> bool:
    """At most three columns in which lines go on in the middle of sentences, with several words in each."""
    if len(rows) < 4 or len(rows[0]) > 3:
        return False
    cells = [cell for row in rows for cell in row if cell]
    words = sum(len(cell.split()) for cell in cells) / len(cells)
    begins_small = [sum(row[column][:1].islower() for row in rows) for column in range(len(rows[0]))]
    return words >= 3 and min(begins_small) >= 0.4 * len(rows) and any(cell[-1] in ".-" for cell in cells)
