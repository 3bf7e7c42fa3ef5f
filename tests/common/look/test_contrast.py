"""Every pair of colours that meets on a page is readable in both schemes (WCAG 2.2, AA)."""

import re

import pytest

from tests.common.look.sheets import SHEETS, colours, contrast, sheet

PAGES = ("paper", "desk", "surface", "mist", "sail")
PICTURES = {"wave-far", "wave-mid", "wave-near", "wood", "wood-dark", "canvas", "sun"}
# Words, and the grounds they stand on: 4.5 to 1.
WORDS = {
    "ink": (*PAGES, "goal-1-tint", "goal-2-tint", "goal-3-tint", "alert-tint", "ok-tint"),
    "ink-soft": (*PAGES, "goal-1-tint", "goal-2-tint", "goal-3-tint"),
    "sea": PAGES,
    "sea-strong": PAGES,
    "on-sea": ("sea", "sea-strong"),
    "on-deep": ("deep",),
    "goal-1": (*PAGES, "goal-1-tint"),
    "goal-2": (*PAGES, "goal-2-tint"),
    "goal-3": (*PAGES, "goal-3-tint"),
    "alert": (*PAGES, "alert-tint"),
    "ok": (*PAGES, "ok-tint"),
}
# Edges of controls, icons and rings: 3 to 1.
SHAPES = {
    "edge": ("paper", "desk", "surface", "mist", "sail"),
    "sea": ("goal-1-tint", "goal-2-tint", "goal-3-tint", "alert-tint", "ok-tint"),
}
GROUNDS = {ground for grounds in (*WORDS.values(), *SHAPES.values()) for ground in grounds}


def _pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [
        (s, ink, ground) for s in ("light", "dark") for ink, grounds in table.items() for ground in grounds
    ]


@pytest.mark.parametrize(("scheme", "ink", "ground"), _pairs(WORDS))
def test_words_are_readable(scheme, ink, ground):
    tokens = colours()[scheme]
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize(("scheme", "shape", "ground"), _pairs(SHAPES))
def test_edges_and_rings_are_seen(scheme, shape, ground):
    tokens = colours()[scheme]
    assert contrast(tokens[shape], tokens[ground]) >= 3


def test_known_values_of_the_formula():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#0b4f6c", "#0b4f6c") == 1


def test_every_colour_has_a_place_in_the_tables():
    """A new token is put among words, shapes, grounds or pictures before anyone can use it."""
    assert set(colours()["light"]) == set(WORDS) | set(SHAPES) | GROUNDS | PICTURES | {"line"}


def test_text_takes_its_colour_from_words_alone():
    allowed = set(WORDS) | {"accent"}
    for name in SHEETS[1:]:
        used = set(re.findall(r"(?<![-\w])color:\s*var\(--([a-z0-9-]+)\)", sheet(name)))
        # Marks drawn in currentColor: an edge-coloured icon, a wave in the colour of the band that follows.
        assert used <= allowed | {
            "edge",
            "paper",
            "mist",
            "sail",
            "deep",
            "surface",
            "wave-mid",
            "wave-near",
        }, name


def test_no_colour_is_written_outside_the_tokens():
    for name in SHEETS[1:]:
        if name == "print":  # paper has one scheme
            continue
        rest = re.sub(r"\.scene-head[^}]*}", "", sheet(name))
        rest = re.sub(r"light-dark\(rgb\([^)]*\), rgb\([^)]*\)\)", "", rest)
        assert not re.search(r"#[0-9a-f]{3,8}\b|\brgb\(", rest), name
