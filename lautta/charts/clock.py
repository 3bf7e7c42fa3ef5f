"""The year as a clock: twelve months round a ring, two lanes, one mark an event, a hand where today is."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .keys import Symbol, key_row
from .lettering import cut
from .scale import finite
from .style import Style
from .svg import SHAPES, drawing, group, line, marker, num, tag, text

# More events than this are drawn as bars of weeks: single marks would lie on each other.
MOST_MARKS = 160
WEEKS = 52
# Shapes, full and hollow, tell as many apart in black and white; whoever comes after is drawn as a small dot.
MOST_GROUPS = 2 * len(SHAPES)
STEP = 17


class ClockMark(NamedTuple):
    """One event. at: 0 at the year's beginning, 1 at its end; lane: 0 outer, 1 inner; group: whose, an index of `groups`."""

    at: float
    lane: int
    group: int = 0


@dataclass(frozen=True)
class _Ring:
    x: float
    y: float
    inner: float
    outer: float

    def point(self, at: float, radius: float) -> tuple[float, float]:
        angle = 2 * math.pi * at - math.pi / 2
        return self.x + radius * math.cos(angle), self.y + radius * math.sin(angle)


def clock(
    marks: Sequence[ClockMark],
    groups: Sequence[str],
    *,
    months: Sequence[str],
    lanes: tuple[str, str],
    key: str,
    title: str,
    description: str,
    year: str = "",
    hand: float | None = None,
    hand_label: str = "",
    other_label: str = "",
    week_label: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-clock",
) -> str:
    """SVG. `months` are twelve names, January first, which stands at the top; `lanes` names the outer and the inner ring.

    `hand` is today, 0 … 1. With more than MOST_MARKS events each week has a bar and each month its number.
    """
    middle, radius = width / 2, width / 2 - 4
    letters = 54
    outer = _Ring(middle, radius, radius * 0.68, radius - letters)
    inner = _Ring(middle, radius, radius * 0.36, radius * 0.66)
    rings = (outer, inner)
    known = [m for m in marks if isinstance(m.at, float | int) and 0 <= m.at <= 1]
    crowded = len(known) > MOST_MARKS
    draw = _bars if crowded else _marks
    parts = [
        _face(rings, months, letters, style),
        *(draw([m for m in known if bool(m.lane) == lane], ring, style) for lane, ring in enumerate(rings)),
        _centre(inner, year, style),
        _hand(outer, inner, hand, style),
    ]
    foot = 2 * radius + 12
    items = _keys(known, groups, lanes, crowded, (finite(hand), hand_label), (other_label, week_label), style)
    keys, height = key_row(items, x=0, y=foot, width=width, style=style)
    return drawing(
        "".join(parts) + keys, key=key, title=title, description=description,
        width=width, height=foot + height + 4, style=style, css=css,
    )  # fmt: skip


def _circle(ring: _Ring, radius: float, **attributes: object) -> str:
    return tag("circle", cx=ring.x, cy=ring.y, r=max(radius, 1), fill="none", **attributes)


def _face(rings: tuple[_Ring, _Ring], months: Sequence[str], letters: float, style: Style) -> str:
    outer, inner = rings
    palette = style.palette
    grounds = [
        tag(
            "circle", cx=ring.x, cy=ring.y, r=(ring.inner + ring.outer) / 2, fill="none", stroke=ground,
            stroke_width=ring.outer - ring.inner,
        )
        for ring, ground in ((outer, palette.sequential[0]), (inner, palette.surface))
    ]  # fmt: skip
    edges = [_circle(ring, r, stroke=palette.edge) for ring in rings for r in (ring.inner, ring.outer)]
    spokes = [line(*outer.point(n / 12, inner.inner), *outer.point(n / 12, outer.outer)) for n in range(12)]
    room = 2 * math.pi * outer.outer / 12 - 8
    names = []
    for n, name in enumerate(months[:12]):
        # Beside the ring a name begins or ends at it; over and under it stands in the middle of its month.
        side = "start" if 1 <= n <= 4 else "end" if 7 <= n <= 10 else None
        x, y = outer.point((n + 0.5) / 12, outer.outer + (7 if side else 16))
        free = min(x, 2 * outer.x - x) if side else room
        names.append(text(x, y + 5, cut(name, free), font_weight=600, text_anchor=side))
    return (
        "".join(grounds)
        + group(spokes, stroke=palette.line)
        + "".join(edges)
        + group(names, text_anchor="middle")
    )


