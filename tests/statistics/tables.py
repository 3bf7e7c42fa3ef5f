"""Random hierarchical tables, and an attacker and an exact solver that share no code with what they judge."""

from itertools import product

import numpy as np
from scipy import optimize

from lautta.statistics.disclosure import Axis

TREES = [(-1, 0, 0), (-1, 0, 0, 0), (-1, 0, 0, 1, 1, 2, 2), (-1, 0, 0, 0, 1, 1, 1, 2, 2), (-1, 0, 0, 1, 1, 1)]


def filled(trees, base):
    """A whole table from its leaves by plain sums."""
    children = [[[j for j, p in enumerate(t) if p == i] for i in range(len(t))] for t in trees]
    leaves = [[i for i, c in enumerate(kids) if not c] for kids in children]

    def under(kids, i):
        return [i] if not kids[i] else [leaf for child in kids[i] for leaf in under(kids, child)]

    table = np.zeros([len(t) for t in trees])
    for cell in product(*(range(len(t)) for t in trees)):
        at = [[leaves[k].index(leaf) for leaf in under(children[k], i)] for k, i in enumerate(cell)]
        table[cell] = base[np.ix_(*at)].sum()
    return table


def drawn(rng, axes=None):
    many = axes or int(rng.integers(1, 4))
    trees = [TREES[rng.integers(len(TREES) if k == 0 else 2)] for k in range(many)]
    shape = [sum(i not in t for i in range(len(t))) for t in trees]
    base = rng.negative_binomial(rng.uniform(0.5, 2), rng.uniform(0.03, 0.15), shape).astype(float)
    return filled(trees, base), [Axis(t) for t in trees], trees


def sums_of(trees):
    """Equations cell by cell, written out without any product of matrices."""
    shape = [len(t) for t in trees]
    rows = []
    for k, tree in enumerate(trees):
        for total in set(tree) - {-1}:
            for rest in product(*(range(n) for i, n in enumerate(shape) if i != k)):
                row = np.zeros(shape)
                for i, parent in enumerate(tree):
                    if parent == total:
                        row[(*rest[:k], i, *rest[k:])] = 1
                row[(*rest[:k], total, *rest[k:])] = -1
                rows.append(row.ravel())
    return np.array(rows)


def recovered(table, hidden, trees):
    """Hidden cells whose feasible interval is one number: by linear programming, by whole numbers when it is narrow."""
    sums, x, h = sums_of(trees), table.ravel(), hidden.ravel()
    free = np.flatnonzero(h)
    left, right = sums[:, free], -sums[:, ~h] @ x[~h]
    found = []
    for at, cell in enumerate(free):
        ends = []
        for sign in (1, -1):
            c = np.zeros(len(free))
            c[at] = sign
            got = optimize.linprog(c, A_eq=left, b_eq=right, bounds=(0, None), method="highs")
            ends.append(got.x[at] if got.status == 0 else np.inf)  # status 3: no end
        if ends[1] - ends[0] < 1e-6:
            found.append(cell)
        elif ends[1] - ends[0] < 2:
            whole = []
            for sign in (1, -1):
                c = np.zeros(len(free))
                c[at] = sign
                rule = optimize.LinearConstraint(left, right, right)
                got = optimize.milp(
                    c, constraints=rule, integrality=np.ones(len(free)), bounds=optimize.Bounds(0)
                )
                whole.append(got.x[at] if got.status == 0 else np.inf)
            if round(whole[0]) == round(whole[1]):
                found.append(cell)
    return found


def least_hidden(table, primary, trees, reach=60):
    """The exact least number of hidden cells: one mixed-integer programme, another whole table for each small cell."""
    sums, x, n = sums_of(trees), table.ravel(), table.size
    cells = np.flatnonzero(primary)
    m = len(cells)
    # Variables: hidden (n), then for each small cell a move (n) and its way (1).
    width = n + m * (n + 1)
    rules = []
    for k, cell in enumerate(cells):
        start = n + k * (n + 1)
        block = np.zeros((len(sums), width))
        block[:, start : start + n] = sums
        rules.append(optimize.LinearConstraint(block, 0, 0))
        for sign in (1, -1):
            cap = np.zeros((n, width))
            cap[:, start : start + n] = sign * np.eye(n)
            cap[:, :n] = -np.diag(np.full(n, float(reach)) if sign > 0 else np.minimum(x, reach))
            rules.append(optimize.LinearConstraint(cap, -np.inf, 0))
        row = np.zeros((2, width))
        row[:, start + cell] = 1
        row[:, start + n] = -(reach + 1)  # way 1: u ≥ 1; way 0: u ≤ -1
        rules.append(optimize.LinearConstraint(row[:1], -reach, np.inf))
        rules.append(optimize.LinearConstraint(row[1:], -np.inf, -1))
    low, high = np.full(width, -float(reach)), np.full(width, float(reach))
    low[:n], high[:n] = primary.ravel(), 1
    for k in range(m):
        low[n + k * (n + 1) + n], high[n + k * (n + 1) + n] = 0, 1
    got = optimize.milp(
        np.r_[np.ones(n), np.zeros(width - n)], constraints=rules, integrality=np.ones(width),
        bounds=optimize.Bounds(low, high), options={"time_limit": 60},
    )  # fmt: skip
    assert got.status == 0
    return round(got.fun)
