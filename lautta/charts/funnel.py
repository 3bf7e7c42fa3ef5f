"""Values against the size of places, within the limits that chance alone would keep them in."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .keys import Symbol, key_row
from .lettering import cut, width_of
from .scale import Scale, axis, ends, finite
from .style import Style
from .svg import SIZE, drawing, group, line, marker, tag, text, trace


@dataclass(frozen=True)
class Place:
    """One area: its denominator (over 0) and value. `outside` says that it lies outside the limits, as the statistics
    room found; `own` is the reader's. Both kinds are named in the drawing as far as there is room."""

    label: str
    denominator: float
    value: float | None
    outside: bool = False
    own: bool = False
    suppressed: bool = False


@dataclass(frozen=True)
class Limit:
    """The limits at one denominator; `inner` and `outer` are (lower, upper), say of 95 % and 99.8 %."""

    denominator: float
    inner: tuple[float, float]
    outer: tuple[float, float] | None = None


def funnel(
    places: Sequence[Place],
    limits: Sequence[Limit],
    *,
    key: str,
    title: str,
    description: str,
    reference: float | None = None,
    reference_label: str = "",
    inner_label: str = "",
    outer_label: str = "",
    outside_label: str = "",
    unit: str = "",
    size_label: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    height: int | None = None,
    css: str = "graph graph-funnel",
) -> str:
    """SVG with places from small to large on a logarithmic axis (`size_label`), limits as lines, outliers as diamonds.

    Suppressed and missing places are left out: they have no height, and their number belongs in `description`.
    """
    palette, aim = style.palette, finite(reference)
    spots = [
        p
        for p in places
        if not p.suppressed and finite(p.value) is not None and (finite(p.denominator) or 0) > 0
    ]
    bounds = sorted(
        (lim for lim in limits if (finite(lim.denominator) or 0) > 0), key=lambda lim: lim.denominator
    )
    reach = [v for lim in bounds for pair in (lim.inner, lim.outer) if pair for v in ends(*pair) or ()]
    values = [finite(p.value) for p in spots]
    marks = axis([*values, *reach, aim], style.number, from_zero=False, most=5)
    left = min(width * 0.3, max(width_of(label) for _, label in marks) + 10)
    top, high = (
        SIZE + 12 if unit else 10,
        height or (round(width * 0.56) if width >= 480 else round(width * 0.85)),
    )
    bottom = top + max(160, high - top - 46)
    right = width - 10
    sizes = [
        math.log10(min(finite(s) or 1, 1e100))
        for s in (*(p.denominator for p in spots), *(b.denominator for b in bounds))
    ]
    x_log = Scale(min(sizes, default=0), max(sizes, default=1), left + 8, right)
    y = Scale(marks[0][0], marks[-1][0], bottom, top)

    def x(size: float) -> float:
        return x_log(math.log10(min(size, 1e100)))

    parts = [
        text(0, SIZE, cut(unit, width), fill=palette.muted),
        group((line(left, y(v), right, y(v)) for v, _ in marks), stroke=palette.line),
        group(
            (text(left - 8, y(v) + 5, cut(label, left - 8)) for v, label in marks),
            text_anchor="end",
            fill=palette.muted,
        ),
        _size_axis(x_log, bottom, style),
        text(right, bottom + 40, cut(size_label, right), text_anchor="end", fill=palette.muted),
        _limits(bounds, x, y, style),
    ]
    if aim is not None:
        parts.append(line(left, y(aim), right, y(aim), stroke=palette.ink, stroke_width=1.3))
    # The own place last, over the others.
    for spot in sorted(spots, key=lambda p: (p.own, p.outside)):
        parts.append(_spot(spot, x(spot.denominator), y(finite(spot.value) or 0), style))
    parts.append(_names(spots, x, y, left, right, top, style))
    items = _keys(spots, bounds, (inner_label, outer_label, outside_label), style)
    if aim is not None and reference_label:
        words = f"{reference_label} {style.number(aim)}"
        items.insert(
            0, (lambda x, y: line(x - 10, y, x + 10, y, stroke=palette.ink, stroke_width=1.3), words)
        )
    under = bottom + (48 if size_label else 28)
    keys, key_height = key_row(items, x=0, y=under, width=width, style=style)
    return drawing(
        "".join(parts) + keys,
        key=key, title=title, description=description, width=width, height=under + key_height + 4, style=style, css=css,
    )  # fmt: skip


