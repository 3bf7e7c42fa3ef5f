"""Reading panels back: one query, only what is asked for."""

import numpy as np
import pytest

from lautta.indicators.models import Indicator, Vintage
from lautta.indicators.reading import current_panel, latest, panel_of_vintage, panels_of, series
from tests.indicators import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    for number in range(6):
        f.taken_in(f.grid(8, start=float(number)), f.metadata(str(5000 + number), f"Mittari {number}"))
    return list(Indicator.objects.in_name_order())


def test_what_is_read_is_what_was_taken_in():
    counted = f.panel({("KU001", 2020): 1.5, ("SSS", 2020): 2.5}, numerators=[3, np.nan])
    f.taken_in(counted)
    found = current_panel(Indicator.objects.get())
    assert found.sha256() == counted.sha256()
    assert not found.values.flags.writeable
    assert found.denominators is None


def test_sixty_panels_are_one_query(many, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = panels_of(many, areas=["SSS", "KU003", "KU999"])
    assert set(found) == {i.pk for i in many}
    for number, indicator in enumerate(many):
        assert found[indicator.pk].areas == ("SSS", "KU003")
        assert found[indicator.pk].cell("KU003", 2010).value == pytest.approx(number + 2.1)


def test_counts_may_be_left_unread():
    f.taken_in(f.panel({("KU001", 2020): 1.5}, numerators=[3]))
    indicator = Indicator.objects.get()
    assert panels_of([indicator], counts=False)[indicator.pk].numerators is None
    assert panels_of([indicator])[indicator.pk].numerators is not None


def test_one_query_for_the_newest_number_and_for_a_series(many, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert latest(many[0], "SSS").year == 2019
        assert len(series(many[0], "SSS").years) == 10
    assert latest(many[0], "KU999") is None
    assert series(f.IndicatorFactory(), "SSS") is None
    assert current_panel(f.IndicatorFactory()) is None


def test_a_past_vintage_can_still_be_read():
    f.taken_in(f.grid())
    f.taken_in(f.grid(start=5.0))
    past = Vintage.objects.get(state="past")
    assert panel_of_vintage(past).cell("KU001", 2010).value == pytest.approx(1.1)


def test_a_list_of_vintages_leaves_the_panels_in_the_database(many, django_assert_num_queries):
    with django_assert_num_queries(1):
        listed = list(Vintage.objects.current())
        assert {v.area_count for v in listed} == {9}
    assert {"values", "numerators", "status", "quantiles"} <= listed[0].get_deferred_fields()
