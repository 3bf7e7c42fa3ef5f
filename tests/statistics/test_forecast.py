from itertools import product
from math import log, sqrt

import numpy as np
import pytest

from lautta.statistics.forecast import (
    BY_LEVEL,
    BY_MOVE,
    BY_SIZE,
    conformal_quantile,
    forecast,
    inverse_sizes,
    past_errors,
    probability_of_reaching,
)
from lautta.statistics.stacking import candidates, cautious, stack, weights

NAN = np.nan


def world(seed, areas=240, years=28):
    """Rates that wander together and apart, seen through a binomial's chance."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.uniform(np.log(100), np.log(30_000), areas)).round()
    path = np.cumsum(rng.normal(0, 0.004, (areas, years)), axis=1) + np.cumsum(rng.normal(0, 0.001, years))
    p = np.clip(0.15 + rng.normal(0, 0.03, (areas, 1)) + path, 0.01, 0.6)
    return rng.binomial(size[:, None].astype(int), p) / size[:, None], size


def test_intervals_cover_in_every_third_of_size():
    hits = np.zeros((3, 2))
    for seed in range(5):
        y, size = world(seed)
        for end in (22,):
            made = forecast(y[:, :end], 3, denominators=size, bounds=(0, 1))
            came = y[:, end : end + 3]
            inside = (made.low <= came) & (came <= made.high)
            for third, which in enumerate(np.array_split(np.argsort(size), 3)):
                hits[third] += inside[which].sum(), inside[which].size
    share = hits[:, 0] / hits[:, 1]
    assert (share > 0.92).all()
    assert (share < 0.98).all()


def test_small_areas_get_wide_intervals():
    y, size = world(9)
    made = forecast(y, 2, denominators=size)
    wide = (made.high - made.low)[:, 0]
    assert wide[size < 300].mean() > 2 * wide[size > 10_000].mean()
    assert (made.high >= made.point).all()
    assert (made.point >= made.low).all()


def test_intervals_cover_high_and_low_levels_alike():
    """Errors of counts grow with their level: one width for all would be too wide where little happens."""
    rng = np.random.default_rng(3)
    rate = np.exp(rng.uniform(np.log(0.01), np.log(0.3), (400, 1)))
    y = rng.poisson(2_000 * rate, (400, 30)) / 2_000
    made = forecast(y[:, :27], 3, denominators=np.full(400, 2_000.0))
    inside = (made.low <= y[:, 27:]) & (y[:, 27:] <= made.high)
    for third in np.array_split(np.argsort(rate[:, 0]), 3):
        assert 0.92 < inside[third].mean() < 0.98
    wide = (made.high - made.low)[:, 0]
    assert wide[rate[:, 0] > 0.2].mean() > 2 * wide[rate[:, 0] < 0.03].mean()


def test_a_value_that_may_be_negative_has_a_scale_without_its_level():
    y, size = world(14, areas=60)
    made = forecast(y - 0.15, 2, denominators=size, bounds=(None, None))
    assert np.isfinite(made.low).all()
    assert (made.low < 0).any()


def slow_errors(y, size, step):
    """Past errors over their scales, one area and one year at a time."""
    inverse = inverse_sizes(size, y.shape)
    parts = candidates(y, inverse, np.zeros(len(y), int), step)[..., step - 1]
    off = past_errors(y, parts[..., None].repeat(step, axis=-1))[..., step - 1]
    known = [
        (i, t) for i in range(len(y)) for t in range(y.shape[1]) if all(np.isfinite(p[i, t]) for p in off)
    ]
    rows = np.array([[p[i, t] for i, t in known] for p in off])
    years = len({t for _, t in known}) / step
    trusted = cautious(weights(rows, np.array([inverse[i, t] for i, t in known])), years)
    errors, points = stack(off, trusted, inverse), stack(parts, trusted, inverse)
    typical = sorted(abs(errors[i, t]) for i, t in known)
    typical = (typical[(len(known) - 1) // 2] + typical[len(known) // 2]) / 2
    middle = np.median([points[i, t] for i, t in known])
    tried = []
    for a, c, b in product(BY_LEVEL, BY_MOVE, BY_SIZE):
        scales = [
            sqrt(
                max(points[i, t] / middle, 0.1) ** a * (1 + b * inverse[i, t])
                + c * ((points[i, t] - y[i, t]) / typical) ** 2
            )
            for i, t in known
        ]
        scaled = [errors[i, t] / s for (i, t), s in zip(known, scales, strict=True)]
        mean = sum(abs(e) for e in scaled) / len(known)
        tried.append((sum(map(log, scales)) / len(known) + log(mean), sorted(scaled)))
    return min(tried, key=lambda pair: pair[0])[1]


@pytest.mark.parametrize("step", [1, 2])
def test_against_the_slow_one(step):
    y, size = world(15, areas=30, years=16)
    np.testing.assert_allclose(
        forecast(y, step, denominators=size).errors[step - 1], slow_errors(y, size, step), rtol=1e-9
    )


def test_probability_is_what_happens():
    said, came = [], []
    for seed in range(20, 24):
        y, size = world(seed)
        made = forecast(y[:, :24], 3, denominators=size)
        for change in (-0.03, -0.01, 0.0, 0.01):
            target = y[:, 23] + change
            said.append(probability_of_reaching(made, target, step=3, smaller_is_better=True))
            came.append(y[:, 26] <= target)
    said, came = np.concatenate(said), np.concatenate(came)
    for low in np.arange(0, 1, 0.2):
        bin_ = (said >= low) & (said < low + 0.2)
        if bin_.sum() >= 200:
            assert abs(said[bin_].mean() - came[bin_].mean()) < 0.08


def test_both_directions_and_certainty():
    y, size = world(11)
    made = forecast(y, 2, denominators=size)
    down = probability_of_reaching(made, made.point[:, 0] - 1, step=1, smaller_is_better=True)
    up = probability_of_reaching(made, made.point[:, 0] - 1, step=1, smaller_is_better=False)
    assert (down > 0).all()
    assert (down < 0.001).all()
    np.testing.assert_allclose(up + down, 1, atol=2e-3)
    even = probability_of_reaching(made, made.point[:, 1], step=2, smaller_is_better=True)
    np.testing.assert_allclose(even, 0.5, atol=0.02)
    with pytest.raises(ValueError, match="not one of those"):
        probability_of_reaching(made, 0.1, step=3, smaller_is_better=True)


def test_unit_and_order_of_areas_change_nothing():
    y, size = world(12, areas=80)
    group = np.arange(80) % 4
    made = forecast(y, 2, denominators=size, group=group)
    percent = forecast(100 * y, 2, denominators=size / 1000, group=group)
    np.testing.assert_allclose(percent.low, 100 * made.low, rtol=1e-6, atol=1e-8)
    turned = np.random.default_rng(0).permutation(80)
    again = forecast(y[turned], 2, denominators=size[turned], group=group[turned])
    np.testing.assert_allclose(again.high, made.high[turned], rtol=1e-6)


def test_what_is_not_known_is_not_forecast():
    y, size = world(13, areas=60)
    y[0, -1] = NAN
    y[1, :-3] = NAN
    y[2, 10] = NAN
    made = forecast(y, 2, denominators=size)
    assert np.isnan(made.point[[0, 1]]).all()
    assert np.isfinite(made.point[2]).all()
    few = forecast(y[:6, :9], 2)
    assert np.isnan(few.low).all()
    assert np.isnan(probability_of_reaching(few, 0.1, step=1, smaller_is_better=True)).all()
    assert np.isnan(forecast(np.full((4, 9), NAN), 2).point).all()
    with pytest.raises(ValueError, match="at least one step"):
        forecast(y, 0)


def test_past_errors_by_hand():
    y = np.arange(12.0)[None] ** 2
    errors = past_errors(y, np.broadcast_to(y[:, :, None], (1, 12, 2)))
    assert np.isnan(errors[0, :7]).all()
    assert errors[0, 7].tolist() == [64 - 49, 81 - 49]
    assert np.isnan(errors[0, 11]).all()
    assert errors[0, 10, 0] == 121 - 100


def test_conformal_quantile_is_the_rank_that_holds_the_promise():
    off = np.arange(1.0, 20)
    assert conformal_quantile(off, 0.95) == 19
    assert conformal_quantile(off, 0.5) == 10
    assert conformal_quantile(off, 0.96) == np.inf
