import numpy as np

from lautta.statistics.stacking import cautious, group_means, stack, trailing_mean, weights

NAN = np.nan


def test_group_means_by_size_without_the_unknown():
    y = np.array([[1.0, NAN], [4.0, 5.0], [8.0, NAN]])
    found = group_means(y, np.array([[2.0], [1.0], [1.0]]) * np.ones((3, 2)), np.array([0, 0, 1]))
    np.testing.assert_allclose(found, [[2, 5], [2, 5], [8, NAN]])


def test_trailing_mean_of_what_is_known():
    found = trailing_mean(np.array([[1.0, 3, NAN, 5, 9]]), 3)
    np.testing.assert_allclose(found, [[1, 2, 2, 4, 7]])


def test_the_better_candidate_is_trusted_where_it_is_better():
    rng = np.random.default_rng(1)
    inverse = np.exp(rng.uniform(-6, 6, 4000))
    good, bad = rng.normal(0, 0.2, 4000), rng.normal(0, 2, 4000)
    large = inverse < 1
    errors = np.array([np.where(large, good, bad), np.where(large, bad, good)]) * np.sqrt(1 + inverse)
    found = weights(errors, inverse)
    assert found[0, 0] > 0.9
    assert found[1, 1] > 0.9
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-9)
    assert (found >= 0).all()


def test_alike_candidates_and_perfect_ones_still_sum_to_one():
    np.testing.assert_allclose(weights(np.zeros((3, 50)), np.ones(50)).sum(axis=1), 1)
    same = np.tile(np.random.default_rng(2).normal(size=80), (3, 1))
    found = weights(same, np.zeros(80))
    np.testing.assert_allclose(found.sum(axis=1), 1)
    np.testing.assert_allclose(stack(np.ones((3, 2, 4)), found, np.zeros((2, 4))), 1)


def test_few_years_say_little_against_the_last_value():
    learnt = np.array([[1.0, 0, 0, 0], [0, 1, 0, 0]])
    np.testing.assert_allclose(cautious(learnt, 0.125), [[0.5, 0, 0, 0.5], [0, 0.5, 0, 0.5]])
    np.testing.assert_allclose(cautious(learnt, 1e9), learnt, atol=1e-9)
    np.testing.assert_allclose(cautious(learnt, 3.0).sum(axis=1), 1)
