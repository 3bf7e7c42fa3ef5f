"""Changes of boundary in series of people by age: cohorts of all ages that leap together, and where chance would hide a leap.

A cohort's ratio to itself a year younger moves by chance as 1 / √people. Ages are weighted by how little they move (children of
school age the least), which is the likelihood ratio of one common leap against none; what an area's own years show of its
restlessness is mixed with the panel's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .panel import Bools, Floats

LEAST = 0.045  # a smaller leap is never called, however many the people
SURELY = 3.3  # standard deviations of chance
POWER = 2.33  # of chance, for 99 in 100 were chance known exactly; it is an estimate, so 95 or more
SOUGHT = 0.08
PANEL_YEARS = 10.0  # the panel's restlessness weighs as so many years of the area's own
ENOUGH_AREAS = 10  # from which a year's common movement is taken off


@dataclass(frozen=True, eq=False)
class Boundaries:
    """`changed` (areas, years), True in the first year of the new division; `smallest` (areas, years), the least leap, as a share,
    that would have been found 95 times in 100 or more. The first year has nothing before it: False and NaN.
    """

    changed: Bools
    smallest: Floats

    def too_small(self, sought: float = SOUGHT) -> Bools:
        """Where silence says nothing: a leap of `sought` could pass as chance, and only a register of areas can tell."""
        return ~(self.smallest <= sought)


def boundary_changes(people: ArrayLike) -> Boundaries:
    """Years in which an area's cohorts leap together, as at a merger, and where too few people are counted to tell.

    `people` (areas, ages, years), single years of age and all areas of a country or region together where possible; more ages
    (adults move less) let smaller places be told. Nothing is refused: an empty place is too small in every year.
    """
    table = np.asarray(people, np.float64)
    younger, older = table[:, :-1, :-1], table[:, 1:, 1:]
    pattern = (older.sum(axis=(0, 2)) + 1) / (younger.sum(axis=(0, 2)) + 1)
    due_by_age = pattern[:, None] * younger
    # Squares beyond nine people's worth of chance are leaps themselves: they may not tell how restless an age is.
    apart = np.minimum((older - due_by_age) ** 2, 3 * (younger + 1))
    weight = 1 / np.maximum(apart.sum(axis=(0, 2)) / (younger.sum(axis=(0, 2)) + 1), 1e-3)
    counted = younger.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        pace = np.log(np.einsum("a,iat->it", weight, older) / np.einsum("a,iat->it", weight, due_by_age))
    pace = np.where(np.isfinite(pace), pace, 0.0)
    off = pace - np.median(pace, axis=1, keepdims=True)
    if len(table) >= ENOUGH_AREAS:
        off -= np.median(off, axis=0)
    own = (1.4826 * np.median(np.abs(off) * np.sqrt(counted), axis=1)) ** 2
    years = off.shape[1] * 0.37  # what a median of absolute values is worth
    mixed = (PANEL_YEARS * np.median(own) + years * own) / (PANEL_YEARS + years)
    chance = np.sqrt(
        np.divide(mixed[:, None], counted, out=np.full(counted.shape, np.inf), where=counted > 0)
    )
    limit = np.maximum(LEAST, SURELY * chance)
    nothing = np.zeros((len(table), 1))
    return Boundaries(
        np.concatenate([nothing > 0, np.abs(off) > limit], axis=1),
        np.concatenate([nothing + np.nan, np.expm1(limit + POWER * chance)], axis=1),
    )
