"""Population by single years: read whole, sums held against totals, and every way to be wrong refused."""

import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.indicators.ingestors.population import age_of, build, of_file
from lautta.indicators.problem_words import SENTENCES
from lautta.indicators.problems import SourceProblem
from lautta.statistics.panel import Status
from tests.indicators import people

MEMBERS = {"MK08": people.PLACES, "SSS": people.PLACES}


def refused(code: str, body: bytes, which="observed", members=MEMBERS):
    with pytest.raises(SourceProblem) as problem:
        of_file(body, which, members)
    assert problem.value.code == code
    assert code in SENTENCES
    str(SENTENCES[code]) % problem.value.parameters
    return problem.value


def rows(*lines: str) -> bytes:
    ages = [f"KU286;2020;{n};10" for n in range(18)]
    return "\n".join(["alue;vuosi;ikä;väestö", *ages, *lines]).encode()


@pytest.mark.parametrize(
    ("text", "age"),
    [("7", 7), ("007", 7), ("7.0", 7), ("100-", 100), ("100+", 100), ("7 v", 7), ("SSS", None), ("Totalt", None), ("999.0", None)],
)  # fmt: skip
def test_ages_as_sources_write_them(text, age):
    assert age_of(text) == age


@pytest.mark.parametrize("text", ["0-4", "7–14", "vanhat", "", "200"])
def test_groups_of_ages_are_no_single_years(text):
    with pytest.raises(SourceProblem, match="not_single_years"):
        age_of(text)


def test_a_file_is_the_panel_it_was_made_of():
    made = people.panel()
    body = people.as_csv(made)
    for sent in (body, gzip.compress(body), body.decode().encode("cp1252")):
        found, count = of_file(sent, "observed", MEMBERS)
        assert found.sha256() == made.sha256()
        assert count == made.values.size


@given(
    st.lists(st.lists(st.integers(0, 4_000), min_size=18, max_size=18), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_any_order_of_rows_and_genders_gives_the_same_sums(counts, random):
    lines = []
    for place, ages in enumerate(counts):
        for age, count in enumerate(ages):
            girls = random.randint(0, count)
            lines += [
                f"{place + 10:03d},2020,{age},female,{girls}",
                f"{place + 10:03d},2020,{age},male,{count - girls}",
            ]
    random.shuffle(lines)
    found, _ = of_file("\n".join(["kunta,year,age,sex,pop", *lines]).encode(), "observed", {})
    assert found.values[:, 0, 0].tolist() == counts
    assert ((found.status == Status.ZERO) == (found.values == 0)).all()


@given(st.integers(0, 2), st.integers(0, 18), st.integers(0, 18), st.integers(1, 9))
@settings(max_examples=30, deadline=None)
def test_one_person_too_many_anywhere_is_found(place, year, age, more):
    made = people.panel()
    counts = made.values[:, :, 0].copy()
    counts[place, year, age] += more
    with pytest.raises(SourceProblem, match="sums_disagree"):
        build(made.areas, made.years, list(range(people.AGES)), counts, "observed", MEMBERS)


def test_ages_against_the_total_of_everybody():
    ages = np.arange(101.0)[None, None]
    whole = np.concatenate([ages, ages.sum(axis=2, keepdims=True)], axis=2)
    labels = [*range(101), None]
    assert build(["KU286"], [2020], labels, whole, "observed", {}).values.sum() == ages.sum()
    whole[..., -1] += 3
    with pytest.raises(SourceProblem, match="sums_disagree"):
        build(["KU286"], [2020], labels, whole, "observed", {})
    build(["KU286"], [2020], labels, whole, "projection", {})  # rounded cell by cell
    whole[..., -1] += 60
    with pytest.raises(SourceProblem, match="sums_disagree"):
        build(["KU286"], [2020], labels, whole, "projection", {})


def test_a_table_of_children_has_fewer_than_everybody():
    of_file(rows("KU286;2020;SSS;5000"), "observed", {})
    told = refused("sums_disagree", rows("KU286;2020;SSS;179"))
    assert (told.parameters["sum"], told.parameters["total"]) == (180, 179)


def test_regions_alone_and_a_region_with_some_of_its_places_are_taken():
    made = people.panel()
    of_file(people.as_csv(made, areas=["KU286", "MK08"]), "observed", MEMBERS)
    found, _ = of_file(
        "\n".join(["maakunta;vuosi;ikä;väestö", *(f"8;2020;{n};5" for n in range(18))]).encode(),
        "observed",
        {},
    )
    assert found.areas == ("MK08",)


def test_what_is_wrong_is_said():
    refused("not_single_years", rows("KU286;2020;0-4;50"))
    refused("ages_missing", b"alue;vuosi;ik\xc3\xa4;v\xc3\xa4est\xc3\xb6\nKU286;2020;0;10\nKU286;2020;1;10")
    refused("ages_missing", rows("KU286;2020;20;10"))
    refused("cell_missing", rows("KU285;2020;0;10"))
    refused("years_not_in_row", rows(*(f"KU286;2022;{n};10" for n in range(18))))
    refused("not_whole_people", rows("KU286;2020;18;10,5"))
    refused("not_whole_people", rows("KU286;2020;18;-1"))
    refused("bad_cell", rows("KU286;2020;18;monta"))
    refused("bad_year", rows("KU286;vuosi;18;4"))
    refused("year_out_of_range", rows("KU286;1600;18;4"))
    refused("unknown_area", rows("Narnia;2020;18;4"))
    refused("contradicting_rows", rows("KU286;2020;17;11"))
    refused("row_without_number", rows("KU286;2020;18"))
    refused("no_column", b"alue;vuosi;arvo\nKU286;2020;4")
    refused("no_rows", b"alue;vuosi;ika;arvo")
    refused("unreadable_file", b"\x1f\x8bbroken")
    refused("one_gender_alone", b"kunta,year,age,sex,pop\n286,2020,0,female,4")
    three = [
        f"286,2020,{n},{s},{v}" for n in range(18) for s, v in (("female", 4), ("male", 4), ("total", 9))
    ]
    refused("genders_disagree", "\n".join(["kunta,year,age,sex,pop", *three]).encode())


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_refused_in_words(body):
    with pytest.raises(SourceProblem) as problem:
        of_file(body, "observed", {})
    assert problem.value.code in SENTENCES


@pytest.mark.verify
def test_real_tables_hold_their_sums(shared):
    counted, _ = of_file((shared / "population_age0_18_kunta.csv.gz").read_bytes(), "observed", {})
    assert (len(counted.areas), counted.years[0], counted.years[-1]) == (309, 1990, 2021)
    body = (shared / "projection2019_128v_kunta_age.csv.gz").read_bytes()
    codes = {r.split(",")[0] for r in gzip.decompress(body).decode().splitlines()[1:]} - {"SSS"}
    made, _ = of_file(body, "projection", {"SSS": ["KU" + code for code in codes]})
    assert (len(made.areas), made.years[-1], made.values.shape[3]) == (312, 2040, 101)
