"""The parts of a line chart as SVG, from its plan."""

from collections.abc import Sequence

from .keys import Symbol, absence_keys, hollow_tick, key_row
from .labels import end_labels
from .lettering import cut, width_of
from .line_plan import Plan
from .points import Series
from .scale import year_ticks
from .svg import SHAPES, SIZE, group, line, marker, tag, text, trace

# The main series is full; comparisons differ by dash, end mark and colour.
DASHES = (None, "6 3", "2 3", "9 3 2 3")
# Up to so many observations each has a dot.
MOST_DOTS = 16
Corner = tuple[float, float, float]


def draw(plan: Plan, band_label: str) -> tuple[str, float]:
    """All parts, those that matter most on top, and the height of the drawing."""
    parts = [_axes(plan), _notes(plan), _bands(plan), _fan(plan), _target(plan)]
    parts += [_series(plan, index, series) for index, series in reversed(list(enumerate(plan.all)))]
    parts.append(_withheld(plan))
    left = plan.width - plan.column
    parts.append(end_labels(plan.labels, plan.x, plan.y, left, plan.top - 6, plan.bottom, plan.palette))
    keys, key_height = _keys(plan, band_label)
    return "".join([*parts, keys]), plan.foot + key_height + 4


def _axes(plan: Plan) -> str:
    palette, style, left, right = plan.palette, plan.style, plan.left, plan.x.end + 6
    most = max(
        2, int((right - left) / (max([1.0, *(width_of(style.year(y)) for y in plan.years[-1:])]) + 14))
    )
    years = year_ticks(plan.years, most)
    names = (text(plan.x(year), plan.foot - 7, style.year(year)) for year in years)
    parts = [
        text(0, SIZE, cut(plan.unit, plan.width), fill=palette.muted),
        group(names, text_anchor="middle", fill=palette.muted),
    ]
    if plan.empty:
        words = cut(style.missing, right - left)
        middle = (plan.top + plan.bottom) / 2
        parts.append(line(left, plan.bottom, right, plan.bottom, stroke=palette.edge))
        parts.append(text((left + right) / 2, middle, words, text_anchor="middle", fill=palette.muted))
        return "".join(parts)
    grid = (line(left, plan.y(v), right, plan.y(v)) for v, _ in plan.marks if v != 0)
    numbers = (text(left - 8, plan.y(v) + 5, cut(label, left - 8)) for v, label in plan.marks)
    parts += [group(grid, stroke=palette.line), group(numbers, text_anchor="end", fill=palette.muted)]
    if plan.y.low <= 0 <= plan.y.high:
        parts.append(line(left, plan.y(0), right, plan.y(0), stroke=palette.edge))
    return "".join(parts)


def _notes(plan: Plan) -> str:
    tops = [y for _, y in plan.note_parts]
    rules = (
        line(plan.x(n.place), y, plan.x(n.place), plan.bottom) for n, y in zip(plan.notes, tops, strict=True)
    )
    return group(rules, stroke=plan.palette.edge, stroke_dasharray="1 3") + "".join(
        p for p, _ in plan.note_parts
    )


def _area(plan: Plan, corners: Sequence[Corner], opacity: str) -> str:
    up = [(plan.x(year), plan.y(high)) for year, _, high in corners]
    down = [(plan.x(year), plan.y(low)) for year, low, _ in reversed(corners)]
    return tag("path", d=trace(up + down) + "z", fill=plan.palette.accent, fill_opacity=opacity)


def _bands(plan: Plan) -> str:
    """The interval as an area where years follow each other, as an upright line where one stands alone."""
    parts = []
    for run in plan.main.runs(plan.breaks):
        stretch: list[Corner] = []
        for point in [*run, None]:
            if point and point.interval:
                stretch.append((point.year, *point.interval))
                continue
            if len(stretch) == 1:
                year, low, high = stretch[0]
                x = plan.x(year)
                parts.append(line(x, plan.y(low), x, plan.y(high), stroke=plan.palette.accent))
            elif stretch:
                parts.append(_area(plan, stretch, "0.15"))
            stretch = []
    return "".join(parts)


