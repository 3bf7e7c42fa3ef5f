import math

from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.charts import PAPER, Limit, Place, Style, funnel
from tests.charts.drawn import named, overlaps, paths, words

STYLE = Style(palette=PAPER, number=lambda v: f"{v:.0f}")
COMMON = {"key": "k", "title": "t", "description": "d", "style": STYLE}
LIMITS = [
    Limit(
        n, (10 - 60 / math.sqrt(n), 10 + 60 / math.sqrt(n)), (10 - 90 / math.sqrt(n), 10 + 90 / math.sqrt(n))
    )
    for n in (30, 100, 300, 1000, 10_000)
]


def test_limits_are_four_lines_and_need_two_sizes():
    svg = funnel([], LIMITS, **COMMON)
    assert len(paths(svg, stroke_dasharray="6 4")) == len(paths(svg, stroke_dasharray="2 3")) == 2
    assert paths(funnel([], LIMITS[:1], **COMMON), stroke_dasharray="6 4") == []


def test_outside_and_own_are_named_and_differ_in_shape():
    places = [
        Place("Aura", 200, 25, outside=True),
        Place("Kotka", 4000, 10, own=True),
        Place("Pyhtää", 300, 11),
    ]
    svg = funnel(places, LIMITS, outside_label="Ulkona", **COMMON)
    assert {"Aura", "Kotka", "Ulkona"} <= set(words(svg))
    assert "Pyhtää" not in words(svg)
    assert len(named(svg, "circle")) == 2


def test_places_without_a_value_or_a_size_are_left_out():
    places = [
        Place("A", 100, None), Place("B", 0, 5), Place("C", math.nan, 5), Place("D", 100, 5, suppressed=True), Place("E", 100, 5),
    ]  # fmt: skip
    assert len(named(funnel(places, [], **COMMON), "circle")) == 1


def test_sizes_stand_on_a_logarithmic_axis():
    places = [Place(str(n), n, 5) for n in (100, 1000, 10_000)]
    a, b, c = (float(e.get("cx")) for e in named(funnel(places, [], **COMMON), "circle"))
    assert abs((b - a) - (c - b)) < 0.2


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.floats(20, 50_000), st.floats(0, 40), st.booleans()), max_size=30),
    st.sampled_from([340, 640]),
)
def test_names_never_lie_on_each_other(spots, width):
    places = [Place(f"Kunta {i}", n, v, outside=out, own=i == 0) for i, (n, v, out) in enumerate(spots)]
    svg = funnel(
        places,
        LIMITS,
        reference=10,
        reference_label="Koko maa",
        size_label="Ikäluokan koko",
        unit="%",
        width=width,
        **COMMON,
    )
    assert overlaps(svg) == []
