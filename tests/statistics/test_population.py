import numpy as np
import pytest

from lautta.statistics.population import cohort_ratios, project, scenario


def land(seed=1, areas=30, ages=19, years=22):
    """Births that wander together and apart, cohorts that move on with chance."""
    rng = np.random.default_rng(seed)
    births = rng.uniform(30, 900, (areas, 1)) * np.exp(np.cumsum(rng.normal(-0.01, 0.03, years + ages)))
    pace = 1 + rng.normal(0, 0.006, (areas, 1))
    people = np.empty((areas, ages, years))
    for t in range(years):
        for age in range(ages):
            people[:, age, t] = births[:, t + ages - age] * pace[:, 0] ** age
    return rng.poisson(people).astype(float), np.arange(areas) % 4


def test_a_closed_town_grows_by_its_ratios():
    """Every cohort keeps 98 % a year: ratios are 0.98 and the children of five years on are those of now."""
    people = 1000 * 0.98 ** np.arange(10)[None, :, None] * np.ones((3, 1, 14))
    group = np.zeros(3, int)
    np.testing.assert_allclose(cohort_ratios(people, group), 0.98)
    np.testing.assert_allclose(project(people, 5, group), people[:, :, :5])


def slow_project(people, horizon, group):
    """One area and one age at a time."""
    areas, ages, years = people.shape
    edges = [0, 1, 6, 12, 15, 18]
    out = np.zeros((areas, ages, horizon))
    window = range(years - 5, years)
    nation = people[:, 0].sum(axis=0)
    pace = np.log(nation[-1] / nation[-4]) / 3
    shares = people[:, 0, -3:].sum(axis=1)
    for i in range(areas):
        mates = [j for j in range(areas) if group[j] == group[i]]
        now = list(people[i, :, -1])
        pattern = []
        for a in range(ages - 1):
            older = sum(people[j, a + 1, t] for j in mates for t in window)
            pattern.append(older / sum(people[j, a, t - 1] for j in mates for t in window))
        own = [0.0] * (ages - 1)
        for start, end in zip(edges, [*edges[1:], ages - 1], strict=True):
            real = sum(people[i, a + 1, t] for a in range(start, min(end, ages - 1)) for t in window)
            due = sum(
                pattern[a] * people[i, a, t - 1] for a in range(start, min(end, ages - 1)) for t in window
            )
            for a in range(start, min(end, ages - 1)):
                own[a] = (real + 200) / (due + 200)
        for h in range(horizon):
            births = (
                nation[-1] * np.exp(pace * sum(0.8**k for k in range(1, h + 2))) * shares[i] / shares.sum()
            )
            now = [births] + [now[a] * pattern[a] * own[a] for a in range(ages - 1)]
            out[i, :, h] = now
    return out


def test_against_the_slow_one():
    people, group = land(2, areas=7)
    np.testing.assert_allclose(project(people, 4, group), slow_project(people, 4, group), rtol=1e-10)


def test_sums_hold_in_points_and_in_every_path():
    people, group = land(3)
    made = scenario(people, 6, rng=np.random.default_rng(1), group=group, paths=200)
    each = made.paths(slice(0, 7))
    regions = sum(made.paths(slice(0, 7), np.flatnonzero(group == g)) for g in range(4))
    np.testing.assert_allclose(regions, made.paths(slice(0, 7), np.arange(30)), rtol=1e-12)
    np.testing.assert_allclose(each.sum(axis=1), regions, rtol=1e-12)
    np.testing.assert_allclose(made.paths(slice(0, 7)) + made.paths(slice(7, 19)), made.paths(), rtol=1e-12)


def test_the_same_seed_is_the_same_future_and_order_moves_only_the_order():
    people, group = land(4)
    one = scenario(people, 5, rng=np.random.default_rng(9), group=group, paths=50)
    two = scenario(people, 5, rng=np.random.default_rng(9), group=group, paths=50)
    np.testing.assert_array_equal(one.paths(), two.paths())
    turned = np.random.default_rng(0).permutation(30)
    again = scenario(people[turned], 5, rng=np.random.default_rng(9), group=group[turned], paths=50)
    np.testing.assert_allclose(again.point, one.point[turned], rtol=1e-9)