def _size_axis(x_log: Scale, bottom: float, style: Style) -> str:
    """Powers of ten, and 2 and 5 of each while there is room; labels that would touch are left out."""
    low, high = x_log.low, x_log.high
    powers = range(math.floor(low), math.ceil(high) + 1)
    wanted = [
        (factor, n)
        for factor in (1, 3)
        for n in powers
        if low - 1e-9 <= n + math.log10(factor) <= high + 1e-9
    ]
    taken: list[tuple[float, float]] = []
    parts = []
    for factor, n in wanted[:60]:
        place, words = x_log(n + math.log10(factor)), style.number(factor * 10.0**n)
        half = width_of(words) / 2
        place_words = min(place, x_log.end + 10 - half)
        if any(place_words - half < b + 10 and a < place_words + half + 10 for a, b in taken):
            continue
        taken.append((place_words - half, place_words + half))
        parts.append(line(place, bottom, place, bottom + 5, stroke=style.palette.edge))
        parts.append(text(place_words, bottom + 20, words, text_anchor="middle", fill=style.palette.muted))
    return "".join(parts)


def _limits(bounds: Sequence[Limit], x: Callable[[float], float], y: Scale, style: Style) -> str:
    parts = []
    for name, dash in (("inner", "6 4"), ("outer", "2 3")):
        for side in (0, 1):
            known = [
                (x(lim.denominator), y(known_pair[side]))
                for lim in bounds
                if (pair := getattr(lim, name)) and (known_pair := ends(*pair))
            ]
            if len(known) > 1:
                parts.append(tag("path", d=trace(known), stroke_dasharray=dash))
    return group(parts, fill="none", stroke=style.palette.edge, stroke_width=1.2)


def _spot(spot: Place, x: float, y: float, style: Style) -> str:
    palette = style.palette
    colour = palette.accent if spot.own else palette.ink if spot.outside else palette.edge
    if spot.outside:
        return marker("diamond", x, y, 5 if spot.own else 4, fill=colour)
    if spot.own:
        return marker("circle", x, y, 5.5, fill=colour)
    return marker("circle", x, y, 3, fill=colour, fill_opacity="0.55")


def _names(
    spots: Sequence[Place],
    x: Callable[[float], float],
    y: Scale,
    left: float,
    right: float,
    top: float,
    style: Style,
) -> str:
    """Names of the own place and of those outside, right or left of their mark, where no other name stands."""
    taken: list[tuple[float, float, float, float]] = []
    marks = [(x(p.denominator), y(finite(p.value) or 0)) for p in spots if p.own or p.outside]
    parts = []
    for spot in sorted(
        (p for p in spots if p.own or p.outside), key=lambda p: (not p.own, -p.denominator, p.label)
    ):
        px, py = x(spot.denominator), y(finite(spot.value) or 0)
        wide = width_of(spot.label) * (1.08 if spot.own else 1)
        for start in (px + 9, px - 9 - wide):
            box = (start, py - 9, start + wide, py + 9)
            hit = any(box[0] < c and a < box[2] and box[1] < d and b < box[3] for a, b, c, d in taken)
            over = any(
                box[0] - 5 < mx < box[2] + 5 and abs(my - py) < 11 for mx, my in marks if (mx, my) != (px, py)
            )
            if left <= start and start + wide <= right and not hit and not over:
                taken.append(box)
                colour = style.palette.accent if spot.own else style.palette.ink
                parts.append(
                    text(
                        start, py + 5, spot.label, fill=colour, font_weight=600 if spot.own else None,
                        stroke=style.palette.surface, stroke_width=3, paint_order="stroke",
                    )
                )  # fmt: skip
                break
    return "".join(parts)


def _keys(
    spots: Sequence[Place], bounds: Sequence[Limit], labels: tuple[str, str, str], style: Style
) -> list[tuple[Symbol, str]]:
    inner, outer, outside = labels
    edge = style.palette.edge
    items: list[tuple[Symbol, str]] = []
    if bounds:
        items.append((lambda x, y: line(x - 10, y, x + 10, y, stroke=edge, stroke_dasharray="6 4"), inner))
        if any(lim.outer for lim in bounds):
            items.append(
                (lambda x, y: line(x - 10, y, x + 10, y, stroke=edge, stroke_dasharray="2 3"), outer)
            )
    if any(p.outside for p in spots):
        items.append((lambda x, y: marker("diamond", x, y, 4, fill=style.palette.ink), outside))
    return items
