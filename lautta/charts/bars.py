"""Areas as dots with whiskers against a reference, and bars by group."""

from collections.abc import Sequence
from dataclasses import dataclass

from .keys import Symbol, absence_keys, hollow_tick, key_row, missing_mark
from .lettering import cut, width_of, wrap
from .scale import ends, finite
from .shown import Shown
from .style import Style
from .svg import SIZE, drawing, line, marker, tag, text
from .svg import group as together
from .textures import bar_fill, bar_textures
from .tracks import FOOT, Track, track


@dataclass(frozen=True)
class Row(Shown):
    """One area's value with the ends of its interval; `usual` is the (lower, upper) within which chance would keep a
    place of this size. `own` is the reader's own area. `differs` says whether it clearly differs from the reference, where the
    caller has judged that more strictly than by the interval."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    suppressed: bool = False
    own: bool = False
    usual: tuple[float, float] | None = None
    differs: bool | None = None


@dataclass(frozen=True)
class Bar(Shown):
    """One bar of a group: its own name (girls, boys), value and interval."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    suppressed: bool = False


@dataclass(frozen=True)
class BarGroup:
    label: str
    bars: Sequence[Bar]


def _absent(suppressed: bool, x: float, y: float, style: Style) -> str:
    mark = hollow_tick if suppressed else missing_mark
    return mark(x + 8, y, style.palette.muted)


def caterpillar(
    rows: Sequence[Row],
    *,
    key: str,
    title: str,
    description: str,
    reference: float | None = None,
    reference_label: str = "",
    differs_label: str = "",
    same_label: str = "",
    usual_label: str = "",
    from_zero: bool = False,
    unit: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-caterpillar",
) -> str:
    """SVG with a row for each area in the order given, against `reference`.

    A filled dot's interval leaves the reference outside; a hollow dot's holds it, so that nobody reads a rank into
    noise (`differs_label` and `same_label` say so under the drawing). The band is the row's `usual`.
    """
    palette, aim = style.palette, finite(reference)
    numbers = [style.number(row.known) if row.known is not None else "" for row in rows]
    name_room = min(
        width * 0.36, max([40.0, *(width_of(r.label) * (1.08 if r.own else 1) for r in rows)]) + 6
    )
    # Bold letters are a little wider than the estimate.
    names = [wrap(row.label, name_room / (1.08 if row.own else 1), most=2) for row in rows]
    step = 42 if any(len(lines) > 1 for lines in names) else 30
    value_room = min(width * 0.25, max([10.0, *map(width_of, numbers)]) + 12)
    usual = [ends(*row.usual) if row.usual and row.known is not None else None for row in rows]
    reach = [end for pair in [*(r.interval for r in rows), *usual] if pair for end in pair]
    scale = track(
        [*(r.known for r in rows), *reach, aim],
        name_room + 14,
        width - value_room - 8,
        style,
        from_zero=from_zero,
    )
    top = (SIZE + 10 if unit else 4) + (22 if aim is not None else 0)
    bottom = top + step * len(rows) + 4
    parts = [text(0, SIZE, cut(unit, width), fill=palette.muted), scale.rules((top, bottom))]
    if aim is not None:
        parts.append(_reference(scale, aim, reference_label, top, bottom, width))
    for index, (row, number, band) in enumerate(zip(rows, numbers, usual, strict=True)):
        y = top + step * (index + 0.5) + 2
        weight = 600 if row.own else None
        for place, words in enumerate(names[index]):
            base = y + 5 + 17 * (place - (len(names[index]) - 1) / 2)
            parts.append(text(0, base, words, font_weight=weight))
        parts.append(text(width, y + 5, cut(number, value_room), text_anchor="end", font_weight=weight))
        parts.append(_whiskered(row, band, scale, y, aim, style))
    keys, key_height = _caterpillar_keys(
        rows, style, bottom + FOOT, width, (differs_label, same_label, usual_label), aim
    )
    return drawing(
        "".join(parts) + keys,
        key=key, title=title, description=description,
        width=width, height=bottom + FOOT + key_height + 4, style=style, css=css,
    )  # fmt: skip


def _reference(scale: Track, value: float, label: str, top: float, bottom: float, width: float) -> str:
    palette, x = scale.style.palette, scale.x(value)
    words = cut(f"{label} {scale.style.number(value)}".strip(), width)
    half = width_of(words) / 2
    place = min(max(x, half), width - half)
    return line(x, top - 4, x, bottom, stroke=palette.ink, stroke_width=1.3, stroke_dasharray="6 3") + text(
        place, top - 9, words, text_anchor="middle", fill=palette.ink
    )


