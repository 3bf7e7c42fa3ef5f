"""What every Word document of ours shares: its styles, its language, its lists that begin anew."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
_SEA, _INK, _SOFT = RGBColor(0x0B, 0x4F, 0x6C), RGBColor(0x12, 0x26, 0x3A), RGBColor(0x46, 0x59, 0x6B)
_SIZES = {"Title": 28, "Heading 1": 19, "Heading 2": 15, "Heading 3": 12.5, "Heading 4": 11.5}


def element(name: str, attributes: dict[str, str]) -> Any:
    """An element of a docx with these attributes."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key) if ":" in key else key, value)
    return made


def styled(doc: Any, language: str) -> None:
    """Readable sizes, one colour, and the document's language on the style that all others come from."""
    code = LOCALES[language]
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(7), 1.15
    normal.element.get_or_add_rPr().append(
        element("w:lang", {"w:val": code, "w:eastAsia": code, "w:bidi": code})
    )
    defaults = doc.styles.element.find(qn("w:docDefaults"))
    for standing in defaults.iter(qn("w:lang")) if defaults is not None else ():
        standing.set(qn("w:val"), code)
    for name, size in _SIZES.items():
        _lettered_style(doc.styles[name], size, _SEA)
    _lettered_style(doc.styles["Subtitle"], 14, _SOFT)
    _lettered_style(doc.styles["Caption"], 9.5, _SOFT)
    for name, size, colour, bold in (
        ("Lead", 13, _INK, False), ("Small", 9.5, _SOFT, False), ("Label", 11, _INK, True), ("Kicker", 13, _SEA, True),
    ):  # fmt: skip
        style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.bold = normal, bold
        style.font.size, style.font.color.rgb = Pt(size), colour
    head = doc.styles["TOC Heading"]
    _lettered_style(head, 19, _SEA)


def _lettered_style(style: Any, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def numbered(doc: Any, style: str, start: int) -> int:
    """The id of a numbering of its own, so that a second list begins anew."""
    own = doc.styles[style].element.pPr.numPr.numId.val
    numbering = doc.part.numbering_part.element
    abstract = next(n.abstractNumId.val for n in numbering.num_lst if n.numId == own)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return made.numId


def lettered(paragraph: Any, number: int) -> None:
    """Puts the paragraph into the numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def legal(text: str) -> str:
    """Text that XML can hold: a person's stray control character must not break the document."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
