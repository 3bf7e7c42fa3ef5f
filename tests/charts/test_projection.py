import math

import pytest

from lautta.charts.projection import Projection, degrees_of_metres


@pytest.mark.parametrize(
    ("east", "north", "longitude", "latitude"),
    [
        # Computed with PROJ 9 through pyproj, EPSG:3067 to EPSG:4326.
        (385_595, 6_672_020, 24.938161484463777, 60.16901264082332),
        (500_000, 7_000_000, 27.0, 63.129339712894044),
        (496_000, 6_704_000, 26.927247523008653, 60.47217192805998),
        (70_000, 6_700_000, 19.22983835322877, 60.20855694260604),
        (730_000, 7_700_000, 32.840878889560436, 69.31082131813847),
    ],
)
def test_finnish_metres_in_degrees(east, north, longitude, latitude):
    assert degrees_of_metres(east, north) == pytest.approx((longitude, latitude), abs=1e-8)


def test_north_is_up_and_the_longer_side_fills_the_frame():
    projection = Projection.of([(20, 60), (21, 63)], "EPSG:4326", 1000)
    assert projection((20, 63)) == pytest.approx((0, 0))
    assert projection((20, 60)) == pytest.approx((0, 1000))
    assert (projection.width, projection.height) == (math.ceil(1000 / 3 * math.cos(math.radians(61.5))), 1000)


def test_metres_and_degrees_land_on_one_map():
    metres = [(385_595, 6_672_020), (496_000, 6_704_000)]
    degrees = [degrees_of_metres(*p) for p in metres]
    a, b = Projection.of(metres, "EPSG:3067", 500), Projection.of(degrees, "EPSG:4326", 500)
    for metre, degree in zip(metres, degrees, strict=True):
        assert a(metre) == pytest.approx(b(degree))


@pytest.mark.parametrize(
    ("positions", "crs"),
    [
        ([(25, 60)], "EPSG:3857"),
        ([(385_595, 6_672_020)], "EPSG:4326"),
        ([], "EPSG:4326"),
        ([(25,)], "EPSG:4326"),
        ([("x", 60)], "EPSG:4326"),
        ([(math.nan, 60)], "EPSG:4326"),
        ([(math.inf, 60)], "EPSG:3067"),
    ],
)
def test_what_cannot_be_placed_is_refused(positions, crs):
    with pytest.raises(ValueError, match=r"EPSG|point"):
        Projection.of(positions, crs, 100)
