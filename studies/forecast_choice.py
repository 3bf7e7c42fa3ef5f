"""How the forecast's constants were chosen: only on target years to 2016, before the years that docs/methods/forecast.md judges."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from lautta.statistics import forecast as method
from lautta.statistics import stacking
from studies.data import fifths
from studies.forecast import CHANGES, HORIZON, indicators, judge
from studies.pages import table, write

LAST_TARGET = 2016
LEAST_YEARS = 12
BEFORE = (0.0, 0.03, 0.1, 0.3, 1.0, 3.0)
SETTINGS: list[tuple[str, float, tuple[float, ...], tuple[float, ...]]] = [
    ("as before: no weight beforehand, any share of the move, no level", 0.0, BEFORE, (0.0,)),
    ("1/8 of a year for the last value", 0.125, BEFORE, (0.0,)),
    ("1/2 of a year", 0.5, BEFORE, (0.0,)),
    ("1/8, the move weighs 1 or more", 0.125, (1.0, 3.0, 10.0), (0.0,)),
    ("1/8, the level", 0.125, BEFORE, (0.0, 1.0)),
    ("no weight, the move 1 or more, the level", 0.0, (1.0, 3.0, 10.0), (0.0, 1.0)),
    ("**1/8, the move 1 or more, the level**", 0.125, (1.0, 3.0, 10.0), (0.0, 1.0)),
    ("1/4, the move 1 or more, the level", 0.25, (1.0, 3.0, 10.0), (0.0, 1.0)),
    ("1/2, the move 1 or more, the level", 0.5, (1.0, 3.0, 10.0), (0.0, 1.0)),
    ("1/8, the move 1 or more, the level also squared", 0.125, (1.0, 3.0, 10.0), (0.0, 1.0, 2.0)),
]


@contextmanager
def constants(years: float, moves: tuple[float, ...], levels: tuple[float, ...]) -> Iterator[None]:
    kept = stacking.LAST_VALUE_YEARS, method.BY_MOVE, method.BY_LEVEL
    stacking.LAST_VALUE_YEARS, method.BY_MOVE, method.BY_LEVEL = years, moves, levels
    try:
        yield
    finally:
        stacking.LAST_VALUE_YEARS, method.BY_MOVE, method.BY_LEVEL = kept


def interval_score(made: method.Forecast, came: np.ndarray, last: np.ndarray, step: int) -> np.ndarray:
    """Winkler's score of the 95 % interval over the mean change of the year: narrow is good, a miss costs forty times itself."""
    low, high = made.low[:, step - 1], made.high[:, step - 1]
    score = high - low + 40 * np.maximum(low - came, 0) + 40 * np.maximum(came - high, 0)
    known = np.isfinite(score)
    return score[known] / np.abs(came - last)[known].mean()


def main() -> str:
    # The candidates do not depend on what is chosen here, and are what costs time.
    origins = [
        (name, value[:, :end], size[:, :end], region, value, end, fifths(size[:, -1]), int(years[end - 1]))
        for name, value, size, years, region in indicators()
        for end in range(LEAST_YEARS, len(years))
        if years[end - 1] < LAST_TARGET
    ]
    made_before: dict[int, np.ndarray] = {}
    whole, lines = method.candidates, []
    try:
        for label, *chosen in SETTINGS:
            covered: dict[object, np.ndarray | list] = {}
            chances, scores = np.zeros((3, 10)), []
            for k, (name, seen, size, region, value, end, group, base) in enumerate(origins):

                def candidates(*given, at=k):
                    if at not in made_before:
                        made_before[at] = whole(*given)
                    return made_before[at]

                method.candidates = candidates
                with constants(*chosen):
                    made = method.forecast(seen, HORIZON, denominators=size, group=region)
                for step in range(1, min(HORIZON, LAST_TARGET - base) + 1):
                    judge(covered, chances, made, value, end, step, group, "choice", name)
                    scores.append(interval_score(made, value[:, end + step - 1], seen[:, -1], step))
            n, said, came = chances
            gap = 100 * np.abs(came - said) / np.maximum(n, 1)
            cells = [100 * c[0] / c[1] for key, c in covered.items() if len(key) == 3 and key[0] == "choice"]
            lines.append([
                label, f"{min(cells):.1f}–{max(cells):.1f}", f"{np.concatenate(scores).mean():.2f}",
                f"{(gap * n)[5:].sum() / n[5:].sum():.1f}", f"{gap[n >= 200].max():.1f}",
            ])  # fmt: skip
    finally:
        method.candidates = whole
    head = [
        "targets to 2016", "coverage by steps and fifth, %", "interval score", "mean gap over 50 %, points", "worst gap, n ≥ 200",
    ]  # fmt: skip
    text = f"Targets {min(CHANGES)}–{max(CHANGES)} of the last value:\n\n{table(head, lines)}"
    write("forecast", "choice", text)
    return text
