import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.charts import centroids, tile_places

COUNTRY = Path(__file__).resolve().parents[3] / "shared" / "data" / "municipalities_2023.geojson"
# Kymenlaakso's six municipalities, about.
SIX = {
    "286": (26.8, 60.95), "285": (26.9, 60.5), "075": (27.2, 60.65), "624": (26.6, 60.5), "935": (27.7, 60.6), "489": (27.7, 60.75),
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.tuples(st.floats(19, 32), st.floats(59, 70)),
        max_size=30,
    )
)
def test_no_two_share_a_cell_and_all_have_one(points):
    cells = tile_places(points)
    assert cells.keys() == points.keys()
    assert len(set(cells.values())) == len(points)
    if cells:
        assert min(c for c, _ in cells.values()) == 0
        assert min(r for _, r in cells.values()) == 0


@given(st.integers(1, 12))
def test_places_on_one_spot_are_parted(count):
    cells = tile_places({str(i): (25.0, 61.0) for i in range(count)})
    assert len(set(cells.values())) == count


def test_the_order_given_does_not_matter():
    assert tile_places(SIX) == tile_places(dict(reversed(SIX.items())))


def test_six_municipalities_keep_their_sides():
    cells = tile_places(SIX)
    assert cells["286"][1] < cells["285"][1], "Kouvola is north of Kotka"
    assert cells["624"][0] < cells["285"][0] < cells["935"][0], "Pyhtää, Kotka, Virolahti from west to east"
    assert cells["489"][1] < cells["935"][1], "Miehikkälä is north of Virolahti"
    assert max(c for c, _ in cells.values()) <= 3
    assert max(r for _, r in cells.values()) <= 3


def test_a_square_of_points_stays_a_square():
    points = {f"{x}{y}": (1000.0 * x, 1000.0 * y) for x in range(5) for y in range(5)}
    cells = tile_places(points, degrees=False)
    assert cells == {f"{x}{y}": (x, 4 - y) for x in range(5) for y in range(5)}


@pytest.mark.parametrize("point", [(math.nan, 60), (math.inf, 60), ("x", 1), (1,), None])
def test_what_is_no_point_is_refused_by_name(point):
    with pytest.raises(ValueError, match="Kotka"):
        tile_places({"Kotka": point, "Hamina": (27, 60)})


def test_nothing_has_no_places():
    assert tile_places({}) == {}
    assert tile_places({"a": (25, 61)}) == {"a": (0, 0)}


@pytest.fixture(scope="module")
def country():
    if not COUNTRY.exists():
        pytest.skip(f"{COUNTRY.name} is not beside the project: borders of the country are not part of it")
    return json.loads(COUNTRY.read_text("utf-8"))


def borders(geojson):
    """Pairs of municipalities that share a point of their outlines."""
    at: dict[tuple[float, float], set[str]] = {}
    for feature in geojson["features"]:
        geometry = feature["geometry"]
        polygons = (
            geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        )
        for polygon in polygons:
            for x, y in polygon[0]:
                at.setdefault((x, y), set()).add(feature["properties"]["kunta"])
    return {(a, b) for group in at.values() for a in group for b in group if a < b}


def test_the_country_keeps_its_neighbours_and_has_no_holes(country):
    middles = centroids(country)
    cells = tile_places(middles)
    taken = set(cells.values())
    assert len(taken) == 309
    pairs = borders(country)
    steps = {(a, b): max(abs(cells[a][0] - cells[b][0]), abs(cells[a][1] - cells[b][1])) for a, b in pairs}
    touching = sum(step == 1 for step in steps.values()) / len(pairs)
    assert touching > 0.7
    assert max(steps.values()) <= 5
    wrong_way = sum(_turned(middles[a], middles[b], cells[a], cells[b]) > 90 for a, b in pairs) / len(pairs)
    assert wrong_way < 0.05
    assert _enclosed(taken) == 0


def _turned(a, b, cell_a, cell_b):
    """Degrees between the direction on the map and on the grid."""
    dx, dy = (b[0] - a[0]) * math.cos(math.radians(a[1])), a[1] - b[1]
    gx, gy = cell_b[0] - cell_a[0], cell_b[1] - cell_a[1]
    return math.degrees(abs(math.atan2(dx * gy - dy * gx, dx * gx + dy * gy)))


def _enclosed(taken):
    """Empty cells that one cannot leave by empty cells."""
    right, bottom = max(c for c, _ in taken) + 1, max(r for _, r in taken) + 1
    seen, waiting = {(-1, -1)}, [(-1, -1)]
    while waiting:
        c, r = waiting.pop()
        for cell in ((c + 1, r), (c - 1, r), (c, r + 1), (c, r - 1)):
            if -1 <= cell[0] <= right and -1 <= cell[1] <= bottom and cell not in taken and cell not in seen:
                seen.add(cell)
                waiting.append(cell)
    return (right + 2) * (bottom + 2) - len(seen) - len(taken)
