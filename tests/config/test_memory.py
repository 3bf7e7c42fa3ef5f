"""The collector of a serving process."""

import gc

import pytest

from lautta.config import memory


@pytest.fixture(autouse=True)
def _as_before():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_left_alone_and_garbage_is_still_collected():
    memory.settle()
    assert gc.get_freeze_count() > 1_000
    assert gc.isenabled()
    loop: list = []
    loop.append(loop)
    del loop
    assert gc.collect() >= 1
