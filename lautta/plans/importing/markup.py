"""The few HTML elements that a draft holds, every text escaped."""

from __future__ import annotations

import re
from html import escape, unescape

_TAG = re.compile(r"<[^>]{1,60}>")


def inline(text: str) -> str:
    return escape(text, quote=False)


def text_of(html: str) -> str:
    """Plain words of our own HTML, blocks parted by spaces."""
    html = re.sub(r"</?(?:strong|em)>", "", html)
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def table(title: str, header: list[str], rows: list[list[str]]) -> str:
    parts = ["<table>"]
    if title:
        parts.append(f"<caption>{inline(title)}</caption>")
    if any(header):
        cells = "".join(f"<th>{inline(cell)}</th>" for cell in header)
        parts.append(f"<thead><tr>{cells}</tr></thead>")
    parts.append("<tbody>")
    for row in rows:
        first = f"<th>{inline(row[0])}</th>" if row and row[0] else "<td></td>" if row else ""
        parts.append(f"<tr>{first}{''.join(f'<td>{inline(cell)}</td>' for cell in row[1:])}</tr>")
    parts.append("</tbody></table>")
    return "".join(parts)
