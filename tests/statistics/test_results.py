import dataclasses

import numpy as np
import pytest

from lautta.statistics.intervals import Family
from lautta.statistics.panel import panel
from lautta.statistics.results import code_version, input_hash, run
from lautta.statistics.trend import trend_of_values


def noisy(x, *, rng, scale=1.0):
    return x + scale * rng.normal(size=len(x))


def test_a_result_can_be_had_again():
    x = np.arange(4.0)
    one, two = run(noisy, x, seed=7, scale=2.0), run(noisy, x, seed=7, scale=2.0)
    np.testing.assert_array_equal(one.value, two.value)
    assert (one.inputs, one.code, one.seed) == (two.inputs, two.code, 7)
    assert one.method.endswith("test_results.noisy")
    assert run(noisy, x, seed=8, scale=2.0).value[0] != one.value[0]
    assert run(noisy, x, seed=7, scale=3.0).inputs != one.inputs
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.seed = 3


def test_a_method_without_chance_needs_no_seed():
    found = run(trend_of_values, np.arange(12.0).reshape(1, 12), np.arange(12.0))
    assert found.seed is None
    assert found.method == "lautta.statistics.trend.trend_of_values"


def test_hash_sees_content_and_not_memory():
    x = np.arange(12.0).reshape(3, 4)
    assert input_hash(x) == input_hash(np.asfortranarray(x)) == input_hash(x[::-1][::-1])
    assert input_hash(x) != input_hash(x.reshape(4, 3))
    assert input_hash(x) != input_hash(x.astype(np.float32))
    assert input_hash(x) != input_hash(x, x)
    assert input_hash([x], []) != input_hash([], [x])
    assert input_hash(a=1, b=2) == input_hash(b=2, a=1)
    assert input_hash(1) != input_hash("1") != input_hash(1.0)
    assert input_hash(np.array([np.nan, -0.0])) == input_hash(np.array([-np.float64("nan"), 0.0]))
    assert input_hash(Family.POISSON) != input_hash(Family.BINOMIAL)
    assert input_hash(panel([[1.0, np.nan]])) == input_hash(panel([[1.0, np.nan]]))
    assert input_hash(panel([[1.0, np.nan]])) != input_hash(panel([[1.0, 0.0]]))


def test_hash_does_not_guess():
    with pytest.raises(TypeError, match="object cannot be hashed"):
        input_hash(object())
    with pytest.raises(TypeError, match="array of objects"):
        input_hash(np.array([object()]))


def test_code_version_is_short_and_steady():
    assert len(code_version()) == 16
    assert code_version() == code_version()
