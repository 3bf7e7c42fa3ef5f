"""A merge of two people's texts shaped for its page, and put together again from the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lautta.plans.chapters import merge as merging
from lautta.plans.chapters.merge import Choice, Hunk, Kind
from lautta.plans.chapters.richtext import Node, Run
from lautta.plans.chapters.typed import from_text, to_text
from lautta.plans.presenters.chapter_diff import blocks_html, difference

Texts = tuple[str, str, str]
Answers = Mapping[str, tuple[Choice, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict: the base on both sides' way, and what the writer may start from when writing by hand."""

    part: str
    key: str
    label: str
    hunk: Hunk
    theirs: SafeString
    mine: SafeString
    by_hand: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of the merged text: unchanged, changed by one side (as a difference), or a question."""

    kind: Kind
    html: SafeString
    question: Question | None = None
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Title, body or plain text with its stretches."""

    name: str
    label: str
    hunks: list[Hunk]
    shown: list[Shown]


@dataclass(frozen=True, slots=True)
class Merge:
    """The three texts merged. `is_rich` parts hold nodes, the others lines."""

    parts: tuple[Part, Part, Part]

    def questions(self) -> Iterator[Question]:
        for part in self.parts:
            for shown in part.shown:
                if shown.question:
                    yield shown.question

    def texts(self, answers: Answers) -> Texts:
        """(title, body, plain) with the answers put in; every question needs one."""
        title, body, plain = (_resolved(part, answers) for part in self.parts)
        return "".join(title[:1]), merging.put_together(body), "\n".join(plain)


def merge_texts(base: Texts, mine: Texts, theirs: Texts) -> Merge:
    """Merge title, body and plain text of two people who both began from `base`."""
    return Merge(
        (
            _part("title", _("Otsikko"), merging.merge_whole(base[0], mine[0], theirs[0])),
            _part("body", _("Teksti"), merging.merge_rich(base[1], mine[1], theirs[1])),
            _part("plain", _("Selkokielinen teksti"), merging.merge_lines(base[2], mine[2], theirs[2])),
        )
    )


def _part(name: str, label: str, hunks: list[Hunk]) -> Part:
    shown = []
    for place, hunk in enumerate(hunks):
        base, mine, theirs = (_nodes(side) for side in (hunk.base, hunk.mine, hunk.theirs))
        if hunk.kind is Kind.CONFLICT:
            key = f"{name}-{place}"
            question = Question(
                name, key, _("Mikä teksti tähän jää?"), hunk,
                theirs=difference(base, theirs), mine=difference(base, mine), by_hand=_by_hand(hunk),
            )  # fmt: skip
            shown.append(Shown(hunk.kind, SafeString(""), question))
        elif hunk.kind is Kind.SAME:
            shown.append(Shown(hunk.kind, blocks_html(base), folded=len(base) if len(base) > 2 else 0))
        else:
            shown.append(Shown(hunk.kind, difference(base, _nodes(hunk.result))))
    return Part(name, label, hunks, shown)


def _nodes(side: Sequence) -> tuple[Node, ...]:
    if all(isinstance(item, Node) for item in side):
        return tuple(side)
    return tuple(Node("p", (Run(line),)) for line in side if line.strip())


def _by_hand(hunk: Hunk) -> str:
    both = hunk.chosen(Choice.MINE)
    if all(isinstance(item, Node) for item in both):
        return to_text(merging.put_together(both))
    return "\n".join(both)


def _resolved(part: Part, answers: Answers) -> list:
    made: list = []
    for place, hunk in enumerate(part.hunks):
        if hunk.kind is not Kind.CONFLICT:
            made.extend(hunk.result)
            continue
        choice, text = answers[f"{part.name}-{place}"]
        by_hand = merging.pieces(from_text(text)) if part.name == "body" else [text] if text else []
        made.extend(hunk.chosen(choice, by_hand))
    return made
