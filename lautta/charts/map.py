"""A map in five classes that reads without colour: texture, class number where there is room, and the key beside it."""

from collections.abc import Mapping, Sequence

from .classes import Reading, check_breaks, class_key, class_of, fill_of, withheld_mark
from .outlines import Outlines
from .style import Style
from .svg import SIZE, drawing, escape, num, tag, text
from .textures import class_textures

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
    cuts = check_breaks(breaks)
    palette = style.palette
    beside = width >= 520
    room = width - 220 if beside else width
    scale = min((room - 8) / outlines.width, (height - 8) / outlines.height)
    wide, high = outlines.width * scale, outlines.height * scale
    left = 4 if beside else max(4, (width - wide) / 2)
    key_x, key_y = (min(wide + 40, width - 200), 4) if beside else (0, high + 20)
    keys, key_height = class_key(
        readings, outlines.paths, cuts, key, style,
        x=key_x, y=key_y, width=width - key_x, unit=unit, scale=scale,
    )  # fmt: skip
    colours = palette.diverging if diverging else palette.sequential
    with_titles = titles if titles is not None else len(outlines.paths) <= MOST_TITLES
    parts = [
        class_textures(key, colours, palette, diverging=diverging, scale=1 / scale),
        tag(
            "g", _areas(outlines, readings, cuts, key, style, 1 / scale, with_titles),
            transform=f"translate({num(left)} 4) scale({scale:.4g})", stroke_linejoin="round", fill_rule="evenodd",
        ),
        _numbers(outlines, readings, cuts, style, left, scale),
        keys,
    ]  # fmt: skip
    foot = max(high + 8, key_y + key_height) + 4
    return drawing(
        "".join(parts),
        key=key, title=title, description=description, width=width, height=foot, style=style, css=css,
    )  # fmt: skip


def _areas(
    outlines: Outlines, readings: Mapping[str, Reading], cuts: Sequence[float], key: str, style: Style,
    unit: float, with_titles: bool,
) -> str:  # fmt: skip
    """Areas in one group per paint, so that colours are written once; dotted edges and the own area over the rest."""
    palette = style.palette
    by_fill: dict[str, list[str]] = {}
    own = []
    for code, path in outlines.paths.items():
        reading = readings.get(code)
        by_fill.setdefault(fill_of(reading, cuts, key), []).append(_area(path, reading, style, with_titles))
        if reading and reading.own:
            own.append(path)
    parts = []
    for fill in sorted(by_fill, key=lambda f: (f == "none", f)):
        dash = f"{num(2 * unit)} {num(3 * unit)}" if fill == "none" else None
        stroke = palette.edge if fill == "none" else palette.surface
        parts.append(
            tag(
                "g", "".join(by_fill[fill]), fill=fill, stroke=stroke, stroke_width=f"{1 * unit:.3g}", stroke_dasharray=dash,
                pointer_events="all" if fill == "none" and with_titles else None,
            )
        )  # fmt: skip
    if own:
        parts.append(
            tag("path", d="".join(own), fill="none", stroke=palette.surface, stroke_width=f"{5 * unit:.3g}")
        )
        parts.append(
            tag("path", d="".join(own), fill="none", stroke=palette.ink, stroke_width=f"{2.5 * unit:.3g}")
        )
    return "".join(parts)


def _area(path: str, reading: Reading | None, style: Style, with_titles: bool) -> str:
    drawn = escape(path)
    if not with_titles or reading is None:
        return f'<path d="{drawn}"/>'
    value = style.suppressed if reading.suppressed else style.missing
    words = f"{reading.name} {value if reading.known is None else style.number(reading.known)}".strip()
    return f'<path d="{drawn}"><title>{escape(words)}</title></path>'


def _numbers(
    outlines: Outlines,
    readings: Mapping[str, Reading],
    cuts: Sequence[float],
    style: Style,
    left: float,
    scale: float,
) -> str:
    """The class number in every area with room for it, the hollow tick in a withheld one."""
    parts = []
    for code, (x, y, room) in outlines.spots.items():
        reading = readings.get(code)
        if reading is None or room * scale < SIZE * 0.62:
            continue
        px, py = left + x * scale, 4 + y * scale
        if reading.known is not None:
            parts.append(text(px, py + 5, str(class_of(reading.known, cuts))))
        elif reading.suppressed:
            parts.append(withheld_mark(px, py, style))
    if not parts:
        return ""
    return tag(
        "g", "".join(parts), text_anchor="middle", font_weight=600,
        stroke=style.palette.surface, stroke_width=3, paint_order="stroke",
    )  # fmt: skip
