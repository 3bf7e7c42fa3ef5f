"""Reading our style sheets: tokens in both schemes, and WCAG 2 contrast."""

import re
from pathlib import Path

from lautta.common import __file__ as common_file

COMMON = Path(common_file).parent
STATIC = COMMON / "static" / "lautta"
SHEETS = ("tokens", "base", "layout", "components", "forms", "data", "print", "scene")
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)")


def sheet(name: str) -> str:
    """The text of one style sheet, comments removed."""
    return re.sub(r"/\*.*?\*/", "", (STATIC / f"{name}.css").read_text("utf-8"), flags=re.S)


def colours() -> dict[str, dict[str, str]]:
    """{"light": {token: "#rrggbb"}, "dark": {…}}."""
    found = _TOKEN.findall(sheet("tokens"))
    return {
        "light": {name: light for name, light, _ in found},
        "dark": {name: dark for name, _, dark in found},
    }


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
