"""Population by age "if nothing changes": cohorts move on by Hamilton–Perry ratios drawn toward the region; births have a model
of their own.

The scenario's points are plain sums over areas, so regions and the country hold exactly; so do its paths, each of which is
one future of all areas together. How wide the paths spread is learnt from how wrong the same method was from earlier years,
apart for cohorts already born and for the unborn, and apart for what all areas share and what is each one's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .panel import Floats

WINDOW = 5  # years whose cohort ratios are pooled
PULL = 200.0  # people of the region's pattern mixed into each area's
AGE_GROUPS = (1, 6, 12, 15, 18, 25, 35, 50, 65, 80)
PARENTS = slice(20, 40)
ADULT = 18
TREND_YEARS = 3
DAMPING = 0.8
LEAST_ORIGINS = 5
# How wrong a whole country has been over ten years (standard deviation of the logarithm): the born, and births, 0.20 at
# the tenth year being some 0.15 for ages 0–6 together. Weighs as three independent origins beside those of the table itself.
SHARED = (0.010, 0.20)
PRIOR_ORIGINS = 3.0


@dataclass(frozen=True, eq=False)
class Scenario:
    """`point` (areas, ages, horizon); `born` (paths, areas, horizon), factors at each step on cohorts born by the
    base year; `unborn` likewise, on those born in each step, who then move on as the others do.
    """

    point: Floats
    born: Floats
    unborn: Floats

    def paths(self, ages: slice = slice(None), areas: ArrayLike | None = None) -> Floats:
        """People of the ages (paths, areas, horizon); with `areas` (a choice of them), their sum (paths, horizon)."""
        ages_all, horizon = self.point.shape[1:]
        wanted = np.zeros(ages_all, bool)
        wanted[ages] = True
        steps = np.arange(1, horizon + 1)
        old = wanted[:, None] & (np.arange(ages_all)[:, None] >= steps)
        made = self.born * (self.point * old).sum(axis=1)
        for age in np.flatnonzero(wanted[:horizon]):
            # At these steps the age was born after the base year: its error is that of its year of birth, and of moving since.
            late, birth = slice(age, None), slice(0, horizon - age)
            since = self.born[:, :, late] / self.born[:, :, birth]
            made[:, :, late] += self.point[:, age, late] * self.unborn[:, :, birth] * since
        return made if areas is None else made[:, np.asarray(areas)].sum(axis=1)

    def interval(
        self, ages: slice = slice(None), areas: ArrayLike | None = None, level: float = 0.80
    ) -> tuple[Floats, Floats]:
        """Low and high, of each area or of the sum of some."""
        low, high = np.quantile(self.paths(ages, areas), [(1 - level) / 2, (1 + level) / 2], axis=0)
        return low, high


def _group_sums(values: Floats, group: NDArray) -> Floats:
    sums = np.zeros((group.max() + 1, *values.shape[1:]))
    np.add.at(sums, group, values)
    return sums[group]


def cohort_ratios(people: Floats, group: NDArray) -> Floats:
    """Ratios (areas, ages - 1) of a cohort to itself a year younger, over the last years, drawn toward the group's."""
    window = min(WINDOW, people.shape[2] - 1)
    older = people[:, 1:, -window:].sum(axis=2)
    younger = people[:, :-1, -window - 1 : -1].sum(axis=2)
    below = _group_sums(younger, group)
    pattern = np.divide(_group_sums(older, group), below, out=np.ones_like(below), where=below > 0)
    expected, made = pattern * younger, np.empty_like(pattern)
    edges = [0, *(edge for edge in AGE_GROUPS if edge < pattern.shape[1]), pattern.shape[1]]
    for start, end in pairwise(edges):
        ages = slice(start, end)
        own = (older[:, ages].sum(axis=1) + PULL) / (expected[:, ages].sum(axis=1) + PULL)
        made[:, ages] = pattern[:, ages] * own[:, None]
    return made


