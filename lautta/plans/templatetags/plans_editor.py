"""Buttons of the rich text editor's toolbar."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def tool(name: str, label: str, words: str = "") -> SafeString:
    """A button that carries out the editor's command `name`: a picture with a name, or words."""
    if words:
        return format_html('<button type="button" class="rich-tool" data-tool="{}">{}</button>', name, words)
    return format_html(
        '<button type="button" class="rich-tool" data-tool="{}" aria-label="{}" title="{}">'
        '<svg class="icon" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg></button>',
        name, label, label, static("plans/editor.svg"), name,
    )  # fmt: skip
