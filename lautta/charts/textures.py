"""Patterns that tell areas and bars apart without colour."""

from .style import Palette
from .svg import line, marker, tag


def pattern(name: str, side: float, marks: str, *, scale: float = 1, turn: int = 0) -> str:
    """A pattern of `marks` in squares of `side`, on no ground of its own: seams between squares would show on one."""
    moved = [f"scale({scale:.3g})"] if scale != 1 else []
    moved += [f"rotate({turn})"] if turn else []
    return tag(
        "pattern", marks,
        id=name, width=side, height=side, patternUnits="userSpaceOnUse", patternTransform=" ".join(moved) or None,
    )  # fmt: skip


# For each class the side of the square, the marks in it and its turn; a side of 0 is a class without marks.
Marks = list[tuple[float, str, int]]


def _dots(side: float, r: float, colour: str, opacity: str) -> str:
    return marker("circle", side / 2, side / 2, r, fill=colour, fill_opacity=opacity)


def _lines(side: float, thick: float, colour: str, opacity: str) -> str:
    return line(0, side / 2, side, side / 2, stroke=colour, stroke_width=thick, stroke_opacity=opacity)


def sequential_marks(palette: Palette) -> Marks:
    """Denser with every class, as its colour grows stronger."""
    return [
        (0, "", 0),
        (9, _dots(9, 0.9, palette.ink, "0.4"), 45),
        (6, _dots(6, 1, palette.ink, "0.45"), 45),
        (7, _lines(7, 1, palette.surface, "0.6"), -45),
        (0, "", 0),
    ]


def diverging_marks(palette: Palette) -> Marks:
    """Lying lines on the low side and dots on the high one, denser towards the ends: in grey both ends are as dark."""
    return [
        (5, _lines(5, 1, palette.surface, "0.55"), 0),
        (9, _lines(9, 1, palette.ink, "0.35"), 0),
        (0, "", 0),
        (9, _dots(9, 1, palette.ink, "0.4"), 45),
        (6, _dots(6, 1.1, palette.surface, "0.7"), 45),
    ]


def bar_textures(key: str, count: int, palette: Palette) -> str:
    """Patterns of the third bar of a group; the others need none."""
    if count < 3:
        return ""
    stripes = line(0, 0, 0, 6, stroke=palette.accent, stroke_width=2.2)
    return tag("defs", pattern(f"{key}-b", 6, stripes, turn=45))


def bar_fill(key: str, index: int, palette: Palette) -> str:
    """Full, pale, striped, empty: the fill of a group's bars by place; a fifth begins anew."""
    return (palette.accent, palette.sequential[1], f"url(#{key}-b)", palette.surface)[index % 4]
