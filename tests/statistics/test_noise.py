import numpy as np
import pytest

from lautta.statistics.intervals import Family
from lautta.statistics.noise import noise_of_counts, noise_of_values

YEARS = np.arange(2000, 2024.0)
SIZE = np.exp(np.random.default_rng(1).uniform(np.log(300), np.log(60_000), (300, 1))) * np.ones(24)
SIZE = SIZE.round()


def test_pure_chance_is_one():
    x = np.random.default_rng(2).binomial(SIZE.astype(int), 0.08).astype(float)
    found = noise_of_counts(x, SIZE, YEARS)
    assert found.factor.mean() == pytest.approx(1.0, abs=0.05)
    assert (found.factor >= 1).all()
    assert (found.for_slope >= 1).all()
    assert found.freedom.min() > 100


@pytest.mark.parametrize("family", list(Family))
def test_shared_swings_are_found_by_size(family):
    rng = np.random.default_rng(3)
    rho = 0.001
    if family is Family.BINOMIAL:
        p = rng.beta(0.08 * (1 / rho - 1), 0.92 * (1 / rho - 1), SIZE.shape)
        x, expected = rng.binomial(SIZE.astype(int), p).astype(float), 1 + (SIZE[:, -1] - 1) * rho
    else:
        x = rng.poisson(SIZE * 0.08 * rng.gamma(200, 1 / 200, SIZE.shape)).astype(float)
        expected = 1 + SIZE[:, -1] * 0.08 / 200
    found = noise_of_counts(x, SIZE, YEARS, family=family)
    np.testing.assert_allclose(np.median(found.factor / expected), 1, atol=0.08)
    assert found.factor[SIZE[:, 0] > 30_000].mean() == pytest.approx(
        expected[SIZE[:, 0] > 30_000].mean(), rel=0.15
    )


def test_an_area_of_its_own_noise_keeps_some_of_it():
    rng = np.random.default_rng(4)
    x = rng.binomial(SIZE.astype(int), 0.08).astype(float)
    wild = rng.random(300) < 0.2
    x[wild] = (x[wild] * rng.lognormal(0, 0.25, (wild.sum(), 24))).round()
    found = noise_of_counts(x, SIZE, YEARS)
    large = SIZE[:, 0] > 5_000
    assert found.factor[wild & large].mean() > 3 * found.factor[~wild & large].mean()
    assert found.freedom.max() < 60


def test_a_stock_that_lingers_is_as_uncertain_as_chance_and_not_less():
    rng = np.random.default_rng(5)
    mean = SIZE * 0.02
    x = np.zeros_like(mean)
    x[:, 0] = rng.poisson(mean[:, 0])
    for t in range(1, 24):
        x[:, t] = rng.binomial(x[:, t - 1].astype(int), 0.8) + rng.poisson(0.2 * mean[:, t])
    found = noise_of_counts(x, SIZE, YEARS, family=Family.POISSON)
    assert found.base < 0.6
    assert max(found.correlation) > 0.6
    level = x[:, -6:].sum(axis=1) / SIZE[:, -6:].sum(axis=1)
    t = np.arange(6) - 2.5
    slopes = (x[:, -6:] / SIZE[:, -6:] * t).sum(axis=1) / 17.5
    z = slopes / np.sqrt(found.for_slope * level / SIZE[:, -1] / 17.5)
    assert z.std() == pytest.approx(1, abs=0.12)


def test_correlated_swings_cost_the_slope():
    rng = np.random.default_rng(8)
    swing = np.zeros(SIZE.shape)
    swing[:, 0] = rng.normal(size=300)
    for t in range(1, 24):
        swing[:, t] = 0.5 * swing[:, t - 1] + np.sqrt(0.75) * rng.normal(size=300)
    x = rng.binomial(SIZE.astype(int), 0.08 + 0.01 * swing).astype(float)
    found = noise_of_counts(x, SIZE, YEARS)
    large = SIZE[:, 0] > 20_000
    assert found.correlation[1] == pytest.approx(0.5, abs=0.12)
    assert np.median((found.for_slope / found.factor)[large]) == pytest.approx(2.3, abs=0.5)


def test_values_are_learnt_by_size_and_follow_the_unit():
    rng = np.random.default_rng(6)
    n = SIZE[:, 0]
    true = 0.04 + 900 / n
    y = 12 + rng.normal(size=SIZE.shape) * np.sqrt(true)[:, None] + np.linspace(0, 2, 24)
    found = noise_of_values(y, YEARS, denominators=n)
    np.testing.assert_allclose(np.median(found.factor / true), 1, atol=0.08)
    again = noise_of_values(1000 + 10 * y, YEARS, denominators=n)
    np.testing.assert_allclose(again.factor, 100 * found.factor, rtol=1e-6)
    turned = rng.permutation(300)
    np.testing.assert_allclose(
        noise_of_values(y[turned], YEARS, denominators=n[turned]).factor, found.factor[turned], rtol=1e-8
    )


def test_rounding_is_the_least_noise_and_one_area_stands_on_its_own_years():
    flat = noise_of_values(np.full((30, 12), 3.1), np.arange(12.0), step=0.1)
    np.testing.assert_allclose(flat.factor, 0.01 / 12)
    y = np.random.default_rng(7).normal(size=(1, 6))
    alone = noise_of_values(y, np.arange(6.0))
    slope, start = np.polyfit(np.arange(6.0), y[0], 1)
    assert alone.factor[0] == pytest.approx(((y[0] - start - slope * np.arange(6.0)) ** 2).sum() / 4)
    assert alone.freedom[0] == 4


def test_nothing_known_says_nothing():
    assert np.isnan(noise_of_values(np.full((4, 8), np.nan), np.arange(8.0)).factor).all()
    assert np.isnan(
        noise_of_counts(np.full((4, 8), np.nan), np.full((4, 8), 9.0), np.arange(8.0)).factor
    ).all()
    assert np.isnan(noise_of_values(np.ones((4, 2)), np.arange(2.0)).factor).all()
