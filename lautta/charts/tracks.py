"""The value axis that lies under rows: its scale, fine upright rules and numbers, for every chart made of rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from .lettering import cut, width_of
from .scale import Scale, axis
from .style import Style
from .svg import group, line, text

FOOT = 24


@dataclass(frozen=True)
class Track:
    x: Scale
    marks: list[tuple[float, str]]
    style: Style

    @property
    def zero(self) -> float | None:
        """Where 0 stands, if it is on the axis."""
        return self.x(0) if self.x.low <= 0 <= self.x.high else None

    def rules(self, *spans: tuple[float, float]) -> str:
        """Upright rules over each (top, bottom), and the axis's numbers within FOOT under the last."""
        if not spans or not self.marks:
            return ""
        palette, foot = self.style.palette, spans[-1][1]
        grid = (
            line(self.x(v), top, self.x(v), bottom) for v, _ in self.marks if v != 0 for top, bottom in spans
        )
        room = (self.x.end - self.x.start) / max(1, len(self.marks) - 1) - 4
        names = (text(self.x(v), foot + 18, cut(label, room)) for v, label in self.marks)
        zero = () if self.zero is None else (line(self.zero, top, self.zero, bottom) for top, bottom in spans)
        return (
            group(grid, stroke=palette.line)
            + group(zero, stroke=palette.edge)
            + group(names, text_anchor="middle", fill=palette.muted)
        )


def track(
    values: Iterable[float | None], left: float, right: float, style: Style, *, from_zero: bool, most: int = 5
) -> Track:
    """A track between left and right for these values, with as many ticks as have room; without values it has none."""
    known = [v for v in values if v is not None]
    if not known:
        return Track(Scale(0, 1, left, right), [], style)
    marks = axis(known, style.number, from_zero=from_zero, most=most)
    for parts in range(most - 1, 0, -1):
        widest = max(width_of(label) for _, label in marks)
        if (widest + 14) * (len(marks) - 1) <= right - left:
            break
        marks = axis(known, style.number, from_zero=from_zero, most=parts)
    return Track(Scale(marks[0][0], marks[-1][0], left, right), marks, style)
