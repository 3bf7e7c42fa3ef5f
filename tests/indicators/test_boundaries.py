"""Outlines: from GeoJSON in degrees or metres into the database and to a map."""

import json

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators import boundaries
from lautta.indicators.actions import set_boundaries
from lautta.indicators.boundaries import country_outlines, middles, outlines_of, read_boundaries
from lautta.indicators.models import AreaBoundary
from lautta.indicators.problems import SourceProblem


def square(code: str, x: float, y: float, side: float = 1.0) -> dict:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {
        "type": "Feature",
        "properties": {"kunta": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def geojson(*features: dict) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


DEGREES = geojson(square("286", 26, 60), square("285", 27, 60, 3))


def test_codes_and_middles():
    found = read_boundaries(DEGREES)
    assert set(found.outlines.paths) == {"KU286", "KU285"}
    assert found.centres["KU286"] == [26.5, 60.5]


def test_metres_land_where_degrees_do():
    metres = geojson(square("286", 500_000, 6_700_000, 10_000))
    x, y = read_boundaries(metres).centres["KU286"]
    assert (x, y) == (pytest.approx(27.09, abs=0.02), pytest.approx(60.48, abs=0.02))


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        geojson(),
        geojson({"type": "Feature", "properties": {}, "geometry": None}),
        geojson({**square("286", 26, 60), "geometry": {"type": "Point", "coordinates": [26, 60]}}),
        geojson(square("Kouvola", 26, 60)),
        geojson({**square("286", 26, 60), "geometry": {"type": "Polygon", "coordinates": [[["a", "b"]]]}}),
    ],
)
def test_what_is_no_outline_is_refused(body):
    with pytest.raises(SourceProblem) as problem:
        read_boundaries(body)
    assert problem.value.code == "no_boundaries"


@pytest.mark.django_db
def test_stored_outlines_are_the_countrys_or_of_a_few_areas():
    boundaries._outlines_of.cache_clear()
    assert country_outlines() is None
    found = read_boundaries(DEGREES)
    assert set_boundaries(by=SYSTEM, boundaries=found, year=2023, source="test") == 2
    assert set_boundaries(by=SYSTEM, boundaries=found, year=2023, source="test") == 2
    assert AreaBoundary.objects.count() == 2
    assert country_outlines() == found.outlines
    alone = outlines_of(["KU286"])
    assert set(alone.paths) == {"KU286"}
    assert alone.paths["KU286"] != found.outlines.paths["KU286"], "a frame of its own"
    assert outlines_of(["KU286", "KU999"]) is None
    assert middles(["KU285"]) == {"KU285": (28.5, 61.5)}
    boundaries._outlines_of.cache_clear()


def test_the_real_municipalities(shared):
    found = read_boundaries((shared / "municipalities_2023.geojson").read_bytes())
    assert len(found.outlines.paths) == 309
    assert sum(map(len, found.outlines.paths.values())) < 60_000
    regions = read_boundaries((shared / "maakunnat_2023.geojson").read_bytes(), "maakunta")
    assert "MK08" in regions.outlines.paths
