"""Alternatives beside each other: one mark for each on every dimension, from clearly worse to clearly better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .keys import key_row, missing_mark
from .lettering import cut, width_of, wrap
from .scale import finite
from .style import Palette, Style
from .svg import SIZE, drawing, line, marker, tag, text, trace

LEADING = 17
CELL = 34
# Under this width the name of a row stands over its marks.
NARROW = 480
STRONGEST = 2


@dataclass(frozen=True)
class Compared:
    """One alternative: its short code, its name, and whether it is the one proposed."""

    code: str
    label: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Scored:
    """One dimension. `values`: −2…+2 in the order of the alternatives, None where nobody has said; `unknown`: places where
    somebody has said that it is not known."""

    label: str
    values: Sequence[float | None]
    unknown: frozenset[int] = frozenset()


def comparison(
    alternatives: Sequence[Compared],
    rows: Sequence[Scored],
    *,
    key: str,
    title: str,
    description: str,
    names: Mapping[int, str],
    unknown_label: str = "",
    chosen_label: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-comparison",
) -> str:
    """SVG with a row for each dimension and a column for each alternative.

    Better is a triangle upwards, worse one downwards, two of them when it is clear; no change is an empty circle, not known
    a question mark in a dotted one. The number stands beside the mark, so that a grey copy says the same. `names`: words for
    −2…2. A number outside the scale is drawn as its nearest end.
    """
    narrow = width < NARROW
    count = max(1, len(alternatives))
    left = 0.0 if narrow else max(width * 0.3, min(width * 0.4, 250))
    column = (width - left) / count
    middles = [left + column * (n + 0.5) for n in range(count)]
    head, y = _head(alternatives, middles, column, chosen_label, style)
    body: list[str] = []
    for row in rows:
        words = wrap(row.label, (width if narrow else left) - 12, most=2 if narrow else 3)
        if narrow:
            body += [text(0, y + LEADING * (n + 0.8), w, font_weight=600) for n, w in enumerate(words)]
            top = y + LEADING * len(words)
            bottom = top + CELL
        else:
            top, bottom = y, y + max(CELL, LEADING * len(words) + 10)
            start = (top + bottom) / 2 - LEADING * (len(words) - 1) / 2 + SIZE * 0.35
            body += [text(0, start + LEADING * n, w) for n, w in enumerate(words)]
        body += [
            _cell(_value(row, n), n in row.unknown, x, (top + bottom) / 2, style)
            for n, x in enumerate(middles[: len(alternatives)])
        ]
        y = bottom + 4
        body.append(line(0, y, width, y, stroke=style.palette.line))
        y += 4
    foot, foot_height = _keys(rows, len(alternatives), names, unknown_label, y + 4, width, style)
    return drawing(
        "".join([head, *body, foot]),
        key=key, title=title, description=description,
        width=width, height=y + 4 + foot_height + 6, style=style, css=css,
    )  # fmt: skip


def _head(
    alternatives: Sequence[Compared], middles: Sequence[float], column: float, chosen_label: str, style: Style
) -> tuple[str, float]:
    """Codes, names and the mark of the proposed one over their columns; the y under them."""
    palette = style.palette
    room = column - 8
    names = [wrap(a.label, room, 13, most=3) for a in alternatives]
    height = max([0, *map(len, names)]) * 16
    marked = chosen_label and any(a.chosen for a in alternatives)
    parts = []
    for a, x, lines in zip(alternatives, middles, names, strict=False):
        parts.append(text(x, LEADING, cut(a.code, room), text_anchor="middle", font_weight=700))
        parts += [
            text(x, LEADING + 17 + 16 * n, words, text_anchor="middle", font_size=13, fill=palette.muted)
            for n, words in enumerate(lines)
        ]
        if marked and a.chosen:
            words = cut(chosen_label, room - 18, 13)
            wide = width_of(words, 13) * 1.08 + 18
            top = LEADING + 8 + height
            parts.append(
                tag(
                    "rect", x=x - wide / 2, y=top, width=wide, height=20, rx=10, fill="none",
                    stroke=palette.target, stroke_width=1.5,
                )
            )  # fmt: skip
            parts.append(
                text(
                    x,
                    top + 14.5,
                    words,
                    text_anchor="middle",
                    font_size=13,
                    font_weight=600,
                    fill=palette.target,
                )
            )
    bottom = LEADING + 12 + height + (24 if marked else 0)
    return "".join(parts), float(bottom)


def _value(row: Scored, place: int) -> int | None:
    found = finite(row.values[place]) if place < len(row.values) and place not in row.unknown else None
    return None if found is None else max(-STRONGEST, min(STRONGEST, round(found)))


def _cell(value: int | None, unknown: bool, x: float, y: float, style: Style) -> str:
    palette = style.palette
    if unknown:
        return _unknown(x, y, palette)
    if value is None:
        return missing_mark(x, y, palette.muted)
    number = f"+{style.number(value)}" if value > 0 else style.number(value)
    shift = 11 if abs(value) == STRONGEST else 8
    return _mark(value, x - shift, y, palette) + text(
        x + shift + (2 if abs(value) == STRONGEST else -2), y + SIZE * 0.35, number, font_weight=600
    )


def _mark(value: int, x: float, y: float, palette: Palette) -> str:
    if value == 0:
        return marker("circle", x, y, 5, fill=palette.surface, stroke=palette.ink, stroke_width=1.75)
    places = [x] if abs(value) == 1 else [x - 6.5, x + 6.5]
    if value > 0:
        return "".join(marker("triangle", at, y, 5.2, fill=palette.diverging[4]) for at in places)
    return "".join(_downwards(at, y, 5.2, palette.diverging[0]) for at in places)


def _downwards(x: float, y: float, r: float, fill: str) -> str:
    a = r * 1.25
    return tag("path", d=trace([(x, y + a), (x + a, y - a * 0.8), (x - a, y - a * 0.8)]) + "z", fill=fill)


def _unknown(x: float, y: float, palette: Palette) -> str:
    ring = marker(
        "circle", x, y, 9, fill="none", stroke=palette.muted, stroke_width=1.5, stroke_dasharray="2 2.5"
    )
    return ring + text(x, y + SIZE * 0.35, "?", text_anchor="middle", font_weight=600, fill=palette.muted)


def _keys(
    rows: Sequence[Scored],
    count: int,
    names: Mapping[int, str],
    unknown_label: str,
    y: float,
    width: float,
    style: Style,
) -> tuple[str, float]:
    """The whole scale, and the two marks of absence as far as the drawing has them."""

    def of(value: int):
        return lambda x, y: _mark(value, x, y, style.palette)

    items = [(of(v), names.get(v, "")) for v in range(STRONGEST, -STRONGEST - 1, -1)]
    if any(n < count for row in rows for n in row.unknown):
        items.append((lambda x, y: _unknown(x, y, style.palette), unknown_label))
    if any(_value(row, n) is None and n not in row.unknown for row in rows for n in range(count)):
        items.append((lambda x, y: missing_mark(x, y, style.palette.muted), style.missing))
    return key_row(items, x=0, y=y, width=width, style=style)
