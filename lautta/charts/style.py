"""What the caller decides about a drawing: colours, font, how a number is written, the words for what is not shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self


def plain_number(value: float) -> str:
    """A number without any locale: for tests and for a caller who has not said how."""
    return f"{value:.10g}".replace("-", "−")


@dataclass(frozen=True)
class Palette:
    """Colour strings as an SVG attribute takes them.

    `compare` has four colours for thin lines and for groups; `sequential` and `diverging` have five,
    low to high. `diverging` runs between orange and blue, which the colour-blind tell apart; charts add
    a pattern and a number to every class, since its two ends are equally dark in grey.
    """

    ink: str
    muted: str
    line: str
    edge: str
    surface: str
    accent: str
    target: str
    compare: tuple[str, str, str, str]
    sequential: tuple[str, str, str, str, str]
    diverging: tuple[str, str, str, str, str]

    def with_accent(self, colour: str, *shades: str) -> Self:
        """The palette of one goal. `shades` are five class colours; without them the classes stay as they are."""
        classes = (*shades,) if len(shades) == 5 else self.sequential
        return replace(self, accent=colour, sequential=classes)


def _mixed(colour: str, share: int) -> str:
    return f"color-mix(in oklab,{colour} {share}%,var(--surface))"


# Tokens of the site, so that light, dark and the goal's colour follow the page.
PAGE = Palette(
    ink="var(--ink)",
    muted="var(--ink-soft)",
    line="var(--line)",
    edge="var(--edge)",
    surface="var(--surface)",
    accent="var(--accent)",
    target="var(--ok)",
    compare=("var(--ink-soft)", "var(--ink)", "var(--goal-2)", "var(--goal-3)"),
    sequential=(
        _mixed("var(--accent)", 8),
        _mixed("var(--accent)", 26),
        _mixed("var(--accent)", 48),
        _mixed("var(--accent)", 72),
        "var(--accent)",
    ),
    diverging=(
        "var(--goal-3)",
        _mixed("var(--goal-3)", 42),
        _mixed("var(--edge)", 8),
        _mixed("var(--sea)", 42),
        "var(--sea)",
    ),
)

# The same on white paper; lightness falls evenly, so that the classes stay apart in a grey copy.
PAPER = Palette(
    ink="#12263a",
    muted="#46596b",
    line="#c9d6dc",
    edge="#647b8a",
    surface="#ffffff",
    accent="#0b4f6c",
    target="#166534",
    compare=("#46596b", "#12263a", "#7a3e9d", "#a8430d"),
    sequential=("#edf4f7", "#c2d8e1", "#8cb2c3", "#4b829c", "#0b4f6c"),
    diverging=("#a8430d", "#dba587", "#f2f0ec", "#9db9c5", "#0b4f6c"),
)


@dataclass(frozen=True)
class Style:
    """How a chart is drawn.

    `font` is a font-family, empty for the page's own. `number` writes a value, `year` a year. `suppressed` and
    `missing` are the words for a value withheld and for one that does not exist; without a word only the mark shows.
    """

    palette: Palette = PAGE
    font: str = ""
    number: Callable[[float], str] = plain_number
    year: Callable[[int], str] = str
    suppressed: str = ""
    missing: str = ""
    zero: str = ""