def _paint(index: int, style: Style) -> tuple[str, str, bool]:
    """(shape, colour, hollow) of a group; of those that are too many, a small dot's."""
    if not 0 <= index < MOST_GROUPS:
        return "dot", style.palette.muted, False
    colours = (style.palette.accent, style.palette.compare[2], style.palette.compare[3], style.palette.target)
    return (
        SHAPES[index % len(SHAPES)],
        colours[(index + index // len(SHAPES)) % len(colours)],
        index >= len(SHAPES),
    )


def _mark(index: int, x: float, y: float, style: Style) -> str:
    shape, colour, hollow = _paint(index, style)
    if shape == "dot":
        return marker("circle", x, y, 3, fill=colour)
    fill = style.palette.surface if hollow else colour
    return marker(
        shape,
        x,
        y,
        5.5,
        fill=fill,
        stroke=colour if hollow else style.palette.surface,
        stroke_width=2 if hollow else 1,
    )


def _week(mark: ClockMark) -> int:
    return min(int(mark.at * WEEKS), WEEKS - 1)


def _marks(marks: Sequence[ClockMark], ring: _Ring, style: Style) -> str:
    """One mark an event, those of one week on a line outwards; what does not fit is told as a number at its end."""
    by_week: dict[int, list[ClockMark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda m: (m.at, m.group)):
        by_week[_week(mark)].append(mark)
    places = max(1, int((ring.outer - ring.inner - 6) // STEP))
    parts = []
    for held in by_week.values():
        shown = held if len(held) <= places else held[: places - 1]
        for place, mark in enumerate(shown):
            x, y = ring.point(mark.at, ring.outer - 12 - STEP * place)
            parts.append(_mark(mark.group, x, y, style))
        if len(shown) < len(held):
            x, y = ring.point(held[0].at, ring.outer - 12 - STEP * (places - 1))
            parts.append(text(x, y + 5, f"+{len(held) - len(shown)}", text_anchor="middle", font_weight=600))
    return "".join(parts)


def _wedge(ring: _Ring, start: float, end: float, near: float, far: float, fill: str) -> str:
    a, b = ring.point(start, near), ring.point(start, far)
    c, d = ring.point(end, far), ring.point(end, near)
    path = (
        f"M{num(a[0])} {num(a[1])}L{num(b[0])} {num(b[1])} {num(c[0])} {num(c[1])} {num(d[0])} {num(d[1])}z"
    )
    return tag("path", d=path, fill=fill)


def _bars(marks: Sequence[ClockMark], ring: _Ring, style: Style) -> str:
    """A bar a week, from the inner edge outwards, and over each month how many there are."""
    weeks = Counter([int(mark.at * WEEKS) if mark.at < 1 else WEEKS - 1 for mark in marks])
    most = max(weeks.values(), default=1)
    room = ring.outer - ring.inner - 24
    bars = [
        _wedge(
            ring, (week + 0.12) / WEEKS, (week + 0.88) / WEEKS, ring.inner + 1,
            ring.inner + 3 + room * count / most, style.palette.accent,
        )
        for week, count in sorted(weeks.items())
    ]  # fmt: skip
    months = Counter([int(mark.at * 12) if mark.at < 1 else 11 for mark in marks])
    numbers = []
    for month, count in sorted(months.items()):
        x, y = ring.point((month + 0.5) / 12, ring.outer - 11)
        numbers.append(text(x, y + 5, str(count), font_weight=600))
    return "".join(bars) + group(numbers, text_anchor="middle")


def _centre(ring: _Ring, year: str, style: Style) -> str:
    words = cut(year, ring.inner * 1.5)
    return text(ring.x, ring.y + 9, words, text_anchor="middle", font_size=26, font_weight=700)


def _hand(outer: _Ring, inner: _Ring, hand: float | None, style: Style) -> str:
    """From the inner edge to the months, with a head at its end; the middle stays free for the year."""
    at = finite(hand)
    if at is None or not 0 <= at <= 1:
        return ""
    start, end = inner.point(at, inner.inner - 8), outer.point(at, outer.outer)
    shaft = line(*start, *end, stroke=style.palette.ink, stroke_width=2.5)
    return shaft + tag("circle", cx=end[0], cy=end[1], r=4.5, fill=style.palette.ink)


def _keys(
    marks: Sequence[ClockMark], groups: Sequence[str], lanes: tuple[str, str], crowded: bool,
    hand: tuple[float | None, str], others: tuple[str, str], style: Style,
) -> list[tuple[Symbol, str]]:  # fmt: skip
    palette = style.palette

    def ring_symbol(full: bool) -> Symbol:
        def draw(x: float, y: float) -> str:
            wide = tag(
                "circle", cx=x, cy=y, r=8, fill="none", stroke=palette.edge, stroke_width=3.5 if full else 1
            )
            return wide + tag(
                "circle", cx=x, cy=y, r=3, fill="none", stroke=palette.edge, stroke_width=1 if full else 3.5
            )

        return draw

    def mark_symbol(index: int) -> Symbol:
        return lambda x, y: _mark(index, x, y, style)

    items: list[tuple[Symbol, str]] = [(ring_symbol(True), lanes[0]), (ring_symbol(False), lanes[1])]
    used = {m.group for m in marks}
    if crowded:
        items.append(
            (lambda x, y: tag("rect", x=x - 3, y=y - 6, width=6, height=12, fill=palette.accent), others[1])
        )
    else:
        items += [(mark_symbol(n), name) for n, name in enumerate(groups[:MOST_GROUPS]) if n in used]
        if any(not 0 <= n < MOST_GROUPS for n in used):
            items.append((mark_symbol(-1), others[0]))
    if hand[0] is not None and 0 <= hand[0] <= 1:
        items.append((lambda x, y: line(x - 8, y, x + 8, y, stroke=palette.ink, stroke_width=2.5), hand[1]))
    return items
