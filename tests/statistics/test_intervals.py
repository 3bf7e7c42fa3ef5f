import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lautta.statistics.intervals import Family, limits, rate_interval, tails

B, P = Family.BINOMIAL, Family.POISSON


@pytest.mark.parametrize(
    ("count", "size", "low", "high"),
    # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 5.
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_clopper_pearson_as_published(count, size, low, high):
    found = rate_interval(count, size, family=B)
    np.testing.assert_allclose(found, (low, high), atol=5e-5)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.02532, 5.572), (10, 4.795, 18.39)]
)  # Garwood (1936)
def test_garwood_as_published(count, low, high):
    np.testing.assert_allclose(rate_interval(count, 1.0, family=P), (low, high), rtol=3e-4, atol=1e-9)


def test_all_of_them_and_nothing_known():
    low, high = rate_interval([20, 3, np.nan], [20, 0, 5], family=B)
    assert high[0] == 1
    assert low[0] > 0.8
    assert np.isnan(low[1:]).all()
    assert np.isnan(high[1:]).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.floats(0.001, 0.999), st.data())
def test_tails_are_the_exact_sums(size, rate, data):
    count = data.draw(st.integers(0, size))
    lower, upper = tails(count, size, rate, family=B)
    assert lower == pytest.approx(stats.binom.cdf(count, size, rate), abs=1e-10)
    assert upper == pytest.approx(stats.binom.sf(count - 1, size, rate), abs=1e-10)
    lower, upper = tails(count, size, rate, family=P)
    assert lower == pytest.approx(stats.poisson.cdf(count, size * rate), abs=1e-10)
    assert upper == pytest.approx(stats.poisson.sf(count - 1, size * rate), abs=1e-10)


@pytest.mark.parametrize("family", [B, P])
def test_chance_falls_outside_the_limits_as_seldom_as_promised(family):
    size, rate = np.array([30.0, 300, 3000, 30000])[:, None], 0.04
    low, high = limits(rate, size, family=family, level=0.95)
    counts = np.arange(0, 2000)
    mass = (
        stats.binom.pmf(counts, size, rate) if family is B else stats.poisson.pmf(counts, size * rate)
    )  # exact: no simulation
    outside = (mass * ((counts / size < low - 1e-9) | (counts / size > high + 1e-9))).sum(axis=1)
    assert (outside <= 0.05 + 1e-9).all()
    assert outside[-1] > 0.045


def test_limits_of_many_people_are_the_normal_ones():
    low, high = limits(0.2, 1e7, family=B, level=0.998)
    half = 3.0902 * np.sqrt(0.2 * 0.8 / 1e7)
    np.testing.assert_allclose((low, high), (0.2 - half, 0.2 + half), atol=half / 100)


def test_dispersion_counts_as_fewer_people():
    np.testing.assert_allclose(
        limits(0.1, 4000, family=B, dispersion=4), limits(0.1, 1000, family=B), rtol=1e-9
    )
    np.testing.assert_allclose(
        rate_interval(40, 400, family=P, dispersion=2), rate_interval(20, 200, family=P), rtol=1e-9
    )
