"""The neutral tree that rooms build and writers read. A writer drops or replaces what its format cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

# "strong", "em", "u", "s", "sub", "sup", "cite", or a pair: ("a", address), ("lang", "sv").
Mark = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one set of marks; "\\n" is a line break."""

    text: str
    marks: tuple[Mark, ...] = ()


Text = str | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 0 is the document's title, 1–4 its headings; `well_formed` sees that none is skipped.

    `colour` is that of a main goal (1–3), 0 the house's own. `fresh` begins a page.
    """

    text: Text
    level: int
    colour: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style`: "" for running text, "lead" for larger, "small" for notes and sources, "label" for a line like a
    heading, "under" for what stands small under a heading and goes with what follows."""

    text: Text
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item holds blocks. `start` numbers it, None leaves it with bullets."""

    items: Sequence[Sequence[Block]]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, and who that was (a role and an age, never a name)."""

    text: Text
    by: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` and every row have as many cells as `widths` (shares of the width; cm in Word). The head is repeated on each page.

    `numeric` are the columns of numbers, set to the right.
    """

    heads: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    widths: Sequence[float]
    caption: Text = ""
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG drawing. `alt` says in words what it shows and is never empty; `width` is a share of the text's width."""

    svg: str
    alt: str
    caption: Text = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what stands for them, shown as a row of boxes: [("Toimenpiteitä", "38"), …]."""

    pairs: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Two stacks side by side on paper, one after the other when read. `shares` are their widths."""

    left: Sequence[Block]
    right: Sequence[Block]
    shares: tuple[float, float] = (1, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A part set off by a ground colour."""

    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what it is, of whom, and lines under it. `note` warns that the figures are made up."""

    title: Text
    kicker: str = ""
    subtitle: Text = ""
    lines: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: headings down to `depth`."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the paper lies (`landscape`) or stands, on a page of its own."""

    landscape: bool


Block = (
    Heading
    | Paragraph
    | Bullets
    | Quotation
    | Table
    | Picture
    | Facts
    | Columns
    | Box
    | Cover
    | Contents
    | Turn
)


@dataclass(frozen=True)
class Sheet:
    """A whole document: what both writers need to know besides the blocks.

    `running` stands at the head of every page, `foot` at its foot; `dated` (ISO) is the day of the content, so that the same
    content gives the same bytes. `one_page` sets the type smaller until everything is on one page.
    """

    title: str
    language: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    running: str = ""
    foot: str = ""
    dated: str = ""
    one_page: bool = False


def words(text: Text) -> str:
    """The text without its marks."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def runs(text: Text) -> list[Run]:
    """The text as runs, a line break as a run of its own."""
    found = [Run(text)] if isinstance(text, str) else list(text)
    made: list[Run] = []
    for run in found:
        for i, line in enumerate(run.text.split("\n")):
            if i:
                made.append(Run("\n"))
            if line:
                made.append(Run(line, run.marks))
    return made


def well_formed(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that an accessible format takes: no empty heading, list, table or picture without words, no level skipped."""
    return list(_well_formed(blocks, [0]))


def _well_formed(blocks: Iterable[Block], last: list[int]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Heading():
                if words(block.text).strip():
                    level = block.level if block.level == 0 else max(1, min(block.level, last[0] + 1, 4))
                    last[0] = level
                    yield replace(block, level=level)
            case Paragraph() | Quotation():
                if words(block.text).strip():
                    yield block
            case Bullets():
                items = [made for item in block.items if (made := list(_well_formed(item, last)))]
                if items:
                    yield replace(block, items=items)
            case Table():
                if block.rows and block.heads:
                    yield block
            case Picture():
                yield block if block.alt.strip() else replace(block, alt=words(block.caption).strip() or "–")
            case Columns():
                left, right = list(_well_formed(block.left, last)), list(_well_formed(block.right, last))
                if left or right:
                    yield replace(block, left=left, right=right)
            case Box():
                if inner := list(_well_formed(block.blocks, last)):
                    yield replace(block, blocks=inner)
            case Facts():
                if block.pairs:
                    yield block
            case _:
                yield block
