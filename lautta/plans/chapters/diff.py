"""What differs between two rich texts, word by word within blocks that answer to each other. Pure,
lossless."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lautta.plans.chapters.alignment import align, likeness_of_words, matches
from lautta.plans.chapters.richtext import Mark, Node, Run, inline_html, parse

_WORD = re.compile(r"\n|\w+|[^\S\n]+|[^\w\s]")


class Op(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words with one fate and one set of marks."""

    op: Op
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a block. `words` in a leaf, `parts` in a box; `old`/`new` are the block on the two
    sides."""

    op: Op
    old: Node | None
    new: Node | None
    words: tuple[Words, ...] = ()
    parts: tuple[Change, ...] = ()

    def side(self, new: bool) -> Node | None:
        """The block as it stands on one side, put together from the difference alone."""
        whole = self.new if new else self.old
        if whole is None or self.op in {Op.SAME, Op.ADDED, Op.REMOVED}:
            return whole
        if whole.is_leaf:
            gone = Op.REMOVED if new else Op.ADDED
            kept = [Run(w.text, w.marks) for w in self.words if w.op is not gone]
            return replace(whole, runs=_joined_runs(kept))
        parts = (part.side(new) for part in self.parts)
        return replace(whole, children=tuple(p for p in parts if p is not None))


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that tell a listener where an addition or a removal begins and ends."""

    added: str
    removed: str
    end: str


def diff(old: str, new: str) -> list[Change]:
    """Changes of the top-level blocks of two HTML texts, in reading order."""
    return diff_nodes(parse(old), parse(new))


def diff_plain(old: str, new: str) -> list[Change]:
    """The same for plain texts: a line is a paragraph."""
    return diff_nodes(_lines(old), _lines(new))


def _lines(text: str) -> tuple[Node, ...]:
    return tuple(Node("p", (Run(line),)) for line in text.split("\n") if line.strip())


def diff_nodes(old: Sequence[Node], new: Sequence[Node]) -> list[Change]:
    """Changes between two sequences of blocks."""
    rows = align(old, new, _alike)
    return [_change(None if i is None else old[i], None if j is None else new[j]) for i, j in rows]


def _alike(a: Node, b: Node) -> float:
    if a.tag != b.tag:
        return 0.0
    if a.tag in {"td", "th", "thead", "tbody", "caption", "figcaption", "hr"}:
        return 1.0 + likeness_of_words(a.text(), b.text())
    return likeness_of_words(a.text(), b.text())


def _change(old: Node | None, new: Node | None) -> Change:
    if old is None:
        return Change(Op.ADDED, None, new)
    if new is None:
        return Change(Op.REMOVED, old, None)
    if old == new:
        return Change(Op.SAME, old, new)
    if new.is_leaf:
        return Change(Op.CHANGED, old, new, words=tuple(diff_words(old.runs, new.runs)))
    return Change(Op.CHANGED, old, new, parts=tuple(diff_nodes(old.children, new.children)))


# --- words ----------------------------------------------------------------------------------------


def _tokens(runs: Sequence[Run]) -> list[tuple[str, tuple[Mark, ...]]]:
    return [(word, run.marks) for run in runs for word in _WORD.findall(run.text)]


def diff_words(old: Sequence[Run], new: Sequence[Run]) -> list[Words]:
    """Removed words stand before the added ones that came in their place. A changed mark (bold) is a
    change too."""
    a, b = _tokens(old), _tokens(new)
    made: list[Words] = []
    at, bt = 0, 0
    for i, j in [*_without_lone_spaces(matches(a, b), a, len(b)), (len(a), len(b))]:
        made.extend(Words(Op.REMOVED, text, marks) for text, marks in a[at:i])
        made.extend(Words(Op.ADDED, text, marks) for text, marks in b[bt:j])
        if i < len(a):
            made.append(Words(Op.SAME, *a[i]))
        at, bt = i + 1, j + 1
    return _joined_words(made)


def _without_lone_spaces(pairs: list[tuple[int, int]], a, b_length: int) -> list[tuple[int, int]]:
    """A space alone between two changes is part of them: one change to read instead of many."""
    kept = []
    ends = [(-1, -1), *pairs, (len(a), b_length)]
    for before, here, after in zip(ends, ends[1:], ends[2:], strict=False):
        i, j = here
        touches_before = i == before[0] + 1 and j == before[1] + 1
        touches_after = after[0] == i + 1 and after[1] == j + 1
        if touches_before or touches_after or not a[i][0].isspace() or a[i][0] == "\n":
            kept.append(here)
    return kept


def _joined_words(words: list[Words]) -> list[Words]:
    made: list[Words] = []
    for word in words:
        last = made[-1] if made else None
        if last and last.op is word.op and last.marks == word.marks and "\n" not in {last.text, word.text}:
            made[-1] = Words(word.op, last.text + word.text, word.marks)
        else:
            made.append(word)
    return made


def _joined_runs(runs: list[Run]) -> tuple[Run, ...]:
    made: list[Run] = []
    for run in runs:
        last = made[-1] if made else None
        if last and last.marks == run.marks and "\n" not in {last.text, run.text}:
            made[-1] = Run(last.text + run.text, run.marks)
        else:
            made.append(run)
    return tuple(made)


# --- for reading ------------------------------------------------------------------------------------


def render(change: Change, labels: Labels) -> str:
    """Escaped HTML of one change with `<ins>` and `<del>`, each with words for those who listen."""
    if change.op is Op.SAME:
        return _whole(change.new, None, labels)
    if change.op in {Op.ADDED, Op.REMOVED}:
        return _whole(change.new or change.old, change.op, labels)
    node = change.new
    if node.is_leaf:
        return f"<{node.tag}>{_words(change.words, labels)}</{node.tag}>"
    inner = "".join(render(part, labels) for part in change.parts)
    return _tagged(node, inner)


def _whole(node: Node, op: Op | None, labels: Labels) -> str:
    if node.tag == "hr":
        return "<hr>" if op is None else f"<p>{_wrap('———', op, labels)}</p>"
    if node.is_leaf:
        words = inline_html(node.runs)
        return f"<{node.tag}>{_wrap(words, op, labels) if op else words}</{node.tag}>"
    return _tagged(node, "".join(_whole(child, op, labels) for child in node.children))


def _tagged(node: Node, inner: str) -> str:
    attrs = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attrs)
    return f"<{node.tag}{attrs}>{inner}</{node.tag}>"


def _words(words: Sequence[Words], labels: Labels) -> str:
    out = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].op is words[at].op:
            end += 1
        inner = inline_html([Run(w.text, w.marks) for w in words[at:end]])
        out.append(inner if words[at].op is Op.SAME else _wrap(inner, words[at].op, labels))
        at = end
    return "".join(out)


def _wrap(inner: str, op: Op, labels: Labels) -> str:
    tag, label = ("ins", labels.added) if op is Op.ADDED else ("del", labels.removed)
    begin = f'<span class="visually-hidden">{html.escape(label)} </span>'
    end = f'<span class="visually-hidden"> {html.escape(labels.end)} </span>'
    return f"<{tag}>{begin}{inner}{end}</{tag}>"
