"""Headings that a text shows by their form: "1 | Johdanto", "2.1 Mål", "Luku 3", "# Plan", underlined."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from .lines import Line

MAX_TITLE = 140
MIN_BEFORE_TAIL = 12  # "2. STRATEGISET TAVOITTEET" is one heading.
_PIPE = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*\|\s*(?P<title>[^|]*[^|\s])$")
_DECIMAL = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<mark>[.)]?)\s+(?P<title>\S.*)$")
_WORD = re.compile(
    r"^(?P<word>luku|osa|liite|kapitel|del|bilaga|chapter|part|section|appendix)\s+(?P<number>\d{1,2}|"
    r"[IVX]{1,5}|[A-H])\b[.:)]?\s*[–—-]?\s*(?P<title>.*)$",
    re.I,
)
_MARKDOWN = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>\S.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|~{3,}|_{3,})$")
_GLUED = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ][a-zåäö])")
_CAPS_TAIL = re.compile(r"(?<=[.!?] )(?=[A-ZÅÄÖ]{4,}(?: [A-ZÅÄÖ]{3,}){1,6}:?$)")


@dataclass
class Heading:
    """A heading found at `first` (index of a line) that takes `count` lines."""

    first: int
    count: int
    number: str
    title: str
    style: str
    level: int
    certain: bool = True
    glued: bool = False
    label: str = ""


def unglue(lines: list[Line]) -> list[Line]:
    """Parts a heading from the text that the PDF ran into it: "2 | Nykytilan kuvausTykkään olla"."""
    out: list[Line] = []
    for line in lines:
        if line.text.startswith("> ") and not line.taken:
            line = replace(line, text=line.text.lstrip("> ").strip() or ">", quote=True)
        text = line.text
        at = 0
        if (
            text[:1].isdigit()
            and len(text) <= MAX_TITLE
            and (_PIPE.match(text) or re.match(r"\d{1,2}(?:\.\d{1,2})+\s", text))
        ):
            found = _GLUED.search(text)
            at = found.start() if found else 0
        elif text[-1:].isupper() or text.endswith(":"):
            found = _CAPS_TAIL.search(text[-90:])
            at = len(text) - len(text[-90:]) + found.start() if found else 0
            at = at if at > MIN_BEFORE_TAIL else 0
        if at:
            out.append(replace(line, text=text[:at].rstrip(), raw=text[:at]))
            out.append(replace(line, text=text[at:], raw=text[at:], starts_group=False, glued=True))
        else:
            out.append(line)
    return out


def find_headings(lines: list[Line]) -> dict[int, Heading]:
    """Index of the first line → heading. Numbered lines that are really a list are left alone."""
    found: dict[int, Heading] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        heading = (
            None
            if line.taken or not line.text or len(line.text) > MAX_TITLE + 20
            else _heading_at(lines, index)
        )
        if heading is None:
            index += 1
            continue
        found[index] = heading
        index += heading.count
    return _without_lists(lines, found)


def _heading_at(lines: list[Line], index: int) -> Heading | None:
    text = lines[index].text
    first = text[0]
    if first == "#":
        match = _MARKDOWN.match(text)
        if match:
            marks = len(match["marks"])
            number, title = _number_in(match["title"])
            return Heading(index, 1, number, title, "markdown", marks)
    if _underlined(lines, index):
        level = 1 if lines[index + 1].text[0] in "=~" else 2
        number, title = _number_in(text)
        return Heading(index, 2, number, title, "underline", level)
    if first.isdigit():
        match = _PIPE.match(text)
        if match and match["title"][:1].isalpha():
            return _numbered(lines, index, match, "pipe")
        match = _DECIMAL.match(text)
        if (
            match
            and _may_be_title(match["title"])
            and (_stands_free(lines, index) or match["title"].isupper())
            and int(match["number"].split(".")[0]) <= 40
        ):
            return _numbered(lines, index, match, "decimal")
        return None
    if first in "LlOoKkDdBbCcPpSsAa":
        match = _WORD.match(text)
        if match and (not match["title"] or _may_be_title(match["title"])) and _stands_free(lines, index):
            return _worded(lines, index, match)
    return None


def _underlined(lines: list[Line], index: int) -> bool:
    if index + 1 >= len(lines) or lines[index + 1].taken:
        return False
    below = lines[index + 1].text
    text = lines[index].text
    return bool(
        below[:1] in "=-~_"
        and _UNDERLINE.match(below)
        and any(c.isalpha() for c in text)
        and len(text) <= MAX_TITLE
    ) and (index == 0 or not lines[index - 1].text or lines[index - 1].taken)


def _number_in(title: str) -> tuple[str, str]:
    match = _PIPE.match(title) or _DECIMAL.match(title)
    return (match["number"], match["title"]) if match else ("", title)


def _may_be_title(title: str) -> bool:
    return title[0].isalpha() and title[0].isupper() and len(title) <= MAX_TITLE


def _stands_free(lines: list[Line], index: int) -> bool:
    """The line begins something: after a blank, a break, something taken,
    or a finished sentence or heading.
    """
    if index == 0 or lines[index].starts_group:
        return True
    before = lines[index - 1]
    return (
        not before.text
        or before.taken
        or before.text[-1] in ".!?:;)"
        or bool(re.match(r"\d{1,2}(?:\.\d)*[.)]?\s", before.text))
    )


def _numbered(lines: list[Line], index: int, match: re.Match[str], style: str) -> Heading | None:
    whole = _with_continuation(lines, index, match["title"], sure=style == "pipe" or "." in match["number"])
    if whole is None:
        return None
    title, count = whole
    if title[-1] in ".;," or len(title) > MAX_TITLE:
        return None
    dots = match["number"].count(".")
    glued = index + count < len(lines) and lines[index + count].glued
    return Heading(index, count, match["number"], title, style, dots + 1, glued=glued)


def _worded(lines: list[Line], index: int, match: re.Match[str]) -> Heading | None:
    title, count = match["title"].strip(), 1
    if not title and index + 1 < len(lines):
        below = lines[index + 1]
        if (
            below.text
            and not below.taken
            and below.text[0].isupper()
            and below.text[-1] not in ".,;:"
            and len(below.text) < 80
        ):
            title, count = below.text, 2
    else:
        whole = _with_continuation(lines, index, title) if title else ("", 1)
        if whole is None:
            return None
        title, count = whole
    if title and title[-1] in ".;,":
        return None
    word = match["word"].capitalize()
    if word in ("Liite", "Bilaga", "Appendix", "Osa", "Del", "Part"):
        label = f"{word} {match['number']}"
        return Heading(index, count, "", f"{label}: {title}" if title else label, "word", 1)
    label = f"{match['word']} {match['number']}"
    return Heading(index, count, match["number"], title or label, "word", 1, label=label if title else "")


def _with_continuation(
    lines: list[Line], index: int, title: str, *, sure: bool = False
) -> tuple[str, int] | None:
    """A title and its lines: it goes on while the next line begins small.
    None when it is a sentence, not a title.
    """
    block = 1
    while block < 5 and index + block < len(lines):
        line = lines[index + block]
        if not line.text or line.taken or line.starts_group or line.glued:
            break
        block += 1
    count = 1
    while count < block and count < 4:
        text = lines[index + count].text
        if not (text[0].islower() or title[-1] in "-–"):
            break
        title = title[:-1] + text if title[-1] == "-" and text[0].islower() else f"{title} {text}"
        count += 1
    if not sure and count == 1 and block == 1 and index + 2 < len(lines):
        # "8. Johdamme yhteistä", blank, "työtämme, …": a sentence goes on, so no heading.
        after = lines[index + 2].text if not lines[index + 1].text else ""
        if after[:1].islower() and not lines[index + 2].starts_group:
            return None
    return title, count


def _without_lists(lines: list[Line], found: dict[int, Heading]) -> dict[int, Heading]:
    """Single-level numbers that follow each other with nothing between are a list."""
    order = sorted(found)
    listed: set[int] = set()
    for a, b in itertools.pairwise(order):
        one, two = found[a], found[b]
        if one.style != "decimal" or two.style != "decimal" or "." in one.number or "." in two.number:
            continue
        if abs(int(two.number) - int(one.number)) != 1:
            continue
        if all(not line.text for line in lines[a + one.count : b]):
            listed.update((a, b))
    return {index: heading for index, heading in found.items() if index not in listed}
