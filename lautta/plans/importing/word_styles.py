"""What a Word file's styles and numbering say about a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|otsikko|rubrik|titre|überschrift)\s*([1-9])", re.I)
_TITLE = re.compile(r"^(?:title|otsikko|rubrik)$", re.I)
_SUBTITLE = re.compile(r"^(?:subtitle|alaotsikko|underrubrik)$", re.I)
_QUOTE = re.compile(r"quote|lainaus|citat", re.I)
_CAPTION = re.compile(r"caption|kuvaotsikko|beskrivning|bildtext", re.I)
_CONTENTS = re.compile(
    r"^(?:toc\s*(?:\d|heading)|sisluet|sisällysluettelo|innehåll|table of (?:contents|figures))", re.I
)
_LIST = re.compile(
    r"^(?:list|luettelo|lista|punktlista|numrerad lista|merkitty luettelo|numeroitu luettelo)", re.I
)
_ORDERED = re.compile(r"number|numero|numrer", re.I)


def attribute(element: etree._Element | None, name: str = "val") -> str:
    return "" if element is None else str(element.get(f"{W}{name}", ""))


def is_on(element: etree._Element | None) -> bool:
    """A toggle such as <w:b/>; <w:b w:val="0"/> turns it off."""
    return element is not None and attribute(element).lower() not in ("0", "false", "none", "off")


@dataclass
class Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    num_id: str = ""
    num_level: int = 0
    bold: bool = False
    size: float = 0


class Styles:
    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        if styles is not None:
            for element in styles.iterchildren(f"{W}style"):
                self._add(element)
        self._formats = _number_formats(numbering)

    def _add(self, element: etree._Element) -> None:
        if attribute(element, "type") not in ("paragraph", ""):
            return
        key = attribute(element, "styleId")
        outline = attribute(element.find(f"{W}pPr/{W}outlineLvl"))
        number = element.find(f"{W}pPr/{W}numPr")
        size = attribute(element.find(f"{W}rPr/{W}sz"))
        self._styles[key] = Style(
            attribute(element.find(f"{W}name")),
            attribute(element.find(f"{W}basedOn")),
            int(outline) if outline.isdigit() else None,
            attribute(number.find(f"{W}numId")) if number is not None else "",
            _level(number),
            is_on(element.find(f"{W}rPr/{W}b")),
            float(size) if size.isdigit() else 0,
        )
        if attribute(element, "default") in ("1", "true"):
            self.default = key

    def chain(self, key: str) -> list[Style]:
        """The style and those it is based on, nearest first."""
        found: list[Style] = []
        seen: set[str] = set()
        while key in self._styles and key not in seen and len(found) < 12:
            seen.add(key)
            found.append(self._styles[key])
            key = self._styles[key].based_on
        return found

    def heading_level(self, key: str, direct: str) -> int:
        """1–9, or 0 for a paragraph that is no heading. direct: the paragraph's own outline level."""
        if direct.isdigit() and int(direct) < 9:
            return int(direct) + 1
        for style in self.chain(key) or [Style(name=key)]:
            match = _HEADING.match(style.name)
            if match:
                return int(match.group(1))
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
        return 0

    def _any(self, key: str, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(style.name) for style in self.chain(key) or [Style(name=key)])

    def is_title(self, key: str) -> bool:
        return self._any(key, _TITLE)

    def is_subtitle(self, key: str) -> bool:
        return self._any(key, _SUBTITLE)

    def is_quote(self, key: str) -> bool:
        return self._any(key, _QUOTE)

    def is_caption(self, key: str) -> bool:
        return self._any(key, _CAPTION)

    def is_contents(self, key: str) -> bool:
        return self._any(key, _CONTENTS)

    def is_list(self, key: str) -> bool:
        return self._any(key, _LIST)

    def is_bold(self, key: str) -> bool:
        return any(style.bold for style in self.chain(key))

    def size(self, key: str) -> float:
        return next((style.size for style in self.chain(key or self.default) if style.size), 0)

    def numbering(self, key: str, direct: etree._Element | None) -> tuple[str, int]:
        """(numbering id or "", its level) of a paragraph."""
        if direct is not None:
            number = attribute(direct.find(f"{W}numId"))
            return ("" if number == "0" else number), _level(direct)
        for style in self.chain(key):
            if style.num_id and style.num_id != "0":
                return style.num_id, style.num_level
        return "", 0

    def is_ordered(self, num_id: str, level: int, key: str) -> bool:
        kind = self._formats.get((num_id, level), "")
        return kind not in ("bullet", "none", "") or (not kind and self._any(key, _ORDERED))


def _level(number: etree._Element | None) -> int:
    level = attribute(number.find(f"{W}ilvl")) if number is not None else ""
    return int(level) if level.isdigit() and int(level) < 9 else 0


def _number_formats(numbering: etree._Element | None) -> dict[tuple[str, int], str]:
    if numbering is None:
        return {}
    kinds: dict[tuple[str, int], str] = {}
    for element in numbering.iterchildren(f"{W}abstractNum"):
        key = attribute(element, "abstractNumId")
        for level in element.iterchildren(f"{W}lvl"):
            depth = attribute(level, "ilvl")
            if depth.isdigit():
                kinds[key, int(depth)] = attribute(level.find(f"{W}numFmt"))
    found: dict[tuple[str, int], str] = {}
    for element in numbering.iterchildren(f"{W}num"):
        abstract = attribute(element.find(f"{W}abstractNumId"))
        for (key, depth), kind in kinds.items():  # type: ignore[assignment]
            if key == abstract:
                found[attribute(element, "numId"), depth] = kind
    return found
