"""A schematic map: one equal square for each area, in the classes of the real map. For when no borders are at hand."""

from collections.abc import Mapping, Sequence

from .classes import check_breaks, class_key, tooltip, withheld_mark
from .labels import LEADING
from .lettering import width_of, wrap
from .paints import MISSING, WITHHELD, Paints, Reading
from .places import Cell
from .style import Style
from .svg import SIZE, drawing, group, tag, text

MOST_TILE = 104.0
# From this side on a tile may bear words.
NAMED = 44


def tile_map(
    places: Mapping[str, Cell],
    readings: Mapping[str, Reading],
    breaks: Sequence[float],
    *,
    key: str,
    title: str,
    description: str,
    diverging: bool = False,
    unit: str = "",
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    css: str = "graph graph-tiles",
) -> str:
    """SVG with a square at each of `places` (from `tile_places`), in the class of its reading as in `choropleth`.

    Tiles bear name and value when all of them fit, else their class number, the smallest nothing. The own area has a thick edge.
    """
    paints = Paints(key, style.palette, check_breaks(breaks), diverging, zero=bool(style.zero))
    columns = max((c for c, _ in places.values()), default=0) + 1
    rows = max((r for _, r in places.values()), default=0) + 1
    side = min(MOST_TILE, (width - 4) / columns)
    beside = width - columns * side > 230
    high = rows * side + 4
    key_x, key_y = (columns * side + 30, 4) if beside else (0, high + 14)
    keys, key_height = class_key(
        readings, places, paints, style, x=key_x, y=key_y, width=width - key_x, unit=unit
    )
    body = [
        paints.definitions([*"12345", WITHHELD]),
        _tiles(places, readings, paints, side, style),
        _words(places, readings, paints, side, style),
        keys,
    ]
    return drawing(
        "".join(body),
        key=key, title=title, description=description,
        width=width, height=max(high, key_y + key_height) + 4, style=style, css=css,
    )  # fmt: skip


def _tiles(
    places: Mapping[str, Cell], readings: Mapping[str, Reading], paints: Paints, side: float, style: Style
) -> str:
    """Squares in one group for each paint, names as tooltips; edges of missing and own tiles over the rest."""
    gap = 1.5 if side >= 30 else 0.75
    shapes: dict[str, list[str]] = {}
    own = []
    for code, (column, row) in sorted(places.items(), key=lambda item: (item[1], item[0])):
        reading = readings.get(code)
        x, y, wide = 2 + column * side + gap, 2 + row * side + gap, side - 2 * gap
        title = tooltip(reading, style) if reading else ""
        rx = 4 if side >= NAMED else None
        shapes.setdefault(paints.of(reading), []).append(
            tag("rect", title, x=x, y=y, width=wide, height=wide, rx=rx)
        )
        if reading and reading.own:
            own.append(tag("rect", x=x, y=y, width=wide, height=wide, rx=rx))
    parts = []
    for paint in sorted(shapes, key=lambda p: (p == MISSING, p)):
        missing = paint == MISSING
        parts.append(
            paints.layer(
                paint, "".join(shapes[paint]),
                stroke=style.palette.edge if missing else None, stroke_dasharray="2 2.5" if missing else None,
                pointer_events="all" if missing else None,
            )
        )  # fmt: skip
    parts.append(group(own, fill="none", stroke=style.palette.ink, stroke_width=2.5, pointer_events="none"))
    return "".join(parts)


def _words(
    places: Mapping[str, Cell], readings: Mapping[str, Reading], paints: Paints, side: float, style: Style
) -> str:
    """Name and value when every name fits its tile, else the class where it can be read, else nothing."""
    known = {code: r for code in places if (r := readings.get(code))}
    room = side - 12
    texts = [
        w
        for r in known.values()
        for w in (*r.name.split(), style.number(r.known) if r.known is not None else "")
    ]
    if side >= NAMED and all(width_of(w) * 1.08 <= room for w in texts):
        return "".join(_named(places[code], reading, side, style) for code, reading in known.items())
    parts = []
    for code, reading in known.items():
        paint = paints.of(reading)
        x, y = 2 + (places[code][0] + 0.5) * side, 2 + (places[code][1] + 0.5) * side
        if paint == WITHHELD and side >= 40 and not paints.zero:
            parts.append(withheld_mark(x, y, style))
        elif paint.isdigit() and side >= 19:
            parts.append(text(x, y + 5, paint))
    return group(
        parts, text_anchor="middle", font_weight=600, font_size=13, pointer_events="none",
        stroke=style.palette.surface, stroke_width=2.5, paint_order="stroke",
    )  # fmt: skip


def _named(cell: Cell, reading: Reading, side: float, style: Style) -> str:
    """Name and value on the ground of the page, so that no texture lies under words."""
    x, y = 2 + (cell[0] + 0.5) * side, 2 + cell[1] * side
    names = wrap(reading.name, side - 12, SIZE, most=2)
    value = style.number(reading.known) if reading.known is not None else ""
    lines = [*names, value] if value else names
    tall = LEADING * (len(lines) + (1 if reading.suppressed else 0))
    top = y + (side - tall) / 2
    wide = max([14.0, *(width_of(words) for words in lines)]) + 8
    parts = [
        tag(
            "rect", x=x - wide / 2, y=top - 3, width=wide, height=tall + 6, rx=4,
            fill=style.palette.surface, fill_opacity="0.88",
        )
    ]  # fmt: skip
    for index, words in enumerate(lines):
        bold = 600 if reading.own or index == len(names) else None
        parts.append(text(x, top + 13 + LEADING * index, words, font_weight=bold))
    if reading.suppressed:
        parts.append(withheld_mark(x, top + LEADING * len(names) + 8, style))
    return group(parts, text_anchor="middle", pointer_events="none")