def _whiskered(
    row: Row, band: tuple[float, float] | None, scale: Track, y: float, aim: float | None, style: Style
) -> str:
    palette, x = style.palette, scale.x
    if row.known is None:
        return _absent(row.suppressed, x.start, y, style)
    colour = palette.accent if row.own else palette.muted
    parts = []
    if band:
        wide = x(band[1]) - x(band[0])
        parts.append(
            tag(
                "rect",
                x=x(band[0]),
                y=y - 8,
                width=wide,
                height=16,
                rx=3,
                fill=palette.edge,
                fill_opacity="0.16",
            )
        )
    if row.interval:
        low, high = map(x, row.interval)
        parts.append(
            line(low, y, high, y, stroke=colour, stroke_width=3 if row.own else 1.75, stroke_linecap="round")
        )
    holds = aim is not None and row.interval and row.interval[0] <= aim <= row.interval[1]
    hollow = holds if row.differs is None else not row.differs
    parts.append(
        marker(
            "circle", x(row.known), y, 5.5 if row.own else 4.5,
            fill=palette.surface if hollow else colour, stroke=colour, stroke_width=2,
        )
    )  # fmt: skip
    return "".join(parts)


def _caterpillar_keys(
    rows: Sequence[Row], style: Style, y: float, width: float, labels: tuple[str, str, str], aim: float | None
) -> tuple[str, float]:
    palette = style.palette
    differs, same, usual = labels

    def dot(fill: str) -> Symbol:
        return lambda x, y: marker("circle", x, y, 4.5, fill=fill, stroke=palette.muted, stroke_width=2)

    def band(x: float, y: float) -> str:
        return tag(
            "rect", x=x - 10, y=y - 6, width=20, height=12, rx=3, fill=palette.edge, fill_opacity="0.16"
        )

    items: list[tuple[Symbol, str]] = []
    if aim is not None and any(r.interval for r in rows):
        items += [(dot(palette.muted), differs), (dot(palette.surface), same)]
    if any(r.usual and ends(*r.usual) for r in rows if r.known is not None):
        items.append((band, usual))
    absent = [r for r in rows if r.known is None]
    withheld = [r for r in absent if r.suppressed]
    items += absence_keys(style, suppressed=bool(withheld), missing=len(absent) > len(withheld))
    return key_row(items, x=0, y=y, width=width, style=style)


def grouped_bars(
    groups: Sequence[BarGroup],
    *,
    key: str,
    title: str,
    description: str,
    unit: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-bars",
) -> str:
    """SVG with lying bars from 0: a heading for each group, and each bar's own name before it.

    Bars of one name have one colour and texture in all groups. Intervals are whiskers.
    """
    palette = style.palette
    names = list(dict.fromkeys(bar.label for g in groups for bar in g.bars))
    bars = [bar for g in groups for bar in g.bars]
    numbers = {id(bar): style.number(bar.known) for bar in bars if bar.known is not None}
    name_room = min(width * 0.34, max([30.0, *map(width_of, names)]) + 4)
    value_room = min(width * 0.25, max([10.0, *map(width_of, numbers.values())]) + 12)
    reach = [end for bar in bars if bar.interval for end in bar.interval]
    scale = track(
        [*(b.known for b in bars), *reach], name_room + 12, width - value_room - 8, style, from_zero=True
    )
    y: float = SIZE + 12 if unit else 2
    body: list[str] = []
    spans: list[tuple[float, float]] = []
    for part in groups:
        for words in wrap(part.label, width, most=2):
            body.append(text(0, y + 15, words, font_weight=600))
            y += 20
        y += 3
        spans.append((y, y + 25 * len(part.bars)))
        for bar in part.bars:
            body.append(text(0, y + 16, cut(bar.label, name_room), fill=palette.muted))
            body.append(text(width, y + 16, cut(numbers.get(id(bar), ""), value_room), text_anchor="end"))
            body.append(_bar(bar, names.index(bar.label), key, scale, y, style))
            y += 25
        y += 12
    y = spans[-1][1] if spans else y
    absent = [b for b in bars if b.known is None]
    withheld = [b for b in absent if b.suppressed]
    items = absence_keys(style, suppressed=bool(withheld), missing=len(absent) > len(withheld))
    keys, key_height = key_row(items, x=0, y=y + FOOT, width=width, style=style)
    front = [
        bar_textures(key, min(4, len(names)), style.palette),
        text(0, SIZE, cut(unit, width), fill=palette.muted),
    ]
    return drawing(
        "".join([*front, scale.rules(*spans), *body, keys]),
        key=key, title=title, description=description,
        width=width, height=y + FOOT + key_height + 4, style=style, css=css,
    )  # fmt: skip


def _bar(bar: Bar, index: int, key: str, scale: Track, y: float, style: Style) -> str:
    palette, zero = style.palette, scale.x(0)
    if bar.known is None:
        return _absent(bar.suppressed, zero, y + 11, style)
    end = scale.x(bar.known)
    left, wide = min(zero, end), max(abs(end - zero), 1.5)
    parts = [
        tag(
            "rect", x=left, y=y + 2, width=wide, height=18, rx=2,
            fill=bar_fill(key, index, palette), stroke=palette.accent, stroke_width=1,
        )
    ]  # fmt: skip
    if bar.interval:
        low, high = map(scale.x, bar.interval)
        across = [
            line(low, y + 11, high, y + 11),
            line(low, y + 7, low, y + 15),
            line(high, y + 7, high, y + 15),
        ]
        parts.append(together(across, stroke=palette.surface, stroke_width=4))
        parts.append(together(across, stroke=palette.ink, stroke_width=1.5))
    return "".join(parts)
