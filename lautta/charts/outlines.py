"""Outlines of areas ready to draw: one path in integers for each area, a place for a number in it, one common frame."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .projection import Projection
from .simplify import Ring, simplified

Spot = tuple[int, int, int]
_MOST_CELLS = 9


@dataclass(frozen=True)
class Outlines:
    """Paths of areas by code within a frame of `width` × `height`, y downwards. `spots` gives for each area (x, y, room):
    a point well inside its largest part and its distance to the border there. Plain numbers and text: it may be kept as JSON.
    """

    width: int
    height: int
    paths: Mapping[str, str]
    spots: Mapping[str, Spot]


def _polygons(feature: Mapping[str, Any], code: str) -> list[list[Sequence[Sequence[float]]]]:
    geometry = feature.get("geometry") or {}
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind in ("Polygon", "MultiPolygon") and coordinates:
        polygons = [coordinates] if kind == "Polygon" else list(coordinates)
        if all(
            polygon and all(isinstance(ring, (list, tuple)) and ring for ring in polygon)
            for polygon in polygons
        ):
            return polygons
        raise ValueError(f"Area {code} has a ring that is no list of points.")
    raise ValueError(
        f"Area {code} has no outline: its geometry is {kind}, not a Polygon or MultiPolygon with points."
    )


def read_areas(
    geojson: Mapping[str, Any], code: str, only: Collection[str] | None = None
) -> dict[str, list[list[Sequence[Sequence[float]]]]]:
    """Polygons (outer ring, then holes) by the property `code`, or by the feature's id if it has no such property.

    ValueError names what cannot be read: no features, an area without a code, another geometry.
    """
    features = geojson.get("features")
    if not features:
        raise ValueError("The GeoJSON has no features.")
    found: dict[str, list[list[Sequence[Sequence[float]]]]] = {}
    for feature in features:
        name = (feature.get("properties") or {}).get(code, feature.get("id"))
        if name is None:
            raise ValueError(f"A feature has neither the property {code} nor an id.")
        if only is None or str(name) in only:
            found.setdefault(str(name), []).extend(_polygons(feature, str(name)))
    if not found:
        raise ValueError("None of the areas asked for is in the GeoJSON.")
    return found


def outlines(
    geojson: Mapping[str, Any],
    *,
    code: str = "kunta",
    only: Collection[str] | None = None,
    crs: str = "EPSG:4326",
    size: int = 1000,
    tolerance: float = 1.0,
) -> Outlines:
    """Polygons of a GeoJSON projected to an equirectangular map at their own middle latitude and simplified.

    `crs` is EPSG:4326 (longitude, latitude in degrees) or EPSG:3067 (metres); both land on the same map. The longer side
    of the frame is `size` units and `tolerance` is how far, in these units, a border may move (Douglas–Peucker, each
    shared border once, so that neighbours still touch). An area never vanishes: the smallest become a small square.
    """
    areas = read_areas(geojson, code, only)
    projection = Projection.of(
        [p for polygons in areas.values() for q in polygons for ring in q for p in ring], crs, size
    )
    projected = {
        name: [[[projection(p) for p in ring] for ring in polygon] for polygon in polygons]
        for name, polygons in areas.items()
    }
    rings = [ring for polygons in projected.values() for polygon in polygons for ring in polygon]
    short = iter(simplified(rings, tolerance))
    paths: dict[str, str] = {}
    spots: dict[str, Spot] = {}
    for name, polygons in projected.items():
        drawn = [[_whole(next(short)) for _ in polygon] for polygon in polygons]
        largest = max(range(len(polygons)), key=lambda i: abs(area(polygons[i][0])))
        kept = [[r for r in polygon if len(r) > 2] for polygon in drawn if len(polygon[0]) > 2]
        if not kept:
            x, y = (round(sum(v) / len(v)) for v in zip(*polygons[largest][0], strict=True))
            kept = [[[(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1)]]]
        paths[name] = "".join(_path(ring) for polygon in kept for ring in polygon)
        spots[name] = _spot(max(kept, key=lambda polygon: abs(area(polygon[0]))))
    return Outlines(projection.width, projection.height, paths, spots)


def area(ring: Sequence[tuple[float, float]]) -> float:
    """Signed area of a ring, closed or not."""
    total = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        total += x1 * y2 - x2 * y1
    return total / 2


def _whole(ring: Ring) -> list[tuple[int, int]]:
    """Rounded to integers, without repeated points and without the closing one."""
    found: list[tuple[int, int]] = []
    for x, y in ring:
        spot = (round(x), round(y))
        if not found or found[-1] != spot:
            found.append(spot)
    while len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found if abs(area(found)) >= 0.5 else []


def _path(ring: Sequence[tuple[int, int]]) -> str:
    x, y = ring[0]
    parts = [f"M{x} {y}l"]
    for nx, ny in ring[1:]:
        dx, dy = nx - x, ny - y
        # A minus parts numbers by itself.
        parts.append(
            ("" if dx < 0 or parts[-1].endswith("l") else " ") + str(dx) + ("" if dy < 0 else " ") + str(dy)
        )
        x, y = nx, ny
    return "".join(parts) + "z"


def _spot(polygon: Sequence[Sequence[tuple[int, int]]]) -> Spot:
    """The point of a coarse grid that lies deepest inside: good enough to stand a number on."""
    xs, ys = [x for x, _ in polygon[0]], [y for _, y in polygon[0]]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    edges = [(*a, *b) for ring in polygon for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
    best = (-1.0, sum(xs) / len(xs), sum(ys) / len(ys))
    for i in range(1, 2 * _MOST_CELLS, 2):
        for j in range(1, 2 * _MOST_CELLS, 2):
            x, y = left + wide * i / (2 * _MOST_CELLS), top + high * j / (2 * _MOST_CELLS)
            best = max(best, (_depth(x, y, edges, best[0]), x, y))
    return round(best[1]), round(best[2]), max(0, int(best[0]))


def _depth(x: float, y: float, edges: Sequence[tuple[int, int, int, int]], least: float) -> float:
    """Distance to the nearest edge from inside, -1 outside; gives up as soon as it is no more than `least`."""
    inside, nearest = False, math.inf
    for x1, y1, x2, y2 in edges:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        dx, dy = x2 - x1, y2 - y1
        share = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
        nearest = min(nearest, math.hypot(x - x1 - share * dx, y - y1 - share * dy))
        if nearest <= least:
            return -1.0
    return nearest if inside else -1.0


def centroids(
    geojson: Mapping[str, Any], *, code: str = "kunta", only: Collection[str] | None = None
) -> dict[str, tuple[float, float]]:
    """Middle of each area's largest part (centre of its surface), in the coordinates of the GeoJSON."""
    found = {}
    for name, polygons in read_areas(geojson, code, only).items():
        ring = max((p[0] for p in polygons), key=lambda r: abs(area([(q[0], q[1]) for q in r])))
        found[name] = _centre([(q[0], q[1]) for q in ring])
    return found


def _centre(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    # Measured from the first point: far from the origin the products would lose what the small areas are.
    ox, oy = ring[0]
    total = sx = sy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
        total += cross
        sx += (x1 + x2 - 2 * ox) * cross
        sy += (y1 + y2 - 2 * oy) * cross
    if total == 0:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return ox + sx / (3 * total), oy + sy / (3 * total)
