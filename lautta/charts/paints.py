"""How an area of a map is painted: the ground of its class, and over it the marks that tell it in grey."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .scale import finite
from .style import Palette
from .svg import tag
from .textures import diverging_marks, pattern, sequential_marks

WITHHELD, MISSING, ZERO = "h", "", "0"


@dataclass(frozen=True)
class Reading:
    """One area on a map: its name for the tooltip, its value or why there is none. `own` is the reader's area."""

    name: str
    value: float | None
    suppressed: bool = False
    own: bool = False

    @property
    def known(self) -> float | None:
        return None if self.suppressed else finite(self.value)


def class_of(value: float, breaks: Sequence[float]) -> int:
    """1 … 5. A value equal to a break belongs to the class above it."""
    return bisect_right(breaks, value) + 1


@dataclass(frozen=True)
class Paints:
    """The paints of one map: its classes "1" … "5", WITHHELD and MISSING, and ZERO where `zero` sets it apart from the lowest
    class. `scale` is that of the group they are used in.
    """

    key: str
    palette: Palette
    breaks: tuple[float, ...]
    diverging: bool
    scale: float = 1
    zero: bool = False

    def of(self, reading: Reading | None) -> str:
        """The paint of an area: withheld and missing are never that of a class."""
        if reading is None or (reading.known is None and not reading.suppressed):
            return MISSING
        if reading.known is None:
            return WITHHELD
        return ZERO if self.zero and reading.known == 0 else str(class_of(reading.known, self.breaks))

    def ground(self, paint: str) -> str:
        if paint == MISSING:
            return "none"
        if paint in (WITHHELD, ZERO):
            return self.palette.surface
        return (self.palette.diverging if self.diverging else self.palette.sequential)[int(paint) - 1]

    def _marks(self, paint: str) -> tuple[float, str, int]:
        if paint == WITHHELD:
            return 6, tag("path", d="M0 0V6", stroke=self.palette.muted, stroke_width=2.4), 45
        if paint in (MISSING, ZERO):
            return 0, "", 0
        return (diverging_marks if self.diverging else sequential_marks)(self.palette)[int(paint) - 1]

    def texture(self, paint: str) -> str | None:
        """The reference to the marks, None for a paint without any."""
        return f"url(#{self.key}-{paint})" if self._marks(paint)[0] else None

    def definitions(self, paints: Sequence[str]) -> str:
        """The patterns of these paints, to stand once in the drawing."""
        drawn = []
        for paint in paints:
            side, marks, turn = self._marks(paint)
            if side:
                drawn.append(pattern(f"{self.key}-{paint}", side, marks, scale=1 / self.scale, turn=turn))
        return tag("defs", "".join(drawn)) if drawn else ""

    def layer(self, paint: str, shapes: str, **attributes: object) -> str:
        """Shapes on the ground of their paint, and its marks over them; the shapes are written once. For each paint once."""
        texture, ground = self.texture(paint), self.ground(paint)
        if not texture:
            return tag("g", shapes, fill=ground, **attributes)
        name = f"{self.key}-a{paint}"
        # Without a fill of its own the inner group takes that of its parent, and over it that of <use>.
        over = tag("use", href=f"#{name}", fill=texture, stroke="none", pointer_events="none")
        return tag("g", tag("g", shapes, id=name), fill=ground, **attributes) + over
