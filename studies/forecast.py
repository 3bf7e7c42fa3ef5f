"""Coverage of the intervals and calibration of the chances, on the years that were held out of the real panel."""

from __future__ import annotations

import numpy as np

from lautta.statistics.forecast import forecast, probability_of_reaching
from studies.data import child_panel, fifths
from studies.pages import clustered, share, table, write

HORIZON = 5
HELD_OUT = 5
CHANGES = (0.7, 0.8, 0.9, 0.95, 1.05, 1.1, 1.2, 1.3)


def indicators():
    columns, _, years, region = child_panel()
    people = columns["pop_0_17"]
    for name, value, size, begin in [
        ("lowinc_children", columns["lowinc_children"] / people, people, 5),
        ("ohc_0_17", columns["ohc_0_17"] / people, people, 0),
        ("ohc_13_17", columns["ohc_13_17"] / people, people, 0),
        ("sa_families", columns["sa_families"] / columns["families"], columns["families"], 2),
        ("unemp_pct", columns["unemp_pct"], people, 1),
        ("gini", columns["gini"], people, 5),
        ("in_care_0_17_pct", columns["in_care_0_17_pct"], people, 0),
    ]:
        yield name, value[:, begin:], size[:, begin:], years[begin:], region


def main() -> str:
    covered: dict[object, np.ndarray | list] = {}
    chances = {when: np.zeros((3, 10)) for when in ("to 2019", "from 2020")}
    for name, value, size, years, region in indicators():
        group = fifths(size[:, -1])
        for end in range(16, len(years)):
            many = forecast(value[:, :end], HORIZON, denominators=size[:, :end], group=region)
            for step in range(1, min(HORIZON, len(years) - end) + 1):
                judge(covered, np.zeros((3, 10)), many, value, end, step, group, "long", f"{name}, long")
        # Origins: every year whose targets reach into the years held out; each sees only what came before it.
        for end in range(len(years) - HELD_OUT - HORIZON + 1, len(years)):
            made = forecast(value[:, :end], HORIZON, denominators=size[:, :end], group=region)
            for step in range(1, HORIZON + 1):
                at = end + step - 1
                if not len(years) - HELD_OUT <= at < len(years):
                    continue
                when = "from 2020" if years[at] >= 2020 else "to 2019"
                judge(covered, chances[when], made, value, end, step, group, when, name)
    text = "\n\n".join([
        "Coverage of the 95 % interval, targets 2017–2021, %, by steps ahead and fifth of size:", coverage(covered),
        "Over every origin with sixteen years behind it, since five years are few draws of what the country shares:",
        coverage(covered, [("long", "all years")]),
        "The judgements of one indicator in one year share that year's shock. With such clusters the intervals are wider (times, "
        "against the binomial's):", by_clusters(covered), "By indicator, the years held out:",
        table(["indicator", "2017–2019", "2020–2021"], by_name(covered)),
        "Chance said and share that came, by tenth of the chance said (targets 5–30 % above and below the last value):",
        table(["chance said", "2017–2019: said", "came, %", "gap", "2020–2021: said", "came, %", "gap"], bins(chances)),
    ])  # fmt: skip
    write("forecast", "held-out years", text)
    return text


def judge(covered, chances, made, value, end, step, group, when, name):
    """Add one indicator's forecasts from one year to what was covered and to what came of the chances said."""
    came = value[:, end + step - 1]
    low, high = made.low[:, step - 1], made.high[:, step - 1]
    known = np.isfinite(came) & np.isfinite(low)
    inside = known & (low - 1e-12 <= came) & (came <= high + 1e-12)
    for key, which in [((when, step, None), known), ((name, when), known)] + [
        ((when, step, g), known & (group == g)) for g in range(5)
    ]:
        covered.setdefault(key, np.zeros(2, int))
        covered[key] += (inside & which).sum(), which.sum()
    if known.any():
        covered.setdefault(("clusters", when, step), []).append((inside.sum(), known.sum()))
    for change in CHANGES:
        target = value[:, end - 1] * change
        said = probability_of_reaching(made, target, step=step, smaller_is_better=change < 1)
        reached = came <= target if change < 1 else came >= target
        use = np.isfinite(said) & np.isfinite(came)
        tenth = np.minimum((said[use] * 10).astype(int), 9)
        for row, weight in enumerate([np.ones(use.sum()), said[use], reached[use]]):
            chances[row] += np.bincount(tenth, weights=weight, minlength=10)


def coverage(covered, periods=(("to 2019", "2017–2019"), ("from 2020", "2020–2021"))):
    head = ["steps ahead, years", "all", "smallest fifth", "2nd", "3rd", "4th", "largest fifth"]
    lines = []
    for when, label in periods:
        for step in range(1, HORIZON + 1):
            cells = [share(*covered[(when, step, g)]) for g in (None, 0, 1, 2, 3, 4)]
            lines.append([f"{step}, {label}", *cells])
    return table(head, lines)


def by_clusters(covered):
    lines = []
    for when, label in [("to 2019", "2017–2019"), ("from 2020", "2020–2021"), ("long", "all years")]:
        for step in range(1, HORIZON + 1):
            cell, wider = clustered(*zip(*covered[("clusters", when, step)], strict=True))
            lines.append([f"{step}, {label}", cell, f"{wider:.1f}"])
    return table(["steps ahead, years", "covered, %, interval by clusters", "times wider"], lines)


def by_name(covered):
    for name in dict.fromkeys(key[0] for key in covered if len(key) == 2 and key[1] != "long"):
        yield [name, share(*covered[(name, "to 2019")]), share(*covered[(name, "from 2020")])]


def bins(chances):
    for tenth in range(10):
        cells = []
        for counts in chances.values():
            n, said, came = counts[:, tenth]
            cells += (
                [f"{100 * said / n:.1f}", share(came, n), f"{100 * (came - said) / n:+.1f}"]
                if n
                else ["–"] * 3
            )
        yield [f"{10 * tenth}–{10 * tenth + 10} %", *cells]
