"""JSON-stat: every cell in its place, marks told apart, what does not hold refused."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.indicators.ingestors.contents import metadata_of, read_contents
from lautta.indicators.ingestors.json_stat import read_dataset
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status
from tests.indicators import making_json_stat as m
from tests.indicators.factories import body

ALL = {name: list(values) for name, (_text, values, _) in m.VARIABLES.items()}
SMALL = {
    "alue_23_20260101": ["SSS", "KU286"],
    "timeperiod_y": ["2020", "2019"],
    "contentscode": ["vaesto"],
}


def panel(data: dict):
    return read_contents([read_dataset(body(data))])[0].panel


def code_of(data) -> str:
    with pytest.raises(SourceProblem) as problem:
        read_contents([read_dataset(data if isinstance(data, bytes) else body(data))])
    return problem.value.code


def test_every_cell_is_in_its_place_whatever_the_order_of_axes():
    contents = read_contents([read_dataset(body(m.dataset(ALL)))])
    assert [c.code for c in contents] == ["vaesto", "osuus"]
    genders = {"SSS": "total", "1": "male", "2": "female"}
    for content in contents:
        found = content.panel
        assert found.extra == (("ikaryhma_10_20180101", ("SSS", "0-6", "7-14")),)
        for area in ALL["alue_23_20260101"]:
            for age in ALL["ikaryhma_10_20180101"]:
                for code, gender in genders.items():
                    for year in ALL["timeperiod_y"]:
                        cell = dict(zip(m.VARIABLES, (area, age, code, year, content.code), strict=True))
                        assert found.series(area, gender, age).values[
                            found.years.index(int(year))
                        ] == m.number(cell)


def test_a_table_without_gender_is_of_totals_and_years_come_in_order():
    found = panel(m.dataset(SMALL))
    assert found.areas == ("KU286", "SSS")
    assert found.years == (2019, 2020)
    assert found.genders == ("total",)


def test_what_the_table_says_of_a_content():
    dataset = read_dataset(body(m.dataset(SMALL)))
    about = metadata_of(read_contents([dataset])[0], dataset, "t:vaesto", {"sv": "Befolkning"})
    assert (about.title.shown("fi").text, about.title.shown("sv").text) == ("Väestö 31.12.", "Befolkning")
    assert (about.kind, about.decimals, about.updated.isoformat()) == ("count", 0, "2026-04-01")


def test_marks_of_the_source_are_told_apart_and_none_becomes_a_number():
    data = m.dataset(SMALL, value=[None, None, None, None], status={"0": "...", "1": "..", "2": "-"})
    found = panel(data)
    assert found.cell("SSS", 2020).status == Status.SUPPRESSED
    assert found.cell("SSS", 2019).status == Status.MISSING
    assert (found.cell("KU286", 2020).status, found.cell("KU286", 2020).value) == (Status.ZERO, 0.0)
    assert found.cell("KU286", 2019).status == Status.MISSING
    assert np.isnan(found.values[found.status > Status.ZERO]).all()


@pytest.mark.parametrize("status", ["...", ["..."], ["...", "...", "...", "..."]])
def test_a_status_may_be_of_all(status):
    data = m.dataset(SMALL, value=[1, None, 3, 4], status=status)
    found = panel(data)
    assert found.cell("SSS", 2019).status == Status.SUPPRESSED
    assert found.cell("SSS", 2020).value == 1


def test_sparse_values():
    found = panel(m.dataset(SMALL, value={"0": 7, "3": 0}))
    assert found.cell("SSS", 2020).value == 7
    assert found.cell("KU286", 2019).status == Status.ZERO
    assert found.cell("KU286", 2020).status == Status.MISSING


def test_an_index_may_be_a_list_or_out_of_order():
    data = m.dataset(SMALL)
    data["dimension"]["timeperiod_y"]["category"]["index"] = {"2019": 1, "2020": 0}
    again = m.dataset(SMALL)
    again["dimension"]["timeperiod_y"]["category"]["index"] = ["2020", "2019"]
    assert np.array_equal(panel(data).values, panel(again).values)


def test_parts_become_the_whole():
    whole = read_contents([read_dataset(body(m.dataset(ALL)))])
    parts = [
        read_dataset(body(m.dataset({**ALL, "alue_23_20260101": areas})))
        for areas in (["KU286"], ["SSS", "KU285"], ["MK08"])
    ]
    together = read_contents(parts)
    assert [c.panel.sha256() for c in together] == [c.panel.sha256() for c in whole]


def test_parts_that_overlap_or_leave_a_hole_are_refused():
    def part(areas, years):
        return read_dataset(body(m.dataset({**SMALL, "alue_23_20260101": areas, "timeperiod_y": years})))

    overlap = [part(["KU286"], ["2020"]), part(["KU286", "SSS"], ["2020"])]
    hole = [part(["KU286"], ["2020"]), part(["SSS"], ["2019"])]
    for parts in (overlap, hole):
        with pytest.raises(SourceProblem) as problem:
            read_contents(parts)
        assert problem.value.code == "parts_disagree"


def without(name: str) -> dict:
    return {key: value for key, value in m.dataset(SMALL).items() if key != name}


def with_code(variable: str, code: str) -> dict:
    data = m.dataset(SMALL)
    category = data["dimension"][variable]["category"]
    category["index"] = {code: 0, **{c: i for i, c in enumerate(category["index"]) if i}}
    return data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>", "html_instead"),
        (body(m.dataset(SMALL))[:-20], "cut_or_broken"),
        ([], "not_json_stat"),
        ({}, "not_json_stat"),
        (without("dimension"), "not_json_stat"),
        (without("value"), "not_json_stat"),
        (m.dataset(SMALL, size=[2, 2, 2]), "not_json_stat"),
        (m.dataset(SMALL, value=[1, 2, 3]), "wrong_size"),
        (m.dataset(SMALL, value={"9": 1}), "wrong_size"),
        (m.dataset(SMALL, value={"x": 1}), "not_json_stat"),
        (m.dataset(SMALL, value=[1, 2, 3, "4"]), "no_number"),
        (m.dataset(SMALL, value=[1, 2, 3, True]), "no_number"),
        (m.dataset(SMALL, value=[1, 2, 3, 10**400]), "too_large_number"),
        (m.dataset(SMALL, value=[None] * 4), "no_rows"),
        (m.dataset({k: v for k, v in SMALL.items() if k != "timeperiod_y"}), "no_such_variable"),
        (m.dataset({k: v for k, v in SMALL.items() if k != "alue_23_20260101"}), "no_such_variable"),
        (with_code("timeperiod_y", "2020M01"), "not_yearly"),
        (with_code("timeperiod_y", "1600"), "year_out_of_range"),
        (with_code("alue_23_20260101", "XX9"), "unknown_area"),
    ],
)
def test_what_does_not_hold_is_refused(data, code):
    assert code_of(data) == code


@given(st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_a_body_cut_anywhere_is_refused(at):
    whole = body(m.dataset(SMALL))
    assert code_of(whole[: min(at, len(whole) - 1)]) in {"cut_or_broken", "empty_answer"}


def test_older_tables_with_bare_codes():
    data = json.loads(json.dumps(m.dataset(SMALL)).replace("KU286", "286"))
    assert panel(data).areas == ("KU286", "SSS")


def test_a_real_answer(shared):
    content = read_contents([read_dataset((shared / "pxweb_11re_three_cities_2025.json").read_bytes())])[0]
    assert {area: content.panel.latest(area).value for area in content.panel.areas} == {
        "KU049": 325716,
        "KU091": 694392,
        "KU092": 252956,
    }
