"""Patterns that tell areas and bars apart without colour: five classes, hatching, and bars of a group."""

from .style import Palette
from .svg import line, marker, tag


def _pattern(name: str, side: float, ground: str, marks: str, *, scale: float = 1, turn: int = 0) -> str:
    moved = " ".join(
        part
        for part in (f"scale({scale:.3g})" if scale != 1 else "", f"rotate({turn})" if turn else "")
        if part
    )
    base = tag("rect", width=side, height=side, fill=ground)
    return tag(
        "pattern", base + marks,
        id=name, width=side, height=side, patternUnits="userSpaceOnUse", patternTransform=moved or None,
    )  # fmt: skip


def class_textures(
    key: str, colours: tuple[str, ...], palette: Palette, *, diverging: bool, scale: float = 1
) -> str:
    """Patterns `key`-1 … `key`-5 and `key`-h (withheld). `scale` undoes the scaling of a map they are used in.

    Sequential classes grow darker, and denser in their marks; of diverging ones the low side has lying lines and
    the high side dots, denser towards the ends, so that a grey copy still shows which side is which.
    """
    marks = _diverging_marks(palette) if diverging else _sequential_marks(palette)
    parts = []
    for index, (colour, drawn) in enumerate(zip(colours, marks, strict=True)):
        side, body, turn = drawn
        parts.append(_pattern(f"{key}-{index + 1}", side, colour, body, scale=scale, turn=turn))
    hatch = line(0, 0, 0, 6, stroke=palette.muted, stroke_width=2.4)
    parts.append(_pattern(f"{key}-h", 6, palette.surface, hatch, scale=scale, turn=45))
    return tag("defs", "".join(parts))


Marks = list[tuple[float, str, int]]


def _dots(side: float, r: float, colour: str, opacity: str) -> str:
    return marker("circle", side / 2, side / 2, r, fill=colour, fill_opacity=opacity)


def _lines(side: float, thick: float, colour: str, opacity: str) -> str:
    return line(0, side / 2, side, side / 2, stroke=colour, stroke_width=thick, stroke_opacity=opacity)


def _sequential_marks(palette: Palette) -> Marks:
    return [
        (8, "", 0),
        (9, _dots(9, 0.9, palette.ink, "0.4"), 45),
        (6, _dots(6, 1, palette.ink, "0.45"), 45),
        (7, _lines(7, 1, palette.surface, "0.6"), -45),
        (8, "", 0),
    ]


def _diverging_marks(palette: Palette) -> Marks:
    return [
        (5, _lines(5, 1, palette.surface, "0.55"), 0),
        (9, _lines(9, 1, palette.ink, "0.35"), 0),
        (8, "", 0),
        (9, _dots(9, 1, palette.ink, "0.4"), 45),
        (6, _dots(6, 1.1, palette.surface, "0.7"), 45),
    ]


def bar_textures(key: str, count: int, palette: Palette) -> str:
    """Patterns of the third bar of a group; the others need none."""
    if count < 3:
        return ""
    stripes = line(0, 0, 0, 6, stroke=palette.accent, stroke_width=2.2)
    return tag("defs", _pattern(f"{key}-b", 6, palette.surface, stripes, turn=45))


def bar_fill(key: str, index: int, palette: Palette) -> str:
    """Full, pale, striped, empty: the fill of a group's bars by place; a fifth begins anew."""
    return (palette.accent, palette.sequential[1], f"url(#{key}-b)", palette.surface)[index % 4]
