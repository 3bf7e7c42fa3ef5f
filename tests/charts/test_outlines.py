import json
import re
from pathlib import Path

import pytest

from lautta.charts import PAGE, Outlines, Reading, Style, centroids, choropleth, outlines, quantile_breaks
from tests.charts.drawn import check_sound

COUNTRY = Path(__file__).resolve().parents[3] / "shared" / "data" / "municipalities_2023.geojson"


def square(x, y, side, code, **properties):
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {
        "type": "Feature",
        "properties": {"kunta": code, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def test_paths_are_whole_numbers_on_one_scale():
    drawn = outlines(collection(square(20, 60, 1, "a"), square(21, 60, 1, "b")), size=100)
    assert (drawn.width, drawn.height) == (99, 100)
    assert all(re.fullmatch(r"[Mlz0-9 -]+", path) for path in drawn.paths.values())
    assert drawn.paths == {"a": "M49 100l0-100-49 0 0 100z", "b": "M49 100l49 0 0-100-49 0z"}


def test_a_number_has_its_place_well_inside():
    x, y, room = outlines(collection(square(20, 0, 10, "a")), size=90).spots["a"]
    assert abs(x - 45) < 6
    assert abs(y - 45) < 6
    assert room > 35


def test_a_hole_is_part_of_the_path_and_no_place_for_a_number():
    ring = square(20, 0, 10, "a")
    hole = square(22, 2, 6, "b")["geometry"]["coordinates"][0]
    ring["geometry"]["coordinates"].append(hole)
    drawn = outlines(collection(ring), size=100)
    assert drawn.paths["a"].count("M") == 2
    x, y, _ = drawn.spots["a"]
    assert not (20 < x < 80 and 20 < y < 80)


def test_the_smallest_area_never_vanishes():
    drawn = outlines(collection(square(20, 60, 5, "a"), square(25.5, 60, 0.0001, "b")), size=50)
    assert drawn.paths["b"].count("l") == 1


def test_parts_too_small_to_see_are_left_out():
    feature = square(20, 60, 5, "a")
    feature["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [
            feature["geometry"]["coordinates"],
            square(26, 60, 0.0001, "x")["geometry"]["coordinates"],
        ],
    }
    assert outlines(collection(feature), size=50).paths["a"].count("M") == 1


def test_only_the_areas_asked_for_fill_the_frame():
    features = collection(square(20, 60, 1, "a"), square(29, 60, 1, "b"))
    assert outlines(features, only={"b"}, size=100).paths.keys() == {"b"}
    assert outlines(features, only={"b"}, size=100).height == 100


def test_a_feature_may_bear_its_code_as_id():
    feature = square(20, 60, 1, "a") | {"properties": None, "id": "091"}
    assert outlines(collection(feature)).paths.keys() == {"091"}


@pytest.mark.parametrize(
    ("geojson", "says"),
    [
        ({}, "no features"),
        (collection({"properties": {}, "geometry": None}), "neither"),
        (
            collection({"properties": {"kunta": "1"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}),
            "Point",
        ),
        (
            collection({"properties": {"kunta": "1"}, "geometry": {"type": "Polygon", "coordinates": []}}),
            "no outline",
        ),
        (collection({"properties": {"kunta": "1"}, "geometry": None}), "no outline"),
        (
            collection({"properties": {"kunta": "1"}, "geometry": {"type": "Polygon", "coordinates": [[]]}}),
            "no list of points",
        ),
        (
            collection({"properties": {"kunta": "1"}, "geometry": {"type": "Polygon", "coordinates": [5]}}),
            "no list of points",
        ),
    ],
)
def test_what_is_no_area_is_refused_with_its_reason(geojson, says):
    with pytest.raises(ValueError, match=says):
        outlines(geojson)


def test_none_of_the_areas_asked_for():
    with pytest.raises(ValueError, match="None of the areas"):
        outlines(collection(square(20, 60, 1, "a")), only={"z"})


def test_centroids_are_the_middle_of_the_largest_part():
    feature = square(20, 60, 2, "a")
    feature["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [
            square(30, 60, 1, "x")["geometry"]["coordinates"],
            feature["geometry"]["coordinates"],
        ],
    }
    assert centroids(collection(feature))["a"] == pytest.approx((21, 61))


@pytest.fixture(scope="module")
def country():
    if not COUNTRY.exists():
        pytest.skip(f"{COUNTRY.name} is not beside the project: borders of the country are not part of it")
    return json.loads(COUNTRY.read_text("utf-8"))


def test_the_country_is_light(country):
    drawn = outlines(country)
    assert len(drawn.paths) == 309
    readings = {
        code: Reading(code, float(int(code) % 17), suppressed=int(code) % 40 == 0) for code in drawn.paths
    }
    breaks = quantile_breaks(r.known for r in readings.values())
    svg = choropleth(drawn, readings, breaks, key="k", title="t", description="d", style=Style(palette=PAGE))
    check_sound(svg)
    assert len(svg.encode()) <= 60_000
    with_names = choropleth(drawn, readings, breaks, key="k", title="t", description="d", titles=True)
    assert len(with_names.encode()) <= 60_000


def test_outlines_may_be_kept_as_json(country):
    drawn = outlines(country, only={"285", "286"})
    kept = json.loads(json.dumps([drawn.width, drawn.height, drawn.paths, drawn.spots]))
    assert Outlines(*kept).paths == drawn.paths
