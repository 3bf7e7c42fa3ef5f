"""Forecasts that are stored: intervals in order, chances that follow them, and none where a series is too short."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.indicators.forecasts import SHARES, AreaForecast, forecasts, grid
from lautta.indicators.models import Indicator
from lautta.indicators.panels import IndicatorPanel
from lautta.statistics.panel import Status

AREAS = ("SSS", *(f"KU{n:03d}" for n in range(1, 61)))


def indicator() -> Indicator:
    return Indicator(kind=Indicator.Kind.PERCENTAGE, decimals=1)


def panel(
    years: tuple[int, ...], slope: float = 0.0, level: float = 20.0, noise: float = 0.5
) -> IndicatorPanel:
    rng = np.random.default_rng(3)
    walk = np.cumsum(rng.normal(slope, noise, (len(AREAS), len(years))), axis=1)
    values = np.clip(level + walk, 0.1, 99)[..., None]
    status = np.full(values.shape, Status.VALUE, np.uint8)
    size = np.full(values.shape, 1000.0)
    return IndicatorPanel(AREAS, years, ("total",), values, status, values * 10, size)


@pytest.fixture(scope="module")
def made() -> list[AreaForecast]:
    found = panel(tuple(range(2006, 2024)))
    return forecasts(found, indicator(), len(found.years) - 1, AREAS)


def test_every_area_has_six_years_with_the_inner_interval_inside_the_outer(made):
    assert [f.area for f in made] == list(AREAS)
    for found in made:
        assert list(found.years) == list(range(2024, 2030))
        for point, inner, outer in zip(found.point, found.inner, found.outer, strict=True):
            assert 0 <= outer[0] <= inner[0] <= point <= inner[1] <= outer[1] <= 100


def test_the_interval_does_not_narrow_with_the_years(made):
    width = np.array([[high - low for low, high in f.outer] for f in made]).mean(axis=0)
    assert width[-1] > width[0]


def test_the_chance_follows_the_target(made):
    found = made[0]
    middle = found.point[0]
    chances = [found.chance(middle + d, 2024, True) for d in (-5, -1, 0, 1, 5)]
    assert chances == sorted(chances)
    assert found.chance(middle, 2024, True) == pytest.approx(0.5, abs=0.06)
    assert found.chance(middle, 2024, True) + found.chance(middle, 2024, False) == pytest.approx(1)
    assert found.chance(middle, 2050, True) is None


@given(st.lists(st.floats(0, 100), min_size=39, max_size=39), st.floats(-50, 150), st.floats(-50, 150))
def test_a_chance_is_never_certain_and_never_falls_with_an_easier_target(quantiles, one, other):
    found = AreaForecast("KU001", [2025], [50.0], [(40, 60)], [(30, 70)], [sorted(quantiles)])
    assert len(SHARES) == 39
    chances = [found.chance(t, 2025, True) for t in sorted((one, other))]
    assert 0 < chances[0] <= chances[1] < 1


def test_a_short_series_is_not_forecast():
    found = panel(tuple(range(2017, 2024)))
    assert forecasts(found, indicator(), len(found.years) - 1, AREAS) == []


def test_a_survey_of_every_second_year_stays_on_its_own_grid():
    found = panel(tuple(range(1999, 2024, 2)))
    made = forecasts(found, indicator(), len(found.years) - 1, ["KU001"])
    assert [list(f.years) for f in made] == [[2025, 2027, 2029]]


def test_a_break_parts_the_past_from_what_is_forecast():
    found = panel(tuple(range(2006, 2024)))
    assert len(grid(found, [2015], len(found.years) - 1)) == 9
    assert forecasts(found, indicator(), len(found.years) - 1, AREAS, breaks=[2019]) == []


def test_an_area_without_its_newest_number_is_not_forecast():
    found = panel(tuple(range(2006, 2024)))
    status, values = found.status.copy(), found.values.copy()
    status[5, -1], values[5, -1] = Status.SUPPRESSED, np.nan
    hidden = IndicatorPanel(
        AREAS, found.years, ("total",), values, status, found.numerators, found.denominators
    )
    assert AREAS[5] not in {f.area for f in forecasts(hidden, indicator(), len(found.years) - 1, AREAS)}
