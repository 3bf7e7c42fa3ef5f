"""Stepped services: stairs from lighter to heavier support, with numbered moves up and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import wrap
from .style import Style
from .svg import SIZE, drawing, group, marker, num, tag, text

LEADING = 18
STEP, RISE = 96, 26


@dataclass(frozen=True)
class Stair:
    """One step, lightest first: the tier's word above, who helps below."""

    tier: str
    label: str


@dataclass(frozen=True)
class Passage:
    """A move between steps (from 0), with the number by which the list beside the drawing tells of it."""

    start: int
    end: int
    number: int


def staircase(
    stairs: Sequence[Stair],
    passages: Sequence[Passage],
    *,
    key: str,
    title: str,
    description: str,
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-stairs",
) -> str:
    """SVG with the lightest step at the bottom. Up is a whole line on the right, back a dashed one on the
    left; numbers name both.
    """
    count = len(stairs)
    side = 46 if width < 480 else 64
    indent = 0 if width < 480 else RISE
    wide = width - 2 * side - indent * max(0, count - 1)
    tops = [8 + (count - 1 - n) * STEP for n in range(count)]
    parts = []
    for n, stair in enumerate(stairs):
        x, y = side + indent * n, tops[n]
        rect = tag(
            "rect",
            x=x,
            y=y,
            width=wide,
            height=STEP - 22,
            rx=10,
            fill=style.palette.sequential[0 if n == 0 else 1],
            stroke=style.palette.edge,
            stroke_width=1 + n,
        )
        lines = wrap(stair.label, wide - 28, SIZE, most=2)
        words = text(x + 14, y + 22, stair.tier, font_size=13, fill=style.palette.muted)
        words += "".join(
            text(x + 14, y + 42 + LEADING * i, line, font_weight=600) for i, line in enumerate(lines)
        )
        parts.append(rect + words)
    drawn = [
        _passage(p, tops, side, indent, wide, style, place) for place, p in enumerate(_known(passages, count))
    ]
    return drawing(
        "".join(parts) + group(drawn, fill="none"),
        key=key,
        title=title,
        description=description,
        width=width,
        height=max(count, 1) * STEP + 4,
        style=style,
        css=css,
    )


def _known(passages: Sequence[Passage], count: int) -> list[Passage]:
    return [p for p in passages if 0 <= p.start < count and 0 <= p.end < count and p.start != p.end]


def _passage(
    passage: Passage, tops: Sequence[int], side: int, indent: int, wide: float, style: Style, place: int
) -> str:
    """A bend outside the steps, an arrow at its end and its number in a circle (up) or a square (back)."""
    up = passage.end > passage.start
    reach = 18 + 9 * (abs(passage.end - passage.start) - 1)
    middle = (STEP - 22) / 2
    # Those that arrive lie a little off those that leave.
    y1, y2 = tops[passage.start] + middle + (-9 if up else 9), tops[passage.end] + middle + (9 if up else -9)
    if up:
        x1, x2 = side + indent * passage.start + wide, side + indent * passage.end + wide
        far = max(x1, x2) + reach
    else:
        x1, x2 = side + indent * passage.start, side + indent * passage.end
        far = min(x1, x2) - reach
    ink = style.palette.ink
    path = tag(
        "path",
        d=f"M{num(x1)} {num(y1)}C{num(far)} {num(y1)} {num(far)} {num(y2)} {num(x2)} {num(y2)}",
        stroke=ink,
        stroke_width=2,
        stroke_dasharray=None if up else "6 4",
    )
    tip = 7 if up else -7
    arrow = tag(
        "path",
        d=f"M{num(x2 + tip)} {num(y2 - 5)}L{num(x2)} {num(y2)}L{num(x2 + tip)} {num(y2 + 5)}",
        stroke=ink,
        stroke_width=2,
    )
    nx, ny = (far * 0.75 + (x1 + x2) / 2 * 0.25), (y1 + y2) / 2
    badge = marker(
        "circle" if up else "square", nx, ny, 11, fill=style.palette.surface, stroke=ink, stroke_width=1.5
    )
    return (
        path
        + arrow
        + badge
        + text(nx, ny + 5, str(passage.number), text_anchor="middle", fill=ink, font_weight=600)
    )
