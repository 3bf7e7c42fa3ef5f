import numpy as np
import pytest
from scipy import stats

from lautta.statistics.comparison import Verdict, compare_counts, compare_values
from lautta.statistics.intervals import Family
from lautta.statistics.panel import Status

NAN = np.nan


def test_words_for_plain_cases():
    found = compare_counts(
        [300.0, 100, 205, 3, NAN, NAN, 0],
        [1000.0, 1000, 1000, 12, 500, 500, 300],
        reference=0.2,
        status=[0, 0, 0, 0, Status.SUPPRESSED, Status.MISSING, Status.ZERO],
    )
    assert [Verdict(v).name for v in found.verdict] == [
        "HIGHER", "LOWER", "NO_CLEAR_DIFFERENCE", "TOO_SMALL_TO_TELL", "TOO_SMALL_TO_TELL", "NO_DATA", "LOWER",
    ]  # fmt: skip
    assert np.isnan(found.value[4:6]).all()
    assert found.value[6] == 0


def test_absent_cells_without_status_are_not_called_small():
    assert compare_counts([NAN], [100.0], reference=0.2).verdict[0] == Verdict.NO_DATA
    assert compare_counts([5.0], [0.0], reference=0.2).verdict[0] == Verdict.NO_DATA


@pytest.mark.parametrize("family", list(Family))
def test_by_chance_one_in_five_hundred_at_most(family):
    """Exact over every possible count, sizes 5 to 50,000: no simulation."""
    for size in (5, 40, 400, 5_000, 50_000):
        counts = np.arange(0, min(size, 1500) + 1 if family is Family.BINOMIAL else 1500, dtype=float)
        law = stats.binom(size, 0.02) if family is Family.BINOMIAL else stats.poisson(size * 0.02)
        found = compare_counts(counts, float(size), reference=0.02, family=family).verdict
        called = np.isin(found, [Verdict.HIGHER, Verdict.LOWER])
        assert law.pmf(counts)[called].sum() <= 0.002


def test_verdict_and_drawn_limits_say_the_same():
    rng = np.random.default_rng(5)
    size = np.exp(rng.uniform(3, 10, (300, 4))).round()
    count = rng.binomial(size.astype(int), rng.uniform(0.02, 0.3, (300, 4)))
    found = compare_counts(count, size, reference=np.array([0.05, 0.1, 0.15, 0.2]), dispersion=1.7)
    assert ((found.value > found.limit_high + 1e-9) <= (found.verdict == Verdict.HIGHER)).all()
    assert ((found.verdict == Verdict.HIGHER) <= (found.value > found.limit_high - 1e-6)).all()
    assert ((found.verdict == Verdict.LOWER) <= (found.value < found.limit_low + 1e-6)).all()
    assert ((found.low <= found.value) & (found.value <= found.high)).all()


def test_an_area_is_part_of_its_region():
    """Two areas that make up the region: chance of the difference is pq (1/n - 1/N), the exact variance of that design."""
    rng = np.random.default_rng(6)
    n, N, p = 6_000, 10_000, 0.3
    x, rest = rng.binomial(n, p, 12_000), rng.binomial(N - n, p, 12_000)
    region = (x + rest) / N
    z = (x / n - region) / np.sqrt(region * (1 - region) * (1 / n - 1 / N))
    assert z.std() == pytest.approx(1, abs=0.03)
    found = compare_counts(x, float(n), reference=region, reference_size=float(N), level=0.95)
    called = np.isin(found.verdict, [Verdict.HIGHER, Verdict.LOWER]).mean()
    assert 0.04 < called < 0.055
    alone = compare_counts(x, float(n), reference=region, level=0.95)
    assert np.isin(alone.verdict, [Verdict.HIGHER, Verdict.LOWER]).mean() < 0.01


def test_the_whole_region_does_not_differ_from_itself():
    found = compare_counts([200.0], [1000.0], reference=0.2, reference_size=1000.0)
    assert found.verdict[0] == Verdict.NO_CLEAR_DIFFERENCE


def test_a_reference_elsewhere_brings_its_own_chance():
    near = compare_counts([130.0], [1000.0], reference=0.1, level=0.95)
    far = compare_counts(
        [130.0], [1000.0], reference=0.1, reference_size=500.0, part_of_reference=False, level=0.95
    )
    assert near.verdict[0] == Verdict.HIGHER
    assert far.verdict[0] == Verdict.NO_CLEAR_DIFFERENCE


def test_order_of_areas_changes_nothing_and_per_thousand_is_the_same():
    rng = np.random.default_rng(7)
    size = rng.integers(50, 9000, 80).astype(float)
    count = rng.binomial(size.astype(int), 0.1).astype(float)
    turned = rng.permutation(80)
    a, b = (
        compare_counts(count, size, reference=0.1),
        compare_counts(count[turned], size[turned], reference=0.1),
    )
    np.testing.assert_array_equal(a.verdict[turned], b.verdict)
    k = compare_counts(count, size / 1000, reference=100.0, family=Family.POISSON)
    one = compare_counts(count, size, reference=0.1, family=Family.POISSON)
    np.testing.assert_array_equal(k.verdict, one.verdict)
    np.testing.assert_allclose(k.limit_high, 1000 * one.limit_high, rtol=1e-9)


def test_values_without_numerator_by_their_noise():
    found = compare_values(
        [14.0, 6.0, 10.5, 12.0, NAN, NAN],
        10.0,
        deviation=[0.5, 0.5, 0.5, 4.0, 1.0, 1.0],
        status=[0, 0, 0, 0, 2, 3],
    )
    assert found.verdict.tolist() == [1, 2, 0, 3, 3, 4]
    wide = compare_values([12.0], 10.0, deviation=0.5, freedom=3.0)
    assert wide.limit_high[0] == pytest.approx(10 + 0.5 * stats.t.ppf(0.999, 3))
    assert wide.verdict[0] == Verdict.NO_CLEAR_DIFFERENCE
    shifted = compare_values([114.0, 106.0, 110.5], 110.0, deviation=0.5)
    np.testing.assert_array_equal(shifted.verdict, found.verdict[:3])


def test_thirty_thousand_at_once_match_one_at_a_time():
    rng = np.random.default_rng(8)
    size = np.exp(rng.uniform(3, 10, (50, 20))).round()
    count = rng.binomial(size.astype(int), 0.1).astype(float)
    whole = compare_counts(count, size, reference=0.1)
    for i, j in [(0, 0), (17, 3), (49, 19)]:
        one = compare_counts([count[i, j]], [size[i, j]], reference=0.1)
        assert one.verdict[0] == whole.verdict[i, j]
        assert one.limit_low[0] == whole.limit_low[i, j]
