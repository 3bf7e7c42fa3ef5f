"""Small counts: which cells of a published table are hidden, so that none can be reckoned from the totals.

A table is an array of counts with its totals in it. Each axis (areas, gender, age) is a tree: `Axis(parents)` names for
every position the position of its total, -1 for a root. Every total is published for every combination of the other axes.

**Protection.** An attacker knows every shown cell, every tree, that counts are whole and not negative, and nothing more
about a hidden cell. A hidden cell is protected when at least two different whole-number tables that fit what is shown give
it different values. A cell that can only be one number is recovered, however it is hidden. Which hidden cells were small
is not published, and the threshold says nothing about the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

from .panel import Bools, Codes, Floats, Status

THRESHOLD = 5
TRIES = 4
MANY = 150  # with more small cells one try is enough: they protect one another, and each try costs


@dataclass(frozen=True)
class Axis:
    """A tree of positions: `parents[i]` is the position of i's total, -1 for a root. Raises ValueError for a circle."""

    parents: tuple[int, ...]

    def __post_init__(self) -> None:
        for start in range(len(self.parents)):
            seen, at = set(), start
            while at != -1:
                if at in seen or not -1 <= self.parents[at] < len(self.parents):
                    raise ValueError("An axis is not a tree.")
                seen.add(at)
                at = self.parents[at]

    def sums(self) -> Floats:
        """Rows (totals, positions): 1 for each child, -1 for the total."""
        made = []
        for total in sorted(set(self.parents) - {-1}):
            row = np.array([float(parent == total) for parent in self.parents])
            row[total] -= 1
            made.append(row)
        return np.array(made).reshape(-1, len(self.parents))


@dataclass(frozen=True, eq=False)
class Suppression:
    """`hidden` is `primary` or `secondary`, all of the table's shape; `status` (uint8) as `panel.Status`."""

    primary: Bools
    secondary: Bools
    hidden: Bools
    status: Codes


def equations(axes: Sequence[Axis]) -> sparse.csr_array:
    """Every published sum of the table: (equations, cells), each row times the flattened table is 0."""
    sizes = [len(axis.parents) for axis in axes]
    parts = []
    for k, axis in enumerate(axes):
        rows: sparse.sparray = sparse.csr_array(axis.sums())
        if rows.shape[0] == 0:
            continue
        before, after = int(np.prod(sizes[:k])), int(np.prod(sizes[k + 1 :]))
        parts.append(sparse.kron(sparse.kron(sparse.eye_array(before), rows), sparse.eye_array(after)))
    cells = int(np.prod(sizes))
    return sparse.csr_array(sparse.vstack(parts)) if parts else sparse.csr_array((0, cells))


def primary_cells(
    counts: ArrayLike, *, threshold: float = THRESHOLD, zeros: bool = True, denominators: ArrayLike | None = None,
    least_respondents: float = 0.0,
) -> Bools:  # fmt: skip
    """Cells under the threshold. `zeros=False` lets a true 0 be shown. NaN (not published) is never hidden: it is not there.

    A survey's cell is hidden also where fewer than `least_respondents` answered (`denominators`).
    """
    x = np.asarray(counts, np.float64)
    small = (x < threshold) & ((x > 0) | zeros)
    if denominators is not None:
        small |= np.isfinite(x) & (np.asarray(denominators, np.float64) < least_respondents)
    return small


def suppress(
    counts: ArrayLike,
    axes: Sequence[Axis],
    *,
    threshold: float = THRESHOLD,
    zeros: bool = True,
    primary: ArrayLike | None = None,
) -> Suppression:
    """Hide small cells, and as few others as will protect them.

    `counts` whole numbers ≥ 0 with totals in place, one axis of the array per `Axis`; `primary` replaces the threshold.
    Raises ValueError when the totals do not add up, a count is not whole, or even hiding everything would not protect a cell.
    """
    table = np.asarray(counts, np.float64)
    if table.shape != tuple(len(axis.parents) for axis in axes):
        raise ValueError("The table does not fit its axes.")
    flat = table.ravel()
    if not np.isfinite(flat).all() or (flat < 0).any() or (flat != np.round(flat)).any():
        raise ValueError("A table to be protected holds whole counts, none missing.")
    sums = equations(axes)
    if sums.shape[0] and np.abs(sums @ flat).max() > 0:
        raise ValueError("The totals of the table do not add up.")
    small = (
        primary_cells(table, threshold=threshold, zeros=zeros)
        if primary is None
        else np.asarray(primary, bool)
    )
    chosen = _choose(flat, sums, small.ravel())
    hidden = chosen.reshape(table.shape)
    status = np.where(hidden, Status.SUPPRESSED, np.where(table == 0, Status.ZERO, Status.VALUE)).astype(
        np.uint8
    )
    return Suppression(small, hidden & ~small, hidden, status)


def hide(flat: ArrayLike, sums: sparse.csr_array, small: ArrayLike) -> Bools:
    """Which cells of a flattened table are hidden so that none of `small` can be told: `small` and as few others as do.

    `flat` whole numbers ≥ 0 with `sums` @ flat = 0. Raises ValueError when even hiding everything would not protect one.
    """
    return _choose(np.asarray(flat, np.float64), sums, np.asarray(small, bool))


