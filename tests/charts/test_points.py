import math

from lautta.charts import Point, Series


def runs(points, every=1, breaks=()):
    return [[p.year for p in run] for run in Series("A", points, every).runs(breaks)]


def test_a_missing_a_suppressed_and_an_absent_year_break_the_line_and_zero_does_not():
    points = [
        Point(2010, 1), Point(2011, 0), Point(2012, None), Point(2013, 2), Point(2014, 9, suppressed=True),
        Point(2015, 3), Point(2017, 4), Point(2018, math.nan), Point(2019, 5),
    ]  # fmt: skip
    assert runs(points) == [[2010, 2011], [2013], [2015], [2017], [2019]]


def test_a_survey_every_second_year_is_one_line():
    points = [Point(2013, 1), Point(2015, 2), Point(2019, 3)]
    assert runs(points, every=2) == [[2013, 2015], [2019]]


def test_a_break_parts_the_year_before_from_the_year_itself():
    points = [Point(y, 1) for y in range(2010, 2015)]
    assert runs(points, breaks=[2012]) == [[2010, 2011], [2012, 2013, 2014]]


def test_a_suppressed_value_is_never_known():
    point = Point(2010, 3.0, 2, 4, suppressed=True)
    assert point.known is None
    assert point.interval is None


def test_an_interval_is_in_order():
    assert Point(2010, 3, 4, 2).interval == (2, 4)
    assert Point(2010, 3, None, 2).interval is None


def test_the_last_is_the_newest_known_whatever_the_order():
    assert Series("A", [Point(2012, None), Point(2011, 2), Point(2010, 1)]).last == Point(2011, 2)
