from lautta.charts import PAPER, Point, Series, Style, spark
from tests.charts.drawn import named, paths, read, words

STYLE = Style(palette=PAPER)


def draw(points, **options):
    return spark(Series("A", points), key="k", title="t", description="d", style=STYLE, **options)


def test_it_is_small_and_has_no_words():
    svg = draw([Point(2020 + i, i) for i in range(10)])
    assert read(svg).get("viewBox") == "0 0 120 32"
    assert words(svg) == []
    assert len(svg) < 700


def test_gaps_are_gaps_and_the_last_point_is_marked():
    svg = draw([Point(2020, 1), Point(2021, 2), Point(2022, None), Point(2023, 3), Point(2024, 2)])
    (path,) = paths(svg, stroke=PAPER.accent)
    assert path.count("M") == 2
    (dot,) = named(svg, "circle")
    assert path.endswith(f"{dot.get('cx')} {dot.get('cy')}")


def test_withheld_years_are_hollow_dots():
    svg = draw([Point(2020, 1), Point(2021, 5, suppressed=True), Point(2022, 2)])
    assert [e.get("fill") for e in named(svg, "circle")].count("none") == 1


def test_a_target_is_a_dashed_line():
    assert paths(draw([Point(2020, 1)], target=2), stroke=PAPER.target)


def test_nothing_known_is_a_dotted_line_and_no_dot():
    svg = draw([Point(2020, None)])
    assert paths(svg, stroke=PAPER.edge)
    assert named(svg, "circle") == []
