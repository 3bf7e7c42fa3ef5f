"""Five classes of a map, and the key that names them."""

from collections.abc import Iterable, Mapping, Sequence

from .keys import hollow_tick
from .lettering import cut, width_of
from .paints import MISSING, WITHHELD, ZERO, Paints, Reading
from .scale import finite
from .style import Style
from .svg import SIZE, escape, group, tag, text

CLASSES = 5
ROW = 26


def quantile_breaks(values: Iterable[float | None]) -> tuple[float, float, float, float]:
    """Four rising breaks that part the finite values into fifths as evenly as ties allow; (0, 0, 0, 0) without values."""
    known = sorted(v for v in map(finite, values) if v is not None)
    if not known:
        return (0.0, 0.0, 0.0, 0.0)
    cuts = [known[min(len(known) - 1, round(len(known) * share / CLASSES))] for share in range(1, CLASSES)]
    return (cuts[0], cuts[1], cuts[2], cuts[3])


def check_breaks(breaks: Sequence[float]) -> tuple[float, ...]:
    """The four breaks, or ValueError: fewer, more, falling, or not finite."""
    known = [finite(b) for b in breaks]
    if len(known) != CLASSES - 1 or None in known or known != sorted(known):  # type: ignore[type-var]
        raise ValueError("A map has five classes: four finite breaks, none lower than the one before.")
    return tuple(known)  # type: ignore[arg-type]


def class_words(breaks: Sequence[float], style: Style) -> list[str]:
    """`< a`, `a–b`, …, `≥ d`: no words, so that they read in every language."""
    a, b, c, d = map(style.number, breaks)
    return [f"< {a}", f"{a}–{b}", f"{b}–{c}", f"{c}–{d}", f"≥ {d}"]


def class_key(
    readings: Mapping[str, Reading], drawn: Iterable[str], paints: Paints, style: Style,
    *, x: float, y: float, width: float, unit: str,
) -> tuple[str, float]:  # fmt: skip
    """The key from (x, y) downwards: unit, class number, texture and range; withheld and missing where the map has them.

    Swatches are drawn in the map's scale, so that a texture looks here as it does there. Classes stand under each other
    when `width` is under 260, else in columns as they fit. Returns SVG and height.
    """
    palette, scale = style.palette, paints.scale
    found = {paints.of(readings.get(code)) for code in drawn}
    rows = [(ZERO, style.zero)] if ZERO in found else []
    rows += [(str(i), words) for i, words in enumerate(class_words(paints.breaks, style), 1)]
    rows += [(WITHHELD, style.suppressed)] if WITHHELD in found else []
    rows += [(MISSING, style.missing)] if MISSING in found else []
    parts, swatches = [text(x, y + SIZE, cut(unit, width), fill=palette.muted)], []
    top = y + (SIZE + 12 if unit else 0)
    need = max(width_of(words) for _, words in rows) + 66
    columns = max(1, min(3, int(width // need))) if width >= 260 else 1
    deep = -(-len(rows) // columns)
    for index, (paint, words) in enumerate(rows):
        left, row_top = x + (index // deep) * (width / columns), top + (index % deep) * ROW
        if paint.isdigit():
            parts.append(text(left, row_top + 16, paint, fill=palette.ink, font_weight=600))
        box = {
            "x": (left + 14) / scale, "y": (row_top + 2) / scale, "width": 30 / scale, "height": 18 / scale, "rx": 2 / scale,
        }  # fmt: skip
        dash = f"{2 / scale:.3g} {3 / scale:.3g}" if paint == MISSING else None
        if texture := paints.texture(paint):
            swatches.append(tag("rect", **box, fill=paints.ground(paint), stroke="none"))
        swatches.append(tag("rect", **box, fill=texture or paints.ground(paint), stroke_dasharray=dash))
        parts.append(text(left + 52, row_top + 16, cut(words, width / columns - 52)))
    parts.append(
        group(
            swatches, stroke=palette.edge, stroke_width=f"{1 / scale:.3g}",
            transform=None if scale == 1 else f"scale({scale:.4g})",
        )
    )  # fmt: skip
    return "".join(parts), top - y + ROW * deep


def tooltip(reading: Reading, style: Style) -> str:
    """A title element with the area's name and its value, or the word for why there is none."""
    absent = style.suppressed if reading.suppressed else style.missing
    value = absent if reading.known is None else style.number(reading.known)
    return tag("title", escape(f"{reading.name} {value}".strip()) or " ")


def withheld_mark(x: float, y: float, style: Style) -> str:
    """The hollow tick of a withheld value, for maps whose areas bear numbers."""
    return hollow_tick(x, y, style.palette.ink)
