"""The words around a number, as a reader sees them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lautta.common.html import plain_text
from lautta.plans.figures.rendering import Figure, plain_figures
from lautta.plans.figures.tokens import Unreadable, tokens_in

_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")


def sentence_of(token: str, rich: str, plain: str, references: Iterable[Figure]) -> str:
    """The first sentence in which the reference stands, its numbers in place; "" when none holds it."""
    known = list(references)
    for sentence in _ENDS.split(f"{plain_text(rich)}\n{plain}"):
        try:
            held = {t.key for t in tokens_in(plain=sentence)}
        except Unreadable:
            continue
        if token in held:
            return plain_figures(sentence, known).strip()
    return ""
