"""What a reader typed, as the expressions that SQLite's FTS5 and PostgreSQL's tsquery understand."""

from __future__ import annotations

from dataclasses import dataclass

from lautta.common.text import fold_plain
from lautta.common.words import analyse, as_stored, clean, is_stop_word, tokens
from lautta.common.words.lexicon import LANGUAGES, lexicon

MOST_CHARACTERS = 400
MOST_WORDS = 12
# Shorter last words are not completed: they would match half of the index.
SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the query: any of `forms` will do, or a word that begins with `prefix`."""

    forms: tuple[str, ...]
    prefix: str | None = None

    def matches(self, words: tuple[str, ...]) -> bool:
        """True when one of the (folded) words is meant by this term."""
        return any(w in self.forms or (self.prefix and w.startswith(self.prefix)) for w in words)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `strict` wants every term; else any term will do, and å ä ö may be typed a a o."""

    terms: tuple[Term, ...]
    strict: bool = True

    def loosened(self) -> Query:
        """The same words, asking for less."""
        terms = tuple(
            Term(
                tuple(dict.fromkeys([*t.forms, *(fold_plain(f) for f in t.forms)])),
                fold_plain(t.prefix) if t.prefix else None,
            )
            for t in self.terms
        )
        return Query(terms, strict=False)

    def fts5(self, *, titles: bool = False) -> str:
        """MATCH expression. Words are letters and digits, and quoted: nothing typed can act as syntax."""
        each = []
        for term in self.terms:
            words = [f'"{as_stored(form)}"' for form in term.forms]
            if term.prefix:
                words.append(f'"{as_stored(term.prefix)}"*')
            each.append(f"({' OR '.join(words)})")
        columns = "title_lemmas" if titles else "title_lemmas lemmas part_lemmas"
        if not self.strict:
            columns += " plain_lemmas"
        return f"{{{columns}}} : ({self._joiner(' AND ', ' OR ').join(each)})"

    def tsquery(self, *, titles: bool = False) -> str:
        """Text for to_tsquery('simple', …), see `fts5`."""
        weights = "A" if titles else "ABC"
        if not self.strict:
            weights += "D"
        each = []
        for term in self.terms:
            words = [f"'{as_stored(form)}':{weights}" for form in term.forms]
            if term.prefix:
                words.append(f"'{as_stored(term.prefix)}':*{weights}")
            each.append(f"({' | '.join(words)})")
        return self._joiner(" & ", " | ").join(each)

    def _joiner(self, strict: str, loose: str) -> str:
        return strict if self.strict else loose


def parse(text: str, language: str) -> Query | None:
    """The query of a reader of `language`; None when it holds no word at all. Never raises."""
    found = list(dict.fromkeys(token.word for token in tokens(clean(text[:MOST_CHARACTERS]))))
    if not found:
        return None
    last = found[-1]
    telling = [word for word in found if not is_stop_word(word)] or found
    terms = []
    for word in telling[:MOST_WORDS]:
        prefix = word if word == last and len(word) >= SHORTEST_PREFIX else None
        terms.append(Term(_forms(word, language), prefix))
    return Query(tuple(terms))


def _forms(word: str, language: str) -> tuple[str, ...]:
    """The word, its base forms, and the base forms that the other languages' dictionaries give it."""
    forms = [word, *analyse(word, language).lemmas]
    for other in LANGUAGES:
        if other != language and word.isalpha():
            forms.extend(lexicon(other).lemmas(word))
    return tuple(dict.fromkeys(forms))
