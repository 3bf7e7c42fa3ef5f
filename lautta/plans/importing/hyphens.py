"""Putting together what a line end cut:
"lastensuoje-" + "lulaissa", but "oikea-" + "aikaisesti" keeps its hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

import simplemma

LONGEST_WORD = 100
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SUSPENDED = frozenset(["ja", "tai", "sekä", "eli", "että", "och", "eller", "samt", "and", "or", "to", "nor"])
# Halves with which English keeps its hyphen, where the dictionary also knows the word in one ("longterm").
_ENGLISH_FIRST = frozenset(
    ["long", "short", "well", "self", "cross", "high", "low", "full", "half", "large", "small"]
)
_ENGLISH_LAST = frozenset(
    [
        "term",
        "being",
        "based",
        "led",
        "related",
        "friendly",
        "making",
        "level",
        "income",
        "cutting",
        "centred",
        "centered",
    ]
)
_VOWELS = frozenset("aeiouyåäö")


class Vocabulary:
    """Words of the document itself, and those of the language."""

    def __init__(self, lines: list[str], language: str) -> None:
        self.language = language
        self.words: Counter[str] = Counter()
        previous_cut = False
        for line in lines:
            if not line:
                continue
            tokens = _TOKEN.findall(line)
            cut = line.endswith("-")
            # Halves at a cut are no words.
            whole = tokens[1 if previous_cut else 0 : len(tokens) - 1 if cut else len(tokens)]
            self.words.update(map(str.lower, whole))
            previous_cut = cut
        self._sorted: list[str] | None = None
        self._known: dict[str, bool] = {}
        self._kept: dict[tuple[str, str], bool] = {}
        self.guessed: list[str] = []

    def known(self, word: str) -> bool:
        """In the language's dictionary, or in the document away from a line end."""
        word = word.lower()
        return self.words[word] > 0 or self.in_language(word)

    def in_language(self, word: str) -> bool:
        word = word.lower()
        if word not in self._known:
            self._known[word] = len(word) < 40 and simplemma.is_known(word, self.language)
        return self._known[word]

    def has_prefix(self, prefix: str) -> bool:
        if self._sorted is None:
            self._sorted = sorted(self.words)
        prefix = prefix.lower()
        at = bisect_left(self._sorted, prefix)
        return at < len(self._sorted) and self._sorted[at].startswith(prefix)

    def join(self, head: str, tail: str) -> str:
        """head ends with a hyphen at a line end; the text of both with the cut healed."""
        if head.endswith(" -") or head == "-" or not tail or not tail[0].isalnum():
            return f"{head} {tail}" if tail[:1].isalnum() else head + tail
        left, right = _last_word(head[:-1]), _first_word(tail)
        if right.lower() in _SUSPENDED and not self.words[(left + right).lower()]:
            return f"{head} {tail}"
        return (head if self.keeps_hyphen(left, right) else head[:-1]) + tail

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether the hyphen between the two halves is a real one."""
        pair = left, right
        if pair not in self._kept:
            self._kept[pair] = self._decide(left, right)
        return self._kept[pair]

    def _decide(self, left: str, right: str) -> bool:
        if not left or not right:
            return True
        if left[-1].isdigit() or right[0].isdigit() or (right[0].isupper() and not left.isupper()):
            return True
        if left.isupper() and len(left) > 1 and not right.isupper():
            return True
        joined, hyphened = (left + right).lower(), f"{left}-{right}".lower()
        if self.words[hyphened] != self.words[joined]:
            return self.words[hyphened] > self.words[joined]
        last = left.rsplit("-", 1)[-1].lower()
        stem = right[: max(3, len(right) - 4)]
        if self.has_prefix(f"{left}-{stem}"):
            return True
        if len(left) >= 3 and self.has_prefix(left + stem):
            return False
        if last[-1:] in _VOWELS and last[-1] == right[0].lower() and self.known(last):
            return True
        if (
            self.language == "en"
            and (last in _ENGLISH_FIRST or right.lower() in _ENGLISH_LAST)
            and self.in_language(last)
        ):
            return True
        if self.in_language(last + right) or not self.in_language(last):
            return False
        if self.language == "en" and self.in_language(right):
            self.guessed.append(f"{left}-{right}")
            return True
        if not self.in_language(right):
            return False
        self.guessed.append(left + right)
        return False

    def heals(self, head: str, tail: str) -> bool:
        """Certain that tail continues head: head ends with a cut, and the whole word is a word."""
        if not head.endswith("-") or not tail[:1].islower():
            return False
        left, right = _last_word(head[:-1]), _first_word(tail)
        if not left or not right or right.lower() in _SUSPENDED:
            return False
        return self.known(left + right) and not (
            self.in_language(right) and not self.words[(left + right).lower()]
        )


def _last_word(text: str) -> str:
    at = len(text)
    while at > 0 and (
        text[at - 1].isalnum() or (text[at - 1] in "-–" and at - 2 >= 0 and text[at - 2].isalnum())
    ):
        at -= 1
    return text[at:]


def _first_word(text: str) -> str:
    at = 0
    while at < len(text) and (text[at].isalnum() or (text[at] == "-" and text[at + 1 : at + 2].isalnum())):
        at += 1
    return text[:at]


def join_lines(lines: list[str], vocabulary: Vocabulary) -> str:
    """The lines of one paragraph as running text with single spaces."""
    done: list[str] = []
    last = ""  # Only the last word is touched again, so that a long paragraph stays linear.
    for line in lines:
        line = " ".join(line.split())
        if not line:
            continue
        if last.endswith("-"):
            line = vocabulary.join(last, line)
        elif last:
            done.append(last + " ")
        cut = max(line.rfind(" ") + 1, len(line) - LONGEST_WORD)
        done.append(line[:cut])
        last = line[cut:]
    return "".join([*done, last])
