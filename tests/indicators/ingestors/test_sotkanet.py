"""Sotkanet's answers, whole or not at all."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.indicators.ingestors.sotkanet import read_indicator, read_values
from lautta.indicators.problems import SourceProblem
from tests.indicators import factories as f

YEARS = list(range(2015, 2021))
GOOD = f.body(f.rows())


def read(body: bytes, source_id: int = 4711, years=YEARS):
    return read_values(body, source_id, years, f.CODES)


def code_of(body: bytes, **arguments) -> str:
    with pytest.raises(SourceProblem) as problem:
        read(body, **arguments)
    return problem.value.code


def test_every_value_and_count_is_the_sources():
    panel, count = read(GOOD)
    assert count == len(f.rows())
    for row in f.rows():
        cell = panel.cell(f.CODES[row["region"]], row["year"])
        assert (cell.value, cell.numerator) == (row["value"], row["absValue"])


@given(st.integers(0, len(GOOD) - 1))
@settings(max_examples=60, deadline=None)
def test_a_body_cut_anywhere_is_refused(at):
    assert code_of(GOOD[:at]) in {"cut_or_broken", "empty_answer"}


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_a_problem_with_a_code(data):
    with pytest.raises(SourceProblem):
        read(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
@settings(max_examples=80, deadline=None)
def test_any_json_ends_in_a_problem_with_a_code(data):
    with pytest.raises(SourceProblem):
        read(json.dumps(data).encode())


def changed(**fields) -> bytes:
    rows = f.rows()
    rows[3] = {**rows[3], **fields}
    return f.body(rows)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><body>Huoltokatko</body></html>", "html_instead"),
        (b"  \n<!DOCTYPE html>", "html_instead"),
        (b"", "empty_answer"),
        (b"[]", "no_rows"),
        (b"{}", "not_a_list"),
        (b'[{"indicator": 4711}]', "row_broken"),
        (b"[1, 2]", "row_broken"),
        (changed(indicator=4712), "wrong_indicator"),
        (changed(region=99999), "unknown_region"),
        (changed(region="152"), "row_broken"),
        (changed(region=True), "row_broken"),
        (changed(year=2014), "year_not_asked"),
        (changed(year=2015.5), "row_broken"),
        (changed(gender="all"), "unknown_gender"),
        (changed(gender=None), "unknown_gender"),
        (changed(value="1,5"), "no_number"),
        (changed(value=True), "no_number"),
        (changed(value=float("nan")), "not_finite"),
        (changed(value=float("inf")), "not_finite"),
        (GOOD.replace(b'"value": 8.08', b'"value": 1e999'), "not_finite"),
        (changed(value=10**400), "too_large_number"),
        (changed(value=2**60), "too_large_number"),
        (changed(value=None, absValue=None), "row_without_number"),
        (f.body([*f.rows(), {**f.rows()[0], "value": 1.25}]), "contradicting_rows"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_code(body, code):
    assert code_of(body) == code


def test_a_former_county_is_the_county_of_today():
    rows = [{"indicator": 4711, "region": 887, "year": 2016, "gender": "total", "value": 3.5}]
    panel, _ = read(f.body(rows))
    assert panel.areas == ("HV10",)


def test_a_description_is_read_and_cleaned():
    found = read_indicator(
        f.body(
            f.description(
                description={"fi": "Kuvaus<script>alert(1)</script><p id=x onclick='y()'>Lisää</p>"},
                primaryValueType={"code": "PER1000", "title": {"fi": "Tuhatta kohti"}},
            )
        ),
        4711,
    )
    assert found.years == (2015, 2020)
    assert found.updated.isoformat() == "2023-12-01"
    assert found.kind == "per_1000"
    text = found.description.shown("fi").text
    assert "Lisää" in text
    assert "script" not in text
    assert "onclick" not in text


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Lapsiperheet, % perheistä", "percentage"),
        ("Sairaalahoitoa saaneet 0 - 17-vuotiaat / 1 000 vastaavanikäistä", "per_1000"),
        ("Kuolleisuus / 100 000 vastaavanikäistä", "per_100000"),
        ("Hoitojaksot 0 - 14-vuotiailla / 10 000 vastaavanikäistä asukasta", "per_10000"),
        ("0-vuotiaat, lkm 31.12.", "count"),
        ("Nettokustannukset, euroa / asukas", "euro"),
        ("Lasten pienituloisuusaste", "percentage"),
        ("Gini-kerroin, käytettävissä olevat tulot", "index"),
    ],
)
def test_the_kind_of_value_is_read_from_the_title_where_the_source_gives_no_code(title, kind):
    assert read_indicator(f.body(f.description(title=title)), 4711).kind == kind


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"id": 12}, "wrong_indicator"), ({"title": None}, "no_title"), ({"title": {"fi": " "}}, "no_title")],
)
def test_a_description_of_something_else_is_refused(fields, code):
    data = f.description()
    data.update(fields)
    with pytest.raises(SourceProblem) as problem:
        read_indicator(f.body(data), 4711)
    assert problem.value.code == code
