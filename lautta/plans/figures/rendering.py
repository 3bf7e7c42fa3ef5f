"""Numbers in their places. Pure: nothing here reads the database or changes a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from lautta.common.translated import Translated
from lautta.plans.figures.tokens import REFERENCE, Unreadable, read_token

_TAG = re.compile(r"(<[^<>]*>)")
NO_NUMBER = "–"


class _Indicator(Protocol):
    title: Translated


class Figure(Protocol):
    """What is needed of a plans.FigureReference; its indicator is read along (of_revision, of_revisions)."""

    token: str
    language: str
    text: str
    area_name: str

    @property
    def indicator(self) -> _Indicator: ...


Link = Callable[[Figure], str]


def render_figures(rich: str, references: Iterable[Figure], link: Link | None = None) -> SafeString:
    """HTML with a number for each reference: `8,4 % (2023)`, its title telling the indicator and the area.

    `rich` is sanitised HTML and comes out as safe; sanitise before, not after. `link` gives the address of an
    indicator's public page ("" when it has none); within a link of the text's own the number is no link. A
    reference that has no number shows as a dash, never as its code.
    """
    if "[[" not in rich:
        return mark_safe(rich)
    known = {reference.token: reference for reference in references}
    made, in_link = [], False
    for part in _TAG.split(rich):
        if part.startswith("<"):
            name = part[1:3].lower()
            in_link = name == "a " or (in_link and part.lower() != "</a>")
            made.append(part)
        else:
            shown = None if in_link else link
            made.append(REFERENCE.sub(lambda m, shown=shown: _number(m, known, shown), part))
    return mark_safe("".join(made))


def plain_figures(text: str, references: Iterable[Figure]) -> str:
    """The text with bare numbers in it; for plain text, search and Word. HTML stays HTML."""
    if "[[" not in text:
        return text
    known = {reference.token: reference for reference in references}

    def number(match: re.Match[str]) -> str:
        reference = known.get(_key(match))
        return reference.text if reference else NO_NUMBER

    return REFERENCE.sub(number, text)


def _key(match: re.Match[str]) -> str:
    try:
        return read_token(match[1]).key
    except Unreadable:
        return ""


def _number(match: re.Match[str], known: dict[str, Figure], link: Link | None) -> str:
    reference = known.get(_key(match))
    if reference is None:
        return NO_NUMBER
    title = f"{reference.indicator.title.shown(reference.language).text}, {reference.area_name}"
    address = link(reference) if link else ""
    if address:
        return format_html(
            '<a class="figure-number" href="{}" title="{}">{}</a>', address, title, reference.text
        )
    return format_html('<abbr class="figure-number" title="{}">{}</abbr>', title, escape(reference.text))
