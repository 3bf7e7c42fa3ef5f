"""False alarms on pure noise at the real denominators, and how often a change of the stated size is called."""

from __future__ import annotations

import numpy as np

from lautta.statistics.panel import Status
from lautta.statistics.trend import Verdict, trend_of_counts
from studies.data import child_panel, fifths
from studies.pages import share, table, write

REPEATS = 40
HEAD = ["noise", "all", "smallest fifth", "2nd", "3rd", "4th", "largest fifth"]


def stock(rng, size, p):
    """A stock of which four fifths stay from year to year: the same children are counted again."""
    x = np.empty(size.shape)
    x[:, 0] = rng.binomial(size[:, 0].astype(int), p[:, 0])
    for t in range(1, size.shape[1]):
        fresh = np.maximum(size[:, t] * p[:, t] - 0.8 * size[:, t - 1] * p[:, t - 1], 0)
        x[:, t] = np.minimum(rng.binomial(x[:, t - 1].astype(int), 0.8) + rng.poisson(fresh), size[:, t])
    return x


def draw(rng, size, p, kind):
    """Counts at the real sizes. `p` (areas, years)."""
    n = size.astype(int)
    if kind == "binomial":
        return rng.binomial(n, p)
    if kind == "beta-binomial":
        strength = 1 / 0.002 - 1
        return rng.binomial(n, rng.beta(p * strength, (1 - p) * strength))
    if kind == "beta-binomial, unequal":
        strength = 1 / (0.002 * np.random.default_rng(7).lognormal(0, 0.7, (len(n), 1))) - 1
        return rng.binomial(n, rng.beta(p * strength, (1 - p) * strength))
    if kind == "families of three":
        return np.round(rng.binomial(np.maximum(n // 3, 1), p) * n / np.maximum(n // 3, 1))
    if kind == "correlated years":
        swing = np.empty(n.shape)
        fresh = rng.normal(size=n.shape)
        swing[:, 0] = fresh[:, 0]
        for t in range(1, n.shape[1]):
            swing[:, t] = 0.5 * swing[:, t - 1] + np.sqrt(0.75) * fresh[:, t]
        return rng.binomial(n, np.clip(p + swing * np.sqrt(0.002 * p * (1 - p)), 0, 1))
    return stock(rng, size, p)


def told(x, size, years):
    """As the source would publish it: counts under five are not shown."""
    hidden = x < 5
    status = np.where(hidden, Status.SUPPRESSED, Status.VALUE)
    return trend_of_counts(np.where(hidden, np.nan, x), size, years, status=status, suppressed_below=5)


def main() -> str:
    columns, _, years, _ = child_panel()
    size = columns["pop_0_17"]
    keep = np.isfinite(size).all(axis=1)
    size, group = size[keep], fifths(size[keep, -1])
    alarms, rises, falls = [], [], []
    for kind, p in [
        ("binomial", 0.01), ("binomial", 0.1), ("binomial", 0.3), ("beta-binomial", 0.1),
        ("beta-binomial, unequal", 0.1), ("families of three", 0.1), ("correlated years", 0.1), ("stock", 0.02),
    ]:  # fmt: skip
        counts = study(kind, p, size, years, group)
        for lines, (hits, of) in zip((alarms, rises, falls), counts, strict=True):
            cells = [share(hits.sum(), of.sum()), *(share(h, o) for h, o in zip(hits, of, strict=True))]
            lines.append([f"{kind}, {100 * p:g} %", *cells])
    text = "\n\n".join([
        "False alarms, % of all areas (called up or down although nothing changes):", table(HEAD, alarms),
        "Called up when the rate rises by the stated detectable change, %, of those that could be told before:",
        table(HEAD, rises), "Called down when it falls by as much (where it can):", table(HEAD, falls),
        "What is called on the real panel, last five years (up / down / no clear change / cannot be told):",
        table(["indicator", *HEAD[1:]], real()),
    ])  # fmt: skip
    write("trend", "false alarms", text)
    return text


def study(kind, p, size, years, group):
    rng = np.random.default_rng(20)
    found = np.zeros((3, 2, 5), int)
    ramp = np.zeros(len(years))
    ramp[-6:] = np.linspace(0, 1, 6)
    for _ in range(REPEATS):
        base = (p * rng.lognormal(0, 0.3, (len(size), 1))) * np.ones(size.shape)
        quiet = told(draw(rng, size, base, kind), size, years)
        called = np.isin(quiet.verdict, [Verdict.UP, Verdict.DOWN])
        found[0] += [np.bincount(group[called], minlength=5), np.bincount(group, minlength=5)]
        able = quiet.verdict != Verdict.CANNOT_TELL
        up = rng.random(len(size)) < 0.5
        move = np.where(up, 1, -1)[:, None] * np.where(able, quiet.detectable, 0.0)[:, None] * ramp
        able &= ((base + move) > 0).all(axis=1) & ((base + move) < 1).all(axis=1)
        moved = told(draw(rng, size, np.clip(base + move, 1e-9, 1 - 1e-9), kind), size, years)
        for row, (way, verdict) in enumerate([(up, Verdict.UP), (~up, Verdict.DOWN)], start=1):
            hit = able & way & (moved.verdict == verdict)
            found[row] += [np.bincount(group[hit], minlength=5), np.bincount(group[able & way], minlength=5)]
    return found


def real():
    columns, _, years, _ = child_panel()
    for count, size in [
        ("ohc_0_17", "pop_0_17"),
        ("lowinc_children", "pop_0_17"),
        ("sa_families", "families"),
    ]:
        x, n = columns[count], columns[size]
        status = np.where(np.isfinite(x), Status.VALUE, Status.SUPPRESSED)
        found = trend_of_counts(x, n, years, status=status, suppressed_below=5)
        group = fifths(columns["pop_0_17"][:, -1])
        order = [Verdict.UP, Verdict.DOWN, Verdict.NO_CLEAR_CHANGE, Verdict.CANNOT_TELL]
        cells = [
            [(found.verdict[which] == v).sum() for v in order]
            for which in [group >= 0, *(group == g for g in range(5))]
        ]
        yield [f"{count} / {size}", *(" / ".join(map(str, cell)) for cell in cells)]
