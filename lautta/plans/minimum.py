"""The minimum list beside what a plan has chosen: every entry is chosen, left out with a reason, or undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lautta.indicators.definitions import Definition, minimum_list
from lautta.indicators.models import Indicator
from lautta.plans.models import JointIndicator, LeftOutIndicator, Plan


class State(StrEnum):
    UNDECIDED = "undecided"
    LEFT_OUT = "left_out"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the minimum list. `indicator` is its row of the catalogue, None while nothing has been fetched."""

    definition: Definition
    state: State
    indicator: Indicator | None
    joint: JointIndicator | None
    left_out: LeftOutIndicator | None


def entry_of(code: str) -> Definition | None:
    """The entry of the minimum list with the code, or None."""
    return next((definition for definition in minimum_list() if definition.code == code), None)


def code_in_minimum_list(indicator: Indicator) -> str:
    """The code by which the minimum list has the indicator, "" when it does not."""
    if indicator.region_id is not None:
        return ""
    key = (indicator.source, indicator.source_id)
    return next((d.code for d in minimum_list() if (d.source, d.source_id) == key), "")


def indicators_of(entries: Sequence[Definition]) -> dict[tuple[str, str], Indicator]:
    """{(source, its id): indicator} of the catalogue, one query."""
    rows = Indicator.objects.public().filter(source_id__in=[d.source_id for d in entries])
    return {(row.source, row.source_id): row for row in rows}


def minimum_states(plan: Plan) -> list[Entry]:
    """Every entry with its state, the undecided first, each state in the list's own order. Three queries."""
    entries = minimum_list()
    catalogue = indicators_of(entries)
    followed = plan.joint_indicators.filter(indicator__in=[row.pk for row in catalogue.values()])
    joint = {row.indicator_id: row for row in followed.select_related("indicator", "goal")}
    left_out = {row.code: row for row in plan.left_out_indicators.all()}
    found = []
    for definition in entries:
        indicator = catalogue.get((definition.source, definition.source_id))
        chosen = joint.get(indicator.pk) if indicator else None
        gone = left_out.get(definition.code)
        state = State.CHOSEN if chosen else State.LEFT_OUT if gone else State.UNDECIDED
        found.append(Entry(definition, state, indicator, chosen, gone))
    order = list(State)
    return sorted(found, key=lambda entry: order.index(entry.state))
