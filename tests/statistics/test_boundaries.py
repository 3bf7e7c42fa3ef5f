import numpy as np
import pytest

from lautta.statistics.boundaries import boundary_changes
from tests.statistics.test_population import land


def towns(seed, people, areas=60, years=22):
    """Families of two who come and go by chance; every age has as many."""
    rng = np.random.default_rng(seed)
    table = np.full((areas, 19, years), people / 19.0)
    for t in range(1, years):
        stay = 2 * rng.binomial((table[:, :-1, t - 1] / 2).round().astype(int), 0.96)
        table[:, 1:, t] = stay + 2 * rng.poisson(0.02 * table[:, :-1, t - 1])
    return table


def moved(table, area, year, factor):
    other = table.copy()
    other[area, :, year:] *= factor
    return other


@pytest.mark.parametrize("people", [1_500, 3_000, 20_000])
def test_breaks_of_eight_per_cent_are_found_where_they_are_said_to_be(people):
    table = towns(6, people)
    whole = boundary_changes(table)
    assert whole.changed.mean() < 0.005
    assert not whole.too_small()[:, 1:].all()
    rng = np.random.default_rng(1)
    for area in range(60):
        for factor in (1.08, 1 / 1.08):
            year = int(rng.integers(2, 22))
            if not whole.too_small()[area, year]:
                assert boundary_changes(moved(table, area, year, factor)).changed[area, year]


def test_a_small_place_is_marked_instead_of_being_silent():
    found = boundary_changes(towns(7, 200))
    assert found.too_small()[:, 1:].all()
    assert not found.too_small(1.0)[:, 1:].any()
    assert found.changed.mean() < 0.01
    # A town that doubles is seen at any size.
    assert boundary_changes(moved(towns(7, 200), 3, 9, 2.0)).changed[3, 9]


def test_the_stated_size_is_nearly_always_found():
    hits = []
    for seed in range(12):
        table = towns(seed, 600)
        smallest = boundary_changes(table).smallest
        for area in range(0, 60, 3):
            year = 2 + (area + seed) % 20
            other = moved(table, area, year, 1 + smallest[area, year])
            hits.append(boundary_changes(other).changed[area, year])
    assert np.mean(hits) > 0.93


def test_a_merger_of_two_towns_is_found_in_its_year():
    people, _ = land(7)
    merged = people.copy()
    merged[0, :, 12:] += people[1, :, 12:]
    found = boundary_changes(merged).changed
    assert found[0].nonzero()[0].tolist() == [12]


def test_order_and_company_of_areas_and_empty_places():
    table = towns(9, 2_000, areas=30)
    turned = np.random.default_rng(0).permutation(30)
    whole, again = boundary_changes(table), boundary_changes(table[turned])
    np.testing.assert_array_equal(again.changed, whole.changed[turned])
    np.testing.assert_allclose(again.smallest, whole.smallest[turned])
    assert np.isnan(whole.smallest[:, 0]).all()
    alone = boundary_changes(moved(table, 4, 8, 1.1)[4:5])
    assert alone.changed[0].nonzero()[0].tolist() == [8]
    empty = boundary_changes(np.zeros((2, 19, 10)))
    assert not empty.changed.any()
    assert empty.too_small().all()


def slow(table, area, year):
    """The leap of one area in one year against chance, and the chance, by loops over ages."""
    areas, ages, years = table.shape
    cells = [(i, t) for i in range(areas) for t in range(1, years)]
    pattern, weight = [], []
    for a in range(ages - 1):
        younger = sum(table[i, a, t - 1] for i, t in cells) + 1
        pattern.append((sum(table[i, a + 1, t] for i, t in cells) + 1) / younger)
        squares = [
            min((table[i, a + 1, t] - pattern[a] * table[i, a, t - 1]) ** 2, 3 * (table[i, a, t - 1] + 1))
            for i, t in cells
        ]
        weight.append(younger / sum(squares))

    def pace(i, t):
        came = sum(weight[a] * table[i, a + 1, t] for a in range(ages - 1))
        return np.log(came / sum(weight[a] * pattern[a] * table[i, a, t - 1] for a in range(ages - 1)))

    def counted(i, t):
        return sum(table[i, a, t - 1] for a in range(ages - 1))

    own = []
    for i in range(areas):
        middle = np.median([pace(i, t) for t in range(1, years)])
        own.append([pace(i, t) - middle for t in range(1, years)])
    restless = [
        (1.4826 * np.median([abs(own[i][t - 1]) * counted(i, t) ** 0.5 for t in range(1, years)])) ** 2
        for i in range(areas)
    ]
    worth = 0.37 * (years - 1)
    mixed = (10 * np.median(restless) + worth * restless[area]) / (10 + worth)
    return own[area][year - 1], (mixed / counted(area, year)) ** 0.5


def test_against_the_slow_one():
    table = towns(10, 900, areas=5, years=12)
    found = boundary_changes(table)
    for area, year in [(0, 3), (4, 11), (2, 1)]:
        leap, chance = slow(table, area, year)
        limit = max(0.045, 3.3 * chance)
        assert found.changed[area, year] == (abs(leap) > limit)
        assert found.smallest[area, year] == pytest.approx(np.expm1(limit + 2.33 * chance), rel=1e-9)
