"""From text to words, and from a word to its base forms and the parts of a compound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

from lautta.common.text import fold
from lautta.common.words import compounds
from lautta.common.words.field_words import FIELD_WORDS, STOP_WORDS
from lautta.common.words.lexicon import LANGUAGES, Dictionaries, lexicon

# PostgreSQL refuses words over 2 kB; no word of our languages is longer than this.
WORD_LENGTH = 60
_WORD = re.compile(r"[^\W_]+")
# Possessive and from the beginning of a word: a long word is read once, not from each of its letters.
_HYPHENATED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-‐‑][^\W_]++)++")
_FOREIGN = re.compile(r"[^0-9a-zåäö]")
_SPACING = frozenset("\n\t\r")


class Analysis(NamedTuple):
    """Base forms of a word, and base forms of the parts when it is a compound; all folded."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...]


class Token(NamedTuple):
    """A folded word and where its letters stand in the cleaned text."""

    word: str
    start: int
    end: int


def clean(text: str) -> str:
    """`text` in composed form without control characters, soft hyphens and broken halves of characters."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in _SPACING or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}:
            kept.append(character)
    return "".join(kept)


def tokens(text: str) -> Iterator[Token]:
    """The words of a cleaned text in order. A hyphenated word gives its parts."""
    for match in _WORD.finditer(text):
        for word in _WORD.findall(fold(match.group())):
            yield Token(word[:WORD_LENGTH], match.start(), match.end())


def words(text: str) -> list[str]:
    """Folded words of any text; "LAPE-ryhmä" gives lape, ryhmä and laperyhmä."""
    text = clean(text)
    found = [token.word for token in tokens(text)]
    for match in _HYPHENATED.finditer(text):
        found.append("".join(_WORD.findall(fold(match.group())))[:WORD_LENGTH])
    return found


def as_stored(word: str) -> str:
    """A folded word as it stands in the index: letters beyond 0–9 a–ö as their numbers.

    PostgreSQL's parser does not know every letter of Unicode, and which ones depends on the server's locale.
    """
    return _FOREIGN.sub(lambda match: f"x{ord(match.group()):x}x", word)


def is_stop_word(word: str) -> bool:
    """True for the small words of the three languages (ja, och, the), which say little beside others."""
    return word in STOP_WORDS


@lru_cache(maxsize=50_000)
def analyse(word: str, language: str) -> Analysis:
    """Base forms of one folded word. An unknown word has none, or the best guess of its ending."""
    if language not in LANGUAGES or not word.isalpha():
        return Analysis((), ())
    known = _reader(language)
    lemmas = known(word)
    if not lemmas and language == "fi":
        lemmas = compounds.without_endings(word, known)
    if not lemmas:
        lemmas = compounds.base_form(word, language, known)
    if not lemmas:
        guess = fold(_lemmatizer(language).lemmatize(word, lang=language))
        lemmas = (guess,) if guess.isalpha() else ()
    parts: list[str] = []
    for lemma in lemmas:
        parts.extend(compounds.parts(lemma, language, known))
    return Analysis(tuple(dict.fromkeys(lemmas)), tuple(p for p in dict.fromkeys(parts) if p not in lemmas))


@cache
def _reader(language: str) -> compounds.Lemmas:
    field_words, listed = FIELD_WORDS[language], lexicon(language).lemmas

    def dictionary(word: str) -> tuple[str, ...]:
        # The list has abbreviations with a point among its base forms (aat → aa.); no word of the index is like them.
        return tuple(lemma for lemma in listed(word) if lemma.isalpha())

    @lru_cache(maxsize=20_000)
    def read(word: str) -> tuple[str, ...]:
        found = field_words.get(word) or dictionary(word)
        return found + compounds.other_readings(word, found, dictionary) if language == "fi" else found

    return read


@cache
def _lemmatizer(language: str) -> Lemmatizer:
    # No cache of its own: `analyse` has one.
    strategy = DefaultStrategy(greedy=language == "sv", dictionary_factory=Dictionaries())
    return Lemmatizer(cache_max_size=0, lemmatization_strategy=strategy)
