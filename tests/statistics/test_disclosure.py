import numpy as np
import pytest

from lautta.statistics.disclosure import Axis, equations, primary_cells, recoverable, suppress
from lautta.statistics.panel import Status
from tests.statistics.tables import drawn, filled, least_hidden, recovered, sums_of

FLAT = Axis((-1, 0, 0, 0))


def attacked(seed):
    table, axes, trees = drawn(np.random.default_rng(seed))
    try:
        found = suppress(table, axes)
    except ValueError as problem:
        assert "cannot be protected" in str(problem)  # noqa: PT017
        return None
    assert (found.hidden >= found.primary).all()
    assert not (found.hidden & ~found.primary & ~found.secondary).any()
    assert recovered(table, found.hidden, trees) == []
    return found


def test_nothing_is_recovered_in_random_tables():
    seen = [attacked(seed) for seed in range(20)]
    assert sum(found is not None and found.secondary.any() for found in seen) > 10


@pytest.mark.verify
def test_nothing_is_recovered_in_a_thousand_tables():
    seen = [attacked(seed) for seed in range(1000, 2000)]
    assert sum(found is not None for found in seen) > 950


def test_the_attack_finds_what_is_not_protected():
    trees = [(-1, 0, 0, 0), (-1, 0, 0)]
    table = filled(trees, np.array([[20.0, 3], [30, 40], [11, 17]]))
    axes = [Axis(t) for t in trees]
    primary = primary_cells(table)
    assert recovered(table, primary, trees) == np.flatnonzero(primary).tolist()
    assert recoverable(table, equations(axes), primary)[primary.ravel()].all()


def test_whole_and_not_negative_counts_tell_more():
    """Two hidden cells that sum to 0, and two that must both be 0 or 1 apart: the attacker uses both facts."""
    axis = [Axis((-1, 0, 0, 0))]
    sums = equations(axis)
    zero = np.array([9.0, 9, 0, 0])
    assert recoverable(zero, sums, [False, False, True, True]).tolist() == [False, False, True, True]
    one = np.array([10.0, 9, 1, 0])
    assert not recoverable(one, sums, [False, False, True, True]).any()
    found = suppress(zero, axis)
    assert found.hidden.sum() > 2
    assert not recoverable(zero, sums, found.hidden).any()


@pytest.mark.parametrize("seed", range(6))
def test_own_check_and_the_attack_agree(seed):
    rng = np.random.default_rng(100 + seed)
    table, axes, trees = drawn(rng, axes=2)
    hidden = rng.random(table.shape) < 0.35
    own = np.flatnonzero(recoverable(table, equations(axes), hidden)).tolist()
    assert own == recovered(table, hidden, trees)


def test_equations_are_the_sums_written_out():
    trees = [(-1, 0, 0, 1, 1), (-1, 0, 0), (-1, 0, 0, 0)]
    fast = equations([Axis(t) for t in trees]).toarray()
    assert sorted(map(tuple, fast)) == sorted(map(tuple, sums_of(trees)))


def test_close_to_the_least_number():
    hidden, least = 0, 0
    for seed in range(8):
        rng = np.random.default_rng(200 + seed)
        trees = [(-1, 0, 0, 0), (-1, 0, 0)] if seed % 2 else [(-1, 0, 0, 1, 1), (-1, 0, 0)]
        shape = [sum(i not in t for i in range(len(t))) for t in trees]
        table = filled(trees, rng.negative_binomial(1, 0.06, shape).astype(float))
        found = suppress(table, [Axis(t) for t in trees])
        if not found.primary.any():
            continue
        best = least_hidden(table, found.primary, trees)
        assert best <= found.hidden.sum() <= 1.5 * best
        hidden, least = hidden + found.hidden.sum(), least + best
    assert least
    assert hidden <= 1.2 * least


def test_zero_suppressed_and_shown_stay_apart():
    table = np.array([60.0, 3, 0, 57])
    found = suppress(table, [FLAT], zeros=False)
    assert found.primary.tolist() == [False, True, False, False]
    assert found.status[1] == Status.SUPPRESSED
    assert found.hidden.sum() == 2
    hiding = suppress(table, [FLAT])
    assert hiding.hidden.tolist() == [False, True, True, False]
    assert hiding.status.tolist() == [Status.VALUE, Status.SUPPRESSED, Status.SUPPRESSED, Status.VALUE]
    calm = suppress(np.array([90.0, 30, 30, 30]), [FLAT])
    assert not calm.hidden.any()


def test_surveys_hide_by_respondents():
    small = primary_cells([40.0, 50, np.nan], denominators=[20.0, 90, 3], least_respondents=30)
    assert small.tolist() == [True, False, False]


def test_order_of_siblings_and_axes_change_no_number():
    table, axes, _ = drawn(np.random.default_rng(7), axes=2)
    assert suppress(table.T, axes[::-1]).primary.T.tolist() == suppress(table, axes).primary.tolist()
    again = suppress(table, axes)
    assert again.hidden.tolist() == suppress(table, axes).hidden.tolist()


@pytest.mark.parametrize(
    ("table", "axes", "words"),
    [
        ([10.0, 3, 4, 4], [FLAT], "do not add up"),
        ([10.0, 3, 3.5, 3.5], [FLAT], "whole counts"),
        ([10.0, 3, np.nan, 4], [FLAT], "none missing"),
        ([10.0, 3], [FLAT], "does not fit"),
    ],
)
def test_what_is_no_table_is_refused(table, axes, words):
    with pytest.raises(ValueError, match=words):
        suppress(np.array(table), axes)


def test_a_circle_is_no_tree():
    with pytest.raises(ValueError, match="not a tree"):
        Axis((1, 0))
