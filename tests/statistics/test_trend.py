import numpy as np
import pytest
from scipy import stats

from lautta.statistics.intervals import Family
from lautta.statistics.panel import Status
from lautta.statistics.trend import Verdict, trend_of_counts, trend_of_values

YEARS = np.arange(2004, 2024.0)
SIZE = np.exp(np.random.default_rng(1).uniform(np.log(300), np.log(60_000), (300, 1))).round() * np.ones(20)


def noise_only(seed, p=0.08):
    return np.random.default_rng(seed).binomial(SIZE.astype(int), p).astype(float)


def called(trend):
    return np.isin(trend.verdict, [Verdict.UP, Verdict.DOWN])


def test_noise_is_not_called_change_and_a_stated_change_is():
    alarms, hits = [], []
    rng = np.random.default_rng(2)
    ramp = np.zeros(20)
    ramp[-6:] = np.linspace(0, 1, 6)
    for seed in range(8):
        quiet = trend_of_counts(noise_only(seed), SIZE, YEARS)
        alarms.append(called(quiet))
        rising = 0.08 + np.nan_to_num(quiet.detectable)[:, None] * ramp
        moved = trend_of_counts(rng.binomial(SIZE.astype(int), rising).astype(float), SIZE, YEARS)
        hits.append(moved.verdict[quiet.verdict == Verdict.NO_CLEAR_CHANGE] == Verdict.UP)
    alarms, hits = np.concatenate(alarms), np.concatenate(hits)
    assert stats.binomtest(int(alarms.sum()), len(alarms), 0.05, "greater").pvalue > 0.05
    assert stats.binomtest(int(hits.sum()), len(hits), 0.80, "less").pvalue > 0.05
    assert alarms.mean() > 0.02  # nor is it called never


def test_single_area_of_values_is_the_textbook_test():
    rng = np.random.default_rng(3)
    for _ in range(40):
        y = rng.normal(size=(1, 6)) + rng.uniform(0, 1.5) * np.arange(6)
        found = trend_of_values(y, np.arange(6.0))
        slow = stats.linregress(np.arange(6.0), y[0])
        assert called(found)[0] == (slow.pvalue < 0.04)
        assert found.change[0] == pytest.approx(5 * slow.slope)
        assert found.high[0] - found.change[0] == pytest.approx(5 * slow.stderr * stats.t.ppf(0.975, 4))


def test_counts_against_the_slow_sum():
    """Pure noise, many areas: the statistic is Cochran and Armitage's with half a case off."""
    x = noise_only(4)
    found = trend_of_counts(x, SIZE, YEARS)
    for i in (0, 50, 299):
        xw, nw, t = x[i, -6:], SIZE[i, -6:], YEARS[-6:]
        p = xw.sum() / nw.sum()
        middle = (nw * t).sum() / nw.sum()
        T = ((t - middle) * (xw - nw * p)).sum()
        sd = np.sqrt(found.noise.for_slope[i] * p * (1 - p) * (nw * (t - middle) ** 2).sum())
        expected = abs(T) - 0.5 > stats.t.ppf(0.98, found.noise.freedom[i]) * sd
        assert called(found)[i] == expected
        assert found.change[i] == pytest.approx(5 * T / (nw * (t - middle) ** 2).sum())


def test_words_for_up_down_and_too_little():
    p = np.where(np.arange(300)[:, None] % 3 == 0, 0.08, 0.08 + 0.03 * (np.arange(300)[:, None] % 3 * 2 - 3))
    ramp = 0.08 + (p - 0.08) * np.r_[np.zeros(14), np.linspace(0, 1, 6)]
    size = np.full((300, 20), 8_000.0)
    x = np.random.default_rng(5).binomial(8_000, ramp).astype(float)
    found = trend_of_counts(x, size, YEARS)
    assert (found.verdict[1::3] == Verdict.DOWN).mean() > 0.98
    assert (found.verdict[2::3] == Verdict.UP).mean() > 0.98
    small = trend_of_counts(np.minimum(x, 2), np.full((300, 20), 25.0), YEARS)
    assert (small.verdict == Verdict.CANNOT_TELL).all()


