import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from lautta.charts.simplify import douglas_peucker, simplified

POINTS = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=40)


def distance(p, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0 if length == 0 else max(0, min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return math.hypot(p[0] - a[0] - share * dx, p[1] - a[1] - share * dy)


@given(POINTS, st.floats(0.1, 20))
def test_every_point_stays_within_the_tolerance_of_the_line(points, tolerance):
    kept = douglas_peucker(points, tolerance)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    for p in points:
        assert min(distance(p, a, b) for a, b in itertools.pairwise(kept)) <= tolerance * (1 + 1e-9)


def test_a_long_coast_needs_no_recursion():
    # Each tooth is higher than those before it: every cut takes off one point only.
    coast = [(float(i), float(i if i % 2 else -i)) for i in range(1500)]
    assert len(douglas_peucker(coast, 0.01)) == 1500


# Two areas that meet on a winding border, written in opposite directions and from different starts.
BORDER = [(50.0 + 3 * math.sin(i), 5.0 * i) for i in range(21)]
LEFT = [(0.0, 0.0), *BORDER, (0.0, 100.0), (0.0, 0.0)]
RIGHT = [BORDER[10], *BORDER[9::-1], (100.0, 0.0), (100.0, 100.0), *BORDER[:9:-1]]


def test_neighbours_keep_one_common_border():
    a, b = simplified([LEFT, RIGHT], 2.0)
    common = [p for p in a if p in BORDER]
    assert 2 < len(common) < 21
    assert set(common) == {p for p in b if p in BORDER}


def test_corners_where_three_meet_stay():
    top = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, -5.0), (0.0, -5.0)]
    left = [(0.0, 0.0), (5.0, 0.1), (5.0, 9.0), (0.0, 9.0)]
    right = [(5.0, 0.1), (10.0, 0.0), (10.0, 9.0), (5.0, 9.0)]
    assert all((5.0, 0.1) in ring for ring in simplified([top, left, right], 3.0))


def test_an_island_and_the_hole_around_it_are_cut_alike():
    island = [(10 + 5 * math.cos(i / 5), 10 + 5 * math.sin(i / 5)) for i in range(31)]
    hole = [*island[12:], *island[:12]][::-1]
    a, b = simplified([island, hole], 0.5)
    assert set(a) == set(b)
    assert len(a) < 31


def test_a_small_ring_stays_as_it_is():
    assert simplified([[(0, 0), (1, 0), (0, 1), (0, 0)]], 9) == [[(0, 0), (1, 0), (0, 1)]]
