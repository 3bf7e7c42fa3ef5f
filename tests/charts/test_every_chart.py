"""Whatever the data and the words, a chart is sound SVG."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta import charts
from lautta.charts import PAGE, PAPER, Style
from tests.charts.drawn import check_sound, read

# No plain letters: so that "nan", "inf" and "None" in the output can only come from numbers.
LABELS = st.text(alphabet="<>&\"'äÖ مرحبا😀👩‍👧-\u00ad\x00\x1b\ud800]", max_size=30)
VALUES = st.one_of(
    st.none(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(-100, 100),
    st.integers(-(10**400), 10**400),
    st.sampled_from([0, 0.0, -0.0, 5e-324, 1.7e308, -1.7e308]),
)
YEARS = st.one_of(st.integers(1990, 2040), st.integers(-(10**6), 10**6))
STYLES = st.builds(
    Style, palette=st.sampled_from([PAGE, PAPER]), font=LABELS, suppressed=LABELS, missing=LABELS
)
WIDTHS = st.sampled_from([340, 640, 900])
FLAGS = st.booleans()
COMMON = {"title": LABELS, "description": LABELS, "style": STYLES, "width": WIDTHS}

POINTS = st.builds(charts.Point, year=YEARS, value=VALUES, lower=VALUES, upper=VALUES, suppressed=FLAGS)
SERIES = st.builds(charts.Series, label=LABELS, points=st.lists(POINTS, max_size=12), every=st.integers(1, 3))
PAIRS = st.none() | st.tuples(VALUES, VALUES)
TARGETS = st.none() | st.builds(charts.Target, year=YEARS, value=VALUES, label=LABELS)
NOTES = st.lists(st.builds(charts.Note, at=YEARS | st.floats(), label=LABELS, breaks=FLAGS), max_size=3)
FAN = st.builds(charts.FanPoint, year=YEARS, value=VALUES, inner=PAIRS, outer=PAIRS)
FORECASTS = st.none() | st.builds(charts.Forecast, label=LABELS, points=st.lists(FAN, max_size=4))
ROWS = st.builds(
    charts.Row,
    label=LABELS,
    value=VALUES,
    lower=VALUES,
    upper=VALUES,
    suppressed=FLAGS,
    own=FLAGS,
    usual=PAIRS,
)
BARS = st.builds(charts.Bar, label=LABELS, value=VALUES, lower=VALUES, upper=VALUES, suppressed=FLAGS)
GROUPS = st.builds(charts.BarGroup, label=LABELS, bars=st.lists(BARS, max_size=4))
COUNTS = st.builds(
    charts.Count,
    year=YEARS, value=VALUES, lower=VALUES, upper=VALUES, projected=FLAGS, other=VALUES, suppressed=FLAGS,
)  # fmt: skip
AGES = st.builds(charts.AgeGroup, label=LABELS, counts=st.lists(COUNTS, max_size=8))
PLACES = st.builds(
    charts.Place, label=LABELS, denominator=VALUES, value=VALUES, outside=FLAGS, own=FLAGS, suppressed=FLAGS
)
LIMITS = st.builds(charts.Limit, denominator=VALUES, inner=st.tuples(VALUES, VALUES), outer=PAIRS)
COMPARED = st.builds(charts.Compared, code=LABELS, label=LABELS, chosen=FLAGS)
SCORED = st.builds(
    charts.Scored,
    label=LABELS,
    values=st.lists(VALUES, max_size=6),
    unknown=st.frozensets(st.integers(0, 5), max_size=3),
)
GAPS = st.builds(
    charts.Pair, label=LABELS, first=VALUES, second=VALUES, first_suppressed=FLAGS, second_suppressed=FLAGS
)
OUTLINES = charts.Outlines(
    100,
    60,
    {"a": "M0 0l50 0 0 60-50 0z", "b": "M50 0l50 0 0 60-50 0z"},
    {"a": (25, 30, 25), "b": (75, 30, 25)},
)
READINGS = st.dictionaries(
    st.sampled_from("abc"), st.builds(charts.Reading, name=LABELS, value=VALUES, suppressed=FLAGS, own=FLAGS)
)
BREAKS = st.lists(st.floats(-1e9, 1e9), min_size=4, max_size=4).map(sorted)
CELLS = st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(0, 30), st.integers(0, 30)))

MARKS = st.builds(charts.ClockMark, at=st.floats(), lane=st.integers(0, 1), group=st.integers(-2, 40))
NEAR_MARKS = st.builds(charts.ClockMark, at=st.floats(0, 1), lane=st.integers(0, 1), group=st.integers(0, 12))

EVERY: dict[str, tuple[Callable[..., str], dict[str, st.SearchStrategy]]] = {
    "line": (
        charts.line,
        {
            "main": SERIES, "others": st.lists(SERIES, max_size=4), "target": TARGETS, "notes": NOTES,
            "forecast": FORECASTS, "from_zero": FLAGS, "unit": LABELS, "band_label": LABELS,
        },
    ),
    "spark": (charts.spark, {"series": SERIES, "target": VALUES, "from_zero": FLAGS}),
    "caterpillar": (
        charts.caterpillar,
        {"rows": st.lists(ROWS, max_size=6), "reference": VALUES, "reference_label": LABELS, "usual_label": LABELS},
    ),
    "grouped_bars": (charts.grouped_bars, {"groups": st.lists(GROUPS, max_size=4), "unit": LABELS}),
    "population": (charts.population, {"groups": st.lists(AGES, max_size=3), "counted_label": LABELS}),
    "funnel": (
        charts.funnel,
        {
            "places": st.lists(PLACES, max_size=8), "limits": st.lists(LIMITS, max_size=5), "reference": VALUES,
            "reference_label": LABELS, "size_label": LABELS, "unit": LABELS,
        },
    ),
    "gaps": (
        charts.gaps,
        {"pairs": st.lists(GAPS, max_size=4), "first_label": LABELS, "second_label": LABELS, "unit": LABELS},
    ),
    "comparison": (
        charts.comparison,
        {
            "alternatives": st.lists(COMPARED, max_size=6), "rows": st.lists(SCORED, max_size=5),
            "names": st.dictionaries(st.integers(-2, 2), LABELS), "unknown_label": LABELS, "chosen_label": LABELS,
        },
    ),
    "clock": (
        charts.clock,
        {
            "marks": st.lists(MARKS, max_size=5) | st.lists(NEAR_MARKS, max_size=30).map(lambda m: m * 8),
            "groups": st.lists(LABELS, max_size=12), "months": st.lists(LABELS, min_size=12, max_size=12),
            "lanes": st.tuples(LABELS, LABELS), "year": LABELS, "hand": VALUES, "hand_label": LABELS,
            "other_label": LABELS, "week_label": LABELS,
        },
    ),
    "choropleth": (
        charts.choropleth,
        {"outlines": st.just(OUTLINES), "readings": READINGS, "breaks": BREAKS, "diverging": FLAGS, "unit": LABELS},
    ),
    "tile_map": (
        charts.tile_map,
        {"places": CELLS, "readings": READINGS, "breaks": BREAKS, "diverging": FLAGS, "unit": LABELS},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_any_data_gives_sound_svg(name):
    chart, arguments = EVERY[name]

    @settings(max_examples=150, deadline=None)
    @given(st.fixed_dictionaries({**arguments, **COMMON}))
    def draw(options):
        svg = chart(key="k", **options)
        check_sound(svg)
        assert svg == chart(key="k", **options), "the same data draws the same"

    draw()


def one_of_each() -> dict[str, Callable[..., str]]:
    series = charts.Series("A", [charts.Point(2020, 1), charts.Point(2021, 2)])
    return {
        "line": lambda **o: charts.line(series, **o),
        "spark": lambda **o: charts.spark(series, **o),
        "caterpillar": lambda **o: charts.caterpillar([charts.Row("A", 1)], **o),
        "grouped_bars": lambda **o: charts.grouped_bars([charts.BarGroup("A", [charts.Bar("B", 1)])], **o),
        "comparison": lambda **o: charts.comparison(
            [charts.Compared("VE0")], [charts.Scored("A", [1])], names={}, **o
        ),
        "population": lambda **o: charts.population([charts.AgeGroup("A", [charts.Count(2020, 1)])], **o),
        "funnel": lambda **o: charts.funnel([charts.Place("A", 10, 1)], [], **o),
        "gaps": lambda **o: charts.gaps([charts.Pair("A", 1, 2)], first_label="a", second_label="b", **o),
        "clock": lambda **o: charts.clock(
            [charts.ClockMark(0.3, 0)], ["A"], months=["m"] * 12, lanes=("a", "b"), **o
        ),
        "choropleth": lambda **o: charts.choropleth(OUTLINES, {}, (1, 2, 3, 4), **o),
        "tile_map": lambda **o: charts.tile_map({"a": (0, 0)}, {}, (1, 2, 3, 4), **o),
    }


def test_every_exported_chart_is_under_the_property_test():
    exported = {n for n in charts.__all__ if callable(getattr(charts, n)) and n.islower()}
    helpers = {"centroids", "outlines", "quantile_breaks", "tile_places", "for_both_widths"}
    assert exported - helpers == set(EVERY) == set(one_of_each())


@pytest.mark.parametrize("name", EVERY)
def test_title_and_description_are_those_given(name):
    root = read(one_of_each()[name](key="a-1", title="Nuoret & <koulu>", description="Kuvaus"))
    title, description = root[0], root[1]
    assert (title.text, title.get("id")) == ("Nuoret & <koulu>", "a-1-t")
    assert (description.text, description.get("id")) == ("Kuvaus", "a-1-d")


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("key", ["", "1a", "a b", 'a"', "ä", "a)"])
def test_a_key_that_is_no_id_is_refused(name, key):
    with pytest.raises(ValueError, match="key"):
        one_of_each()[name](key=key, title="t", description="d")


@pytest.mark.parametrize("name", EVERY)
def test_the_width_asked_for_is_drawn_and_only_a_spark_has_a_size(name):
    root = read(one_of_each()[name](key="k", title="t", description="d", width=340))
    assert root.get("viewBox", "").split()[2] == "340"
    assert (root.get("width") is not None) == (name == "spark")


@pytest.mark.parametrize("name", EVERY)
def test_on_paper_nothing_asks_for_a_style_sheet(name):
    svg = one_of_each()[name](key="k", title="t", description="d", style=Style(palette=PAPER))
    assert "var(" not in svg
    assert "color-mix" not in svg


def withheld(value: float | None) -> dict[str, Callable[[], str]]:
    """Each chart with one shown value and one withheld, which is `value` to the last digit."""
    o = {"key": "k", "title": "t", "description": "d"}
    point = charts.Point(2021, value, value, value, suppressed=True)
    series = charts.Series("A", [charts.Point(2020, 1), point])
    bar = charts.Bar("B", value, value, value, suppressed=True)
    count = charts.Count(2021, value, value, value, suppressed=True)
    pair = charts.Pair("B", 1, value, second_suppressed=True)
    readings = {"a": charts.Reading("A", value, suppressed=True), "b": charts.Reading("B", 1)}
    return {
        "line": lambda: charts.line(series, others=[series], **o),
        "spark": lambda: charts.spark(series, **o),
        "caterpillar": lambda: charts.caterpillar(
            [charts.Row("A", 1), charts.Row("B", value, value, value, suppressed=True)], **o
        ),
        "grouped_bars": lambda: charts.grouped_bars([charts.BarGroup("A", [charts.Bar("B", 1), bar])], **o),
        "population": lambda: charts.population([charts.AgeGroup("A", [charts.Count(2020, 1), count])], **o),
        "funnel": lambda: charts.funnel(
            [charts.Place("A", 10, 1), charts.Place("B", 20, value, own=True, suppressed=True)], [], **o
        ),
        "gaps": lambda: charts.gaps([pair], first_label="a", second_label="b", **o),
        "comparison": lambda: charts.comparison(
            [charts.Compared("VE0"), charts.Compared("VE1")],
            [charts.Scored("A", [1, value], frozenset({1}))],
            names={},
            **o,
        ),
        "choropleth": lambda: charts.choropleth(OUTLINES, readings, (1, 2, 3, 4), titles=True, **o),
        "tile_map": lambda: charts.tile_map({"a": (0, 0), "b": (1, 0)}, readings, (1, 2, 3, 4), **o),
    }


# An event of the year is shown or not there: nothing of it is withheld.
@pytest.mark.parametrize("name", [n for n in EVERY if n != "clock"])
def test_nothing_in_the_drawing_depends_on_a_withheld_value(name):
    assert withheld(987.0)[name]() == withheld(None)[name]() == withheld(0.0)[name]()


@pytest.mark.parametrize("name", [n for n in EVERY if n not in {"funnel", "clock"}])
def test_withheld_is_drawn_otherwise_than_missing(name):
    assert withheld(None)[name]() != missing_instead()[name]()


def missing_instead() -> dict[str, Callable[[], str]]:
    o = {"key": "k", "title": "t", "description": "d"}
    series = charts.Series("A", [charts.Point(2020, 1), charts.Point(2021, None)])
    readings = {"a": charts.Reading("A", None), "b": charts.Reading("B", 1)}
    bars = [charts.Bar("B", 1), charts.Bar("B", None)]
    counts = [charts.Count(2020, 1), charts.Count(2021, None)]
    return {
        "line": lambda: charts.line(series, others=[series], **o),
        "spark": lambda: charts.spark(series, **o),
        "caterpillar": lambda: charts.caterpillar([charts.Row("A", 1), charts.Row("B", None)], **o),
        "grouped_bars": lambda: charts.grouped_bars([charts.BarGroup("A", bars)], **o),
        "population": lambda: charts.population([charts.AgeGroup("A", counts)], **o),
        "gaps": lambda: charts.gaps([charts.Pair("B", 1, None)], first_label="a", second_label="b", **o),
        "comparison": lambda: charts.comparison(
            [charts.Compared("VE0"), charts.Compared("VE1")],
            [charts.Scored("A", [1, None])],
            names={},
            **o,
        ),
        "choropleth": lambda: charts.choropleth(OUTLINES, readings, (1, 2, 3, 4), titles=True, **o),
        "tile_map": lambda: charts.tile_map({"a": (0, 0), "b": (1, 0)}, readings, (1, 2, 3, 4), **o),
    }
