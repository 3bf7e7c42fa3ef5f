"""What a page carries besides its text: running headers and footers, page numbers, the table of contents."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from .lines import Line, where
from .result import Location, Unread
from .words import CONTENTS_TITLE, speaker_code

APART = 8  # Lines from one running header to the next, at the least.
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:(?:sivu|sida|page|s\.)\s*)?[-–—|(]?\s*\d{1,4}\s*[-–—|)]?(?:\s*(?:/|\(|of|av)\s*\d{1,4}\)?)?$", re.I
)
_EXPLICIT_PAGE = re.compile(
    r"^(?:(?:sivu|sida|page)\s+\d{1,4}\b.{0,20}|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?(?:/|\()\s?\d{1,4}\)?)$",
    re.I,
)
_LEADER = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|_{3,}|\t| {3,})[\s.…_]{0,300}\d{1,4}$")
_ENDS_IN_NUMBER = re.compile(r"\s\d{1,3}$")


def take_furniture(lines: list[Line]) -> list[Unread]:
    """Marks running headers, footers and page numbers as taken and names each once."""
    edges = _page_edges(lines)
    pages = len({line.page for line in lines if line.page})
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    if pages >= 3:
        for side, members in edges.items():
            for line in members:
                found[side, _DIGITS.sub("#", line.text)].append(line)
    unread = []
    for (side, shape), members in found.items():
        if shape.strip("# -–—|()/.") == "" or _EXPLICIT_PAGE.match(members[0].text):
            continue
        if len({line.page for line in members}) >= max(3, 0.4 * pages):
            unread.extend(
                _name_each_text(members, "page_header" if side.startswith("top") else "page_footer")
            )
    numbers = [line for line in _number_lines(lines, edges) if not line.taken]
    for line in numbers:
        line.taken = True
        unread.append(Unread(where([line]), line.text, "page_number"))
    if not pages:
        for members in _repeated_apart(lines):
            unread.extend(_name_each_text(members, "page_header"))
    return unread


def _page_edges(lines: list[Line]) -> dict[str, list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.page and line.text:
            pages[line.page].append(line)
    edges: dict[str, list[Line]] = defaultdict(list)
    for members in pages.values():
        for depth in (0, 1):
            if len(members) > 2 * depth + 1:
                edges[f"top{depth}"].append(members[depth])
                edges[f"bottom{depth}"].append(members[-1 - depth])
    return edges


def _repeated_apart(lines: list[Line]) -> list[list[Line]]:
    """Without form feeds: the same words at least three times, a page's length apart each time."""
    found: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for index, line in enumerate(lines):
        text = line.text
        if (
            not line.taken
            and 8 <= len(text) <= 140
            and text[0].isalnum()
            and text[-1] not in ".!?:;,-"
            and "|" not in text
        ):
            found[_DIGITS.sub("#", text)].append((index, line))
    repeated = []
    for members in found.values():
        same = len({line.text for _, line in members}) == 1
        counted = [line.text[-4:].strip() for _, line in members]
        growing = all(text[-1:].isdigit() for text in counted)
        gaps = [b[0] - a[0] for a, b in pairwise(members)]
        if len(members) >= 3 and min(gaps) >= APART and (same or growing) and _stand_at_edges(lines, members):
            repeated.append([line for _, line in members])
    return repeated


def _stand_at_edges(lines: list[Line], members: list[tuple[int, Line]]) -> bool:
    """Most stand beside a page number or where a page begins;
    sub-headings that come again ("Mittarit") do not.
    """
    if any(
        line.text[0].islower() or (speaker_code(line.text) and line.text.isupper()) for _, line in members
    ):
        return False
    if all(line.text[-1].isdigit() and len({m.text for _, m in members}) > 1 for _, line in members):
        return True
    at_edge = 0
    for index, line in members:
        near = [other for other in lines[max(0, index - 3) : index + 4] if other.text and other is not line]
        at_edge += line.starts_group or any(other.taken for other in near)
    # The first page has no page before it.
    return at_edge >= len(members) - 1


