"""Rooms above that hold a plan's texts in stored form (frozen versions) say here how they remove a passage from them.

Named functions called by the action itself, in its transaction, with the pattern of the words and the chapter that they are
removed from (None: everywhere in the plan). Each returns in how many of its documents the words stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lautta.common.actors import Actor
from lautta.plans.models import Chapter, Plan

Remove = Callable[[Actor, Plan, re.Pattern[str], Chapter | None], int]
Count = Callable[[Plan, re.Pattern[str], Chapter | None], int]


class Holder(NamedTuple):
    remove: Remove
    tally: Count


_holders: list[Holder] = []


def redact_with(holder: Holder) -> Holder:
    """Register a room's pair of functions."""
    if holder not in _holders:
        _holders.append(holder)
    return holder


def remove_everywhere(by: Actor, plan: Plan, pattern: re.Pattern[str], chapter: Chapter | None) -> int:
    return sum(holder.remove(by, plan, pattern, chapter) for holder in _holders)


def count_everywhere(plan: Plan, pattern: re.Pattern[str], chapter: Chapter | None) -> int:
    return sum(holder.tally(plan, pattern, chapter) for holder in _holders)
