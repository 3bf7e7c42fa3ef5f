import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.charts import PAPER, Reading, Style, quantile_breaks
from lautta.charts.classes import check_breaks, class_words
from lautta.charts.paints import MISSING, WITHHELD, Paints, class_of


def test_a_value_on_a_break_is_in_the_class_above():
    assert [class_of(v, (1, 2, 3, 4)) for v in (0.9, 1, 2, 3.5, 4, 9)] == [1, 2, 3, 4, 5, 5]


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, unique=True))
def test_quantiles_part_distinct_values_into_even_fifths(values):
    breaks = check_breaks(quantile_breaks(values))
    sizes = [sum(class_of(v, breaks) == i for v in values) for i in range(1, 6)]
    assert sum(sizes) == len(values)
    assert max(sizes) - min(sizes) <= 2


def test_no_values_have_breaks_all_the_same():
    assert quantile_breaks([None, math.nan]) == (0, 0, 0, 0)


@pytest.mark.parametrize("breaks", [(1, 2, 3), (1, 2, 3, 4, 5), (1, 3, 2, 4), (1, 2, 3, math.nan), ()])
def test_breaks_are_four_and_rising(breaks):
    with pytest.raises(ValueError, match="four"):
        check_breaks(breaks)


def test_withheld_missing_and_zero_are_painted_apart():
    paints = Paints("k", PAPER, (1, 2, 3, 4), diverging=False)
    found = [
        paints.of(r) for r in (Reading("A", 0), Reading("A", 0, suppressed=True), Reading("A", None), None)
    ]
    assert found == ["1", WITHHELD, MISSING, MISSING]
    looks = {(paints.ground(p), paints.texture(p)) for p in found}
    assert len(looks) == 3
    assert paints.ground(MISSING) == "none"


@pytest.mark.parametrize("diverging", [False, True])
def test_marks_lie_on_the_ground_and_the_shapes_are_written_once(diverging):
    paints = Paints("k", PAPER, (1, 2, 3, 4), diverging=diverging)
    layer = paints.layer("2", "<path/>")
    assert layer.count("<path/>") == 1
    assert 'fill="url(#k-2)"' in layer
    assert f'fill="{paints.ground("2")}"' in layer
    assert "pattern" not in paints.layer(MISSING, "<path/>")


def test_ranges_need_no_language():
    assert class_words((1, 2, 3, 4), Style()) == ["< 1", "1–2", "2–3", "3–4", "≥ 4"]
