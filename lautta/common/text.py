"""Text made comparable: `fold` for matching, `sort_key` for one order on every database."""

import unicodedata

# Letters that Unicode does not take apart, as a Nordic reader would type them.
_BASE = str.maketrans(
    {
        "æ": "ä",
        "ø": "ö",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
    }
)
# Å, Ä and Ö are letters of their own in Finnish and Swedish; every other mark is dropped.
_NORDIC = frozenset("åäö")
_PLAIN = str.maketrans("åäö", "aao")
SORT_LENGTH = 60


def fold(text: str) -> str:
    """Lower-case `text` without accents, å ä ö kept: "Čáhci" → "cahci", "Äiti" → "äiti". Idempotent."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.isascii():
        return text
    return _without_marks(unicodedata.normalize("NFKC", text).casefold()).translate(_BASE)


def fold_plain(text: str) -> str:
    """`fold` that also drops the dots and rings, for readers whose keyboard has no ä: "äiti" → "aiti"."""
    return fold(text).translate(_PLAIN)


def _without_marks(text: str) -> str:
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in _NORDIC or character.isascii():
            kept.append(character)
        else:
            kept.extend(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return "".join(kept)


def sort_key(text: str) -> str:
    """A key of digits alone, so that SQLite and PostgreSQL order names alike under any locale.

    Two digits a character: space and punctuation 00 (runs count once, none at either end), digits 10–19,
    a–z 20–45, å 46, ä 47, ö 48, Cyrillic а–я 50–81, all other letters 99. Made from the first 60 such
    characters.
    """
    codes: list[str] = []
    for character in fold(text):
        code = _code(character)
        if code != "00" or (codes and codes[-1] != "00"):
            codes.append(code)
        if len(codes) == SORT_LENGTH:
            break
    while codes and codes[-1] == "00":
        codes.pop()
    return "".join(codes)


def _code(character: str) -> str:
    if "0" <= character <= "9":
        return str(10 + ord(character) - ord("0"))
    if "a" <= character <= "z":
        return str(20 + ord(character) - ord("a"))
    if character in _NORDIC:
        return {"å": "46", "ä": "47", "ö": "48"}[character]
    if "а" <= character <= "я":
        return str(50 + ord(character) - ord("а"))
    return "99" if character.isalnum() else "00"