def _choose(flat: Floats, sums: sparse.csr_array, small: Bools) -> Bools:
    """Grow a protecting pattern by the cheapest other table for each small cell, then take out what is not needed."""
    if not small.any():
        return small.copy()
    best: Bools | None = None
    rng = np.random.default_rng(0)
    order = np.flatnonzero(small)
    for attempt in range(TRIES if small.sum() <= MANY else 1):
        # Larger cells cost a little more, so that totals stay shown; later attempts shuffle and stir the costs.
        cost = 1 + 0.2 * np.log1p(flat) / np.log1p(flat.max() + 1)
        if attempt:
            cost, order = cost * rng.uniform(0.6, 1.6, len(flat)), rng.permutation(order)
        hidden = _grow(flat, sums, small, order, cost)
        hidden = _prune(flat, sums, small, hidden)
        if best is None or hidden.sum() < best.sum():
            best = hidden
        if best.sum() <= small.sum() + 1:
            break
    assert best is not None  # noqa: S101
    return best


def _grow(flat: Floats, sums: sparse.csr_array, small: Bools, order: NDArray, cost: Floats) -> Bools:
    hidden = small.copy()
    safe = np.zeros(len(flat), bool)
    for cell in order:
        if safe[cell]:
            continue
        move = _other_table(flat, sums, int(cell), np.where(hidden, 1e-4, cost))
        if move is None:
            raise ValueError("A small cell cannot be protected: every table with these margins is the same.")
        hidden |= move != 0
        safe |= move != 0
    return hidden


def _prune(flat: Floats, sums: sparse.csr_array, small: Bools, hidden: Bools) -> Bools:
    """Show again, largest first, each further cell without which all that is hidden stays protected.

    Each hidden cell keeps the other table that frees it; only those whose table needs the cell in question are sought anew.
    """
    hidden = hidden.copy()
    witness = _witnesses(flat, sums, hidden, np.flatnonzero(hidden))
    if witness is None:
        raise ValueError("A small cell cannot be protected: every table with these margins is the same.")
    for cell in sorted(np.flatnonzero(hidden & ~small), key=lambda c: -flat[c]):
        hidden[cell] = False
        touched = np.array([w for w, move in witness.items() if w != cell and move[cell] != 0], dtype=np.intp)
        fresh = _witnesses(flat, sums, hidden, touched)
        if fresh is None:
            hidden[cell] = True
        else:
            del witness[cell]
            witness |= fresh
    return hidden


def _witnesses(
    flat: Floats, sums: sparse.csr_array, hidden: Bools, cells: NDArray
) -> dict[int, Floats] | None:
    """For each of the cells another table in which it differs, moving hidden cells alone; None when one has none."""
    free, price = np.flatnonzero(hidden), np.ones(len(flat))
    found: dict[int, Floats] = {}
    for cell in map(int, cells):
        if cell in found:
            continue
        moves = (_solve(flat, sums, free, cell, way, price) for way in (1, -1) if way > 0 or flat[cell] >= 1)
        move = next((m for m in moves if m is not None), None)
        if move is None:
            return None
        found |= {int(c): move for c in cells if move[c] != 0 and int(c) not in found}
    return found


def _other_table(flat: Floats, sums: sparse.csr_array, cell: int, cost: Floats) -> Floats | None:
    """The cheapest whole-number change of the table in which `cell` changes, either way; None when there is none."""
    found, least = None, np.inf
    for way in (1, -1):
        if way < 0 and flat[cell] < 1:
            continue
        move = _solve(flat, sums, np.arange(len(flat)), cell, way, cost)
        if move is not None and (price := float(cost[move != 0].sum())) < least:
            found, least = move, price
    return found


def _solve(
    flat: Floats, sums: sparse.csr_array, free: NDArray, cell: int, way: int, cost: Floats
) -> Floats | None:
    """A whole-number move u = up - down with sums·u = 0, u[cell] = way·(at least 1), nothing below 0, least Σ cost·|u|."""
    n = len(free)
    at = int(np.flatnonzero(free == cell)[0])
    inside = sums[:, free]
    inside = inside[np.diff(inside.indptr) > 0]
    roof_up = np.full(n, np.inf)
    roof_down = flat[free].copy()
    floor = np.zeros(2 * n)
    if way > 0:
        floor[at], roof_down[at] = 1, 0
    else:
        floor[n + at], roof_up[at] = 1, 0
    bounds = np.column_stack([floor, np.concatenate([roof_up, roof_down])])
    prices = np.concatenate([cost[free], cost[free]])
    system = sparse.hstack([inside, -inside]).tocsr()
    if inside.shape[0] == 0:
        move = np.zeros(len(flat))
        move[cell] = way
        return move
    found = optimize.linprog(
        prices, A_eq=system, b_eq=np.zeros(inside.shape[0]), bounds=bounds, method="highs-ds"
    )
    if found.status != 0:
        return None
    values = found.x
    if (
        np.abs(values - np.round(values)).max() > 1e-6
    ):  # a table of three axes may have only fractional vertices here
        whole = optimize.milp(
            prices, constraints=optimize.LinearConstraint(system, 0, 0), integrality=np.ones(2 * n),
            bounds=optimize.Bounds(bounds[:, 0], bounds[:, 1]),
        )  # fmt: skip
        if whole.status != 0 or whole.x is None:
            return None
        values = whole.x
    step = np.round(values[:n] - values[n:])
    move = np.zeros(len(flat))
    move[free] = step
    return move


def recoverable(flat: ArrayLike, sums: sparse.csr_array, hidden: ArrayLike) -> Bools:
    """Which hidden cells an attacker can tell exactly: no other whole-number table that fits the shown cells changes them."""
    x, mask = np.asarray(flat, np.float64).ravel(), np.asarray(hidden, bool).ravel()
    free = np.flatnonzero(mask)
    told = mask.copy()
    price = np.ones(len(x))
    for cell in free:
        if not told[cell]:
            continue
        for way in (1, -1):
            if way < 0 and x[cell] < 1:
                continue
            move = _solve(x, sums, free, int(cell), way, price)
            if move is not None:
                told &= move == 0  # the same other table frees every cell that it changes
                break
    return told
