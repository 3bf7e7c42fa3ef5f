"""Outlines of areas: from GeoJSON into the database, and from there to a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lautta.charts.outlines import Outlines, centroids, outlines, read_areas
from lautta.charts.projection import degrees_of_metres
from lautta.indicators.ingestors.json_bytes import read_json
from lautta.indicators.models import AreaBoundary
from lautta.indicators.problems import SourceProblem

# Statistics Finland's boundaries for maps of the whole country; {year} is of the division.
ADDRESS = (
    "https://geo.stat.fi/geoserver/tilastointialueet/wfs?service=WFS&version=2.0.0&request=GetFeature"
    "&typeName=tilastointialueet:kunta4500k_{year}&outputFormat=json"
)
SOURCE = "Tilastokeskus, kuntarajat {year} (CC BY 4.0)"
# The property that holds an area's code, and the letters before it.
PROPERTIES = {"kunta": "KU", "maakunta": "MK", "hva": "HV", "hyvinvointialue": "HV"}
# About a hundred metres: finer than a page can show of a municipality.
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines in the country's frame, geometries and middles in degrees, all by the panels' codes."""

    outlines: Outlines
    geometries: Mapping[str, dict[str, Any]]
    centres: Mapping[str, list[float]]


def read_boundaries(body: bytes, prop: str = "kunta") -> Boundaries:
    """A GeoJSON in degrees (EPSG:4326) or Finnish metres (EPSG:3067). Raises SourceProblem when it cannot be used."""
    data = read_json(body)
    if prop not in PROPERTIES:
        raise SourceProblem("no_boundaries", error=prop)
    try:
        areas = read_areas(data, prop)
        if any(not code.isdigit() for code in areas):
            raise ValueError(f"{prop} is no number")
        geometries = {
            PROPERTIES[prop] + code.zfill(3 if prop == "kunta" else 2): _geometry(polygons)
            for code, polygons in areas.items()
        }
        collection = _collection(geometries)
        drawn = outlines(collection, code="code")
        middles = centroids(collection, code="code")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
        raise SourceProblem("no_boundaries", error=str(error)[:100]) from error
    return Boundaries(
        drawn, geometries, {code: [round(x, 3), round(y, 3)] for code, (x, y) in middles.items()}
    )


def _geometry(polygons: list) -> dict[str, Any]:
    return {
        "type": "MultiPolygon",
        "coordinates": [[_ring(ring) for ring in polygon] for polygon in polygons],
    }


def _ring(ring: Iterable) -> list[list[float]]:
    points = [(float(p[0]), float(p[1])) for p in ring]
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        points = [degrees_of_metres(x, y) for x, y in points]
    kept: list[list[float]] = []
    for x, y in points:
        spot = [round(x, DECIMALS), round(y, DECIMALS)]
        if not kept or kept[-1] != spot:
            kept.append(spot)
    return kept


def _collection(geometries: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
            for code, geometry in geometries.items()
        ],
    }


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which outlines are the newest: the division's year, a mark that changes when they are taken in anew, and their source."""

    year: int
    mark: int
    source: str


def newest(letters: str = "KU") -> Drawn | None:
    """The newest outlines of a kind of area, or None: then a tile map is drawn. One small query."""
    row = (
        AreaBoundary.objects.filter(code__startswith=letters)
        .order_by("-year", "-pk")
        .values_list("year", "pk", "source")
        .first()
    )
    return Drawn(*row) if row else None


def newest_year() -> int | None:
    """The newest division whose outlines there are."""
    found = newest()
    return found.year if found else None


def country_outlines(year: int | None = None, letters: str = "KU") -> Outlines | None:
    """The whole country as it was stored, or None."""
    drawn = newest(letters)
    return _country(year or drawn.year, drawn.mark, letters) if drawn else None


def drawn_country(drawn: Drawn) -> Outlines | None:
    """As `country_outlines`, for a page that knows already which are the newest: no query but the first time."""
    return _country(drawn.year, drawn.mark, "KU")


@lru_cache(maxsize=4)
def _country(year: int, mark: int, letters: str) -> Outlines | None:
    rows = list(
        AreaBoundary.objects.filter(year=year, code__startswith=letters).values_list(
            "code", "path", "spot", "frame"
        )
    )
    if not rows:
        return None
    width, height = rows[0][3]
    return Outlines(
        width,
        height,
        {code: path for code, path, *_ in rows},
        {code: tuple(spot) for code, _, spot, _ in rows},
    )


def outlines_of(codes: Iterable[str], year: int | None = None) -> Outlines | None:
    """A few areas in a frame of their own; None when one of them has no outline. Kept in memory."""
    drawn = newest()
    return _outlines_of(tuple(sorted(codes)), year or drawn.year, drawn.mark) if drawn else None


def drawn_areas(codes: Iterable[str], drawn: Drawn) -> Outlines | None:
    """As `outlines_of`, for a page that knows already which are the newest: no query but the first time."""
    return _outlines_of(tuple(sorted(codes)), drawn.year, drawn.mark)


@lru_cache(maxsize=64)
def _outlines_of(codes: tuple[str, ...], year: int, mark: int) -> Outlines | None:
    """Simplified once for each taking in of the outlines (`mark`) and each process: 10–30 ms that no reader waits for again."""
    rows = dict(AreaBoundary.objects.filter(year=year, code__in=codes).values_list("code", "geometry"))
    return outlines(_collection(rows), code="code") if rows and len(rows) == len(codes) else None


def middles(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """{code: (longitude, latitude)} of the newest outlines, for a tile map."""
    rows = AreaBoundary.objects.filter(year=newest_year() or 0, code__in=list(codes))
    return {code: (x, y) for code, (x, y) in rows.values_list("code", "centre")}
