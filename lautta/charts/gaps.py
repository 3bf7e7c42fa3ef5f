"""Gaps between two groups: for each indicator two marks and the distance between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .keys import absence_keys, hollow_tick, key_row, missing_mark
from .lettering import cut, width_of, wrap
from .scale import finite
from .style import Style
from .svg import SIZE, drawing, line, marker, text
from .tracks import FOOT, Track, track


@dataclass(frozen=True)
class Pair:
    """One indicator's value in the first and in the second group; a suppressed one is withheld."""

    label: str
    first: float | None
    second: float | None
    first_suppressed: bool = False
    second_suppressed: bool = False

    @property
    def values(self) -> tuple[float | None, float | None]:
        return (
            None if self.first_suppressed else finite(self.first),
            None if self.second_suppressed else finite(self.second),
        )


def gaps(
    pairs: Sequence[Pair],
    *,
    key: str,
    title: str,
    description: str,
    first_label: str,
    second_label: str,
    from_zero: bool = True,
    unit: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-gaps",
) -> str:
    """SVG with a row for each pair: the indicator's name over its track, the two values, the gap at the right end.

    All pairs share one scale, so they must share a unit. The first group is a filled circle, the second an empty square.
    """
    palette = style.palette
    distances = [_distance(pair, style) for pair in pairs]
    value_room = min(width * 0.25, max([20.0, *(width_of(d) * 1.08 for d in distances)]) + 14)
    scale = track(
        [v for p in pairs for v in p.values], 10, width - value_room - 10, style, from_zero=from_zero
    )
    keys, y = key_row(
        [
            (lambda x, y: marker("circle", x, y, 5.5, fill=palette.accent), first_label),
            (lambda x, y: marker("square", x, y, 5.5, fill=palette.surface, stroke=palette.accent, stroke_width=2), second_label),
        ],
        x=0, y=0, width=width, style=style,
    )  # fmt: skip
    if unit:
        keys += text(0, y + SIZE + 2, cut(unit, width), fill=palette.muted)
        y += 22
    y += 4
    body: list[str] = []
    spans: list[tuple[float, float]] = []
    for pair, distance in zip(pairs, distances, strict=True):
        for words in wrap(pair.label, width - value_room, most=3):
            body.append(text(0, y + 16, words))
            y += 19
        spans.append((y + 5, y + 29))
        body.append(_pair(pair, scale, y + 17, style))
        body.append(text(width, y + 22, distance, text_anchor="end", font_weight=600))
        y += 40
    y = spans[-1][1] if spans else y
    absent = [
        w
        for p in pairs
        for v, w in zip(p.values, (p.first_suppressed, p.second_suppressed), strict=True)
        if v is None
    ]
    items = absence_keys(style, suppressed=any(absent), missing=not all(absent))
    foot, foot_height = key_row(items, x=0, y=y + FOOT, width=width, style=style)
    return drawing(
        "".join([keys, scale.rules(*spans), *body, foot]),
        key=key, title=title, description=description,
        width=width, height=y + FOOT + foot_height + 4, style=style, css=css,
    )  # fmt: skip


def _distance(pair: Pair, style: Style) -> str:
    first, second = pair.values
    return "" if first is None or second is None else style.number(abs(first - second))


def _pair(pair: Pair, scale: Track, y: float, style: Style) -> str:
    palette = style.palette
    first, second = pair.values
    parts = []
    if first is not None and second is not None:
        parts.append(
            line(
                scale.x(first),
                y,
                scale.x(second),
                y,
                stroke=palette.accent,
                stroke_width=3,
                stroke_opacity="0.35",
            )
        )
    if second is not None:
        parts.append(
            marker(
                "square", scale.x(second), y, 5.5, fill=palette.surface, stroke=palette.accent, stroke_width=2
            )
        )
    if first is not None:
        parts.append(marker("circle", scale.x(first), y, 5.5, fill=palette.accent))
    place = scale.x.start + 8
    for value, withheld in ((first, pair.first_suppressed), (second, pair.second_suppressed)):
        if value is None:
            parts.append((hollow_tick if withheld else missing_mark)(place, y, palette.muted))
            place += 18
    return "".join(parts)