def test_the_unborn_are_less_sure_than_the_born():
    people, group = land(5)
    made = scenario(people, 8, rng=np.random.default_rng(2), group=group, paths=400)
    whole = np.arange(30)

    def wide(ages):
        low, high = made.interval(ages, whole)
        return np.log(high / low)[-1]

    assert wide(slice(0, 7)) > 3 * wide(slice(10, 18))
    low, high = made.interval(slice(0, 7), whole)
    assert (np.diff(high / low) > 0).all()


def test_intervals_cover_another_draw_of_the_same_land():
    hits = []
    for seed in range(30, 50):
        people, group = land(seed)
        made = scenario(people[:, :, :18], 4, rng=np.random.default_rng(seed), group=group, paths=200)
        low, high = made.interval()
        came = people[:, :, 18:].sum(axis=1)
        hits.append((low <= came) & (came <= high))
    assert 0.72 < np.mean(hits) < 0.95


def by_hand(made, ages, horizon):
    """Paths of a sum of ages, one path, area and age at a time."""
    total = np.zeros((*made.born.shape[:2], horizon))
    for path, area, step, age in np.ndindex(*total.shape, made.point.shape[1]):
        if age not in ages:
            continue
        factor = made.born[path, area, step]
        if age <= step:  # born after the base year, then moving as the others do
            birth = step - age
            factor *= made.unborn[path, area, birth] / made.born[path, area, birth]
        total[path, area, step] += made.point[area, age, step] * factor
    return total


def test_paths_by_hand():
    people, group = land(8, areas=4)
    made = scenario(people, 5, rng=np.random.default_rng(3), group=group, paths=3)
    np.testing.assert_allclose(made.paths(slice(2, 9)), by_hand(made, range(2, 9), 5), rtol=1e-12)


def leaving(seed, together):
    """Towns that families leave at a pace of their own: births and cohorts alike, or each by itself."""
    rng = np.random.default_rng(seed)
    areas, ages, years = 40, 19, 24
    pace = np.cumsum(rng.normal(0, 0.01, (areas, years)), axis=1)
    births = pace if together else np.cumsum(rng.normal(0, 0.01, (areas, years)), axis=1)
    people = np.full((areas, ages, years), 2_000.0)
    for t in range(1, years):
        people[:, 1:, t] = people[:, :-1, t - 1] * np.exp(pace[:, t, None])
        people[:, 0, t] = people[:, 0, t - 1] * np.exp(births[:, t])
    return people


def test_births_and_children_who_leave_together_err_together():
    found = []
    for together in (True, False):
        made = scenario(leaving(11, together), 4, rng=np.random.default_rng(5), paths=400)
        born, unborn = (np.log(part[:, :, -1]) for part in (made.born, made.unborn))
        own = [part - part.mean(axis=1, keepdims=True) for part in (born, unborn)]
        found.append(np.corrcoef(own[0].ravel(), own[1].ravel())[0, 1])
    assert found[0] > 0.3
    assert abs(found[1]) < 0.1


def test_when_no_child_of_today_is_left_the_paths_still_widen():
    people, group = land(12, years=45)
    made = scenario(people, 22, rng=np.random.default_rng(4), group=group, paths=100)
    low, high = made.interval(slice(0, 18), np.arange(30))
    wide = np.log(high / low)
    assert np.isfinite(made.paths()).all()
    assert wide[21] > wide[16] > wide[4]
    assert wide[21] < 2


@pytest.mark.parametrize("people", [np.ones((3, 4)), np.full((2, 5, 14), np.nan), -np.ones((2, 5, 14))])
def test_unknown_cells_are_refused(people):
    with pytest.raises(ValueError, match="in every cell"):
        scenario(people, 3, rng=np.random.default_rng(1))


def test_few_years_are_refused():
    with pytest.raises(ValueError, match="twelve years"):
        scenario(np.ones((2, 5, 8)), 3, rng=np.random.default_rng(1))
