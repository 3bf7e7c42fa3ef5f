"""From degrees or Finnish metres to one flat frame."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Position = Sequence[float]

# ETRS-TM35FIN: GRS80, central meridian 27° E, scale 0.9996, false easting 500 km.
_A = 6378137.0
_F = 1 / 298.257222101
_N = _F / (2 - _F)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SCALE = 0.9996
_EASTING = 500_000.0
_MERIDIAN = 27.0
# Krüger's series to the fourth power of the third flattening: under a millimetre in Finland.
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_DELTA = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)


def degrees_of_metres(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude in degrees of a point in EPSG:3067.

    Source: Krüger (1912), as in JHS 197 (the Finnish recommendation on EUREF-FIN coordinates).
    """
    xi, eta = north / (_SCALE * _RADIUS), (east - _EASTING) / (_SCALE * _RADIUS)
    xi_plain = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in enumerate(_BETA, 1))
    eta_plain = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in enumerate(_BETA, 1))
    chi = math.asin(math.sin(xi_plain) / math.cosh(eta_plain))
    latitude = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(_DELTA, 1))
    longitude = math.atan2(math.sinh(eta_plain), math.cos(xi_plain))
    return _MERIDIAN + math.degrees(longitude), math.degrees(latitude)


@dataclass(frozen=True)
class Projection:
    """Equirectangular: longitude shortened by the cosine of one latitude, y downwards, in whole units of a frame."""

    metres: bool
    left: float
    north: float
    cosine: float
    scale: float
    width: int
    height: int

    @classmethod
    def of(cls, positions: Sequence[Position], crs: str, size: int) -> "Projection":
        """The projection whose frame holds all positions with its longer side of `size` units.

        ValueError for another system than EPSG:4326 and EPSG:3067, or positions that do not lie in it.
        """
        if crs not in ("EPSG:4326", "EPSG:3067"):
            raise ValueError(f"Outlines are read in EPSG:4326 or EPSG:3067, not in {crs}.")
        metres = crs == "EPSG:3067"
        try:
            degrees = [
                degrees_of_metres(p[0], p[1]) if metres else (float(p[0]), float(p[1])) for p in positions
            ]
        except (TypeError, IndexError, ValueError, OverflowError) as error:
            raise ValueError("An outline has a point that is not two numbers.") from error
        if not degrees or not all(-180 <= x <= 180 and -90 < y < 90 for x, y in degrees):
            raise ValueError(f"The outlines are not in {crs}: a point lies outside the earth's degrees.")
        west, east = min(x for x, _ in degrees), max(x for x, _ in degrees)
        south, north = min(y for _, y in degrees), max(y for _, y in degrees)
        cosine = math.cos(math.radians((south + north) / 2))
        wide, high = (east - west) * cosine, north - south
        scale = size / max(wide, high, 1e-9)
        return cls(
            metres,
            west,
            north,
            cosine,
            scale,
            max(1, math.ceil(wide * scale)),
            max(1, math.ceil(high * scale)),
        )

    def __call__(self, position: Position) -> tuple[float, float]:
        x, y = degrees_of_metres(position[0], position[1]) if self.metres else (position[0], position[1])
        return (x - self.left) * self.cosine * self.scale, (self.north - y) * self.scale