def _births(people: Floats, horizon: int) -> tuple[Floats, Floats, bool]:
    """The country's path of births (horizon,), or of births per person of parents' age where those are known; areas' shares."""
    by_parents = people.shape[1] >= PARENTS.stop
    newborn = people[:, 0]
    parents = people[:, PARENTS].sum(axis=1) if by_parents else np.ones_like(newborn)
    series = newborn.sum(axis=0) / (parents.sum(axis=0) if by_parents else 1.0)
    span = min(TREND_YEARS, len(series) - 1)
    pace = np.log(series[-1] / series[-1 - span]) / span if span else 0.0
    path = series[-1] * np.exp(pace * np.cumsum(DAMPING ** np.arange(1, horizon + 1)))
    years = min(TREND_YEARS, newborn.shape[1])
    share = newborn[:, -years:].sum(axis=1) / np.maximum(parents[:, -years:].sum(axis=1), 1e-9)
    return path, share, by_parents


def project(people: Floats, horizon: int, group: NDArray) -> Floats:
    """Points (areas, ages, horizon) from `people` (areas, ages, years); the last age is left to those who come into it."""
    ratios = cohort_ratios(people, group)
    path, share, by_parents = _births(people, horizon)
    now, made = people[:, :, -1].copy(), np.empty((*people.shape[:2], horizon))
    for step in range(horizon):
        following = np.empty_like(now)
        following[:, 1:] = now[:, :-1] * ratios
        weight = share * following[:, PARENTS].sum(axis=1) if by_parents else share
        level = path[step] * (following[:, PARENTS].sum() if by_parents else 1.0)
        following[:, 0] = level * weight / max(weight.sum(), 1e-9)
        made[:, :, step] = now = following
    return made


def _past(people: Floats, horizon: int, group: NDArray) -> tuple[Floats, Floats, Floats, Floats]:
    """Log errors from earlier years (origins, areas, horizon) of children born and of births; then the people each was made of."""
    years = people.shape[2]
    origins = range(WINDOW + 1, years - 1)
    errors = np.full((2, len(origins), people.shape[0], horizon), np.nan)
    sizes = np.full(errors.shape, np.nan)
    # Those who are still children when they are judged: young adults move far more.
    for k, origin in enumerate(origins):
        steps = min(horizon, years - 1 - origin)
        made = project(people[:, :, : origin + 1], steps, group)
        for step in range(1, steps + 1):
            came, said = people[:, :, origin + step], made[:, :, step - 1]
            for which, ages in enumerate((slice(step, ADULT), slice(0, 1))):
                if step >= ADULT and which == 0:
                    continue  # nobody is left to be judged
                a, b = came[:, ages].sum(axis=1), said[:, ages].sum(axis=1)
                sizes[which, k, :, step - 1] = b
                errors[which, k, :, step - 1] = np.log(np.maximum(a, 0.5) / np.maximum(b, 0.5))
    return errors[0], errors[1], sizes[0], sizes[1]


def _spread(errors: Floats, sizes: Floats, before: float) -> tuple[Floats, Floats]:
    """Variances by step: of what areas share (horizon,), and a, b (horizon, 2) of each one's own a + b / people."""
    horizon = errors.shape[2]
    shared, own = np.zeros(horizon), np.zeros((horizon, 2))
    for h in range(horizon):
        known = np.isfinite(errors[:, :, h]).all(axis=1)
        prior = before**2 * (h + 1) / 10
        if known.sum() < LEAST_ORIGINS:
            shared[h] = max(prior, shared[h - 1] * (h + 1) / h) if h else prior
            own[h] = own[h - 1] * (h + 1) / h if h else 0.0
            continue
        e, n = errors[known, :, h], np.maximum(sizes[known, :, h], 1.0)
        common = (n * e).sum(axis=1) / n.sum(axis=1)
        apart_origins = known.sum() / (h + 1)  # overlapping years say the same thing
        shared[h] = (PRIOR_ORIGINS * prior + apart_origins * (common**2).mean()) / (
            PRIOR_ORIGINS + apart_origins
        )
        apart, inverse = (e - common[:, None]).ravel() ** 2, (1 / n).ravel()
        typical = np.median(apart) / 0.455 + 1e-12
        kept = np.minimum(apart, 9 * typical * (1 + inverse / np.median(inverse)))
        weight = 1 / (typical * (1 + inverse / np.median(inverse))) ** 2
        design = np.column_stack([np.ones_like(inverse), inverse])
        found = np.linalg.solve((design * weight[:, None]).T @ design, (design * weight[:, None]).T @ kept)
        if found.min() < 0:
            best = int(found.argmax())
            found = np.zeros(2)
            found[best] = (weight * design[:, best] * kept).sum() / (weight * design[:, best] ** 2).sum()
        own[h] = found
    return np.maximum.accumulate(shared), np.maximum.accumulate(own, axis=0)


