"""The marks a reader must know and their words, in a row under the drawing; and how marks of absence look."""

from collections.abc import Callable, Sequence

from .lettering import cut, width_of
from .style import Style
from .svg import SIZE, line, tag, text

ROW = 22
_SYMBOL = 26


def hollow_tick(x: float, y: float, colour: str) -> str:
    """A value that is withheld: a small upright box, empty, with its middle at (x, y)."""
    return tag(
        "rect", x=x - 3, y=y - 5, width=6, height=10, rx=2, fill="none", stroke=colour, stroke_width=1.5
    )


def missing_mark(x: float, y: float, colour: str) -> str:
    """A value that does not exist: a short dotted line."""
    return line(x - 7, y, x + 7, y, stroke=colour, stroke_width=1.5, stroke_dasharray="2 3")


Symbol = Callable[[float, float], str]


def key_row(
    items: Sequence[tuple[Symbol, str]], *, x: float, y: float, width: float, style: Style
) -> tuple[str, float]:
    """Marks with words from (x, y) downwards, on as many lines as `width` asks for; returns the SVG and its height.

    A symbol is drawn by a function of its middle, within 20 × 12. Entries without words are left out.
    """
    left, top, parts = x, y, []
    shown = [(symbol, words) for symbol, words in items if words]
    for symbol, words in shown:
        label = cut(words, width - _SYMBOL)
        need = _SYMBOL + width_of(label) + 18
        if left > x and left + need - 18 > x + width:
            left, top = x, top + ROW
        parts.append(symbol(left + 10, top + ROW / 2))
        parts.append(text(left + _SYMBOL, top + ROW / 2 + SIZE * 0.35, label, fill=style.palette.muted))
        left += need
    return "".join(parts), (top - y + ROW if shown else 0)


def absence_keys(style: Style, *, suppressed: bool, missing: bool) -> list[tuple[Symbol, str]]:
    """Keys of the two marks of absence, as far as the drawing has them."""
    colour = style.palette.muted
    found: list[tuple[Symbol, str]] = []
    if suppressed:
        found.append((lambda x, y: hollow_tick(x, y, colour), style.suppressed))
    if missing:
        found.append((lambda x, y: missing_mark(x, y, colour), style.missing))
    return found
