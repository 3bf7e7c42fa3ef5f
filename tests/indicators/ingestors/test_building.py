"""Rows to panels: exact numbers, and what an absent row means."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.indicators.ingestors.building import panel_of_rows
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status
from tests.indicators import factories as f

cells = st.dictionaries(
    st.tuples(
        st.sampled_from(["KU286", "KU285", "KU075", "MK08", "SSS"]),
        st.integers(1990, 2030),
        st.sampled_from(["total", "male", "female"]),
    ),
    st.floats(-1e12, 1e12),
    min_size=1,
    max_size=40,
)


@given(cells)
@settings(max_examples=80, deadline=None)
def test_every_number_of_the_source_is_in_its_cell_and_nowhere_else(given_cells):
    keys = list(given_cells)
    panel = panel_of_rows(
        areas=[k[0] for k in keys],
        years=np.array([k[1] for k in keys]),
        genders=[k[2] for k in keys],
        values=np.array(list(given_cells.values())),
    )
    for (area, year, gender), value in given_cells.items():
        assert panel.cell(area, year, gender).value == value
    assert panel.observed.sum() == len(given_cells)
    assert np.isnan(panel.values[~panel.observed]).all()
    assert (panel.status[panel.values == 0] == Status.ZERO).all()


def test_an_absent_row_is_hidden_where_the_year_was_published_and_missing_where_it_was_not():
    cells = {(f"KU{n:03d}", 2020): 1.0 for n in range(1, 10)}
    panel = f.panel({**cells, ("KU099", 2019): 3.0, ("MK08", 2019): 1.0, ("MK09", 2019): 1.0})
    assert panel.cell("KU099", 2020).status == Status.SUPPRESSED
    assert panel.cell("KU001", 2019).status == Status.MISSING, "one of ten does not make a published year"
    assert panel.cell("MK08", 2020).status == Status.MISSING, (
        "the year was published for municipalities alone"
    )


def test_a_row_with_only_a_count_has_no_value_and_keeps_its_count():
    panel = f.panel({("KU001", 2020): 2.0, ("KU002", 2020): None}, numerators=[7, 12])
    cell = panel.cell("KU002", 2020)
    assert (cell.value, cell.status, cell.numerator) == (None, Status.MISSING, 12)


def test_a_municipality_that_has_merged_is_missing_not_hidden():
    cells = {(f"KU{n:03d}", y): 1.0 for n in range(1, 6) for y in (2014, 2015)}
    panel = f.panel({**cells, ("KU413", 2014): 2.0}, last_years={"KU413": 2014})
    assert panel.cell("KU413", 2015).status == Status.MISSING


def test_zero_is_zero_only_when_the_source_says_so():
    panel = f.panel({("KU001", 2020): 0.0, ("KU002", 2020): 1.0, ("KU003", 2019): 1.0, ("KU001", 2019): 1.0})
    assert panel.cell("KU001", 2020).status == Status.ZERO
    assert panel.cell("KU003", 2020).status == Status.SUPPRESSED
    assert panel.cell("KU003", 2020).value is None


def one(value=1.0, year=2020, **more):
    return panel_of_rows(
        areas=["KU001"], years=np.array([year]), genders=["total"], values=np.array([value]), **more
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: one(np.inf), "not_finite"),
        (lambda: one(2.0**60), "too_large_number"),
        (lambda: one(year=1066), "year_out_of_range"),
        (lambda: one(year=20230), "year_out_of_range"),
        (lambda: one(numerators=np.array([-np.inf])), "not_finite"),
    ],
)
def test_numbers_that_cannot_be_are_refused(made, code):
    with pytest.raises(SourceProblem) as problem:
        made()
    assert problem.value.code == code


def two(first, second, counts=None):
    return panel_of_rows(
        areas=["KU001", "KU001"],
        years=np.array([2020, 2020]),
        genders=["total", "total"],
        values=np.array([first, second]),
        numerators=counts,
    )


def test_a_row_given_twice_alike_is_one_row():
    assert two(1.5, 1.5).cell("KU001", 2020).value == 1.5


@pytest.mark.parametrize(
    "make", [lambda: two(1.5, 1.6), lambda: two(1.5, np.nan), lambda: two(1.5, 1.5, np.array([3.0, 4.0]))]
)
def test_rows_that_contradict_each_other_are_refused(make):
    with pytest.raises(SourceProblem) as problem:
        make()
    assert problem.value.code == "contradicting_rows"
    assert problem.value.parameters == {"area": "KU001", "year": 2020}


def test_no_rows_at_all_are_refused():
    with pytest.raises(SourceProblem) as problem:
        panel_of_rows(areas=[], years=np.array([], dtype=int), genders=[], values=np.array([]))
    assert problem.value.code == "no_rows"
