"""The promise that nothing is dropped silently: every word of the file is in the plan or named as unread."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from . import markup
from .decoding import clean_characters
from .overprint import undouble
from .result import ImportedPlan

_GLUED = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")


def account(plan: ImportedPlan, text: str) -> list[str]:
    """The words of `text` (the file's own text) that are neither in the plan nor in `plan.unread`.

    Counted as a multiset: a word that stands twice in the file has to be there twice. Allowed changes are
    a word healed from two halves, two words parted that the PDF ran together, and overprint (a word or line
    that stands twice in one place) read once.
    """
    have = _have(plan)
    tokens = [
        token
        for line in clean_characters(text).replace("\f", "\n").replace("|", " ").split("\n")
        for token in _once(line).split()
    ]
    words = [_normal(token) for token in tokens]
    missing, halves = _left_after_healing(tokens, words, have)
    return _pair_distant(have, missing, halves)


def _left_after_healing(
    tokens: list[str], words: list[str], have: Counter[str]
) -> tuple[list[str], list[str]]:
    """(words not found, first halves not paired);
    neighbours at a hyphen go first, so that no whole word takes theirs.
    """
    used = bytearray(len(tokens))
    for at, token in enumerate(tokens):
        if used[at] or not token.endswith("-") or not words[at]:
            continue
        after = next((step for step in (at + 1, at + 2) if step < len(words) and words[step]), None)
        if after is None or used[after]:
            continue
        if _take(have, words[at] + words[after]):
            used[at] = used[after] = 1
    missing, halves = [], []
    for at, word in enumerate(words):
        if not word or used[at]:
            continue
        if tokens[at].endswith("-"):
            halves.append(word)
        elif not _take(have, word) and not _take_parts(have, tokens[at]):
            missing.append(word)
    return missing, halves


def _take(have: Counter[str], word: str) -> bool:
    half = word[: len(word) // 2]
    for form in (word, half) if half * 2 == word else (word,):
        if have[form] > 0:
            have[form] -= 1
            return True
    return False


def _take_parts(have: Counter[str], token: str) -> bool:
    parts = [_normal(part) for part in _GLUED.split(token)]
    if len(parts) < 2 or any(have[part] < parts.count(part) for part in parts):
        return False
    have.subtract(parts)
    return True


def _pair_distant(have: Counter[str], missing: list[str], halves: list[str]) -> list[str]:
    """Halves that lay apart: a word with a hyphen and any other word left over that make a word of the
    plan.
    """
    left = Counter(missing)
    unpaired: list[str] = []
    for head in halves:
        for tail in [word for word in left if left[word] > 0]:
            if have[head + tail] > 0:
                have[head + tail] -= 1
                left[tail] -= 1
                break
        else:
            if not _take(have, head):
                unpaired.append(head)
    return [*unpaired, *left.elements()]


def _normal(token: str) -> str:
    token = unicodedata.normalize("NFKC", token).casefold()
    return "".join(character for character in token if character.isalnum())


def _once(line: str) -> str:
    return undouble(" ".join(line.split())) or line


def _have(plan: ImportedPlan) -> Counter[str]:
    have: Counter[str] = Counter()

    def add(text: str, times: int = 1) -> None:
        for token in text.replace("|", " ").split():
            word = _normal(token)
            if word:
                have[word] += times

    add(plan.title)
    for chapter in plan.chapters:
        add(f"{chapter.label or chapter.number} {chapter.title} {markup.text_of(_numbered(chapter.html))}")
    for goal in plan.goals:
        if not goal.in_text:
            add(f"{goal.number} {goal.title} {goal.description}")
    for quotation in plan.quotations:
        add(f"{quotation.text} {quotation.role}")
    for source in plan.sources:
        if not source.in_text:
            add(source.text)
    for person in plan.participants:
        add(person.name)
    # One line above several people names their organisation once.
    for organisation in dict.fromkeys(person.organisation for person in plan.participants):
        add(organisation)
    for part in plan.unread:
        add(part.excerpt, part.times)
    return have


def _numbered(html: str) -> str:
    """The numbers that <ol> counts by itself are words of the file."""
    parts = re.split(r"(<ol>|</ol>)", html)
    inside = False
    for index, part in enumerate(parts):
        if part in ("<ol>", "</ol>"):
            inside = part == "<ol>"
        elif inside:
            items = part.split("<li>")
            parts[index] = items[0] + "".join(
                f"<li>{number} {item}" for number, item in enumerate(items[1:], start=1)
            )
    return "".join(parts)
