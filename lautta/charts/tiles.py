"""A schematic map: one equal square for each area, in the classes of the real map. For when no borders are at hand."""

from collections.abc import Mapping, Sequence

from .classes import Reading, check_breaks, class_key, class_of, fill_of, withheld_mark
from .lettering import width_of, wrap
from .places import Cell
from .style import Style
from .svg import SIZE, drawing, escape, num, tag, text
from .textures import class_textures

MOST_TILE = 104.0


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

    A tile with room bears the name and the number; a smaller one only its class. The own area has a thick edge.
    """
    cuts = check_breaks(breaks)
    columns = max((c for c, _ in places.values()), default=0) + 1
    rows = max((r for _, r in places.values()), default=0) + 1
    side = min(MOST_TILE, (width - 4) / columns)
    beside = width - columns * side > 230
    high = rows * side + 4
    key_x, key_y = (columns * side + 30, 4) if beside else (0, high + 14)
    keys, key_height = class_key(
        readings, places, cuts, key, style, x=key_x, y=key_y, width=width - key_x, unit=unit
    )  # fmt: skip
    palette = style.palette
    colours = palette.diverging if diverging else palette.sequential
    order = sorted(places, key=lambda code: (bool((r := readings.get(code)) and r.own), places[code], code))
    if side >= 44:
        tiles = "".join(_named(places[code], readings.get(code), cuts, key, side, style) for code in order)
    else:
        tiles = _small(order, places, readings, cuts, key, side, style)
    body = [class_textures(key, colours, palette, diverging=diverging), tiles, keys]
    return drawing(
        "".join(body),
        key=key, title=title, description=description,
        width=width, height=max(high, key_y + key_height) + 4, style=style, css=css,
    )  # fmt: skip


def _square(cell: Cell, side: float, own: bool, fill: str | None, style: Style, body: str = "") -> str:
    gap = 1.5 if side >= 30 else 0.75
    inset = gap + (1 if own else 0)
    return tag(
        "rect", body,
        x=2 + cell[0] * side + inset, y=2 + cell[1] * side + inset,
        width=side - 2 * inset, height=side - 2 * inset, rx=4 if side >= 44 else None,
        fill=fill, stroke=style.palette.ink if own else None, stroke_width=2.5 if own else None,
        stroke_dasharray="none" if own and fill == "none" else None,
    )  # fmt: skip


def _named(
    cell: Cell, reading: Reading | None, cuts: Sequence[float], key: str, side: float, style: Style
) -> str:
    """A tile with name and number on the ground of the page, so that no texture lies under words."""
    palette = style.palette
    x, y = 2 + cell[0] * side, 2 + cell[1] * side
    own = bool(reading and reading.own)
    fill = fill_of(reading, cuts, key)
    parts = [_square(cell, side, own, fill, style)]
    if fill == "none":
        dash = None if own else "2 3"
        parts[0] = tag("g", parts[0], stroke=palette.edge, stroke_dasharray=dash)
    if reading is None:
        return "".join(parts)
    lines = wrap(reading.name, side - 14, SIZE, most=2) if side >= 70 else []
    words = style.number(reading.known) if reading.known is not None else ""
    if width_of(words) > side - 14:
        words = ""
    # A narrow tile would break a name in pieces: the class and the tooltip must do.
    lines = lines if words or reading.known is None else lines[:1]
    tall = 17 * (len(lines) + bool(words) + bool(reading.suppressed))
    top = y + (side - tall) / 2
    wide = max([0.0, *map(width_of, [*lines, words])]) + 8
    if tall:
        parts.append(
            tag(
                "rect", x=x + (side - wide) / 2, y=top - 3, width=wide, height=tall + 6, rx=4,
                fill=palette.surface, fill_opacity="0.88",
            )
        )  # fmt: skip
    for index, line in enumerate([*lines, *filter(None, [words])]):
        bold = 600 if own or index == len(lines) else None
        parts.append(text(x + side / 2, top + 13 + 17 * index, line, text_anchor="middle", font_weight=bold))
    if reading.suppressed:
        parts.append(withheld_mark(x + side / 2, top + 17 * len(lines) + 8, style))
    elif not words and reading.known is not None and not lines:
        parts.append(
            text(x + side / 2, y + side / 2 + 5, str(class_of(reading.known, cuts)), text_anchor="middle")
        )
    return "".join(parts)


def _small(
    order: Sequence[str], places: Mapping[str, Cell], readings: Mapping[str, Reading], cuts: Sequence[float],
    key: str, side: float, style: Style,
) -> str:  # fmt: skip
    """Many tiles: colour and texture, one group for each paint, names as tooltips, numbers where they can be read."""
    palette = style.palette
    by_fill: dict[str, list[str]] = {}
    numbers = []
    for code in order:
        reading, cell = readings.get(code), places[code]
        if reading is None:
            by_fill.setdefault("none", []).append(_square(cell, side, False, None, style))
            continue
        known = reading.known
        absent = style.suppressed if reading.suppressed else style.missing
        words = f"{reading.name} {absent if known is None else style.number(known)}".strip()
        name = f"<title>{escape(words)}</title>"
        fill = fill_of(reading, cuts, key)
        by_fill.setdefault(fill, []).append(_square(cell, side, reading.own, None, style, name))
        if known is not None and side >= 19:
            x, y = 2 + (cell[0] + 0.5) * side, 2 + (cell[1] + 0.5) * side + 5
            numbers.append(text(x, y, str(class_of(known, cuts))))
    parts = []
    for fill, tiles in sorted(by_fill.items()):
        bare = fill == "none"
        parts.append(
            tag(
                "g", "".join(tiles), fill=fill, stroke=palette.edge if bare else None,
                stroke_dasharray="1.5 2" if bare else None, pointer_events="all" if bare else None,
            )
        )  # fmt: skip
    if numbers:
        parts.append(
            tag(
                "g", "".join(numbers), text_anchor="middle", font_weight=600, font_size=num(13),
                stroke=palette.surface, stroke_width=2.5, paint_order="stroke",
            )
        )  # fmt: skip
    return "".join(parts)
