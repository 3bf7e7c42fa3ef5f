import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.charts import PAPER, Bar, BarGroup, Row, Style, caterpillar, grouped_bars
from tests.charts.drawn import named, overlaps, paths, read, words

STYLE = Style(
    palette=PAPER,
    number=lambda v: f"{v:.1f}".replace(".", ","),
    suppressed="Salattu",
    missing="Tietoa ei ole",
)
COMMON = {"key": "k", "title": "t", "description": "d", "style": STYLE}


def dots(svg):
    return [e for e in named(svg, "circle") if e.get("stroke-width") == "2"]


def test_a_dot_is_hollow_when_its_interval_holds_the_reference():
    rows = [Row("A", 5, 4, 6), Row("B", 9, 8, 10)]
    hollow, filled = dots(caterpillar(rows, reference=5.5, **COMMON))
    assert hollow.get("fill") == PAPER.surface
    assert filled.get("fill") == PAPER.muted


def test_without_a_reference_or_an_interval_nothing_is_judged():
    assert dots(caterpillar([Row("A", 5, 4, 6)], **COMMON))[0].get("fill") == PAPER.muted
    assert dots(caterpillar([Row("A", 5)], reference=5, **COMMON))[0].get("fill") == PAPER.muted


def test_rows_keep_their_order_and_the_own_one_is_bold():
    svg = caterpillar([Row("Pyhtää", 2), Row("Hamina", 1, own=True)], **COMMON)
    assert words(svg).index("Pyhtää") < words(svg).index("Hamina")
    own = next(e for e in named(svg, "text") if e.text == "Hamina")
    assert own.get("font-weight") == "600"


def test_a_long_name_takes_two_lines_in_a_narrow_drawing():
    svg = caterpillar([Row("Kymenlaakson hyvinvointialue", 2)], width=340, **COMMON)
    assert {"Kymenlaakson", "hyvinvointialue"} <= set(words(svg))


def test_suppressed_missing_and_zero_look_different():
    svg = caterpillar([Row("A", 7.7, suppressed=True), Row("B", None), Row("C", 0)], **COMMON)
    assert {"Salattu", "Tietoa ei ole", "0,0"} <= set(words(svg))
    assert "7,7" not in words(svg)
    assert len(dots(svg)) == 1
    # One mark in its row and one in the key.
    assert len([e for e in named(svg, "rect") if e.get("fill") == "none"]) == 2
    assert len(paths(svg, stroke_dasharray="2 3")) == 2


def test_the_usual_range_is_a_band_with_its_key():
    svg = caterpillar([Row("A", 5, usual=(3, 6))], usual_label="Tavallista", **COMMON)
    assert "Tavallista" in words(svg)
    assert len([e for e in named(svg, "rect") if e.get("fill-opacity") == "0.16"]) == 2


def test_bars_begin_at_zero_on_either_side():
    bars = [Bar("A", 10), Bar("B", -10)]
    svg = grouped_bars([BarGroup("G", bars)], **COMMON)
    right, left = (e for e in named(svg, "rect") if e.get("height") == "18")
    assert float(left.get("x")) + float(left.get("width")) == pytest.approx(float(right.get("x")), abs=0.11)
    assert float(left.get("width")) == pytest.approx(float(right.get("width")), abs=0.11)


def test_one_name_has_one_texture_in_every_group():
    groups = [BarGroup(n, [Bar("Tytöt", 3), Bar("Pojat", 2), Bar("Muu", 1)]) for n in ("8. luokka", "Lukio")]
    fills = [e.get("fill") for e in named(grouped_bars(groups, **COMMON), "rect") if e.get("height") == "18"]
    assert fills[:3] == fills[3:]
    assert len(set(fills)) == 3


def test_a_zero_bar_is_still_seen():
    svg = grouped_bars([BarGroup("G", [Bar("A", 0), Bar("B", 4)])], **COMMON)
    zero = next(e for e in named(svg, "rect") if e.get("height") == "18")
    assert float(zero.get("width")) > 0
    assert "0,0" in words(svg)


def test_nothing_at_all_is_a_drawing_too():
    assert read(caterpillar([], **COMMON)) is not None
    assert read(grouped_bars([], **COMMON)) is not None


NUMBERS = st.none() | st.floats(-50, 100)
LABELS = st.sampled_from(["Kotka", "Kymenlaakson hyvinvointialue", "Miehikkälä", "Ammatillinen oppilaitos"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(LABELS, NUMBERS), max_size=6), st.sampled_from([340, 640]), NUMBERS)
def test_no_words_lie_on_others(rows, width, aim):
    options = {**COMMON, "width": width, "unit": "%"}
    plot = caterpillar(
        [Row(n, v, v, v) for n, v in rows],
        reference=aim,
        reference_label="Koko maa",
        usual_label="Tavallista",
        **options,
    )
    assert overlaps(plot) == []
    groups = [BarGroup(n, [Bar("Tytöt", v), Bar("Pojat", v)]) for n, v in rows]
    assert overlaps(grouped_bars(groups, **options)) == []


def test_the_callers_own_judgement_goes_before_the_interval():
    rows = [Row("A", 5, 4, 6, differs=True), Row("B", 9, 8, 10, differs=False)]
    filled, hollow = dots(caterpillar(rows, reference=5.5, **COMMON))[:2]
    assert hollow.get("fill") == PAPER.surface
    assert filled.get("fill") != PAPER.surface
