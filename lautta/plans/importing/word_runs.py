"""The inline content of a Word paragraph:
text with emphasis, and what hangs on it (notes, pictures, text boxes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from . import markup
from .decoding import clean_characters
from .word_styles import W, attribute, is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_CHART = ("/chart", "/chartex")
_DIAGRAM = "/diagram"


@dataclass
class Inline:
    """runs: (text, bold, italic) in order. boxes: contents of text boxes. extras:
    (reason, text) that cannot be shown.
    """

    runs: list[tuple[str, bool, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    inserted: int = 0
    sizes: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        return clean_characters("".join(text for text, _, _ in self.runs)).strip(" \n")

    @property
    def all_bold(self) -> bool:
        said = [bold for text, bold, _ in self.runs if text.strip()]
        return bool(said) and all(said)

    def html(self) -> str:
        """Escaped text; <strong> and <em> only where they set a part apart from the rest."""
        parts: list[str] = []
        whole = self.all_bold
        for text, bold, italic in _merged(self.runs):
            text = clean_characters(text)
            inner = markup.inline(re.sub(r"\s+", " ", text))
            if text.strip() and italic:
                inner = f"<em>{inner}</em>"
            if text.strip() and bold and not whole:
                inner = f"<strong>{inner}</strong>"
            parts.append(inner)
        return "".join(parts).strip()


def _merged(runs: list[tuple[str, bool, bool]]) -> list[tuple[str, bool, bool]]:
    merged: list[tuple[str, bool, bool]] = []
    for text, bold, italic in runs:
        if merged and merged[-1][1:] == (bold, italic):
            merged[-1] = (merged[-1][0] + text, bold, italic)
        else:
            merged.append((text, bold, italic))
    return merged


def read_inline(paragraph: etree._Element, *, bold: bool = False) -> Inline:
    """bold: whether the paragraph's style is bold."""
    found = Inline()
    for child in paragraph:
        _walk(child, found, bold)
    return found


def _walk(element: etree._Element, found: Inline, bold: bool) -> None:
    tag = element.tag
    if tag == f"{W}r":
        _run(element, found, bold)
    elif tag in (f"{W}del", f"{W}moveFrom"):
        text = "".join(element.itertext(f"{W}delText", f"{W}t"))
        if text.strip():
            found.extras.append(("deleted_text", text.strip()))
    elif tag in (f"{W}ins", f"{W}moveTo"):
        found.inserted += 1
        for child in element:
            _walk(child, found, bold)
    elif tag.startswith(_M):
        text = "".join(element.itertext(f"{_M}t"))
        if text:
            found.runs.append((f" {text} ", False, False))
    elif tag == f"{_MC}AlternateContent":
        _alternate(element, found, bold, _walk)
    elif tag not in (f"{W}pPr", f"{W}proofErr", f"{W}sdtPr", f"{W}sdtEndPr"):
        for child in element:
            if isinstance(child.tag, str):
                _walk(child, found, bold)


def _alternate(element: etree._Element, found: Inline, bold: bool, step: object) -> None:
    """The same content for new and old Word: one of them is read."""
    choice = element.find(f"{_MC}Choice")
    chosen = choice if choice is not None else element.find(f"{_MC}Fallback")
    if chosen is not None:
        for child in chosen:
            step(child, found, bold)  # type: ignore[operator]


def _run(run: etree._Element, found: Inline, bold: bool) -> None:
    properties = run.find(f"{W}rPr")
    italic = False
    if properties is not None:
        own = properties.find(f"{W}b")
        bold = is_on(own) if own is not None else bold
        italic = is_on(properties.find(f"{W}i"))
        size = attribute(properties.find(f"{W}sz"))
        if size.isdigit():
            found.sizes.append(float(size))
    for child in run:
        _run_child(child, found, bold, italic)


_PLAIN = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{W}ptab": "\t",
}


def _run_child(child: etree._Element, found: Inline, bold: bool, italic: bool) -> None:
    tag = child.tag
    if tag == f"{W}t":
        found.runs.append((child.text or "", bold, italic))
    elif tag in _PLAIN:
        found.runs.append((_PLAIN[tag], bold, italic))
    elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
        kind = "footnotes" if tag.endswith("footnoteReference") else "endnotes"
        found.notes.append((kind, attribute(child, "id")))
        found.runs.append((f" [{_mark(kind, attribute(child, 'id'))}]", False, False))
    elif tag == f"{W}delText":
        found.extras.append(("deleted_text", child.text or ""))
    elif tag == f"{_MC}AlternateContent":
        _alternate(child, found, bold, lambda inner, into, strong: _run_child(inner, into, strong, italic))
    elif tag == f"{W}object":
        found.extras.append(("embedded_object", ""))
        _boxes(child, found)
    elif tag in (f"{W}drawing", f"{W}pict"):
        _drawing(child, found)
    elif tag == f"{W}ruby":
        found.runs.append(("".join(child.itertext(f"{W}t")), bold, italic))


def _mark(kind: str, number: str) -> str:
    return number if kind == "footnotes" else f"e{number}"


def _boxes(element: etree._Element, found: Inline) -> bool:
    boxes = [
        box
        for box in element.iter(f"{W}txbxContent")
        if not any(a.tag == f"{W}txbxContent" for a in box.iterancestors())
    ]
    found.boxes.extend(boxes)
    return bool(boxes)


def _drawing(element: etree._Element, found: Inline) -> None:
    """A picture, chart or diagram is named with its alternative text; a text box is read."""
    if _boxes(element, found):
        return
    described = ""
    for properties in element.iter(f"{_WP}docPr"):
        described = str(properties.get("descr") or properties.get("title") or "")
    for shape in element.iter(f"{_V}shape"):
        described = described or str(shape.get("alt") or "")
    uri = " ".join(str(data.get("uri", "")) for data in element.iter(f"{_A}graphicData"))
    if any(uri.endswith(end) for end in _CHART) or _DIAGRAM in uri:
        found.extras.append(("chart", described))
    elif element.tag == f"{W}pict" and not any(True for _ in element.iter(f"{_V}imagedata")):
        if described:
            found.extras.append(("graphic_text", described))
    else:
        found.extras.append(("image", described))
