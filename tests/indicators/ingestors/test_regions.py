"""Sotkanet's regions become the codes of the panels."""

import json

import pytest

from lautta.indicators.ingestors.regions import code_of, read_regions, retired_regions
from lautta.indicators.problems import SourceProblem
from tests.indicators import factories as f


def test_codes_are_those_of_statistics_finland():
    assert {row.sotkanet_id: row.code for row in read_regions(f.body(f.REGIONS))} == f.CODES
    assert code_of("SEUTUKUNTA", "82") == "SK082"
    kouvola = next(row for row in read_regions(f.body(f.REGIONS)) if row.code == "KU286")
    assert kouvola.parents == ("HV10", "MK08", "SSS")


def test_a_countys_former_id_does_not_take_another_countys_code():
    """Kymenlaakso was 887 with code 6; code 06 is Satakunta's today."""
    listed = [*f.REGIONS, f.region(887, "6", "HYVINVOINTIALUE"), f.region(976, "06", "HYVINVOINTIALUE")]
    codes = {row.sotkanet_id: row.code for row in read_regions(f.body(listed))}
    assert codes[976] == "HV06"
    assert 887 not in codes
    assert retired_regions()[887] == "HV10"


def test_a_division_that_is_new_to_us_stops_nothing():
    listed = [
        *f.REGIONS,
        f.region(9, "9", "PLANEETTA"),
        f.region(833, "1", "ERVA"),
        f.region(834, "1", "ERVA"),
    ]
    rows = {row.sotkanet_id: row for row in read_regions(f.body(listed))}
    assert (rows[9].code, rows[9].kind) == ("ID0009", "division")
    assert (rows[833].code, rows[834].code) == ("ER1", "ID0834")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "not_a_list"),
        ({"id": 1}, "not_a_list"),
        (f.REGIONS[1:], "no_country"),
        ([*f.REGIONS, {"id": 9}], "region_broken"),
        ([*f.REGIONS, f.region(9, "286")], "region_code_twice"),
    ],
)
def test_a_broken_list_is_refused(data, code):
    with pytest.raises(SourceProblem) as problem:
        read_regions(f.body(data))
    assert problem.value.code == code


def test_the_real_list_is_read_whole(shared):
    rows = read_regions((shared / "sotkanet_regions.json").read_bytes())
    kinds = [row.kind for row in rows]
    assert kinds.count("municipality") == 320
    assert kinds.count("region") == 19
    listed = json.loads((shared / "sotkanet_regions.json").read_bytes())
    assert len(rows) == len(listed)
