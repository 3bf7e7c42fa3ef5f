"""Panels in memory: bytes and back, looking up, quantiles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lautta.indicators.panels import QUANTILES, IndicatorPanel, as_bytes, from_bytes, quantiles_of
from lautta.statistics.panel import Panel, Status
from tests.indicators import factories as f

numbers = st.one_of(st.just(np.nan), st.floats(-1e9, 1e9))


def made(values: np.ndarray) -> IndicatorPanel:
    areas, years = values.shape[:2]
    return IndicatorPanel(
        areas=tuple(f"KU{n:03d}" for n in range(areas)),
        years=tuple(range(2000, 2000 + years)),
        genders=("total",),
        values=values,
        status=np.where(np.isnan(values), 3, 0).astype(np.uint8),
    )


@given(arrays(np.float64, (4, 3, 1), elements=numbers))
@settings(max_examples=60, deadline=None)
def test_bytes_and_back_are_the_same_numbers(values):
    assert np.array_equal(from_bytes(as_bytes(values), values.shape), values, equal_nan=True)


@given(arrays(np.float64, st.tuples(st.integers(0, 9), st.just(3), st.just(1)), elements=numbers))
@settings(max_examples=80, deadline=None)
def test_quantiles_are_those_of_numpy(values):
    found = quantiles_of(made(values))
    for year in range(3):
        column = values[:, year, 0][~np.isnan(values[:, year, 0])]
        if len(column) < 5:
            assert np.isnan(found[year, 0]).all()
        else:
            assert found[year, 0] == pytest.approx(np.quantile(column, QUANTILES), rel=1e-12, abs=1e-6)


def test_quantiles_are_of_municipalities_alone():
    values = {(f"KU{n:03d}", 2020): float(n) for n in range(11)}
    with_country = f.panel({**values, ("SSS", 2020): 9e9})
    assert quantiles_of(with_country)[0, 0, 2] == 5


def test_an_array_that_does_not_fit_is_refused():
    good = f.grid()
    with pytest.raises(ValueError, match="does not fit"):
        IndicatorPanel(good.areas[:-1], good.years, good.genders, good.values, good.status)


def test_the_digest_is_of_content_alone():
    first, again = f.grid(), f.grid()
    assert first.sha256() == again.sha256()
    other = f.grid(start=1.0000001)
    assert first.sha256() != other.sha256()
    counted = IndicatorPanel(
        first.areas, first.years, first.genders, first.values, first.status, first.values
    )
    assert counted.sha256() != first.sha256()


def test_series_and_latest():
    panel = f.panel({("KU286", 2018): 4.0, ("KU286", 2019): 0.0, ("KU075", 2020): 1.0, ("KU075", 2018): 2.0})
    series = panel.series("KU286")
    assert series.years == (2018, 2019, 2020)
    assert series.latest().year == 2019
    assert series.latest().value == 0.0
    assert series.latest().status == Status.ZERO
    assert panel.latest("KU999") is None
    assert panel.series("KU286", "female") is None
    assert panel.cell("KU286", 2020).value is None


def test_only_keeps_the_order_asked_and_leaves_out_what_is_not_there():
    panel = f.grid(3)
    part = panel.only(["KU003", "KU999", "KU001"])
    assert part.areas == ("KU003", "KU001")
    assert np.array_equal(part.values[1], panel.values[0])


def test_every_second_year_is_found():
    panel = f.panel({(code, year): 1.0 for code in ("KU001", "KU002") for year in range(2011, 2024, 2)})
    assert panel.years_between() == 2
    assert f.grid().years_between() == 1


def test_the_statistics_room_gets_its_own_panel():
    found = f.grid(4).statistics()
    assert isinstance(found, Panel)
    assert found.shape == (5, 10)
