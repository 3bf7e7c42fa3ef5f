import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.charts.scale import LIMIT, Scale, axis, extent, finite, spread, ticks, year_ticks

FINITE = st.floats(-1e100, 1e100)


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_what_is_no_observation_is_none(value):
    assert finite(value) is None


def test_zero_is_a_value_and_the_huge_is_held():
    assert finite(0) == 0.0
    assert finite(10**400) == LIMIT
    assert finite(-(10**400)) == -LIMIT


@given(st.lists(FINITE, max_size=5), st.booleans())
def test_an_extent_holds_its_values_and_is_never_a_point(values, from_zero):
    low, high = extent(values, from_zero=from_zero)
    assert low < high
    assert all(low <= v <= high for v in values)
    assert not from_zero or low <= 0 <= high


@given(FINITE, FINITE, st.integers(1, 8))
def test_ticks_hold_the_range_and_are_few(a, b, most):
    low, high = extent([a, b], from_zero=False)
    marks = ticks(low, high, most)
    span = high - low
    assert marks == sorted(set(marks))
    assert marks[0] <= low + span * 1e-6
    assert marks[-1] >= high - span * 1e-6
    assert 2 <= len(marks) <= most + 3


def test_ticks_are_round():
    assert ticks(0, 23, 5) == [0, 5, 10, 15, 20, 25]
    assert ticks(0.12, 0.31, 5) == [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]


def test_values_above_zero_need_no_tick_below_it():
    assert axis([3, 4, 90], str, from_zero=False)[0][0] == 0


def test_labels_never_repeat_when_the_number_is_rounded():
    labels = [label for _, label in axis([0, 1.4], lambda v: f"{v:.0f}", from_zero=True)]
    assert len(labels) == len(set(labels))


def test_years_are_named_all_when_they_fit_else_round_ones():
    assert year_ticks([2021, 2020, 2020], 5) == [2020, 2021]
    assert year_ticks(range(1996, 2026), 4) == [2000, 2010, 2020]
    assert year_ticks([], 5) == []


def test_years_in_two_clusters_are_not_named_all():
    assert year_ticks([2010, 2011, 2012, *range(2018, 2025)], 10) == [
        2010,
        2012,
        2014,
        2016,
        2018,
        2020,
        2022,
        2024,
    ]


def test_of_a_survey_every_second_year_only_its_years_are_named():
    years = range(2013, 2026, 2)
    assert year_ticks(years, 4) == [2013, 2017, 2021, 2025]
    assert year_ticks(years, 3) == [2013, 2019, 2025]


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=40), st.integers(1, 12))
def test_year_ticks_stay_inside_and_few(years, most):
    marks = year_ticks(years, most)
    assert 1 <= len(marks) <= most
    assert min(years) <= marks[0]
    assert marks[-1] <= max(years)


@given(FINITE, FINITE, FINITE)
def test_a_scale_gives_finite_places(low, high, value):
    assert math.isfinite(Scale(low, high, 0, 640)(value))


BOXES = st.lists(st.tuples(st.floats(0, 300), st.floats(5, 60)), max_size=8)


@given(BOXES)
def test_spread_boxes_do_not_overlap_and_keep_their_order(boxes):
    centres, heights = [c for c, _ in boxes], [h for _, h in boxes]
    places = spread(centres, heights, 0, 300)
    order = sorted(range(len(boxes)), key=lambda i: (centres[i], i))
    for a, b in itertools.pairwise(order):
        assert places[b] - places[a] >= (heights[a] + heights[b]) / 2 - 1e-6
    if sum(heights) <= 300:
        assert all(
            p - h / 2 >= -1e-6 and p + h / 2 <= 300 + 1e-6 for p, h in zip(places, heights, strict=True)
        )


@given(BOXES)
def test_nothing_moves_that_need_not(boxes):
    centres = [60.0 * i + 30 for i in range(5)]
    assert spread(centres, [20] * 5, 0, 300) == pytest.approx(centres)


def test_two_on_one_spot_part_evenly():
    assert spread([100, 100], [20, 20], 0, 300) == [90, 110]