def _name_each_text(members: list[Line], reason: str) -> list[Unread]:
    texts: dict[str, list[Line]] = defaultdict(list)
    for line in members:
        line.taken = True
        texts[line.text].append(line)
    return [
        Unread(
            Location(same[0].number, same[-1].number, same[0].page),
            text,
            reason,
            {"times": len(same)},
            len(same),
        )
        for text, same in texts.items()
    ]


def _number_lines(lines: list[Line], edges: dict[str, list[Line]]) -> list[Line]:
    """Lone numbers at a page's edge that grow with the pages, and lines that say "Sivu 3" or "– 3 –"."""
    explicit = [
        line for line in lines if line.text and len(line.text) < 40 and _EXPLICIT_PAGE.match(line.text)
    ]
    if len(explicit) < 2:
        explicit = []
    seen = {id(line) for line in explicit}
    for members in edges.values():
        numbered = [
            (line, int(_DIGITS.search(line.text).group()) - line.page)  # type: ignore[union-attr, operator]
            for line in members
            if len(line.text) < 20 and _PAGE_NUMBER.match(line.text)
        ]
        shifts = [shift for _, shift in numbered]
        for line, shift in numbered:
            if shifts.count(shift) >= 2 and id(line) not in seen:
                seen.add(id(line))
                explicit.append(line)
    if not any(line.page for line in lines):
        explicit += _growing_lone_numbers(lines, seen)
    return sorted(explicit, key=lambda line: line.number)


def _growing_lone_numbers(lines: list[Line], seen: set[int]) -> list[Line]:
    """Without form feeds: at least three lone numbers, each one more, well apart from each other."""
    lone = [
        (index, line)
        for index, line in enumerate(lines)
        if line.text.isascii()
        and line.text.isdigit()
        and len(line.text) <= 3
        and id(line) not in seen
        and not line.taken
    ]
    chain = [
        pair
        for pair in pairwise(lone)
        if int(pair[1][1].text) - int(pair[0][1].text) == 1 and pair[1][0] - pair[0][0] > 8
    ]
    if len(chain) < 2:
        return []
    members = {index: line for pair in chain for index, line in pair}
    return [members[index] for index in sorted(members)]


def take_contents(lines: list[Line]) -> list[Unread]:
    """Marks tables of contents as taken:
    dotted lines with page numbers, or lines under "Sisällys" that end in one.
    """
    filled = [index for index, line in enumerate(lines) if line.text and not line.taken]
    unread: list[Unread] = []
    at = 0
    while at < len(filled):
        line = lines[filled[at]]
        titled = bool(len(line.text) < 40 and CONTENTS_TITLE.match(line.text))
        if not titled and not _leads(line):
            at += 1
            continue
        start, entries, misses, end = at, 0, 0, at + 1
        last_page, at = 0, at + (1 if titled else 0)
        while at < len(filled) and misses < 2:
            entry = lines[filled[at]]
            number = _page_of(entry, titled or entries > 0, last_page)
            if number is None:
                misses += 1
            else:
                entries, misses, last_page, end = entries + 1, 0, number, at + 1
            at += 1
        at = end if end > start else start + 1
        if entries >= (2 if titled else 3):
            members = [lines[index] for index in filled[start:end]]
            for member in members:
                member.taken = True
            unread.append(
                Unread(
                    where(members),
                    "\n".join(m.text for m in members),
                    "table_of_contents",
                    {"entries": entries},
                )
            )
        elif entries or titled:
            at = start + 1
    return unread


def _leads(line: Line) -> bool:
    text = line.raw.rstrip()
    return (
        text[-1:].isdigit()
        and any(c.isalpha() for c in text[:60])
        and bool(_LEADER.search(text[-320:]))
        and _one_number(text)
    )


def _one_number(text: str) -> bool:
    """A row of figures is a table, not an entry of contents."""
    return len(re.findall(r"(?:^|\s{2,}|\t)\d[\d., ]*(?=\s{2,}|\t|$)", text.strip()[:400])) <= 2


def _page_of(line: Line, loosely: bool, last: int) -> int | None:
    text = line.raw.rstrip()
    if not _leads(line) and not (loosely and len(text) < 160 and _ENDS_IN_NUMBER.search(text[-5:])):
        return None
    number = int(re.search(r"\d{1,4}$", text).group())  # type: ignore[union-attr]
    return number if number >= last and number < 1900 else None
