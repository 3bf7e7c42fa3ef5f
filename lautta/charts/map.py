"""A map in five classes that reads without colour: texture, class number where there is room, and the key beside it."""

from collections.abc import Mapping, Sequence

from .classes import check_breaks, class_key, tooltip, withheld_mark
from .outlines import Outlines
from .paints import MISSING, WITHHELD, Paints, Reading
from .style import Style
from .svg import SIZE, drawing, group, num, tag, text

# Beyond this many areas a title for each would double the drawing; the table beside the map names them.
MOST_TITLES = 60


def choropleth(
    outlines: Outlines,
    readings: Mapping[str, Reading],
    breaks: Sequence[float],
    *,
    key: str,
    title: str,
    description: str,
    diverging: bool = False,
    unit: str = "",
    titles: bool | None = None,
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    height: int = 620,
    css: str = "graph graph-map",
) -> str:
    """SVG of all areas in `outlines`, each in the class of its reading (`breaks`: four rising values).

    A suppressed area is hatched, a missing one empty with a dotted edge, the own one has a thick edge. `height` is the most
    the map itself takes. `titles` gives each area its name and value as a tooltip; by default when there are few.
    """
    beside = width >= 520
    room = width - 220 if beside else width
    scale = min((room - 8) / outlines.width, (height - 8) / outlines.height)
    wide, high = outlines.width * scale, outlines.height * scale
    left = 4 if beside else max(4, (width - wide) / 2)
    key_x, key_y = (min(wide + 40, width - 200), 4) if beside else (0, high + 20)
    paints = Paints(key, style.palette, check_breaks(breaks), diverging, scale, zero=bool(style.zero))
    keys, key_height = class_key(
        readings, outlines.paths, paints, style, x=key_x, y=key_y, width=width - key_x, unit=unit
    )
    with_titles = titles if titles is not None else len(outlines.paths) <= MOST_TITLES
    parts = [
        paints.definitions([*"12345", WITHHELD]),
        tag(
            "g", _areas(outlines, readings, paints, style, with_titles),
            transform=f"translate({num(left)} 4) scale({scale:.4g})", stroke_linejoin="round", fill_rule="evenodd",
        ),
        _numbers(outlines, readings, paints, style, left),
        keys,
    ]  # fmt: skip
    foot = max(high + 8, key_y + key_height) + 4
    return drawing(
        "".join(parts),
        key=key, title=title, description=description, width=width, height=foot, style=style, css=css,
    )  # fmt: skip


def _areas(
    outlines: Outlines, readings: Mapping[str, Reading], paints: Paints, style: Style, with_titles: bool
) -> str:
    """Areas in one group per paint, so that colours are written once; dotted edges and the own area over the rest."""
    palette, unit = style.palette, 1 / paints.scale
    shapes: dict[str, list[str]] = {}
    own = []
    for code, path in outlines.paths.items():
        reading = readings.get(code)
        title = tooltip(reading, style) if with_titles and reading else ""
        shapes.setdefault(paints.of(reading), []).append(tag("path", title, d=path))
        if reading and reading.own:
            own.append(path)
    parts = []
    for paint in sorted(shapes, key=lambda p: (p == MISSING, p)):
        missing = paint == MISSING
        parts.append(
            paints.layer(
                paint, "".join(shapes[paint]),
                stroke=palette.edge if missing else palette.surface, stroke_width=f"{unit:.3g}",
                stroke_dasharray=f"{num(2 * unit)} {num(3 * unit)}" if missing else None,
                pointer_events="all" if missing and with_titles else None,
            )
        )  # fmt: skip
    for colour, wide in ((palette.surface, 5), (palette.ink, 2.5)) if own else ():
        parts.append(
            tag("path", d="".join(own), fill="none", stroke=colour, stroke_width=f"{wide * unit:.3g}")
        )
    return "".join(parts)


def _numbers(
    outlines: Outlines, readings: Mapping[str, Reading], paints: Paints, style: Style, left: float
) -> str:
    """The class number in every area with room for it, the hollow tick in a withheld one."""
    parts = []
    for code, (x, y, room) in outlines.spots.items():
        paint = paints.of(readings.get(code))
        # Beside the number 0 the tick would be read as one: there the hatching alone says that a value is withheld.
        if room * paints.scale < SIZE * 0.62 or paint == MISSING or (paint == WITHHELD and paints.zero):
            continue
        px, py = left + x * paints.scale, 4 + y * paints.scale
        parts.append(withheld_mark(px, py, style) if paint == WITHHELD else text(px, py + 5, paint))
    return group(
        parts, text_anchor="middle", font_weight=600,
        stroke=style.palette.surface, stroke_width=3, paint_order="stroke",
    )  # fmt: skip
