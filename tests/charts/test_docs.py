"""The examples of docs/charts.md run as they stand, one after another, and each drawing is sound."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lautta import charts
from tests.charts.drawn import NS, check_sound

DOCS = Path(__file__).resolve().parents[2] / "docs" / "charts.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def ran():
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(compile(example, DOCS.name, "exec"), names)
    return names


def test_the_examples_run_and_draw(ran):
    check_sound(ran["svg"], key="gaps")
    assert len(list(ElementTree.fromstring(f"<div>{ran['html']}</div>").iter(NS + "svg"))) == 2


def test_every_drawing_has_an_example():
    text = "\n".join(EXAMPLES)
    drawings = {n for n in charts.__all__ if callable(getattr(charts, n)) and n.islower()} - {"centroids"}
    assert {n for n in drawings if not re.search(rf"\b{n}\(", text)} == set()
