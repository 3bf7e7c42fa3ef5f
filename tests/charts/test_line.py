import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.charts import PAGE, PAPER, FanPoint, Forecast, Note, Point, Series, Style, Target, line
from tests.charts.drawn import named, overlaps, paths, words

STYLE = Style(
    palette=PAPER,
    number=lambda v: f"{v:.1f}".replace(".", ","),
    suppressed="Salattu",
    missing="Tietoa ei ole",
)
ACCENT = PAPER.accent


def series(label, values, first=2010):
    return Series(label, [Point(first + i, v) for i, v in enumerate(values)])


def draw(main, **options):
    return line(main, **{"key": "k", "title": "t", "description": "d", "style": STYLE, **options})


def main_path(svg):
    (path,) = paths(svg, stroke=ACCENT, stroke_width="2.5")
    return path


def test_a_missing_year_cuts_the_line_and_a_zero_does_not():
    assert main_path(draw(series("A", [1, 0, 2, 3]))).count("M") == 1
    assert main_path(draw(series("A", [1, 2, None, 3, 4]))).count("M") == 2


def test_zero_stands_on_the_axis():
    svg = draw(series("A", [0, 4]))
    zero_line = next(p for p in paths(svg, stroke=PAPER.edge))
    level = zero_line.split(" ")[1].split("H")[0]
    assert main_path(svg).split(" ")[1] == level


def test_a_suppressed_year_has_a_hollow_tick_under_the_axis_and_a_key_and_shows_no_value():
    points = [Point(2010, 1), Point(2011, 77, 70, 80, suppressed=True), Point(2012, 2)]
    svg = draw(Series("A", points))
    ticks = [e for e in named(svg, "rect") if e.get("fill") == "none" and e.get("stroke") == ACCENT]
    assert len(ticks) == 1
    assert "Salattu" in words(svg)
    assert not any("77" in w for w in words(svg))
    assert "70" not in " ".join(words(svg)), "the withheld value does not stretch the axis either"


def test_missing_is_no_suppressed():
    svg = draw(series("A", [1, None, 2]))
    assert "Salattu" not in words(svg)
    assert not named(svg, "rect")


def test_withheld_years_of_a_comparison_have_their_own_row_in_its_colour():
    other = Series("B", [Point(2010, 1), Point(2011, None, suppressed=True)])
    svg = draw(Series("A", [Point(2010, 1), Point(2011, None, suppressed=True)]), others=[other])
    ticks = {e.get("stroke"): float(e.get("y")) for e in named(svg, "rect") if e.get("fill") == "none"}
    assert ticks[PAPER.compare[0]] > ticks[ACCENT]


def test_a_point_alone_between_gaps_is_seen():
    svg = draw(series("A", [1, None, 2, None, *range(20)]))
    assert len(named(svg, "circle")) == 3


def test_a_break_cuts_line_and_band_and_a_law_change_does_not():
    points = [Point(2010 + i, 5, 4, 6) for i in range(6)]
    whole = draw(Series("A", points), notes=[Note(2013, "Laki")])
    cut = draw(Series("A", points), notes=[Note(2013, "Luokitus", breaks=True)])
    assert main_path(whole).count("M") == 1
    assert main_path(cut).count("M") == 2
    assert len(paths(cut, fill_opacity="0.15")) == 2
    assert {"Laki"} <= set(words(whole))


def test_a_note_outside_the_years_is_left_out():
    assert "Laki" not in words(draw(series("A", [1, 2]), notes=[Note(1990, "Laki")]))


def test_series_differ_by_dash_and_mark_as_well_as_colour():
    svg = draw(series("A", [1, 2]), others=[series(n, [1, 2]) for n in "BCDE"])
    lines = [e for e in named(svg, "path") if e.get("stroke-linejoin")]
    assert len({(e.get("stroke-dasharray"), e.get("stroke-width")) for e in lines}) == 5
    assert len({e.get("stroke") for e in lines}) == 5


def test_five_comparisons_are_refused():
    with pytest.raises(ValueError, match="four"):
        draw(series("A", [1]), others=[series("B", [1])] * 5)


