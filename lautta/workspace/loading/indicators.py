"""indicators.yaml: what the region follows together, what it leaves out of the minimum list and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.definitions import definitions, minimum_list
from lautta.indicators.models import Indicator
from lautta.organisations.permissions import Permission
from lautta.plans.actions.indicators import choose_indicator, leave_out
from lautta.plans.indicator_reading import newest_number
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.plan import PlanFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "indicators.yaml"


@dataclass
class FollowedRow:
    row: Row
    definition: str
    goal: str
    owner: str
    target: tuple[int, float] | None
    note: Translated
    illustrative: bool


@dataclass
class IndicatorsFile:
    followed: list[FollowedRow] = field(default_factory=list)
    left_out: list[tuple[Row, str, Translated]] = field(default_factory=list)


def read_indicators(files: Files, known: RegionFile, plan: PlanFile) -> IndicatorsFile:
    """Empty when there is no indicators.yaml."""
    found = IndicatorsFile()
    if not files.has(FILE):
        return found
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    for row in top.rows("followed"):
        year = row.year("target_year", required=False)
        value = row.number("target_value", required=False)
        found.followed.append(
            FollowedRow(
                row,
                definition=row.choice("definition", list(definitions())),
                goal=row.choice("goal", plan.numbers, required=False),
                owner=row.choice("owner", known.organisations, required=False),
                target=(year, float(value)) if year and value is not None else None,
                note=row.translated("note", required=False),
                illustrative=row.flag("illustrative", default=illustrative),
            )
        )
    codes = [d.code for d in minimum_list()]
    for row in top.rows("left_out"):
        found.left_out.append((row, row.choice("definition", codes), row.translated("reason")))
    return found


def load_indicators(found: IndicatorsFile, world: World) -> int:
    """Chosen by the coordinator, with the newest number as the baseline where there is one. What the catalogue does not have
    (nothing was fetched) is passed over. Returns how many.
    """
    indicators = _catalogue(found)
    if indicators:
        # The region is there now: its newest numbers are the baselines.
        summarise_current(by=SYSTEM, indicators=indicators.values())
    actor, count = world.actor(Permission.EDIT_PLAN), 0
    for each in found.followed:
        indicator = indicators.get(each.definition)
        if indicator is None:
            continue
        start = newest_number(world.plan, indicator)  # type: ignore[arg-type]
        target = each.target if each.target and (start is None or each.target[0] > start[0]) else None
        with each.row.blamed():
            choose_indicator(
                by=actor, plan=world.plan, indicator=indicator,
                goal=world.goals[each.goal] if each.goal else None,
                owner=world.organisations[each.owner] if each.owner else None,
                baseline_year=start[0] if start else None, baseline_value=start[1] if start else None,
                target_year=target[0] if target else None, target_value=target[1] if target else None,
                note=each.note, is_illustrative=each.illustrative, confirmed=True,
            )  # fmt: skip
        count += 1
    for row, code, reason in found.left_out:
        with row.blamed():
            leave_out(by=actor, plan=world.plan, code=code, reason=reason)
    return count


def _catalogue(found: IndicatorsFile) -> dict[str, Indicator]:
    """What is followed, of the catalogue, by definition."""
    wanted = {
        (d.source, d.source_id): code
        for code in (r.definition for r in found.followed)
        for d in [definitions()[code]]
    }
    rows = Indicator.objects.public().filter(source_id__in=[source_id for _source, source_id in wanted])
    return {
        wanted[key]: row for row in rows.order_by("-pk") if (key := (row.source, row.source_id)) in wanted
    }
