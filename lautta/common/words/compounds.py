"""Compounds of Finnish and Swedish, and the endings that Finnish hangs after a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Lemmas = Callable[[str], tuple[str, ...]]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# First parts that never stand alone, or stand in the dictionary as something else.
BOUND = {
    "fi": _set(
        "ala ali alku edun ennakko ensi esi etä etu harraste hyvin itse jatko jälki keski koko kokonais"
        " kolmas lähi moni muutos neuvonta nuoriso nyky oikeus osa perus puhe puoli sisä sosiaali suur syrjä"
        " taka toimeentulo uus vasta vertais vuoro yhdys yleis yli ylä ympäri"
    ),
    "sv": _set(
        "familje folk för grund hälso mång med mellan miljö mot om sam sär under upp ut vuxen åter över",
    ),
}
# Last parts too short for the rule of four letters.
SHORT_TAILS = {
    "fi": _set("työ yö tuki apu ala ilo koe"),
    "sv": _set("vård stöd råd mål år lag bot by ord"),
}
# Words of the dictionary that as a last part are nearly always an ending.
ENDINGS = {
    "fi": _set(
        "minen llinen linen lainen inen laisuus llisuus suus tella taja tuus ttaa sesti lisesti mainen ella"
        " alla tulla",
    ),
    "sv": _set("isera ning else ande ende aren arna heten inom"),
}
# Shortest first and last part.
HEAD, TAIL = 3, 4
LONGEST = 45

CLITICS = ("kin", "kaan", "kään", "han", "hän", "ko", "kö", "pa", "pä")
# Endings before which a word without consonant gradation stays whole: koordinaattori-lle.
CASES = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "na", "nä", "a", "ä", "n", "t")
POSSESSIVES = ("nsa", "nsä", "mme", "nne", "ni", "si")


def base_form(word: str, language: str, lemmas: Lemmas) -> tuple[str, ...]:
    """Base forms of a compound that the dictionary lacks: hyvinvointialueen → hyvinvointialue; or empty."""
    for head, tail in _splits(word, language):
        if head_lemma(head, language, lemmas) is None:
            continue
        found = lemmas(tail)
        if not found and language == "fi":
            found = without_endings(tail, lemmas)
        if found:
            return tuple(head + lemma for lemma in found)
    return ()


def parts(lemma: str, language: str, lemmas: Lemmas, depth: int = 2) -> list[str]:
    """Base forms of the parts of a compound: lastensuojelulaki → lastensuojelu, laki, lapsi, suojelu."""
    for head, tail in _splits(lemma, language):
        if _is_ending(tail, language) or tail not in lemmas(tail):
            continue
        if (first := head_lemma(head, language, lemmas)) is None:
            continue
        found = [tail, *([first] if first else [])]
        if depth:
            for part in (head, tail):
                found.extend(parts(part, language, lemmas, depth - 1))
        return found
    return []


def head_lemma(head: str, language: str, lemmas: Lemmas, depth: int = 1) -> str | None:
    """Base form of a first part; "" for one that is no word alone (yhdys-), None when it is no first part."""
    if head in BOUND[language]:
        return ""
    found = lemmas(head)
    if head in found:
        return head
    if language == "fi":
        # varhainen → varhais-, kohtaaminen → kohtaamis-
        if head.endswith("s") and (full := head[:-1] + "nen") in lemmas(full):
            return full
        if found and head.endswith("n"):
            return found[0]
    if language == "sv":
        for word in _unlinked(head):
            if word in lemmas(word):
                return word
    if depth:
        for first, last in _splits(head, language):
            if head_lemma(first, language, lemmas, depth - 1) is None:
                continue
            if last in lemmas(last) or (lemmas(last) and last.endswith("n" if language == "fi" else "s")):
                return first + lemmas(last)[0]
    return None


def without_endings(word: str, lemmas: Lemmas) -> tuple[str, ...]:
    """Base forms of a Finnish word after its ending is taken off: lapsillammekin → lapsi."""
    for bare in _bare(word):
        # A possessive hides the ending of the genitive: lapse(n)mme.
        for form in (bare, bare + "n"):
            if found := lemmas(form):
                return found
    for case in CASES:
        bare = word.removesuffix(case)
        if bare != word and len(bare) > TAIL and bare in lemmas(bare):
            return (bare,)
    return ()


def _bare(word: str) -> Iterator[str]:
    stems = [word, *(word.removesuffix(c) for c in CLITICS if word.endswith(c))]
    for stem in stems:
        if stem != word and len(stem) >= TAIL:
            yield stem
        for possessive in POSSESSIVES:
            bare = stem.removesuffix(possessive)
            if bare != stem and len(bare) >= TAIL:
                yield bare


def _unlinked(head: str) -> Iterator[str]:
    if head.endswith("s"):
        yield head[:-1]
    if head.endswith(("e", "u", "o")):
        yield head[:-1] + "a"
        yield head[:-1]
    yield head + "a"
    yield head + "e"


def other_readings(word: str, found: tuple[str, ...], lemmas: Lemmas) -> tuple[str, ...]:
    """Base forms that a Finnish plural may also have: paikkojen is of *paikka* as well as of *paikko*."""
    if "oj" not in word and "oi" not in word:
        return ()
    near = (lemma[:-1] + "a" for lemma in found if lemma.endswith("o"))
    return tuple(lemma for lemma in near if lemma in lemmas(lemma))


def _is_ending(tail: str, language: str) -> bool:
    return tail in ENDINGS[language] or (language == "fi" and tail.endswith("minen") and len(tail) < 8)


def _splits(word: str, language: str) -> Iterator[tuple[str, str]]:
    """Every cut of a word into two parts, the longest last part first. No real word exceeds the limit."""
    if len(word) > LONGEST or language not in SHORT_TAILS:
        return
    for at in range(HEAD, len(word) - 2):
        head, tail = word[:at], word[at:]
        if len(tail) >= TAIL or tail in SHORT_TAILS[language]:
            yield head, tail
