import numpy as np
import pytest
from scipy import optimize, special

from lautta.statistics.intervals import Family
from lautta.statistics.shrinkage import shrink

B, P = Family.BINOMIAL, Family.POISSON
SIZES = np.exp(np.random.default_rng(1).uniform(np.log(60), np.log(40_000), 300)).astype(int)


def drawn(seed: int, rate: float = 0.1, rho: float = 0.01) -> np.ndarray:
    rng = np.random.default_rng(seed)
    strength = 1 / rho - 1
    return rng.binomial(SIZES, rng.beta(rate * strength, (1 - rate) * strength, SIZES.size)).astype(float)


def slow_maximum_likelihood(x, n):
    """Beta-binomial by its likelihood: an independent road to mean and ρ."""

    def minus_log(theta):
        mean, rho = special.expit(theta)
        a, b = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
        return -(special.betaln(x + a, n - x + b) - special.betaln(a, b)).sum()

    found = optimize.minimize(minus_log, special.logit([x.sum() / n.sum(), 0.02]), method="Nelder-Mead")
    return special.expit(found.x)


def test_agrees_with_maximum_likelihood():
    x = drawn(2)
    mean, rho = slow_maximum_likelihood(x, SIZES)
    found = shrink(x, SIZES)
    assert found.spread[0] == pytest.approx(rho, rel=0.15)
    assert found.centre[0] == pytest.approx(mean, rel=0.01)


def test_equal_sizes_have_a_closed_form():
    """With n alike, the weighted squares give s² = pq/n (1 + (n-1)ρ) at once."""
    x, n = np.array([4.0, 9, 14, 6, 22, 11]), 80.0
    p = x / n
    m = p.mean()
    rho = (p.var(ddof=1) * n / (m * (1 - m)) - 1) / (n - 1)
    found = shrink(x, np.full(6, n))
    assert found.spread[0] == pytest.approx(rho, rel=1e-9)
    strength = 1 / rho - 1
    np.testing.assert_allclose(found.rate, (x + strength * m) / (n + strength), rtol=1e-9)
    alpha = (p.var(ddof=1) * n / m - 1) / (n * m)
    np.testing.assert_allclose(
        shrink(x, np.full(6, n), family=P).rate, (x + 1 / alpha) / (n + 1 / (alpha * m)), rtol=1e-9
    )


def test_it_lessens_the_error_most_where_people_are_few():
    rng = np.random.default_rng(3)
    truth = rng.beta(9.9, 89.1, SIZES.size)
    x = rng.binomial(SIZES, truth)
    few = np.argsort(SIZES) < 100
    own, drawn_in = (x / SIZES - truth) ** 2, (shrink(x, SIZES).rate - truth) ** 2
    assert drawn_in[few].mean() < 0.75 * own[few].mean()
    assert drawn_in[~few].mean() < 1.02 * own[~few].mean()


def test_credible_interval_covers():
    rng = np.random.default_rng(4)
    hits = []
    for _ in range(20):
        truth = rng.beta(9.9, 89.1, SIZES.size)
        found = shrink(rng.binomial(SIZES, truth), SIZES)
        hits.append((found.low <= truth) & (truth <= found.high))
    assert 0.935 < np.mean(hits) < 0.965


def test_pure_chance_leaves_no_spread_and_all_take_the_mean():
    found = shrink([10.0, 10, 10, 10], [100.0, 100, 100, 100])
    assert found.spread[0] == 0
    np.testing.assert_allclose(found.rate, 0.1)
    assert (found.weight == 0).all()


def test_order_of_areas_and_other_indicators_change_nothing():
    x = np.column_stack([drawn(5), drawn(6, rate=0.3)])
    group = np.arange(300) % 7
    found = shrink(x, SIZES, group=group)
    turned = np.random.default_rng(0).permutation(300)
    again = shrink(x[turned], SIZES[turned], group=group[turned])
    np.testing.assert_allclose(again.rate, found.rate[turned], rtol=1e-10)
    np.testing.assert_allclose(shrink(x[:, 1], SIZES, group=group).rate, found.rate[:, 1], rtol=1e-10)


@pytest.mark.parametrize("family", [B, P])
def test_unknown_cells_get_no_estimate_and_lend_none(family):
    x = drawn(7)
    holes = x.copy()
    holes[[0, 5]] = np.nan
    found = shrink(holes, SIZES, family=family)
    assert np.isnan(found.rate[[0, 5]]).all()
    assert np.isnan(found.low[[0, 5]]).all()
    rest = np.setdiff1d(np.arange(300), [0, 5])
    np.testing.assert_allclose(found.rate[rest], shrink(x[rest], SIZES[rest], family=family).rate, rtol=1e-9)


def test_a_region_of_its_own_draws_its_own_areas():
    x = np.array([10.0, 12, 8, 60, 62, 50])
    found = shrink(x, np.full(6, 200.0), group=["a", "a", "a", "b", "b", "b"])
    np.testing.assert_allclose(found.centre, [0.05] * 3 + [172 / 600] * 3)
