"""The piece of a text that shows why it was found, with the found words marked."""

from __future__ import annotations

from lautta.common.search.query import Query, Term
from lautta.common.text import fold_plain
from lautta.common.words import analyse, tokens

# Text and whether it is a match; never markup.
Segment = tuple[str, bool]

LENGTH = 240
# Letters shown before the first match.
BEFORE = 60
# A long chapter's excerpt comes from its first part, so that a page of hits stays quick.
MOST_CHARACTERS = 60_000


def excerpt(text: str, query: Query, language: str, *, length: int | None = LENGTH) -> tuple[Segment, ...]:
    """Segments of about `length` characters around the most matches; the beginning when nothing matches.

    Nothing gives (). With `length` None the whole text, marked.
    """
    matches = _matches(text[:MOST_CHARACTERS], query, language)
    if length is None or len(text) <= length:
        return _marked(text, [m[:2] for m in matches], 0, len(text))
    start = _best_start(matches, length)
    start = 0 if start <= BEFORE else _word_start(text, start - BEFORE)
    end = len(text) if start + length >= len(text) else _word_end(text, start, start + length)
    return _marked(text, [m[:2] for m in matches], start, end)


def _matches(text: str, query: Query, language: str) -> list[tuple[int, int, int]]:
    """Start, end and number of the term of every found word."""
    # Inflection keeps a word's beginning, and a compound holds the beginning of its part: the dictionary
    # need not be asked about any other word.
    beginnings = {form[:1] for term in query.terms for form in term.forms}
    insides = {form[:4] for term in query.terms for form in term.forms if len(form) >= 4}
    found = []
    for word, start, end in tokens(text):
        if not query.strict and fold_plain(word) != word:
            forms: tuple[str, ...] = (word, fold_plain(word))
        else:
            forms = (word,)
        if word[:1] in beginnings or forms[-1][:1] in beginnings or any(i in word for i in insides):
            analysis = analyse(word, language)
            forms += analysis.lemmas + analysis.parts
        if (number := _term(forms, query.terms)) is not None:
            found.append((start, end, number))
    return found


def _term(forms: tuple[str, ...], terms: tuple[Term, ...]) -> int | None:
    return next((number for number, term in enumerate(terms) if term.matches(forms)), None)


def _best_start(matches: list[tuple[int, int, int]], length: int) -> int:
    """Where the window with the most different terms begins, the first of equals."""
    best, best_start = (0, 0), 0
    for i, (start, _, _) in enumerate(matches):
        inside = [m[2] for m in matches[i : i + 40] if m[1] <= start + length - BEFORE]
        if (value := (len(set(inside)), min(len(inside), 3))) > best:
            best, best_start = value, start
    return best_start


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + BEFORE)
    return space + 1 if space >= 0 else at


def _word_end(text: str, start: int, at: int) -> int:
    space = text.rfind(" ", start + BEFORE, at)
    return space if space >= 0 else at


def _marked(text: str, matches: list[tuple[int, int]], start: int, end: int) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    at = start
    for first, last in matches:
        if first < at or last > end:
            continue
        if first > at:
            segments.append((text[at:first], False))
        segments.append((text[first:last], True))
        at = last
    if at < end:
        segments.append((text[at:end], False))
    if segments and start > 0:
        segments.insert(0, ("… ", False))
    if segments and end < len(text):
        segments.append((" …", False))
    return tuple(segments)