def _together(born: tuple[Floats, Floats], unborn: tuple[Floats, Floats]) -> Floats:
    """Correlation by step (horizon,), 0 or more, of areas' own errors in children born and in births: families take both along.

    From (errors, sizes) of each, with errors beyond three typical ones as three; steps without enough origins go on as before.
    """
    horizon = born[0].shape[2]
    found = np.zeros(horizon)
    for h in range(horizon):
        own = []
        for errors, sizes in (born, unborn):
            known = np.isfinite(errors[:, :, h]).all(axis=1)
            e, n = errors[known, :, h], np.maximum(sizes[known, :, h], 1.0)
            apart = (e - ((n * e).sum(axis=1) / n.sum(axis=1))[:, None]) * np.sqrt(n)
            bound = 3 * 1.4826 * np.median(np.abs(apart)) if known.any() else 0.0
            own.append(np.clip(apart, -bound, bound))
        squares = (own[0] ** 2).sum() * (own[1] ** 2).sum()
        if len(own[0]) < LEAST_ORIGINS or squares == 0:
            found[h] = found[h - 1] if h else 0.0
        else:
            found[h] = (own[0] * own[1]).sum() / np.sqrt(squares)
    return np.clip(found, 0, 0.95)


def _walk(steps: Floats, variances: Floats) -> Floats:
    """Errors that grow along a path so that their variance is `variances` (…, horizon) at each step, from standard normal ones."""
    gains = np.sqrt(np.maximum(np.diff(variances, axis=-1, prepend=0.0), 0.0))
    return np.cumsum(steps * gains, axis=-1)


def scenario(
    people: ArrayLike,
    horizon: int,
    *,
    rng: np.random.Generator,
    group: ArrayLike | None = None,
    paths: int = 1_000,
) -> Scenario:
    """A scenario to `horizon` years after the last column.

    `people` (areas, ages, years), single years of age from 0, yearly, one division of areas throughout (`boundary_changes` tells);
    with ages to 40 and over births follow the number of people aged 20–39, else the country's recent path of births. Twelve
    years or more are needed to learn the spread; raises ValueError for fewer, or for unknown cells.
    """
    table = np.asarray(people, np.float64)
    if table.ndim != 3 or not np.isfinite(table).all() or (table < 0).any():
        raise ValueError(
            "The population has the axes areas, ages and years, with a number ≥ 0 in every cell."
        )
    if table.shape[2] < WINDOW + LEAST_ORIGINS + 2:
        raise ValueError("At least twelve years are needed to learn how wrong a scenario can be.")
    labels = (
        np.zeros(len(table), np.intp)
        if group is None
        else np.unique(np.asarray(group), return_inverse=True)[1]
    )
    point = project(table, horizon, labels)
    ages = np.arange(table.shape[1])[:, None]
    children = (ages >= np.arange(1, horizon + 1)) & (ages < ADULT)
    newborn = (ages == 0) & np.ones(horizon, bool)
    past = _past(table, horizon, labels)
    halves = (past[0], past[2]), (past[1], past[3])
    together = _together(*halves)
    own_steps = np.empty((2, paths, len(table), horizon))
    rng.standard_normal(out=own_steps)
    own_steps[1] = together * own_steps[0] + np.sqrt(1 - together**2) * own_steps[1]
    factors = []
    for (errors, sizes), mask, before, steps in zip(
        halves, (children, newborn), SHARED, own_steps, strict=True
    ):
        shared, own = _spread(errors, sizes, before)
        # Few independent origins: how wide the shared errors are is itself uncertain, which is Student's t.
        freedom = PRIOR_ORIGINS + np.isfinite(errors[:, 0, 0]).sum() / 5
        wide = np.sqrt(freedom / rng.chisquare(freedom, (paths, 1, 1)))
        people_now = np.maximum((point * mask).sum(axis=1), 1.0)
        if (
            mask is children
        ):  # the last of them move as those born later do, so that they are not taken for a place of few
            people_now = np.maximum(people_now, point[:, :ADULT].sum(axis=1) / 3)
        each = np.maximum.accumulate(own[:, 0] + own[:, 1] / people_now, axis=1)
        common = wide * _walk(rng.standard_normal((paths, 1, horizon)), shared)
        factors.append(np.exp(common + _walk(steps, each)))
    return Scenario(point, factors[0], factors[1])
