"""Three-way merge, block by block: what only one side changed is taken, what both changed differently is
asked.

A block is a paragraph, a heading, a quotation, a table or one item of a list. Pure functions: nothing is
stored here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from lautta.plans.chapters.alignment import align, likeness_of_words
from lautta.plans.chapters.richtext import Node, parse, serialise

T = TypeVar("T", bound=Hashable)


class Kind(StrEnum):
    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    AGREED = "agreed"
    CONFLICT = "conflict"


class Choice(StrEnum):
    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Hunk(Generic[T]):
    """A stretch of the text on the three sides. Without a conflict, `result` is what stands in the merged
    text."""

    kind: Kind
    base: tuple[T, ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]

    @property
    def result(self) -> tuple[T, ...]:
        if self.kind is Kind.CONFLICT:
            raise ValueError("a conflict has no result before a choice")
        return self.theirs if self.kind is Kind.THEIRS else self.mine

    @property
    def is_insertion(self) -> bool:
        """Both sides added something to the same place; nothing there was changed."""
        return self.kind is Kind.CONFLICT and not self.base

    def chosen(self, choice: Choice, by_hand: Sequence[T] = ()) -> tuple[T, ...]:
        """The blocks of a resolved conflict; "both" is theirs before mine."""
        match choice:
            case Choice.THEIRS:
                return self.theirs
            case Choice.MINE:
                return self.mine
            case Choice.BOTH:
                return self.theirs + self.mine
            case _:
                return tuple(by_hand)


@dataclass(frozen=True, slots=True)
class _Slots(Generic[T]):
    """One side seen from the base: what became of each base block, and what was added before each and at
    the end."""

    items: tuple[T | None, ...]
    added: tuple[tuple[T, ...], ...]


def merge(
    base: Sequence[T], mine: Sequence[T], theirs: Sequence[T], alike: Callable[[T, T], float]
) -> list[Hunk[T]]:
    """Hunks in order. With no conflict the results joined are the merged text.

    merge(b, m, b) gives m, merge(b, b, t) gives t, merge(b, x, x) gives x.
    """
    own, other = _slots(base, mine, alike), _slots(base, theirs, alike)
    hunks: list[Hunk[T]] = []
    for i in range(len(base) + 1):
        hunks.append(_hunk((), own.added[i], other.added[i]))
        if i < len(base):
            hunks.append(_hunk((base[i],), _one(own.items[i]), _one(other.items[i])))
    return _gathered(_widened(hunks))


def _slots(base: Sequence[T], side: Sequence[T], alike: Callable[[T, T], float]) -> _Slots[T]:
    items: list[T | None] = [None] * len(base)
    added: list[list[T]] = [[] for _ in range(len(base) + 1)]
    at = 0
    for i, j in align(base, side, alike):
        if i is None:
            added[at].append(side[j])
        else:
            items[i] = None if j is None else side[j]
            at = i + 1
    return _Slots(tuple(items), tuple(tuple(a) for a in added))


def _one(item: T | None) -> tuple[T, ...]:
    return () if item is None else (item,)


def _hunk(base: tuple[T, ...], mine: tuple[T, ...], theirs: tuple[T, ...]) -> Hunk[T]:
    if mine == theirs:
        kind = Kind.SAME if mine == base else Kind.AGREED
    elif mine == base:
        kind = Kind.THEIRS
    elif theirs == base:
        kind = Kind.MINE
    else:
        kind = Kind.CONFLICT
    return Hunk(kind, base, mine, theirs)


def _widened(hunks: list[Hunk[T]]) -> list[Hunk[T]]:
    """A block that both changed is asked together with what was added beside it: a paragraph may have
    been split."""
    made: list[Hunk[T]] = []
    for hunk in hunks:
        if not (hunk.base or hunk.mine or hunk.theirs):
            continue
        near = made[-1] if made else None
        clash = near is not None and Kind.CONFLICT in {hunk.kind, near.kind}
        if (
            clash
            and hunk.kind is not Kind.SAME
            and near.kind is not Kind.SAME
            and not (hunk.base and near.base)
        ):
            made[-1] = _hunk(near.base + hunk.base, near.mine + hunk.mine, near.theirs + hunk.theirs)
        else:
            made.append(hunk)
    return made


def _gathered(hunks: list[Hunk[T]]) -> list[Hunk[T]]:
    """Neighbours of one kind are one hunk, except conflicts: each is a question of its own."""
    made: list[Hunk[T]] = []
    for hunk in hunks:
        if made and made[-1].kind is hunk.kind and hunk.kind is not Kind.CONFLICT:
            near = made[-1]
            made[-1] = Hunk(
                hunk.kind, near.base + hunk.base, near.mine + hunk.mine, near.theirs + hunk.theirs
            )
        else:
            made.append(hunk)
    return made


# --- rich text and lines ----------------------------------------------------------------------------


def pieces(text: str) -> list[Node]:
    """The blocks of rich text with lists taken apart, one list of one item each; `put_together` is the
    inverse."""
    made: list[Node] = []
    for block in parse(text):
        if block.tag in {"ul", "ol"}:
            for place, item in enumerate(block.children):
                made.append(Node(block.tag, children=(item,), attrs=() if place else block.attrs))
        else:
            made.append(block)
    return made


def put_together(blocks: Sequence[Node]) -> str:
    """HTML of pieces, list items joined into lists again."""
    return serialise(blocks)


def node_likeness(a: Node, b: Node) -> float:
    """0 for blocks of different kinds, else the share of common words."""
    return likeness_of_words(a.text(), b.text()) if a.tag == b.tag else 0.0


def line_likeness(a: str, b: str) -> float:
    """Share of common words; an empty line is like no other."""
    return likeness_of_words(a, b) if a.strip() and b.strip() else 0.0


def merge_rich(base: str, mine: str, theirs: str) -> list[Hunk[Node]]:
    """Three texts of HTML."""
    return merge(pieces(base), pieces(mine), pieces(theirs), node_likeness)


def merge_lines(base: str, mine: str, theirs: str) -> list[Hunk[str]]:
    """Three plain texts, line by line."""
    return merge(*(text.split("\n") if text else [] for text in (base, mine, theirs)), line_likeness)  # type: ignore[call-arg]


def merge_whole(base: str, mine: str, theirs: str) -> list[Hunk[str]]:
    """Three titles: one question at most."""
    return [_hunk((base,), (mine,), (theirs,))]
