"""Tables in plain text: bars, tabs, aligned columns, and rows of figures."""

from __future__ import annotations

import re
from collections.abc import Callable

from .lines import Line, where
from .pieces import Piece
from .result import Note
from .table_sums import check_totals

_NUMBER = re.compile(r"^[-–−+]?\d[\d.,]*\s?%?$|^[-–.]{1,3}$")
_CAPTION = re.compile(r"^(?:Taulukko|Tabell|Table)\s*\d*", re.I)
_RULE = re.compile(r"^[\s|:+=–—-]+$")
_GAP = re.compile(r"\t| {2,}")
_LIST_MARK = re.compile(r"^(?:[•●○▪■·*–-]|\d{1,3}[.)]|[a-z][.)])$")


def is_number(cell: str) -> bool:
    return bool(_NUMBER.match(cell.strip()))


def take_tables(lines: list[Line]) -> list[Piece]:
    """Marks the lines of tables as taken and gives the tables."""
    pieces: list[Piece] = []
    for finder in (_bars, _tabs, _aligned, _figures):
        pieces.extend(finder(lines))
    return pieces


def _runs(lines: list[Line], fits: Callable[[Line], bool], blanks: int = 0) -> list[list[Line]]:
    runs: list[list[Line]] = []
    run: list[Line] = []
    missed = 0
    for line in lines:
        if not line.text and not line.taken and run and missed < blanks:
            missed += 1
        elif line.text and not line.taken and fits(line):
            run.append(line)
            missed = 0
        elif run:
            runs.append(run)
            run, missed = [], 0
    return [*runs, run] if run else runs


def _caption_above(lines: list[Line], first: Line) -> Line | None:
    at = _index(lines, first) - 1
    while at >= 0 and not lines[at].text:
        at -= 1
    if at >= 0 and not lines[at].taken and _CAPTION.match(lines[at].text):
        return lines[at]
    return None


def _index(lines: list[Line], line: Line) -> int:
    # Numbers grow, but a line that was split in two shares one.
    at = min(line.number - 1, len(lines) - 1)
    while at < len(lines) and lines[at] is not line:
        at += 1
    return at


def _piece(
    lines: list[Line], run: list[Line], rows: list[list[str]], *, sure: bool, header_sure: bool
) -> Piece:
    caption = _caption_above(lines, run[0])
    members = run
    if caption is not None:
        members = [caption, *run]
    for line in members:
        line.taken = True
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    title = caption.text if caption else ""
    notes = []
    if not header_sure:
        notes.append(Note("table_header_guessed", {"title": title or rows[0][0]}))
    if not sure:
        notes.append(Note("table_cells_guessed", {"title": title or rows[0][0]}))
    notes.extend(check_totals(title, rows[0], rows[1:]))
    return Piece(
        "table",
        title,
        where(members),
        header=rows[0],
        rows=rows[1:],
        notes=notes,
        certain=sure,
        group=run[0].group,
    )


def _bars(lines: list[Line]) -> list[Piece]:
    def fits(line: Line) -> bool:
        bars = line.text.count("|")
        if bars == 1:
            left = line.text.split("|")[0].strip()
            return bool(left) and not left.replace(".", "").isdigit() and not line.text.startswith("|")
        return bars > 1 or ("+" in line.text and bool(_RULE.match(line.text)))

    pieces = []
    for run in _runs(lines, fits):
        ruled = any(_RULE.match(line.text) for line in run)
        rows = [
            [cell.strip() for cell in line.text.strip("|").split("|")]
            for line in run
            if not _RULE.match(line.text)
        ]
        if len(rows) >= 2 and max(map(len, rows)) >= 2:
            same = len({len(row) for row in rows}) == 1
            pieces.append(_piece(lines, run, rows, sure=same, header_sure=ruled or _is_header(rows[0])))
    return pieces


def _tabs(lines: list[Line]) -> list[Piece]:
    def fits(line: Line) -> bool:
        raw = line.raw.strip()
        return "\t" in raw and not _LIST_MARK.match(raw.split("\t")[0].strip())

    pieces = []
    for run in _runs(lines, fits):
        rows = [
            [" ".join(cell.split()) for cell in re.split(r"\t", line.raw.rstrip().strip(" "))] for line in run
        ]
        if len(rows) >= 2:
            same = len({len(row) for row in rows}) == 1
            pieces.append(_piece(lines, run, rows, sure=same, header_sure=_is_header(rows[0])))
    return pieces


def _aligned(lines: list[Line]) -> list[Piece]:
    """Columns kept apart by two or more spaces that stand under each other."""
    pieces = []
    for run in aligned_runs(lines):
        rows = _merge_wrapped(aligned_cells(run))
        if rows:
            sure = all(all(row) for row in rows[1:])
            pieces.append(_piece(lines, run, rows, sure=sure, header_sure=_is_header(rows[0])))
    return pieces


def aligned_runs(lines: list[Line]) -> list[list[Line]]:
    """Runs of free lines with wide gaps in them."""

    def fits(line: Line) -> bool:
        raw = line.raw.expandtabs().rstrip()
        gap = "  " in raw.strip() or len(raw) - len(raw.lstrip()) >= 8
        return gap and not _LIST_MARK.match(raw.split(maxsplit=1)[0]) and len(raw) < 400

    return [run for run in _runs(lines, fits) if 3 <= len(run) <= 2000]


def aligned_cells(run: list[Line]) -> list[list[str]]:
    """One row of cells for each line, or nothing when no columns stand out."""
    return _cells_by_gap(run) or _cells_by_gutter(run)


def _is_header(cells: list[str]) -> bool:
    """Words, or years, over the columns."""
    return not any(is_number(cell) and not re.fullmatch(r"(?:19|20)\d\d", cell) for cell in cells[1:])


