"""A schematic map without borders: every area gets one cell of a grid, near its neighbours and on their right side.

An algorithm of our own, in four steps: push the centroids apart until they lie about one cell from each other; give each
a free cell; move and swap tiles as long as that brings them nearer to where they belong; close the holes by moving rows of
tiles one step from the edge. The same centroids give the same map, in whatever order they come.
"""

import heapq
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

Cell = tuple[int, int]
Vector = tuple[float, float]
NEIGHBOURS = 6
ROUNDS = 90
SWEEPS = 30
# Tried on the 309 municipalities: neighbours that touch, true directions, few gaps.
SHRINK = 0.85
PULL = 0.1
STEP_PRICE = 0.3
COMPANY = 0.3
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
STEPS = [(c, r) for c in (-2, -1, 0, 1, 2) for r in (-2, -1, 0, 1, 2) if (c, r) != (0, 0)]


def tile_places(centroids: Mapping[str, tuple[float, float]], *, degrees: bool = True) -> dict[str, Cell]:
    """Cell (column, row) of each area, both from 0, row 0 in the north; no two areas share one.

    Centroids are (x eastwards, y northwards): degrees by default, else any flat unit such as metres. ValueError when one is
    not two finite numbers. About half a second for 309 areas: keep the result.
    """
    codes = sorted(centroids)
    points = [_flat(code, centroids[code]) for code in codes]
    if degrees and points:
        middle = sum(y for _, y in points) / len(points)
        points = [(x * math.cos(math.radians(middle)), y) for x, y in points]
    if len(points) < 2:
        return dict.fromkeys(codes, (0, 0))
    spots = _unit_spacing([(x, -y) for x, y in points])
    near = _nearest(spots)
    wanted = _pushed_apart(spots, near)
    wanted = [(x * SHRINK, y * SHRINK) for x, y in wanted]
    board = _Board(
        _first_cells(wanted), wanted, near, [_directions(i, spots, near) for i in range(len(spots))]
    )
    board.improve()
    board.close_holes()
    board.improve(swaps_only=True)
    cells = board.cells
    left, top = min(c for c, _ in cells), min(r for _, r in cells)
    return {code: (column - left, row - top) for code, (column, row) in zip(codes, cells, strict=True)}


def _flat(code: str, point: Sequence[float]) -> Vector:
    try:
        x, y = float(point[0]), float(point[1])
    except (TypeError, ValueError, IndexError) as error:
        raise ValueError(f"The centroid of {code} is not two numbers.") from error
    if not (abs(x) < 1e9 and abs(y) < 1e9):
        raise ValueError(f"The centroid of {code} is not two finite numbers.")
    return x, y


