"""How many cells are hidden against the exact least, and what a table of the country's size costs."""

from __future__ import annotations

import time

import numpy as np

from lautta.statistics.disclosure import Axis, equations, recoverable, suppress
from studies.data import child_panel, children_by_age
from studies.pages import table, write
from tests.statistics.tables import filled, least_hidden

SHAPES = [[(-1, 0, 0, 0), (-1, 0, 0)], [(-1, 0, 0, 1, 1), (-1, 0, 0)], [(-1, 0, 0, 0, 0), (-1, 0, 0, 0)]]


def main() -> str:
    lines = []
    for trees in SHAPES:
        shape = [sum(i not in t for i in range(len(t))) for t in trees]
        ours, least, worst, tables = 0, 0, 0.0, 0
        for seed in range(25):
            rng = np.random.default_rng(300 + seed)
            counts = filled(trees, rng.negative_binomial(1, 0.06, shape).astype(float))
            found = suppress(counts, [Axis(t) for t in trees])
            if found.primary.any():
                best = least_hidden(counts, found.primary, trees)
                ours, least, tables = ours + int(found.hidden.sum()), least + best, tables + 1
                worst = max(worst, found.hidden.sum() / best)
        name = " × ".join(str(len(t)) for t in trees)
        lines.append([name, tables, ours, least, f"{ours / least:.3f}", f"{worst:.2f}"])
    head = ["cells", "tables with small cells", "hidden", "exact least", "ratio", "worst ratio"]
    text = table(head, lines) + "\n\n" + country()
    write("disclosure", "hidden cells", text)
    return text


def country() -> str:
    """Counts drawn at 1 % of the real numbers of children by sex, regions and country above the municipalities."""
    people, _, _ = children_by_age()
    region = np.unique(child_panel()[3], return_inverse=True)[1]
    lines = []
    for label, chosen in [
        ("one region of seven", region == 6),
        ("three regions", region < 3),
        ("all 309", region >= 0),
    ]:
        inside = np.unique(region[chosen], return_inverse=True)[1]
        regions = int(inside.max()) + 1
        trees = [(-1, *([0] * regions), *(int(r) + 1 for r in inside)), (-1, 0, 0)]
        rng = np.random.default_rng(5)
        size = people[chosen, :, :18, -1].sum(axis=2).astype(int)
        counts = filled(trees, rng.binomial(size, 0.01).astype(float))
        began = time.process_time()
        axes = [Axis(t) for t in trees]
        found = suppress(counts, axes)
        spent = time.process_time() - began
        left = int(recoverable(counts, equations(axes), found.hidden).sum())
        cells = [int(found.primary.sum()), int(found.secondary.sum()), left, f"{spent:.1f}"]
        lines.append([f"{label} ({chosen.sum()} areas)", counts.size, *cells])
    return table(["areas × sex", "cells", "small", "hidden besides", "recovered", "CPU s"], lines)
