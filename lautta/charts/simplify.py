"""Fewer points on borders: Douglas–Peucker on each stretch between corners, so that neighbours keep one common border."""

from collections.abc import Sequence

Point = tuple[float, float]
Ring = list[Point]


def simplified(rings: Sequence[Sequence[Point]], tolerance: float) -> list[Ring]:
    """The rings, open (first point not repeated), with borders moved by `tolerance` at most.

    A point is a corner where three or more different neighbours meet, over all rings; corners stay. A stretch that two rings
    share is shortened once and used by both: no slivers. Points are the same when their coordinates are equal.
    """
    opened = [_open(ring) for ring in rings]
    neighbours: dict[Point, set[Point]] = {}
    for ring in opened:
        for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            neighbours.setdefault(a, set()).add(b)
            neighbours.setdefault(b, set()).add(a)
    corners = {point for point, near in neighbours.items() if len(near) > 2}
    memory: dict[tuple[Point, ...], list[Point]] = {}
    return [_ring(ring, corners, tolerance, memory) for ring in opened]


def _open(ring: Sequence[Point]) -> Ring:
    found = [p for i, p in enumerate(ring) if i == 0 or p != ring[i - 1]]
    while len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def _ring(
    ring: Ring, corners: set[Point], tolerance: float, memory: dict[tuple[Point, ...], list[Point]]
) -> Ring:
    if len(ring) < 4:
        return ring
    cuts = [i for i, point in enumerate(ring) if point in corners]
    if len(cuts) < 2:
        # An island: cut at points that depend on its shape alone, so that a hole around it is cut alike.
        start = cuts[0] if cuts else min(range(len(ring)), key=lambda i: ring[i])
        ox, oy = ring[start]
        far = max(range(len(ring)), key=lambda i: ((ring[i][0] - ox) ** 2 + (ring[i][1] - oy) ** 2, ring[i]))
        cuts = sorted({start, far})
    found: Ring = []
    for a, b in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        stretch = tuple(ring[i % len(ring)] for i in range(a, b + 1))
        found += _stretch(stretch, tolerance, memory)[:-1]
    return found


def _stretch(
    stretch: tuple[Point, ...], tolerance: float, memory: dict[tuple[Point, ...], list[Point]]
) -> list[Point]:
    """The shortened stretch, in its direction; both directions give the same points."""
    back = stretch[::-1]
    forward = stretch <= back
    name = stretch if forward else back
    if name not in memory:
        memory[name] = douglas_peucker(name, tolerance)
    return memory[name] if forward else memory[name][::-1]


def douglas_peucker(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The ends and every point that lies farther than `tolerance` from the line that would replace it.

    Without recursion: a coast may have more points than Python has frames.
    """
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, most = 0, tolerance * tolerance
        for i in range(first + 1, last):
            distance = _squared(points[i], points[first], points[last])
            if distance > most:
                farthest, most = i, distance
        if farthest:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [points[i] for i in sorted(kept)]


def _squared(p: Point, a: Point, b: Point) -> float:
    """Squared distance from p to the segment ab."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return (p[0] - a[0] - share * dx) ** 2 + (p[1] - a[1] - share * dy) ** 2
