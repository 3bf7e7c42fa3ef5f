"""The scenario against the official projection, its coverage over many origins, and the search for boundary changes."""

from __future__ import annotations

import time

import numpy as np

from lautta.statistics.boundaries import boundary_changes
from lautta.statistics.population import project, scenario
from studies.data import child_panel, children_by_age, official_2019, regions_by_age
from studies.pages import clustered, share, table, write

GROUPS = {"0–6": slice(0, 7), "7–14": slice(7, 15), "0–17": slice(0, 18)}


def main() -> str:
    text = "\n\n".join([
        "Mean absolute error of children 0–18 over 309 municipalities, %, from the end of 2018:", against_official(),
        "The same from other years, by the scenario and by \"no change\" (five years on, 309 municipalities):", by_age(),
        "Coverage of the 80 % interval, %, regions as areas, every origin from 1984 (one origin is one draw of fertility):",
        coverage(), "Coverage of the 80 % interval in municipalities, ages 0–18, from the end of 2018:", municipalities(),
        "Boundary changes:", boundaries(),
    ])  # fmt: skip
    write("population", "back-test", text)
    return text


def against_official() -> str:
    people, codes, _ = children_by_age()
    total, group = people.sum(axis=1), np.unique(child_panel()[3], return_inverse=True)[1]
    came = total[:, :, 29:].sum(axis=1)
    off = [
        100 * np.abs(made.sum(axis=1) / came - 1).mean(axis=0)
        for made in (project(total[:, :, :29], 3, group), official_2019(codes))
    ]
    return table(
        ["year", "this scenario", "official 2019"],
        [[2019 + h, f"{off[0][h]:.2f}", f"{off[1][h]:.2f}"] for h in range(3)],
    )


def by_age() -> str:
    people, _, years = children_by_age()
    total, group = people.sum(axis=1), np.unique(child_panel()[3], return_inverse=True)[1]
    lines = []
    for name, ages in {
        "0–5": slice(0, 6),
        "6–12": slice(6, 13),
        "13–15": slice(13, 16),
        "0–18": slice(0, 19),
    }.items():
        errors = []
        for origin in range(12, total.shape[2] - 5):
            came = total[:, ages, origin + 5].sum(axis=1)
            made = project(total[:, :, : origin + 1], 5, group)[:, ages, 4].sum(axis=1)
            same = total[:, ages, origin].sum(axis=1)
            big = came >= 50
            errors.append([100 * np.abs(said[big] / came[big] - 1).mean() for said in (made, same)])
        mean = np.mean(errors, axis=0)
        lines.append([name, f"{mean[0]:.1f}", f"{mean[1]:.1f}", len(errors)])
    return table(["ages (50 children or more)", "scenario", "no change", "origins"], lines)


def coverage() -> str:
    people, years = regions_by_age()
    hits: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for origin in range(12, len(years) - 1):
        steps = min(10, len(years) - 1 - origin)
        made = scenario(people[:, :, : origin + 1], steps, rng=np.random.default_rng(origin), paths=500)
        for name, ages in GROUPS.items():
            low, high = made.interval(ages)
            for step in (h for h in (1, 3, 5, 10) if h <= steps):
                came = people[:, ages, origin + step].sum(axis=1)
                inside = (low[:, step - 1] <= came) & (came <= high[:, step - 1])
                hits.setdefault((name, step), []).append((int(inside.sum()), len(came)))
    lines = []
    for (name, step), cells in hits.items():
        inside, of = zip(*cells, strict=True)
        lines.append([name, step, share(sum(inside), sum(of)), clustered(inside, of)[0]])
    return table(["ages", "years ahead", "covered, % (n regions × origins)", "by origins as clusters"], lines)


def municipalities() -> str:
    people, _, _ = children_by_age()
    total, group = people.sum(axis=1), child_panel()[3]
    began = time.process_time()
    made = scenario(total[:, :, :29], 10, rng=np.random.default_rng(1), group=group)
    low, high = made.interval()
    spent = time.process_time() - began
    came = total[:, :, 29:].sum(axis=1)
    inside = (low[:, :3] <= came) & (came <= high[:, :3])
    lines = [[2019 + h, share(int(inside[:, h].sum()), len(came))] for h in range(3)]
    text = table(["year", "covered, %"], lines)
    return (
        f"{text}\n\n1,000 paths × 309 municipalities × 10 years with their intervals: {spent:.1f} s of CPU."
    )


BANDS = [(0, 300), (300, 600), (600, 1000), (1000, 2500), (2500, 10**9)]


def injected() -> list[tuple[int, bool, bool]]:
    """Breaks of 8 % in each area, up and down: children the year before, could it be told, was it found."""
    people, _, _ = children_by_age()
    total = people.sum(axis=1)
    whole = boundary_changes(total)
    able = ~whole.too_small()
    rng = np.random.default_rng(0)
    told = []
    for area in range(len(total)):
        for factor in (1.08, 1 / 1.08):
            moved, year = total.copy(), int(rng.integers(2, total.shape[2]))
            moved[area, :, year:] *= factor
            found = boundary_changes(moved).changed[area, year]
            told.append((int(total[area, :, year - 1].sum()), bool(able[area, year]), bool(found)))
    return told


def boundaries() -> str:
    people, _, _ = children_by_age()
    total = people.sum(axis=1)
    whole = boundary_changes(total)
    size, able, flags = total.sum(axis=1)[:, :-1], ~whole.too_small()[:, 1:], whole.changed[:, 1:]
    told, lines = injected(), []
    for low, high in [(0, 10**9), *BANDS]:
        inside = (size >= low) & (size < high)
        which = [(able_here, found) for n, able_here, found in told if low <= n < high]
        found = [[f for a, f in which if a is wanted] for wanted in (True, False)]
        label = f"{low:,}–{high - 1:,}" if high < 10**9 else f"{low:,} and more" if low else "all"
        lines.append([
            label, f"{100 * able[inside].mean():.0f}", *(share(sum(f), len(f)) for f in found),
            share(int(flags[inside].sum()), int(inside.sum())),
        ])  # fmt: skip
    head = [
        "children 0–18 the year before", "years that can be told, %", "8 % found where it can be told, %",
        "found where marked too small, %", "years flagged with none injected, %",
    ]  # fmt: skip
    return table(head, lines)
