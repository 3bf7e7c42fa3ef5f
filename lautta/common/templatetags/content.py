"""Showing people's text: in the reader's language, or the source language marked as such."""

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lautta.common.html import sanitise
from lautta.common.translated import Translated

register = template.Library()


@register.filter
def in_language(value: Translated | None, language: str | None = None) -> str:
    """Plain text in the reader's language, falling back to the source language."""
    return value.shown(language).text if isinstance(value, Translated) else (value or "")


@register.filter
def language_of(value: Translated) -> str:
    """The language code of what `in_language` shows, for a lang attribute."""
    return value.shown().language


@register.filter
def is_fallback(value: Translated) -> bool:
    """True when the text is not in the reader's language."""
    return value.shown().is_fallback


@register.simple_tag
def translated(
    value: Translated, tag: str = "span", mark: bool = False, paragraphs: bool = False
) -> SafeString:
    """`<tag lang=…>text</tag>`; with `mark`, a visible "not translated yet" when it is a fallback."""
    shown = value.shown()
    if not shown.text:
        return SafeString("")
    lang = format_html(' lang="{}"', shown.language) if shown.is_fallback else ""
    text = mark_safe(linebreaks(shown.text, autoescape=True)) if paragraphs else shown.text
    note = ""
    if mark and shown.is_fallback:
        note = format_html('<span class="untranslated">{}</span>', _("Ei vielä käännetty"))
    elif mark and shown.is_stale:
        note = format_html('<span class="untranslated">{}</span>', _("Käännös on vanhempi kuin alkuteksti"))
    return format_html(
        "<{tag}{lang}>{text}</{tag}>{note}", tag=mark_safe(tag), lang=lang, text=text, note=note
    )


@register.filter
def rich(value: str) -> SafeString:
    """Stored rich text, sanitised once more on its way out."""
    return mark_safe(sanitise(value or ""))
