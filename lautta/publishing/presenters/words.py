"""Text on its way to a page."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from lautta.common.html import sanitise
from lautta.common.translated import Translated
from lautta.plans.figures.rendering import Link, render_figures
from lautta.plans.models import FigureReference


def reader_language() -> str:
    return (get_language() or "fi")[:2]


def words(value: Translated | str | None) -> str:
    """In the reader's language as it is; another one inside `<span lang>`, so that it is read out right."""
    if not isinstance(value, Translated):
        return value or ""
    shown = value.shown()
    if not shown.text or not shown.is_fallback:
        return shown.text
    return format_html('<span lang="{}">{}</span>', shown.language, shown.text)


def in_language(text: str, language: str) -> str:
    """Plain text written in `language`, marked when the reader's is another."""
    return (
        text
        if not text or language == reader_language()
        else format_html('<span lang="{}">{}</span>', language, text)
    )


def cut(text: str, characters: int) -> str:
    """At most so many characters, ending at a word's end (a longer single word is cut) with "…"."""
    text = " ".join(text.split())
    if len(text) <= characters:
        return text
    head = text[:characters]
    return (head[: head.rfind(" ")] if " " in head else head[: characters - 1]) + "…"


def shortened(value: Translated, characters: int = 160) -> str:
    """`words`, cut at a word's end."""
    shown = value.shown()
    text = cut(shown.text, characters)
    return (
        format_html('<span lang="{}">{}</span>', shown.language, text) if shown.is_fallback and text else text
    )


def fallback_language(value: Translated) -> str:
    """The language code when the text is not in the reader's language, else ""."""
    shown = value.shown()
    return shown.language if shown.text and shown.is_fallback else ""


@lru_cache(maxsize=64)
def _labels(codes: type, language: str | None) -> dict[object, str]:
    return {choice.value: str(choice.label) for choice in codes}


def label(codes: type, code: object) -> str:
    """The word of one code in the reader's language. Kept: a list of a hundred rows asks for the same few words."""
    return _labels(codes, get_language()).get(code, "")


def listed(items: Iterable[object], codes: type) -> list[str]:
    """The words of a list of codes; unknown codes are left out."""
    known = {choice.value: choice.label for choice in codes}
    return [str(known[item]) for item in items if item in known]


_OPENING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.S)
_TAG = re.compile(r"<[^>]+>")


def with_heading_levels(
    html: str, *, top: int, prefix: str = "", anchors: list[dict[str, str]] | None = None
) -> str:
    """Clean HTML whose headings start at level `top` and go down one step at a time.

    With `prefix`, headings of the highest level get ids, and `anchors` collects {"label", "url"} of them.
    """
    places = {
        level: place
        for place, level in enumerate(sorted({level for level, _words in _OPENING.findall(html)}))
    }
    above = top - 1

    def renamed(match: re.Match) -> str:
        nonlocal above
        above = level = min(top + places[match[1]], above + 1, 6)
        if level != top or not prefix:
            return f"<h{level}>{match[2]}</h{level}>"
        found = anchors if anchors is not None else []
        name = f"{prefix}-{len(found) + 1}"
        label = " ".join(unescape(_TAG.sub("", match[2])).split())
        found.append({"label": label, "url": f"#{name}"})
        return f'<h{level} id="{name}">{match[2]}</h{level}>'

    return _OPENING.sub(renamed, html)


def chapter_html(
    text: str,
    *,
    top: int = 2,
    prefix: str = "osa",
    figures: Iterable[FigureReference] = (),
    link: Link | None = None,
) -> tuple[str, list[dict[str, str]]]:
    """Rich text on its way to a page: (HTML sanitised once more, anchors of its highest headings).

    Tables get a frame that scrolls by keyboard too.
    """
    anchors: list[dict[str, str]] = []
    html = with_heading_levels(sanitise(text or ""), top=top, prefix=prefix, anchors=anchors)
    html = render_figures(html, figures, link)
    html = html.replace("<table>", '<div class="table-wrap" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    return mark_safe(html), anchors
