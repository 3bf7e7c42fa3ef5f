"""Rich text: what is let in, and its plain words."""

import html
import re

import nh3

TAGS = {
    "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "u", "s", "sub", "sup", "blockquote", "cite", "a", "hr",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    clean_content_tags={"script", "style", "iframe", "object", "template", "noscript", "svg", "math"},
    link_rel="noopener noreferrer nofollow",
)


def sanitise(text: str) -> str:
    """Return the HTML with everything that is not in TAGS and ATTRIBUTES removed; scripts go with their content."""
    return _cleaner.clean(text)


_BLOCK = re.compile(
    r"</?(?:p|br|h[2-4]|li|tr|td|th|blockquote|figcaption|caption|div|ul|ol|table)\b[^>]*>", re.I
)
_TAG = re.compile(r"<[^>]*>")


def plain_text(text: str) -> str:
    """The words of rich text, blocks parted by line breaks, for search and excerpts."""
    words = html.unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
    return re.sub(r"\s*\n\s*", "\n", words).strip()