def _unit_spacing(points: Sequence[Vector]) -> list[Vector]:
    """Centred, with the median distance to the nearest other point as 1; points on one spot are set a little apart."""
    cx, cy = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    nearest = sorted(
        min(((x - u) ** 2 + (y - v) ** 2 for j, (u, v) in enumerate(points) if j != i), default=1.0)
        for i, (x, y) in enumerate(points)
    )
    unit = math.sqrt(nearest[len(nearest) // 2]) or math.sqrt(nearest[-1]) or 1.0
    # The golden angle spreads points that coincide without any chance in it.
    return [
        ((x - cx) / unit + 1e-3 * math.cos(2.4 * i), (y - cy) / unit + 1e-3 * math.sin(2.4 * i))
        for i, (x, y) in enumerate(points)
    ]


def _nearest(spots: Sequence[Vector]) -> list[list[int]]:
    """For each point the nearest others; if a is near b, b is near a."""
    links: list[set[int]] = [set() for _ in spots]
    for i, (x, y) in enumerate(spots):
        others = sorted((u - x) ** 2 + (v - y) ** 2 for u, v in spots)
        reach = others[min(NEIGHBOURS, len(others) - 1)]
        for j, (u, v) in enumerate(spots):
            if j != i and (u - x) ** 2 + (v - y) ** 2 <= reach and len(links[i]) < 2 * NEIGHBOURS:
                links[i].add(j)
                links[j].add(i)
    return [sorted(group) for group in links]


def _directions(i: int, spots: Sequence[Vector], near: Sequence[Sequence[int]]) -> list[Vector]:
    """Unit vectors from a point to its neighbours."""
    x, y = spots[i]
    found = []
    for j in near[i]:
        dx, dy = spots[j][0] - x, spots[j][1] - y
        length = math.hypot(dx, dy) or 1.0
        found.append((dx / length, dy / length))
    return found


def _pushed_apart(spots: Sequence[Vector], near: Sequence[Sequence[int]]) -> list[Vector]:
    """Points moved until neighbours stand about one unit apart in their own direction and nobody closer than that."""
    now = list(spots)
    aims = [_directions(i, spots, near) for i in range(len(spots))]
    for step in range(ROUNDS):
        strength = 0.5 if step < ROUNDS * 2 // 3 else 0.25
        grid: dict[Cell, list[int]] = {}
        for i, (x, y) in enumerate(now):
            grid.setdefault((math.floor(x), math.floor(y)), []).append(i)
        after = []
        for i, (x, y) in enumerate(now):
            fx = fy = 0.0
            for j, (dx, dy) in zip(near[i], aims[i], strict=True):
                fx += now[j][0] - 1.1 * dx - x
                fy += now[j][1] - 1.1 * dy - y
            fx, fy = fx / max(1, len(near[i])), fy / max(1, len(near[i]))
            px, py = _push(i, x, y, now, grid)
            after.append((x + strength * (0.6 * fx + px), y + strength * (0.6 * fy + py)))
        now = after
    return now


def _push(i: int, x: float, y: float, now: Sequence[Vector], grid: Mapping[Cell, Sequence[int]]) -> Vector:
    """How far those who stand closer than one unit push a point away."""
    px = py = 0.0
    column, row = math.floor(x), math.floor(y)
    for c in (column - 1, column, column + 1):
        for r in (row - 1, row, row + 1):
            for j in grid.get((c, r), ()):
                dx, dy = x - now[j][0], y - now[j][1]
                distance = dx * dx + dy * dy
                if j != i and 0 < distance < 1:
                    distance = math.sqrt(distance)
                    px += dx / distance * (1 - distance)
                    py += dy / distance * (1 - distance)
    return px, py


def _first_cells(wanted: Sequence[Vector]) -> list[Cell]:
    """A cell for each point: those whose nearest cell suits them best choose first, the others the nearest free one."""
    order = sorted(
        range(len(wanted)),
        key=lambda i: (math.dist(wanted[i], (round(wanted[i][0]), round(wanted[i][1]))), i),
    )
    taken: dict[Cell, int] = {}
    cells: list[Cell] = [(0, 0)] * len(wanted)
    for i in order:
        x, y = wanted[i]
        column, row = round(x), round(y)
        reach, found = 0, None
        while found is None:
            square = [
                (column + c, row + r) for c in range(-reach, reach + 1) for r in range(-reach, reach + 1)
                if (column + c, row + r) not in taken
            ]  # fmt: skip
            found = min(square, key=lambda cell: (math.dist(cell, (x, y)), cell), default=None)
            reach += 1
        taken[found] = i
        cells[i] = found
    return cells


class _Board:
    """Tiles on their cells, and how far each is from where it should be."""

    def __init__(
        self,
        cells: list[Cell],
        wanted: Sequence[Vector],
        near: Sequence[Sequence[int]],
        aims: Sequence[Sequence[Vector]],
    ):
        self.cells, self.wanted, self.near, self.aims = cells, wanted, near, aims
        self.at = {cell: i for i, cell in enumerate(cells)}

    def cost(self, i: int, cell: Cell) -> float:
        """Squared distance from the place the tile wants, and from one cell beside each neighbour in its true direction."""
        column, row = cell
        total = 0.0
        for j, (dx, dy) in zip(self.near[i], self.aims[i], strict=True):
            other = self.cells[j]
            total += (other[0] - column - dx) ** 2 + (other[1] - row - dy) ** 2
        wish = self.wanted[i]
        return total / len(self.near[i]) + PULL * ((column - wish[0]) ** 2 + (row - wish[1]) ** 2)

    def improve(self, *, swaps_only: bool = False) -> None:
        """Moves each tile to a cell near it, or swaps it with the tile there, while that makes both costs together less."""
        for _ in range(SWEEPS):
            changes = [self._try(i, step, swaps_only) for i in range(len(self.cells)) for step in STEPS]
            if not any(changes):
                break

    def _try(self, i: int, step: Cell, swaps_only: bool) -> bool:
        cells, home = self.cells, self.cells[i]
        goal = (home[0] + step[0], home[1] + step[1])
        j = self.at.get(goal)
        if j is None and swaps_only:
            return False
        before = self.cost(i, home) + (self.cost(j, goal) if j is not None else 0)
        if j is None:
            before += COMPANY * (self._company(goal, home) - self._company(home, home))
        cells[i] = goal
        if j is not None:
            cells[j] = home
        if before - self.cost(i, goal) - (self.cost(j, home) if j is not None else 0) <= 1e-9:
            cells[i] = home
            if j is not None:
                cells[j] = goal
            return False
        self.at[goal] = i
        if j is None:
            del self.at[home]
        else:
            self.at[home] = j
        return True

    def _company(self, cell: Cell, left: Cell) -> int:
        """How many of the four cells beside have a tile, when `left` is given up."""
        beside = ((cell[0] + c, cell[1] + r) for c, r in SIDES)
        return sum(place in self.at and place != left for place in beside)

    def close_holes(self) -> None:
        """Empties every cell that tiles enclose to the outside, along the row of tiles that suffers least by one step."""
        for _ in range(len(self.cells)):
            outside = self._outside()
            holes = [cell for cell in self._frame() if cell not in outside and cell not in self.at]
            if not holes or not self._fill(min(holes), outside):
                break

    def _frame(self) -> list[Cell]:
        columns, rows = [c for c, _ in self.at], [r for _, r in self.at]
        return [
            (c, r)
            for c in range(min(columns) - 1, max(columns) + 2)
            for r in range(min(rows) - 1, max(rows) + 2)
        ]

    def _outside(self) -> set[Cell]:
        """Empty cells from which one gets out of the frame by empty cells alone."""
        frame = self._frame()
        inside, start = set(frame), frame[0]
        found, waiting = {start}, [start]
        while waiting:
            column, row = waiting.pop()
            for c, r in SIDES:
                cell = (column + c, row + r)
                if cell in inside and cell not in self.at and cell not in found:
                    found.add(cell)
                    waiting.append(cell)
        return found

    def _fill(self, hole: Cell, outside: set[Cell]) -> bool:
        """Shortest way by cost (Dijkstra) from the hole to a tile beside the outside; every tile on it takes one step back."""
        best: dict[Cell, float] = {hole: 0.0}
        came: dict[Cell, Cell] = {}
        queue = [(0.0, hole)]
        while queue:
            spent, cell = heapq.heappop(queue)
            if spent > best[cell]:
                continue
            if cell in self.at and any((cell[0] + c, cell[1] + r) in outside for c, r in SIDES):
                way = [cell]
                while way[-1] != hole:
                    way.append(came[way[-1]])
                for free, taken in pairwise(reversed(way)):
                    tile = self.at.pop(taken)
                    self.cells[tile], self.at[free] = free, tile
                return True
            for c, r in SIDES:
                following = (cell[0] + c, cell[1] + r)
                i = self.at.get(following)
                if i is None:
                    continue
                total = spent + max(0.0, self.cost(i, cell) - self.cost(i, following)) + STEP_PRICE
                if total < best.get(following, math.inf):
                    best[following], came[following] = total, cell
                    heapq.heappush(queue, (total, following))
        return False