def _merge_wrapped(rows: list[list[str]]) -> list[list[str]]:
    """A row without a first cell, or one that only goes on in small letters, belongs to the row above."""
    merged: list[list[str]] = []
    for row in rows:
        goes_on = not row[0] or all(cell[0].islower() for cell in row if cell)
        if len(merged) > 1 and goes_on:
            merged[-1] = [_glue(above, cell) for above, cell in zip(merged[-1], row, strict=True)]
        else:
            merged.append(row)
    filled = sum(bool(cell) for row in merged for cell in row)
    wordy = sum(len(cell.split()) > 12 for row in merged for cell in row)
    if len(merged) < 2 or filled < 0.6 * len(merged) * len(merged[0]) or wordy > 0.5 * filled:
        return []
    return merged


def _cells_by_gap(run: list[Line]) -> list[list[str]]:
    """Every line has the same number of cells,
    and cells but the first are figures or stand under each other.
    """
    rows, places = [], []
    for line in run:
        raw = line.raw.expandtabs().rstrip()
        found = list(re.finditer(r"\S+(?: \S+)*", raw))
        rows.append([match.group() for match in found])
        places.append([(match.start(), match.end()) for match in found])
    width = len(rows[0])
    if width < 2 or any(len(row) != width for row in rows):
        return []
    for column in range(1, width):
        figures = sum(is_number(row[column]) for row in rows) >= 0.6 * len(rows)
        starts = [place[column][0] for place in places]
        ends = [place[column][1] for place in places]
        if not figures and max(starts) - min(starts) > 3 and max(ends) - min(ends) > 3:
            return []
    return rows


def _cells_by_gutter(run: list[Line]) -> list[list[str]]:
    texts = [line.raw.expandtabs().rstrip() for line in run]
    width = max(map(len, texts))
    used = bytearray(width)
    for text in texts:
        for at, character in enumerate(text):
            if character != " ":
                used[at] = 1
    spans: list[tuple[int, int]] = []
    start = None
    for at in range(width + 1):
        inside = at < width and used[at]
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            if spans and start - spans[-1][1] < 2:
                spans[-1] = (spans[-1][0], at)
            else:
                spans.append((start, at))
            start = None
    if len(spans) < 2:
        return []
    return [[" ".join(text[a:b].split()) for a, b in spans] for text in texts]


def _glue(above: str, cell: str) -> str:
    if above.endswith("-") and cell[:1].islower():
        return above[:-1] + cell
    return f"{above} {cell}".strip()


def _figures(lines: list[Line]) -> list[Piece]:
    """Rows "label 1 2 3" (once or more across) with single spaces;
    a blank line between rows is usual in PDF text.
    """
    pieces: list[Piece] = []
    run: list[Line] = []
    shape = ""

    def close() -> None:
        if len(run) >= 3:
            pieces.extend(_figure_tables(lines, list(run), shape))
        run.clear()

    for line in lines:
        if not line.text or line.taken:
            continue
        cells = _figure_cells(line.text)
        this = _shape(cells) if len(cells) > 2 else ""
        if run and this != shape:
            close()
        if this.startswith("L") and this.count("N") >= 2 and all(part for part in this.split("L")[1:]):
            run.append(line)
            shape = this
    close()
    return pieces


def _figure_cells(text: str) -> list[str]:
    if len(text) > 200 or (not text[-1].isdigit() and text[-1] not in "%–-."):
        return []
    cells: list[str] = []
    for token in text.split():
        if is_number(token) or not cells or is_number(cells[-1]):
            cells.append(token)
        else:
            cells[-1] += f" {token}"
    return cells


def _shape(cells: list[str]) -> str:
    return "".join("N" if is_number(cell) else "L" for cell in cells)


def _figure_tables(lines: list[Line], run: list[Line], shape: str) -> list[Piece]:
    rows = [_figure_cells(line.text) for line in run]
    header, sure, header_line = _figure_header(lines, run, rows, shape)
    members = ([header_line] if header_line else []) + run
    caption = _caption_above(lines, members[0])
    starts = [at for at, kind in enumerate(shape) if kind == "L"]
    side_by_side = len(starts) > 1 and all(len({row[at] for at in starts}) == 1 for row in rows)
    if not side_by_side:
        starts = [0]
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(shape)], strict=True):
        part_header, part = header[start:end], [row[start:end] for row in rows]
        title = caption.text if caption else part_header[0] if side_by_side else ""
        notes = check_totals(title, part_header, part)
        if not sure:
            notes.insert(0, Note("table_header_guessed", {"title": title or part[0][0]}))
        pieces.append(
            Piece(
                "table",
                title,
                where(members),
                header=part_header,
                rows=part,
                notes=notes,
                certain=sure,
                group=run[0].group,
            )
        )
    for line in [*members, *([caption] if caption else [])]:
        line.taken = True
    return pieces


def _figure_header(
    lines: list[Line], run: list[Line], rows: list[list[str]], shape: str
) -> tuple[list[str], bool, Line | None]:
    # A first row of years is a header that has the rows' own shape.
    if len(rows) > 3 and all(re.fullmatch(r"(?:19|20)\d\d", cell) for cell in rows[0] if is_number(cell)):
        line = run.pop(0)
        return rows.pop(0), True, line
    at = _index(lines, run[0]) - 1
    while at >= 0 and not lines[at].text:
        at -= 1
    if at >= 0 and not lines[at].taken and len(lines[at].text) < 200:
        line = lines[at]
        cells = _figure_cells(line.text)
        if cells and shape == "L" + _shape(cells):
            return ["", *cells], True, line
        words = line.text.split()
        if len(words) == len(shape) and not any(map(is_number, words)) and line.text[-1] not in ".!?":
            return words, True, line
    return [""] * len(shape), False, None