def _fan(plan: Plan) -> str:
    if not plan.fan:
        return ""
    last, accent = plan.main.last, plan.palette.accent
    origin: list[Corner] = []
    if last and last.known is not None and last.year < plan.fan[0].year:
        origin = [(last.year, last.known, last.known)]
    parts = []
    for pairs, opacity in (
        ([(p.year, p.outer) for p in plan.fan], "0.1"),
        ([(p.year, p.inner) for p in plan.fan], "0.16"),
    ):
        corners = origin + [(year, *pair) for year, pair in pairs if pair]
        if len(corners) > 1:
            parts.append(_area(plan, corners, opacity))
    path = [(plan.x(year), plan.y(v)) for year, v, _ in origin] + [
        (plan.x(p.year), plan.y(p.value)) for p in plan.fan
    ]
    parts.append(
        tag("path", d=trace(path), fill="none", stroke=accent, stroke_width=2, stroke_dasharray="5 4")
    )
    parts.append(_spot(plan, 0, *path[-1], hollow=True))
    return "".join(parts)


def _target(plan: Plan) -> str:
    if not plan.target:
        return ""
    x, y, colour = plan.x(plan.target.year), plan.y(plan.target.value), plan.palette.target
    rule = line(plan.left, y, x, y, stroke=colour, stroke_width=1.3, stroke_dasharray="10 5")
    return rule + marker("diamond", x, y, 4, fill=plan.palette.surface, stroke=colour, stroke_width=2)


def _spot(plan: Plan, index: int, x: float, y: float, hollow: bool) -> str:
    colour = plan.colour(index)
    fill = plan.palette.surface if hollow else colour
    return marker(SHAPES[max(0, index - 1)], x, y, 3.5, fill=fill, stroke=colour, stroke_width=1.5)


def _series(plan: Plan, index: int, series: Series) -> str:
    runs = [[(plan.x(p.year), plan.y(p.known or 0)) for p in run] for run in series.runs(plan.breaks)]
    path = "".join(trace(run) for run in runs if len(run) > 1)
    parts = []
    if path:
        parts.append(
            tag(
                "path", d=path, fill="none", stroke=plan.colour(index), stroke_width=2.5 if index == 0 else 1.5,
                stroke_dasharray=None if index == 0 else DASHES[index - 1], stroke_linejoin="round",
            )
        )  # fmt: skip
    flat = [spot for run in runs for spot in run]
    # A point between two gaps has no line: without a dot it would vanish.
    dotted = flat if index == 0 and len(flat) <= MOST_DOTS else [run[0] for run in runs if len(run) == 1]
    parts += [_spot(plan, index, x, y, hollow=index > 0) for x, y in dict.fromkeys([*dotted, *flat[-1:]])]
    return "".join(parts)


def _withheld(plan: Plan) -> str:
    """A row of hollow ticks under the axis for each series that has withheld years."""
    return "".join(
        hollow_tick(plan.x(p.year), plan.bottom + 9 + 11 * row, plan.colour(index))
        for row, (index, series) in enumerate(plan.withheld)
        for p in series.withheld
    )


def _keys(plan: Plan, band_label: str) -> tuple[str, float]:
    def swatch(x: float, y: float) -> str:
        return tag(
            "rect", x=x - 10, y=y - 6, width=20, height=12, fill=plan.palette.accent, fill_opacity="0.15"
        )

    items: list[tuple[Symbol, str]] = []
    if any(p.interval for p in plan.main.points):
        items.append((swatch, band_label))
    items += absence_keys(plan.style, suppressed=bool(plan.withheld), missing=False)
    return key_row(items, x=plan.left, y=plan.foot, width=plan.width - plan.left, style=plan.style)
