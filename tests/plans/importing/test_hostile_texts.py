"""Texts made to be slow or confusing are read whole. What they cost is measured in bench/texts.py."""

import re

import pytest

from bench.texts import HOSTILE
from lautta.plans.importing import account, read_plan


def letters(text: str) -> int:
    return len(re.sub(r"<[^>]*>|[\s-]", "", text))


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_of_a_hostile_text_is_lost(kind):
    text = "a" + HOSTILE[kind] * (2_000 // len(HOSTILE[kind]))
    plan = read_plan(text.encode(), "a.txt", language_hint="fi")
    if (
        kind == "cut words"
    ):  # every line is healed into the next: one long word, which no line of the file holds
        assert letters("".join(chapter.html for chapter in plan.chapters)) == letters(text)
    else:
        assert account(plan, text) == []