def test_last_year_unknown_cannot_be_told():
    x = noise_only(6)
    status = np.zeros(x.shape, np.uint8)
    x[3, -1], status[3, -1] = np.nan, Status.SUPPRESSED
    x[4, -1], status[4, -1] = np.nan, Status.MISSING
    found = trend_of_counts(x, SIZE, YEARS, status=status)
    assert (found.verdict[[3, 4]] == Verdict.CANNOT_TELL).all()
    assert np.isnan(found.change[[3, 4]]).all()
    assert np.isnan(found.noise_low[[3, 4]]).all()


def test_a_fall_into_suppression_is_a_fall_whatever_was_hidden():
    x = np.tile([60.0, 58, 61, 40, 22, np.nan], (40, 1))
    x[1:] = np.random.default_rng(7).poisson(60, (39, 6))
    x[1, -1] = np.nan  # 60 and then hidden: only the last year says so
    status = np.where(np.isnan(x), Status.SUPPRESSED, Status.VALUE)
    size = np.full(x.shape, 3_000.0)
    found = trend_of_counts(x, size, np.arange(6.0), status=status, suppressed_below=5)
    assert found.verdict[0] == Verdict.DOWN
    x[2, -3:], status[2, -3:] = np.nan, Status.SUPPRESSED
    x[2, :3] = 6  # 6 before, and 0 to 4 after: not to be told
    few = trend_of_counts(x, size, np.arange(6.0), status=status, suppressed_below=5)
    assert few.verdict[2] == Verdict.CANNOT_TELL
    assert trend_of_counts(x, size, np.arange(6.0), status=status).verdict[0] == Verdict.CANNOT_TELL


def test_a_break_cuts_the_window():
    x = noise_only(8)
    x[:, -4:] = noise_only(108, 0.12)[:, -4:]
    whole = trend_of_counts(x, SIZE, YEARS)
    cut = trend_of_counts(x, SIZE, YEARS, breaks=[2020])
    assert called(whole).mean() > 0.2  # though a leap that all share counts as noise too
    assert called(cut).mean() < 0.06
    assert cut.window.sum(axis=1).max() == 4
    assert (cut.covered == 3).all()
    two = trend_of_counts(x, SIZE, YEARS, breaks=[2022])
    assert (two.verdict == Verdict.CANNOT_TELL).all()


def test_every_second_year_stays_so():
    y = np.random.default_rng(9).normal(10, 1, (80, 5))
    found = trend_of_values(y, np.arange(2015, 2025, 2.0), span=8)
    assert (found.window.sum(axis=1) == 5).all()
    assert (found.covered == 8).all()
    assert called(found).mean() < 0.12


def test_order_unit_and_constant_change_nothing():
    rng = np.random.default_rng(10)
    y = rng.normal(10, 1, (60, 20)) + rng.uniform(-1, 1, (60, 1)) * np.arange(20) / 4
    n = rng.uniform(100, 9000, 60)
    turned = rng.permutation(60)
    found = trend_of_values(y, YEARS, denominators=n)
    np.testing.assert_array_equal(
        trend_of_values(y[turned], YEARS, denominators=n[turned]).verdict, found.verdict[turned]
    )
    other = trend_of_values(500 + 10 * y, YEARS, denominators=n)
    np.testing.assert_array_equal(other.verdict, found.verdict)
    np.testing.assert_allclose(other.detectable, 10 * found.detectable, rtol=1e-6)
    down = trend_of_values(-y, YEARS, denominators=n)
    np.testing.assert_array_equal(down.verdict == Verdict.DOWN, found.verdict == Verdict.UP)
    x = noise_only(11)
    one = trend_of_counts(x, SIZE, YEARS, family=Family.POISSON)
    thousand = trend_of_counts(x, SIZE / 1000, YEARS, family=Family.POISSON)
    np.testing.assert_array_equal(one.verdict, thousand.verdict)
    np.testing.assert_allclose(thousand.change, 1000 * one.change, rtol=1e-9, atol=1e-9)


def test_years_of_pure_noise_lie_between_the_bounds():
    x = noise_only(12)
    found = trend_of_counts(x, SIZE, YEARS)
    rate = x / SIZE
    seen = found.window & np.isfinite(found.noise_low)
    inside = ((found.noise_low <= rate) & (rate <= found.noise_high))[seen].mean()
    assert 0.94 < inside < 0.99
    assert np.isnan(found.noise_low[~seen]).all()
