import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.charts import PAPER, AgeGroup, Count, Style, population
from tests.charts.drawn import named, overlaps, words

STYLE = Style(palette=PAPER, number=lambda v: f"{v:.0f}", suppressed="Salattu", missing="Tietoa ei ole")
COMMON = {"key": "k", "title": "t", "description": "d", "style": STYLE}


def bars(svg):
    return [e for e in named(svg, "rect") if e.get("fill") in (PAPER.accent, PAPER.sequential[1])]


def test_all_panels_share_one_scale_from_zero():
    groups = [AgeGroup("0–6", [Count(2025, 1000)]), AgeGroup("7–14", [Count(2025, 500)])]
    first, second = bars(population(groups, **COMMON))
    assert float(first.get("height")) == pytest.approx(2 * float(second.get("height")), abs=0.2)


def test_projected_years_look_different_and_have_a_key():
    counts = [Count(2025, 10), Count(2026, 9, 8, 10, projected=True, other=9.5)]
    svg = population(
        [AgeGroup("0–6", counts)],
        counted_label="Väkiluku", projected_label="Ennuste", interval_label="Väli", other_label="Virallinen",
        **COMMON,
    )  # fmt: skip
    assert len({e.get("fill") for e in bars(svg)}) == 2
    assert {"Väkiluku", "Ennuste", "Väli", "Virallinen"} <= set(words(svg))


def test_the_first_and_the_last_number_stand_over_their_bars():
    counts = [Count(2020 + i, 900 - 10 * i) for i in range(20)]
    shown = words(population([AgeGroup("0–6", counts)], **COMMON))
    assert "900" in shown
    assert "710" in shown
    assert "890" not in shown


def test_suppressed_missing_and_zero_look_different():
    counts = [Count(2020, 3, suppressed=True), Count(2021, None), Count(2022, 0), Count(2023, 9)]
    svg = population([AgeGroup("0–6", counts)], **COMMON)
    assert {"Salattu", "Tietoa ei ole"} <= set(words(svg))
    assert len(bars(svg)) == 2


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.none() | st.floats(0, 20_000), max_size=21), min_size=1, max_size=4),
    st.sampled_from([340, 640, 900]),
)
def test_no_words_lie_on_others(rows, width):
    groups = [
        AgeGroup(f"{i}–{i + 6}-vuotiaat", [Count(2020 + j, v, projected=j > 5) for j, v in enumerate(row)])
        for i, row in enumerate(rows)
    ]
    svg = population(groups, counted_label="Väkiluku", projected_label="Ennuste", width=width, **COMMON)
    # A number over a bar may stand on the axis's own number never.
    assert overlaps(svg) == []
