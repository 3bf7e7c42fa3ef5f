"""Outlines: from GeoJSON in degrees or metres into the database and to a map."""

import json

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators import boundaries
from lautta.indicators.actions import set_boundaries
from lautta.indicators.boundaries import (
    country_outlines,
    drawn_areas,
    drawn_country,
    middles,
    newest,
    outlines_of,
    read_boundaries,
)
from lautta.indicators.models import AreaBoundary
from lautta.indicators.problems import SourceProblem


def square(code: str, x: float, y: float, side: float = 1.0) -> dict:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {
        "type": "Feature",
        "properties": {"kunta": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def forget() -> None:
    """Tests roll back, and so keys come again, which in a running installation they never do."""
    boundaries._outlines_of.cache_clear()
    boundaries._country.cache_clear()


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
    forget()
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
    forget()


@pytest.mark.django_db
def test_outlines_taken_in_anew_are_drawn_and_the_same_ones_are_not_asked_for_again(
    django_assert_num_queries,
):
    forget()
    set_boundaries(by=SYSTEM, boundaries=read_boundaries(DEGREES), year=2023, source="test")
    drawn = newest()
    first = (drawn_areas(["KU286"], drawn), drawn_country(drawn))
    with django_assert_num_queries(0):
        assert (drawn_areas(["KU286"], drawn), drawn_country(drawn)) == first
    wide = geojson(square("286", 26, 60, 0.5), square("285", 27, 60, 3), square("075", 20, 60, 3))
    set_boundaries(by=SYSTEM, boundaries=read_boundaries(wide), year=2023, source="other")
    again = newest()
    assert (again.year, again.source, again.mark != drawn.mark) == (2023, "other", True)
    assert set(drawn_country(again).paths) == {"KU286", "KU285", "KU075"}
    set_boundaries(by=SYSTEM, boundaries=read_boundaries(DEGREES), year=2022, source="older")
    assert newest() == again
    forget()


def test_the_real_municipalities(shared):
    found = read_boundaries((shared / "municipalities_2023.geojson").read_bytes())
    assert len(found.outlines.paths) == 309
    assert sum(map(len, found.outlines.paths.values())) < 60_000
    regions = read_boundaries((shared / "maakunnat_2023.geojson").read_bytes(), "maakunta")
    assert "MK08" in regions.outlines.paths
