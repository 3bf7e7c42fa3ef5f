"""Rules of the style sheets, the icons and the markup that a reader cannot see but feels."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import lautta
from lautta.common.templatetags import look
from tests.common.look.sheets import SHEETS, STATIC, sheet

ROOT = Path(lautta.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
SVG = "{http://www.w3.org/2000/svg}"
MAILS = re.compile(r"/mail/")


def symbols() -> set[str]:
    tree = ElementTree.parse(STATIC / "icons.svg")
    return {symbol.attrib["id"] for symbol in tree.iter(f"{SVG}symbol")}


def test_what_every_page_loads_is_light():
    on_screen = [name for name in SHEETS if name not in {"print", "scene"}]
    assert sum((STATIC / f"{name}.css").stat().st_size for name in on_screen) < 45_000
    assert (STATIC / "print.css").stat().st_size + (STATIC / "scene.css").stat().st_size < 5_000


def test_every_sheet_is_linked_in_order():
    links = re.findall(
        r"lautta/([a-z]+)\.css", (ROOT / "common/templates/components/stylesheets.html").read_text()
    )
    assert (*links, "scene") == SHEETS


def test_every_rule_stands_in_a_layer():
    for name in SHEETS:
        outside, depth = [], 0
        for part in re.split(r"([{}])", sheet(name)):
            if depth == 0 and part.strip() and part not in "{}":
                outside.append(part.strip())
            depth += {"{": 1, "}": -1}.get(part, 0)
        assert depth == 0, name
        assert all(line.startswith("@layer") for line in outside), (name, outside)


def test_nothing_is_fetched_from_elsewhere():
    for path in TEMPLATES:
        for tag in re.findall(
            r"<(?:script|link|img|iframe|source|use|object|embed)\b[^>]*>", path.read_text("utf-8")
        ):
            assert not re.search(r"""(?:src|href|data)\s*=\s*["']?(?:https?:)?//""", tag), (path, tag)
    for path in STATIC.glob("*.css"):
        assert not re.search(r"""(?:url\(|@import)\W{0,3}(?:https?:)?//""", path.read_text("utf-8")), path


def test_no_inline_style_or_script_or_handler():
    for path in TEMPLATES:
        if MAILS.search(str(path)):
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle\s*=", text), path
        assert not re.search(r"<style\b", text), path
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path
        assert not re.search(r"<script(?![^>]*\b(src=|nonce=|type=\"application/(ld\+)?json\"))", text), path


def test_icons_have_no_styles_of_their_own():
    text = (STATIC / "icons.svg").read_text("utf-8")
    assert "style" not in text
    assert all("viewBox" in symbol.attrib for symbol in ElementTree.fromstring(text).iter(f"{SVG}symbol"))


def test_every_icon_asked_for_is_drawn():
    drawn = symbols()
    asked = {mark.icon for mark in (*look.STATUSES.values(), *look.TIMELINESS.values())}
    asked |= set(look.GOAL_SHAPES.values()) | {"shape-wave"} | {f"tier-{n}" for n in look.TIERS}
    asked |= {icon for icon, _ in look.MESSAGE_MARKS.values()} | {"info", "up", "down", "level"}
    for path in TEMPLATES:
        asked |= set(re.findall(r"""{%\s*icon\s+["']([\w-]+)["']""", path.read_text("utf-8")))
    assert asked <= drawn, asked - drawn


@pytest.mark.parametrize("name", ["favicon.svg", "icons.svg"])
def test_pictures_are_well_formed(name):
    ElementTree.parse(STATIC / name)
