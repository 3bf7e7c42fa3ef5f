"""What every drawing stands on: escaped text, short numbers, shapes, and the outer element with its name."""

import re
from collections.abc import Iterable
from functools import cache

from .style import Style

SIZE = 14
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
# What XML 1.0 cannot hold even when escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Nearly every attribute is made of these alone and is written as it is.
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;()#/_+\-]*\Z")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escape(text: object) -> str:
    """Text that may stand in an element or an attribute; characters that XML cannot hold become U+FFFD."""
    written = str(text)
    if _PLAIN.match(written):
        return written
    return _UNWRITABLE.sub("\ufffd", written).translate(_ENTITIES)


def num(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    if text[-1] == "0":
        text = text[:-2]
        return "0" if text == "-0" else text
    return text


@cache
def _hyphened(key: str) -> str:
    return key.replace("_", "-")


def tag(name: str, body: str = "", **attributes: object) -> str:
    """An element. None leaves an attribute out, floats are shortened, `_` becomes `-`."""
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        written = num(value) if isinstance(value, (int, float)) else escape(value)
        parts.append(f'{_hyphened(key)}="{written}"')
    head = " ".join(parts)
    return f"<{head}>{body}</{name}>" if body else f"<{head}/>"


def group(items: Iterable[str], **attributes: object) -> str:
    """What shares attributes; nothing when there is nothing in it."""
    body = "".join(items)
    return tag("g", body, **attributes) if body else ""


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """One line of text with its baseline at y."""
    return tag("text", escape(words), x=x, y=y, **attributes) if words else ""


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line; as a path it is the shortest to write."""
    if num(y1) == num(y2):
        return tag("path", d=f"M{num(x1)} {num(y1)}H{num(x2)}", **attributes)
    if num(x1) == num(x2):
        return tag("path", d=f"M{num(x1)} {num(y1)}V{num(y2)}", **attributes)
    return tag("path", d=f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}", **attributes)


def trace(points: Iterable[tuple[float, float]]) -> str:
    """Path data through points; empty when there are none."""
    joined = " ".join(f"{num(x)} {num(y)}" for x, y in points)
    return f"M{joined}" if joined else ""


SHAPES = ("circle", "square", "triangle", "diamond")


def marker(shape: str, x: float, y: float, r: float = 4, **attributes: object) -> str:
    """One of SHAPES around (x, y); all look equally large at the same r."""
    if shape == "square":
        side = r * 1.7
        return tag("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, **attributes)
    if shape == "triangle":
        a = r * 1.25
        return tag(
            "path", d=trace([(x, y - a), (x + a, y + a * 0.8), (x - a, y + a * 0.8)]) + "z", **attributes
        )
    if shape == "diamond":
        a = r * 1.35
        return tag("path", d=trace([(x, y - a), (x + a, y), (x, y + a), (x - a, y)]) + "z", **attributes)
    return tag("circle", cx=x, cy=y, r=r, **attributes)


def check_key(key: str) -> str:
    """The key as given, or ValueError: it becomes part of ids and of references to them."""
    if not _KEY.match(key):
        raise ValueError(f"A chart's key is a letter, then letters, digits, - or _; not {key!r}.")
    return key


def drawing(
    body: str,
    *,
    key: str,
    title: str,
    description: str,
    width: float,
    height: float,
    style: Style,
    css: str,
    sized: bool = False,
) -> str:
    """The whole image, as wide as its place; with `sized` as wide as it was drawn, unless the page says otherwise.

    The ids are `key`-t and `key`-d: a page gives every chart its own key.
    """
    check_key(key)
    head = tag("title", escape(title) or " ", id=f"{key}-t")
    head += tag("desc", escape(description) or " ", id=f"{key}-d")
    return tag(
        "svg",
        head + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {num(width)} {num(height)}",
        role="img",
        overflow="visible",
        aria_labelledby=f"{key}-t {key}-d",
        **{"class": css, "width": width if sized else None, "height": height if sized else None},
        font_size=SIZE,
        font_family=style.font or None,
        fill=style.palette.ink,
    )
