"""Words beside lines instead of a legend: placed at line ends and over notes so that none lies on another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .lettering import width_of, wrap
from .scale import Scale, spread
from .style import Palette
from .svg import SIZE, line, tag, text

LEADING = 17


@dataclass
class EndLabel:
    """Words that belong to the point (`year`, `value`)."""

    year: int
    value: float
    words: str
    colour: str
    bold: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def height(self) -> float:
        return LEADING * max(1, len(self.lines)) + 3


def label_lines(labels: Sequence[EndLabel], room: float) -> float:
    """Breaks each label's words into lines no wider than `room`; returns the width they take."""
    widest = 0.0
    for label in labels:
        size = SIZE * (1.06 if label.bold else 1)
        label.lines = wrap(label.words, room, size, most=4)
        widest = max([widest, *(width_of(words, size) for words in label.lines)])
    return min(widest, room)


def end_labels(
    labels: Sequence[EndLabel], x: Scale, y: Scale, left: float, top: float, bottom: float, palette: Palette
) -> str:
    """The column of labels from `left`, between `top` and `bottom`, with a fine line to a point that is not beside."""
    middles = spread(
        [y(label.value) for label in labels], [label.height for label in labels], top, bottom + 8
    )
    leaders, words = [], []
    for label, middle in zip(labels, middles, strict=True):
        px, py = x(label.year), y(label.value)
        if left - px > 24 or abs(py - middle) > 5:
            leaders.append(line(px + 6, py, left - 4, middle))
        base = middle - LEADING * (len(label.lines) - 1) / 2 + SIZE * 0.35
        for row, part in enumerate(label.lines):
            words.append(
                text(
                    left,
                    base + row * LEADING,
                    part,
                    fill=label.colour,
                    font_weight=600 if label.bold else None,
                )
            )
    drawn = "".join(leaders)
    return (tag("g", drawn, stroke=palette.line) if drawn else "") + "".join(words)


def note_rows(
    notes: Sequence[tuple[float, str]], top: float, left: float, right: float, palette: Palette
) -> tuple[list[tuple[str, float]], float]:
    """Words of vertical notes (x, label) in rows from `top` within [left, right].

    Returns for each note its SVG and the y where its rule begins, and the height of all rows.
    """
    taken: list[list[tuple[float, float]]] = []
    placed: list[tuple[int, float, list[str]]] = []
    for x, label in notes:
        lines = wrap(label, min(220.0, (right - left) * 0.6), SIZE)
        wide = max([0.0, *map(width_of, lines)])
        start = x + 5 if x + 5 + wide <= right else max(left, x - 5 - wide)
        row = 0
        while row < len(taken) and any(start < b + 10 and a < start + wide + 10 for a, b in taken[row]):
            row += 1
        if row == len(taken):
            taken.append([])
        taken[row].append((start, start + wide))
        placed.append((row, start, lines))
    heights = [
        max([1, *(len(lines) for at, _, lines in placed if at == row)]) * LEADING for row in range(len(taken))
    ]
    parts = []
    for row, start, lines in placed:
        y = top + sum(heights[:row])
        words = "".join(
            text(
                start, y + LEADING * (i + 0.75), part,
                fill=palette.muted, stroke=palette.surface, stroke_width=3, paint_order="stroke",
            )
            for i, part in enumerate(lines)
        )  # fmt: skip
        parts.append((words, y + 2))
    return parts, sum(heights)
