"""Plain texts of a chapter made comparable: its title and its plain-language text."""

import re

from lautta.plans.chapters.richtext import canonical

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029")
_EMPTY_LINES = re.compile(r"\n{3,}")


def tidy_title(text: str) -> str:
    """One line, single spaces."""
    return " ".join(_CONTROL.sub("", text).split())


def tidy_plain(text: str) -> str:
    """Line breaks of one kind, no space at the ends of lines, at most one empty line in a row."""
    lines = (line.rstrip() for line in _BREAKS.sub("\n", _CONTROL.sub("", text)).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def tidy_texts(title: str, body: str, plain: str) -> tuple[str, str, str]:
    """The three texts in the form in which they are stored."""
    return tidy_title(title), canonical(body), tidy_plain(plain)
