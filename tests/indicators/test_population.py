"""Children by age: sums exact, the same every time, refused in words, and kept beside the vintages that they rest on."""

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.indicators import population
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.population import ALL, GROUPS, SCHOOL, key_of, reckon, whole_numbers
from lautta.indicators.population_reading import evidence
from tests.indicators import people

REGIONS = {"MK08": people.PLACES}
GROUP = dict.fromkeys(people.PLACES, "MK08")


def made(observed=None, projection=None, **arguments):
    found = reckon(
        observed or people.panel(), projection or people.panel("projection", seed=6), arguments.pop("regions", REGIONS),
        groups=GROUP, **arguments,
    )  # fmt: skip
    return {each.area: each for each in found}


def test_sums_of_places_and_of_ages_are_exact():
    found = made()
    assert list(found) == ["MK08", *people.PLACES]
    for what in ("observed", "scenario", "official"):
        for ages in GROUPS:
            for year in found["MK08"].years:
                parts = [found[code].at(what, ages, year) for code in people.PLACES]
                whole = found["MK08"].at(what, ages, year)
                assert whole == (None if None in parts else sum(parts))
        for area in found.values():
            for year in area.years:
                parts = [area.at(what, ages, year) for ages in SCHOOL]
                assert area.at(what, ALL, year) == (None if None in parts else sum(parts))


def test_counted_to_the_base_year_and_projected_to_2040():
    area = made()["KU286"]
    assert (area.base_year, area.years[-1]) == (2023, 2040)
    panel = people.panel()
    row = panel.values[panel.areas.index("KU286"), -1, 0]
    assert area.at("observed", (7, 14), 2023) == row[7:15].sum()
    assert area.at("observed", ALL, 2024) is None
    assert area.at("scenario", ALL, 2023) is None
    for year in range(2024, 2041):
        low, point, high = (area.at(what, ALL, year) for what in ("low", "scenario", "high"))
        assert low <= point <= high
    assert area.at("high", ALL, 2040) - area.at("low", ALL, 2040) > area.at("high", ALL, 2025) - area.at(
        "low", ALL, 2025
    )


def test_the_same_from_the_same_and_not_of_other_areas():
    assert made()["MK08"].payload() == made()["MK08"].payload()
    assert made(regions={"MK08": people.PLACES[:2]})["KU285"].payload() == made()["KU285"].payload()


@given(st.lists(st.lists(st.floats(0, 500), min_size=19, max_size=19), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_whole_numbers_keep_every_run_of_ages(rows):
    point = np.array(rows)[:, :, None]
    whole = whole_numbers(point)
    assert (whole == np.floor(whole)).all()
    assert (whole >= 0).all()
    assert np.abs(np.cumsum(whole, axis=1) - np.cumsum(point, axis=1)).max() <= 0.5 + 1e-9


def test_too_few_years_are_refused_and_the_rest_is_told():
    found = made(people.panel(years=range(2014, 2024)))
    for area in found.values():
        assert area.refusal == {"code": "too_few_years", "parameters": {"years": 10, "least": 12}}
        assert area.scenario == {}
        assert area.at("official", ALL, 2035) > 0


def with_leap(year: int, share: float = 1.3, size: int = 300) -> IndicatorPanel:
    panel = people.panel(top="", size=size)
    values = panel.values.copy()
    at = panel.areas.index("KU285")
    values[at, panel.years.index(year) :] = np.round(values[at, panel.years.index(year) :] * share)
    values[panel.areas.index("SSS")] = values[: len(people.PLACES)].sum(axis=0)
    return IndicatorPanel(panel.areas, panel.years, panel.genders, values, panel.status, extra=panel.extra)


def test_a_leap_of_all_ages_refuses_the_place_and_its_region():
    found = made(with_leap(2018))
    assert found["KU285"].refusal == {"code": "boundary", "parameters": {"year": 2018}}
    assert found["KU286"].refusal == {}
    assert found["MK08"].refusal == {"code": "member", "parameters": {"areas": ["KU285"]}}
    assert found["MK08"].at("observed", ALL, 2023) == sum(
        found[c].at("observed", ALL, 2023) for c in people.PLACES
    )
    assert found["MK08"].scenario == {}


def test_a_small_places_leap_is_chance_unless_the_register_knows_a_merger():
    leap = with_leap(2018, size=20)
    assert made(leap)["KU285"].refusal == {}
    assert made(leap, mergers={("KU285", 2018)})["KU285"].refusal["code"] == "boundary"


def test_a_place_that_lacks_a_year_is_refused_and_the_others_are_not():
    panel = people.panel()
    values, status = panel.values.copy(), panel.status.copy()
    values[0, 3], status[0, 3] = np.nan, 3
    found = made(IndicatorPanel(panel.areas, panel.years, panel.genders, values, status, extra=panel.extra))
    assert found[panel.areas[0]].refusal["code"] == "years_missing"
    assert found["KU286"].refusal == {}


def test_a_projection_of_regions_alone_is_the_regions():
    whole = people.panel("projection")
    found = made(projection=whole.only(["MK08"]))
    assert found["KU286"].official == {}
    at = whole.values[whole.areas.index("MK08"), whole.years.index(2035), 0, :18].sum()
    assert found["MK08"].at("official", ALL, 2035) == at


def test_no_projection_and_a_past_horizon():
    found = {a.area: a for a in reckon(people.panel(), None, REGIONS, groups=GROUP)}
    assert found["MK08"].official == {}
    assert found["MK08"].at("scenario", ALL, 2040) > 0
    assert made(last_year=2023)["KU286"].refusal == {"code": "past", "parameters": {"year": 2023}}


def test_years_ahead_end_where_the_ages_of_the_table_do():
    found = made(people.panel(years=range(2000, 2019)))["KU286"]
    assert found.at("scenario", ALL, 2036) > 0
    assert found.at("scenario", ALL, 2037) is None


def test_the_evidence_is_that_of_the_methods_page():
    """Whoever runs the study anew brings data/population_evidence.yaml up to date."""
    from pathlib import Path

    import lautta

    page = (Path(lautta.__file__).parents[1] / "docs/methods/population.md").read_text("utf-8")
    part = page.partition("Coverage of the 80 % interval, %, regions as areas")[2].partition("Coverage of")[0]
    lines = [
        [c.strip() for c in line.strip("| ").split("|")]
        for line in part.splitlines()
        if line.startswith("| ")
    ]
    figures = re.compile(r"([\d.]+) \([^;]*; n (\d+)\)")
    found = [(r[0].replace("–", "-"), int(r[1]), figures.match(r[2])) for r in lines if r[1].isdigit()]
    table = {(ages, ahead, float(m[1]), int(m[2])) for ages, ahead, m in found if m}
    assert {(t.ages, t.ahead, t.covered, t.of) for t in evidence()} == table


def test_keys_and_groups():
    assert key_of((7, 14)) == "7-14"
    assert {(0, 6), (7, 14), (0, 14), ALL} <= set(GROUPS)
    assert population.METHOD
