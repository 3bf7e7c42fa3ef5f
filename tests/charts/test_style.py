"""Colours: those of the page exist, those of paper read in grey, and words have contrast in every scheme."""

import re
from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import pytest

from lautta.charts import PAGE, PAPER
from lautta.charts.style import plain_number

TOKENS = Path(__file__).resolve().parents[2] / "lautta" / "common" / "static" / "lautta" / "tokens.css"
PAIR = re.compile(r"(--[\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


def flat(palette):
    return [c for part in astuple(palette) for c in (part if isinstance(part, tuple) else (part,))]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_the_page_is_a_token():
    known = set(re.findall(r"(--[\w-]+):", TOKENS.read_text("utf-8")))
    assert {name for colour in flat(PAGE) for name in re.findall(r"var\((--[\w-]+)\)", colour)} <= known


@pytest.mark.parametrize("scheme", [0, 1])
def test_words_have_contrast_on_the_page(scheme):
    tokens = {name: pair[scheme] for name, *pair in PAIR.findall(TOKENS.read_text("utf-8"))}
    tokens["--accent"] = tokens["--sea"]
    spoken = [PAGE.ink, PAGE.muted, PAGE.accent, PAGE.target, *PAGE.compare]
    for colour in spoken:
        for ground in ("--surface", "--paper", "--desk"):
            assert contrast(tokens[colour[4:-1]], tokens[ground]) >= 4.5, (colour, ground)


def test_words_have_contrast_on_paper():
    for colour in (PAPER.ink, PAPER.muted, PAPER.accent, PAPER.target, *PAPER.compare):
        assert contrast(colour, PAPER.surface) >= 4.5


def test_classes_on_paper_darken_evenly_enough_to_tell_in_grey():
    steps = [contrast(a, b) for a, b in pairwise(PAPER.sequential)]
    assert all(luminance(a) > luminance(b) for a, b in pairwise(PAPER.sequential))
    assert min(steps) > 1.25
    one, two, middle, four, five = map(luminance, PAPER.diverging)
    assert one < two < middle > four > five


def test_a_goal_changes_accent_and_perhaps_classes():
    goal = PAPER.with_accent("#7a3e9d")
    assert goal.accent == "#7a3e9d"
    assert goal.sequential == PAPER.sequential
    assert PAPER.with_accent("#7a3e9d", *"abcde").sequential == tuple("abcde")


def test_a_plain_number_has_a_true_minus():
    assert plain_number(-1.5) == "−1.5"
