"""A map of where something is: areas grouped by a letter, their places counted by shape. No colour is needed to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .labels import LEADING
from .lettering import wrap
from .outlines import Outlines
from .places import Cell
from .style import Style
from .svg import SHAPES, SIZE, drawing, escape, group, marker, num, tag, text


@dataclass(frozen=True)
class Spot:
    """One area on the map: its name, the group it belongs to (from 0; None for none), and how many places of each kind."""

    name: str
    group: int | None
    counts: Sequence[int] = ()


def spot_map(
    ground: Outlines | Mapping[str, Cell],
    spots: Mapping[str, Spot],
    groups: Sequence[str],
    kinds: Sequence[str],
    *,
    key: str,
    title: str,
    description: str,
    style: Style = Style(),  # noqa: B008
    width: int = 640,
    height: int = 460,
    css: str = "graph graph-spots",
) -> str:
    """SVG on real outlines, or on tiles from `tile_places`. Groups are lettered A, B, …;
    `kinds` have the shapes of SHAPES in order.
    """
    body, high = (
        _outlined(ground, spots, style, width, height)
        if isinstance(ground, Outlines)
        else _tiled(ground, spots, style, width)
    )
    keys, tall = _key(groups, kinds, style, high + 22, width)
    return drawing(
        body + keys,
        key=key,
        title=title,
        description=description,
        width=width,
        height=high + tall + 26,
        style=style,
        css=css,
    )


def letter(place: int) -> str:
    return chr(65 + place % 26)


def _ground(spot: Spot | None, style: Style) -> str:
    if spot is None or spot.group is None:
        return style.palette.surface
    return style.palette.sequential[spot.group % 3]


def _outlined(
    ground: Outlines, spots: Mapping[str, Spot], style: Style, width: int, height: int
) -> tuple[str, float]:
    scale = min((width - 8) / max(ground.width, 1), height / max(ground.height, 1))
    left = (width - ground.width * scale) / 2
    shapes = "".join(
        tag(
            "path",
            tag("title", escape(spots[code].name)) if code in spots else "",
            d=path,
            fill=_ground(spots.get(code), style),
        )
        for code, path in ground.paths.items()
    )
    parts = [
        tag(
            "g",
            shapes,
            transform=f"translate({num(left)} 4) scale({scale:.4g})",
            stroke=style.palette.edge,
            stroke_width=f"{1.2 / scale:.3g}",
            stroke_linejoin="round",
            fill_rule="evenodd",
        )
    ]
    for code, (x, y, _room) in ground.spots.items():
        if code in spots:
            parts.append(_words(left + x * scale, 4 + y * scale, 120, spots[code], style))
    return "".join(parts), ground.height * scale + 8


def _tiled(
    cells: Mapping[str, Cell], spots: Mapping[str, Spot], style: Style, width: int
) -> tuple[str, float]:
    columns = max((c for c, _ in cells.values()), default=0) + 1
    rows = max((r for _, r in cells.values()), default=0) + 1
    side = min(124.0, (width - 4) / columns)
    left = (width - side * columns) / 2
    parts = []
    for code, (column, row) in sorted(cells.items(), key=lambda item: (item[1], item[0])):
        x, y = left + column * side + 2, 4 + row * side
        spot = spots.get(code)
        parts.append(
            tag(
                "rect",
                x=x,
                y=y,
                width=side - 4,
                height=side - 4,
                rx=8,
                fill=_ground(spot, style),
                stroke=style.palette.edge,
            )
        )
        if spot:
            parts.append(_words(x + side / 2 - 2, y + side / 2 - 10, side - 12, spot, style))
    return "".join(parts), rows * side + 4


def _words(x: float, y: float, room: float, spot: Spot, style: Style) -> str:
    """Name, the group's letter and the places, on the ground of the page so that they can be read."""
    names = wrap(spot.name, room, SIZE, most=2)
    if spot.group is not None:
        names = [*names[:-1], f"{names[-1]} {letter(spot.group)}"] if names else [letter(spot.group)]
    parts = [
        text(
            x,
            y + LEADING * n,
            name,
            font_weight=600,
            stroke=style.palette.surface,
            stroke_width=3,
            paint_order="stroke",
        )
        for n, name in enumerate(names)
    ]
    kinds = [(kind, count) for kind, count in enumerate(spot.counts) if count > 0]
    step, top = 40, y + LEADING * len(names) + 2
    for place, (kind, count) in enumerate(kinds):
        cx = x + (place - (len(kinds) - 1) / 2) * step
        parts.append(_counted(kind, cx, top, count, style))
    return group(parts, text_anchor="middle")


def _counted(kind: int, x: float, y: float, count: int, style: Style) -> str:
    shape = SHAPES[kind % len(SHAPES)]
    mark = marker(shape, x - 8, y, 7, fill=style.palette.ink, stroke=style.palette.surface, stroke_width=1.5)
    return mark + text(
        x + 8, y + 5, str(count), stroke=style.palette.surface, stroke_width=3, paint_order="stroke"
    )


def _key(
    groups: Sequence[str], kinds: Sequence[str], style: Style, top: float, width: int
) -> tuple[str, float]:
    parts, y = [], top
    for place, name in enumerate(groups):
        parts.append(
            tag(
                "rect",
                x=4,
                y=y - 13,
                width=18,
                height=18,
                rx=4,
                fill=style.palette.sequential[place % 3],
                stroke=style.palette.edge,
            )
        )
        for line in wrap(f"{letter(place)}  {name}", width - 40, SIZE, most=2):
            parts.append(text(30, y + 1, line))
            y += 24
    for kind, name in enumerate(kinds):
        parts.append(marker(SHAPES[kind % len(SHAPES)], 13, y - 4, 7, fill=style.palette.ink))
        parts.append(text(30, y + 1, name))
        y += 24
    return "".join(parts), y - top
