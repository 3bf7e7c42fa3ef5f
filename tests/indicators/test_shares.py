"""Shares made of counts, and groups that the source does not publish."""

import numpy as np
import pytest

from lautta.indicators.models import Indicator
from lautta.indicators.shares import group_series, members_of, with_denominators
from lautta.statistics.panel import Status
from tests.indicators import factories as f

YEARS = (2019, 2020)


@pytest.mark.django_db
def test_a_share_is_made_of_a_count_and_the_named_population(django_assert_num_queries):
    children = {("KU286", y): None for y in YEARS} | {("KU285", y): None for y in YEARS}
    f.taken_in(f.panel(children, numerators=[1000, 2000, 500, 0]), f.metadata("1065", "0 - 17-vuotiaat, %"))
    placed = {("KU286", 2019): None, ("KU286", 2020): 1.5, ("KU285", 2019): None, ("KU285", 2020): None}
    f.taken_in(f.panel(placed, numerators=[20, 30, 10, 5]), f.metadata("191", "Sijoitetut, %"))
    indicator = Indicator.objects.get(source_id="191")
    with django_assert_num_queries(3):
        found = with_denominators([indicator])[indicator.pk]
    made, given, empty = (found.panel.cell(*at) for at in (("KU286", 2019), ("KU286", 2020), ("KU285", 2020)))
    assert (made.value, made.denominator, made.status) == (2.0, 1000, Status.VALUE)
    assert (given.value, given.denominator) == (1.5, 2000), "the source's own value stays"
    assert empty.value is None, "nobody to divide by"
    assert found.derived.sum() == 2


@pytest.mark.django_db
def test_without_a_named_population_value_and_count_tell_it():
    f.taken_in(f.panel({("KU286", 2020): 4.0, ("KU285", 2020): 0.0}, numerators=[50, 0]))
    indicator = Indicator.objects.get()
    found = with_denominators([indicator], areas=["KU286", "KU285"])[indicator.pk]
    assert found.panel.cell("KU286", 2020).denominator == 1250
    assert found.panel.cell("KU285", 2020).denominator is None
    assert not found.derived.any()


def members(**columns):
    cells = {("KU286", 2019): 2.0, ("KU286", 2020): 2.0, ("KU285", 2019): 4.0, ("KU285", 2020): None}
    return f.panel(cells, **columns)


def test_a_group_is_the_sum_of_its_members_where_all_have_their_counts():
    panel = members(numerators=[20, 20, 20, np.nan], denominators=[1000, 1000, 500, 500])
    series = group_series(panel, "MK08", ["KU286", "KU285"], multiplier=100)
    assert series.values[0] == pytest.approx(100 * 40 / 1500)
    assert np.isnan(series.values[1])
    assert series.status[1] == Status.MISSING


def test_a_published_group_is_used_as_it_is():
    panel = f.panel({("KU286", 2020): 2.0, ("MK08", 2020): 3.3})
    assert group_series(panel, "MK08", ["KU286"], multiplier=100).latest().value == 3.3


def test_rates_are_never_averaged():
    assert group_series(members(), "MK08", ["KU286", "KU285"], multiplier=100) is None
    assert group_series(f.grid(2), "MK08", ["KU001", "KU999"], multiplier=None, is_count=True) is None


def test_counts_are_summed():
    series = group_series(f.grid(2), "MK08", ["KU001", "KU002"], multiplier=None, is_count=True)
    assert series.values == pytest.approx(f.grid(2).series("KU001").values + f.grid(2).series("KU002").values)


def test_members_are_municipalities_under_the_group():
    parents = {"KU286": ["MK08", "SSS"], "SK082": ["MK08"], "KU049": ["MK01"]}
    assert members_of(parents, "MK08") == ["KU286"]
