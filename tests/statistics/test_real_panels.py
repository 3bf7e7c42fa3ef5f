"""Slow proofs on the real panels beside the project; the full tables are in docs/methods (`make study`)."""

import numpy as np
import pytest
from scipy import stats

pytestmark = pytest.mark.verify


@pytest.mark.parametrize(
    ("kind", "p"), [("binomial", 0.01), ("binomial", 0.1), ("beta-binomial", 0.1), ("correlated years", 0.1)]
)
def test_false_alarms_and_power_at_the_real_denominators(shared, kind, p):
    from studies import trend
    from studies.data import child_panel, fifths

    columns, _, years, _ = child_panel()
    size = columns["pop_0_17"][np.isfinite(columns["pop_0_17"]).all(axis=1)]
    alarms, rises, falls = trend.study(kind, p, size, years, fifths(size[:, -1]))
    assert alarms[0].sum() <= 0.05 * alarms[1].sum()
    for hits, of in alarms.T:  # n is 2,440 or 2,480 in each fifth
        assert stats.binomtest(int(hits), int(of), 0.05, "greater").pvalue > 0.01
    for found in (rises, falls):
        assert found[0].sum() >= 0.80 * found[1].sum()


def test_scenario_is_no_worse_than_the_official_projection(shared):
    from lautta.statistics.population import project
    from studies.data import child_panel, children_by_age, official_2019

    people, codes, _ = children_by_age()
    total, group = people.sum(axis=1), np.unique(child_panel()[3], return_inverse=True)[1]
    came = total[:, :, 29:].sum(axis=1)
    ours, theirs = (
        np.abs(made.sum(axis=1) / came - 1).mean(axis=0)
        for made in (project(total[:, :, :29], 3, group), official_2019(codes))
    )
    assert (ours <= theirs).all()


def test_real_changes_of_boundary_are_found(shared):
    """Most of Längelmäki joined Orivesi in 2007; the south-west of Sipoo went to Helsinki in 2009."""
    from lautta.statistics.boundaries import boundary_changes
    from studies.data import children_by_age

    people, codes, years = children_by_age()
    table = people.sum(axis=1)
    found = boundary_changes(table)
    for code, year in [("562", 2007), ("753", 2009)]:
        assert years[found.changed[list(codes).index(code)]].tolist() == [year]
    assert found.changed.mean() <= 0.004
    assert found.changed[~found.too_small()].mean() <= 0.001


def test_injected_breaks_are_found_wherever_a_place_is_not_marked_too_small(shared):
    from studies.population import injected

    told = injected()
    hits = [found for *_, able, found in told if able]
    assert len(hits) >= 400
    assert np.mean(hits) >= 0.99


def test_scenario_covers_over_many_origins(shared):
    from lautta.statistics.population import scenario
    from studies.data import regions_by_age

    people, years = regions_by_age()
    hits: dict[tuple[int, int], list[float]] = {}
    for origin in range(12, len(years) - 5):
        steps = min(10, len(years) - 1 - origin)
        made = scenario(people[:, :, : origin + 1], steps, rng=np.random.default_rng(origin), paths=300)
        for which, ages in enumerate((slice(0, 7), slice(7, 15), slice(0, 18))):
            low, high = made.interval(ages)
            came = people[:, ages, origin + 1 : origin + 1 + steps].sum(axis=1)
            for step in (h for h in (5, 10) if h <= steps):
                inside = (low[:, step - 1] <= came[:, step - 1]) & (came[:, step - 1] <= high[:, step - 1])
                hits.setdefault((which, step), []).append(inside.mean())
    for inside in hits.values():
        assert len(inside) >= 30
        assert 0.74 < np.mean(inside) < 0.86  # 0.75–0.85, and what 300 paths leave to chance


def test_intervals_cover_and_chances_are_what_happens_in_the_years_held_out(shared):
    """Target years 2017–2019; those from 2020 stand apart in docs/methods/forecast.md."""
    from lautta.statistics.forecast import forecast
    from studies import forecast as study
    from studies.data import fifths

    chances, covered = np.zeros((3, 10)), {}
    for name, value, size, years, region in study.indicators():
        for end in range(len(years) - 9, len(years) - 2):
            made = forecast(value[:, :end], 5, denominators=size[:, :end], group=region)
            for step in range(1, 6):
                if 2017 <= years[min(end + step - 1, len(years) - 1)] <= 2019:
                    group = fifths(size[:, -1])
                    study.judge(covered, chances, made, value, end, step, group, "held out", name)
    many = chances[0] >= 200
    assert many.sum() >= 8
    assert (np.abs(chances[2] - chances[1])[many] <= 0.05 * chances[0][many]).all()
    for step in range(1, 6):
        for fifth in (None, *range(5)):
            hits, of = covered[("held out", step, fifth)]
            low, high = stats.binomtest(int(hits), int(of)).proportion_ci(0.95)
            assert low <= 0.97, (step, fifth)
            assert high >= 0.93, (step, fifth)
