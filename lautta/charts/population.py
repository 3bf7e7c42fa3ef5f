"""Inhabitants of an age group, counted and projected: upright bars by year, with the interval of what is projected."""

from collections.abc import Sequence
from dataclasses import dataclass

from .keys import Symbol, absence_keys, hollow_tick, key_row, missing_mark
from .lettering import cut, width_of
from .scale import Scale, axis, finite
from .shown import Shown
from .style import Style
from .svg import drawing, group, line, tag, text

PLOT = 150


@dataclass(frozen=True)
class Count(Shown):
    """Inhabitants in one year. `projected` is not counted yet; `other` is another projection's value beside it."""

    year: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    projected: bool = False
    other: float | None = None
    suppressed: bool = False


@dataclass(frozen=True)
class AgeGroup:
    label: str
    counts: Sequence[Count]


def population(
    groups: Sequence[AgeGroup],
    *,
    key: str,
    title: str,
    description: str,
    counted_label: str = "",
    projected_label: str = "",
    interval_label: str = "",
    other_label: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-population",
) -> str:
    """SVG with one panel for each age group, all on one scale from 0, two in a row from 560 units of width on.

    The first year's and the last year's numbers stand over their bars.
    """
    counts = [c for g in groups for c in g.counts]
    reach = [end for c in counts if c.interval for end in c.interval]
    marks = axis(
        [*(c.known for c in counts), *reach, *(finite(c.other) for c in counts)],
        style.number,
        from_zero=True,
        most=4,
    )
    columns = 2 if width >= 560 and len(groups) > 1 else 1
    wide = (width - 28 * (columns - 1)) / columns
    deep = PLOT + 74
    panels = [
        _panel(g, (i % columns) * (wide + 28), (i // columns) * deep, wide, marks, style)
        for i, g in enumerate(groups)
    ]
    foot = deep * -(-len(groups) // columns)
    labels = (counted_label, projected_label, interval_label, other_label)
    keys, key_height = key_row(_keys(counts, labels, style), x=0, y=foot, width=width, style=style)
    return drawing(
        "".join(panels) + keys,
        key=key, title=title, description=description,
        width=width, height=max(foot + key_height + 4, 40), style=style, css=css,
    )  # fmt: skip


def _box(x: float, y: float, wide: float, high: float, projected: bool, style: Style) -> str:
    palette = style.palette
    fill = palette.sequential[1] if projected else palette.accent
    return tag(
        "rect", x=x, y=y, width=wide, height=high, fill=fill, stroke=palette.accent if projected else None
    )


def _whisker(x: float, top: float, bottom: float, half: float, style: Style) -> str:
    strokes = [
        line(x, top, x, bottom),
        line(x - half, top, x + half, top),
        line(x - half, bottom, x + half, bottom),
    ]
    return group(strokes, stroke=style.palette.ink, stroke_width=1.3)


def _other(x: float, y: float, half: float, style: Style) -> str:
    return line(x - half, y, x + half, y, stroke=style.palette.compare[3], stroke_width=2.5)


def _panel(
    part: AgeGroup, left: float, top: float, wide: float, marks: list[tuple[float, str]], style: Style
) -> str:
    palette = style.palette
    start = left + min(wide * 0.35, max(width_of(label) for _, label in marks) + 10)
    y = Scale(marks[0][0], marks[-1][0], top + 44 + PLOT, top + 44)
    counts = sorted(part.counts, key=lambda c: c.year)
    slot = (left + wide - start) / max(1, len(counts))
    thick = min(34.0, max(1.0, slot * 0.68))
    parts = [
        text(left, top + 16, cut(part.label, wide), font_weight=600),
        group((line(start, y(v), left + wide, y(v)) for v, _ in marks), stroke=palette.line),
        line(start, y(0), left + wide, y(0), stroke=palette.edge),
        group(
            (text(start - 8, y(v) + 5, cut(label, start - left - 8)) for v, label in marks),
            text_anchor="end", fill=palette.muted,
        ),
    ]  # fmt: skip
    centres = [start + slot * (i + 0.5) for i in range(len(counts))]
    for x, count in zip(centres, counts, strict=True):
        if count.known is None:
            parts.append((hollow_tick if count.suppressed else missing_mark)(x, y(0) - 8, palette.muted))
            continue
        high = y(count.known)
        parts.append(
            _box(x - thick / 2, min(high, y(0)), thick, max(abs(high - y(0)), 0.5), count.projected, style)
        )
        if count.interval:
            parts.append(_whisker(x, y(count.interval[1]), y(count.interval[0]), min(4.0, thick / 3), style))
        if (other := finite(count.other)) is not None:
            parts.append(_other(x, y(other), thick / 2 + 2, style))
    parts.append(_years(centres, counts, y(0), slot, style))
    parts.append(_ends(centres, counts, y, left + wide, start, style))
    return "".join(parts)


def _years(centres: Sequence[float], counts: Sequence[Count], base: float, slot: float, style: Style) -> str:
    need = max([1.0, *(width_of(style.year(c.year)) for c in counts)]) + 8
    step = max(1, -(-int(need) // max(1, int(slot)))) if slot < need else 1
    last = len(counts) - 1
    # From the last year backwards: the year the projection ends is the one looked for.
    shown = [i for i in range(last, -1, -1) if (last - i) % step == 0]
    return group(
        (text(centres[i], base + 19, style.year(counts[i].year)) for i in shown),
        text_anchor="middle", fill=style.palette.muted,
    )  # fmt: skip


def _ends(
    centres: Sequence[float], counts: Sequence[Count], y: Scale, right: float, left: float, style: Style
) -> str:
    known = [i for i, c in enumerate(counts) if c.known is not None]
    parts = []
    taken = left
    for i in dict.fromkeys([*known[:1], *known[-1:]]):
        count = counts[i]
        words = style.number(count.known or 0)
        half = width_of(words) / 2
        x = min(max(centres[i], left + half), right - half)
        if i != known[0] and x - half < taken + 6:
            continue
        taken = x + half
        beside = [
            c
            for c, place in zip(counts, centres, strict=True)
            if x - half <= place <= x + half and c.known is not None
        ]
        tops = [
            y(v)
            for c in [count, *beside]
            for v in (c.known, *(c.interval or ()), finite(c.other))
            if v is not None
        ]
        parts.append(
            text(
                x, min(tops) - 7, words, text_anchor="middle",
                font_weight=600, stroke=style.palette.surface, stroke_width=3, paint_order="stroke",
            )
        )  # fmt: skip
    return "".join(parts)


def _keys(
    counts: Sequence[Count], labels: tuple[str, str, str, str], style: Style
) -> list[tuple[Symbol, str]]:
    counted, projected, interval, other = labels
    items: list[tuple[Symbol, str]] = []
    if any(not c.projected for c in counts):
        items.append((lambda x, y: _box(x - 6, y - 6, 12, 12, False, style), counted))
    if any(c.projected for c in counts):
        items.append((lambda x, y: _box(x - 6, y - 6, 12, 12, True, style), projected))
    if any(c.interval for c in counts):
        items.append((lambda x, y: _whisker(x, y - 6, y + 6, 4, style), interval))
    if any(finite(c.other) is not None for c in counts):
        items.append((lambda x, y: _other(x, y, 9, style), other))
    absent = [c.suppressed for c in counts if c.known is None]
    return items + absence_keys(style, suppressed=any(absent), missing=not all(absent))
