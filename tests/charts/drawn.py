"""A drawn chart read back: elements, words with their boxes, coordinates."""

import re
from xml.etree import ElementTree

from lautta.charts.lettering import width_of

NS = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def named(svg: str, name: str) -> list[ElementTree.Element]:
    return list(read(svg).iter(NS + name))


def words(svg: str) -> list[str]:
    return [e.text or "" for e in named(svg, "text")]


def paths(svg: str, **attributes: str) -> list[str]:
    """Path data of paths with these attributes (`_` for `-`)."""
    asked = {k.replace("_", "-"): v for k, v in attributes.items()}
    return [e.get("d", "") for e in named(svg, "path") if all(e.get(k) == v for k, v in asked.items())]


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    """(left, top, right, bottom, words) of every text; group attributes count, transforms do not occur around text."""
    found = []

    def walk(element, anchor, size):
        anchor = element.get("text-anchor", anchor)
        size = float(element.get("font-size", size))
        if element.tag == NS + "text":
            x, y, wide = (
                float(element.get("x", 0)),
                float(element.get("y", 0)),
                width_of(element.text or "", size),
            )
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            # The lower 70 % of the size: what letters fill.
            found.append((left, y - size * 0.7, left + wide, y, element.text or ""))
        for child in element:
            walk(child, anchor, size)

    walk(read(svg), "start", 14)
    return found


def overlaps(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes lie on each other by more than a hair."""
    found = boxes(svg)
    return [
        (a[4], b[4])
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]


def check_sound(svg: str, key: str = "k") -> None:
    """What holds for every chart whatever its data: XML, name and description, no style or script, finite short numbers."""
    root = read(svg)
    assert root.tag == NS + "svg"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{key}-t {key}-d"
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {f"{key}-t", f"{key}-d"} <= set(ids)
    assert all(name == key or name.startswith(f"{key}-") for name in ids)
    tags = {e.tag.removeprefix(NS) for e in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "circle", "text", "defs", "pattern", "use"}
    for element in root.iter():
        for name, value in element.items():
            assert name != "style"
            assert not name.startswith("on")
            assert not re.search(r"\b(?:(?i:nan|inf|infinity)|None)\b", value), (element.tag, name, value)
            if value.startswith("url("):
                assert value[5:-1] in ids
            if name == "href":
                assert value[1:] in ids
            if name in {"x", "y", "width", "height", "cx", "cy", "r", "d", "viewBox"}:
                numbers = NUMBER.findall(value)
                assert all("e" not in n and len(n.partition(".")[2]) <= 1 for n in numbers), value
                assert all(abs(float(n)) < 1e5 for n in numbers), value