def test_the_ends_name_series_with_their_last_value():
    svg = draw(series("Kotka", [1, 2.25]), others=[series("Koko maa", [3, None])])
    assert {"Kotka 2,2", "Koko maa 3,0"} <= set(words(svg))


def test_a_number_is_not_broken_between_its_thousands():
    style = Style(palette=PAPER, number=lambda v: f"{v:,.0f}".replace(",", " "))
    shown = words(draw(series("Menot", [1, 296_296_272]), style=style, width=340))
    assert any("296\u00a0296\u00a0272" in w for w in shown)


def test_the_target_reaches_to_its_year():
    svg = draw(series("A", [1, 2]), target=Target(2030, 5, "Tavoite 2030"))
    (rule,) = paths(svg, stroke=PAPER.target, stroke_width="1.3")
    (diamond,) = paths(svg, stroke=PAPER.target, stroke_width="2")
    assert float(diamond[1:].split(" ")[0]) == pytest.approx(float(rule.split("H")[1]))
    assert any("Tavoite" in w for w in words(svg))


def test_the_fan_begins_at_the_last_observation_and_is_dashed():
    fan = [FanPoint(2013, 3, (2, 4), (1, 5)), FanPoint(2014, 3, (1, 5), (0, 6))]
    svg = draw(series("A", [1, 2, 3]), forecast=Forecast("Ennuste", fan))
    (dashed,) = paths(svg, stroke=ACCENT, stroke_dasharray="5 4")
    end = main_path(svg)[1:].split(" ")[-2:]
    assert dashed[1:].split(" ")[:2] == end
    assert len(paths(svg, fill_opacity="0.1")) == len(paths(svg, fill_opacity="0.16")) == 1


def test_without_any_value_it_says_so_and_has_no_numbers():
    svg = draw(series("A", [None, None], first=2020))
    assert [w for w in words(svg) if w] == ["2020", "2021", "Tietoa ei ole"]


def test_from_zero_is_a_choice():
    assert "0,0" in words(draw(series("A", [90, 95])))
    assert "0,0" not in words(draw(series("A", [90, 95]), from_zero=False))


def test_thirty_years_with_band_and_four_comparisons_are_light():
    wave = [(i * 7919 % 97) / 9.7 for i in range(34)]
    main = Series("Kotka", [Point(1996 + i, wave[i], wave[i] - 1.37, wave[i] + 1.41) for i in range(30)])
    others = [series(f"Vertailu {n}", wave[n : n + 30], first=1996) for n in range(4)]
    style = Style(palette=PAGE, suppressed="Salattu")
    svg = draw(main, others=others, style=style, unit="% ikäluokasta", band_label="95 %:n väli")
    assert len(svg.encode()) <= 6_000


LEVELS = st.lists(st.none() | st.floats(0, 30), min_size=3, max_size=8)
NAMES = st.sampled_from(["Kotka", "Kymenlaakso", "Koko maa", "8. ja 9. luokan oppilaat", "Vertailukunnat"])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(NAMES, LEVELS), min_size=1, max_size=5),
    st.lists(
        st.tuples(st.integers(2010, 2018), st.sampled_from(["Laki muuttui", "Luokitus uudistui kokonaan"])),
        max_size=3,
    ),
    st.floats(0, 30),
    st.booleans(),
    st.sampled_from([340, 640, 900]),
)
def test_no_words_lie_on_others(rows, notes, aim, with_future, width):
    main, *others = [series(name, values) for name, values in rows]
    last = main.last
    future = {
        "target": Target(2024, aim, "Tavoite 2024"),
        "forecast": Forecast(
            "Ennuste", [FanPoint(2018 + i, (last.known if last else 1)) for i in range(1, 6)]
        ),
    }
    svg = draw(
        main, others=others, notes=[Note(y, n, breaks=y % 2 == 0) for y, n in notes], width=width,
        unit="% ikäluokasta", **(future if with_future else {}),
    )  # fmt: skip
    assert overlaps(svg) == []
