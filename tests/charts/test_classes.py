import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.charts import Reading, Style, quantile_breaks
from lautta.charts.classes import check_breaks, class_of, class_words, fill_of


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
    paints = {
        fill_of(Reading("A", 0), (1, 2, 3, 4), "k"),
        fill_of(Reading("A", 0, suppressed=True), (1, 2, 3, 4), "k"),
        fill_of(Reading("A", None), (1, 2, 3, 4), "k"),
    }
    assert paints == {"url(#k-1)", "url(#k-h)", "none"}
    assert fill_of(None, (1, 2, 3, 4), "k") == "none"


def test_ranges_need_no_language():
    assert class_words((1, 2, 3, 4), Style()) == ["< 1", "1–2", "2–3", "3–4", "≥ 4"]
