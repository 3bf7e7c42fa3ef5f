"""PxWeb: parts that together are the table, codes read from its description."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.indicators.fetchers.pxweb import read_table, split
from lautta.indicators.problems import SourceProblem

wanted = st.dictionaries(
    st.sampled_from("abcd"), st.lists(st.integers(), min_size=1, max_size=12, unique=True), min_size=1
)


@given(wanted, st.integers(1, 60))
@settings(max_examples=120, deadline=None)
def test_parts_are_small_and_cover_every_cell_once(chosen, most):
    seen = []
    for part in split(chosen, most):
        cells = math.prod(len(values) for values in part.values())
        assert cells <= most or all(len(values) == 1 for values in part.values())
        combos = [()]
        for code in sorted(part):
            combos = [(*c, value) for c in combos for value in part[code]]
        seen += combos
    assert len(seen) == len(set(seen)) == math.prod(len(values) for values in chosen.values())


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"variables": 1}', b'{"variables": [{"code": "a"}]}', b"<html>"]
)
def test_what_is_no_description_is_refused(body):
    with pytest.raises(SourceProblem) as problem:
        read_table(body, "x")
    assert problem.value.code == "no_table"


def test_a_description():
    data = {"title": "T", "variables": [{"code": "vuosi", "text": "Vuosi", "values": ["2020"], "time": True}]}
    table = read_table(json.dumps(data).encode(), "x")
    assert table.variables[0].is_time
    assert not table.variables[0].may_be_left_out
    assert table.variables[0].value_texts == ("2020",)
