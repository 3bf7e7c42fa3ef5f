"""checklist.yaml: where the plan answers what the law asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lautta.common.translated import Translated
from lautta.indicators.definitions import definitions
from lautta.organisations.permissions import Permission
from lautta.plans.actions.checklists import mark_coverage
from lautta.plans.checklist.evidence import Key
from lautta.plans.checklist.rule_sets import item_codes
from lautta.plans.models import Coverage
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.chapters import ChapterRow
from lautta.workspace.loading.plan import PlanFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "checklist.yaml"


@dataclass
class MarkRow:
    row: Row
    item: str
    organisation: str
    state: str
    chapters: list[str]
    goals: list[str]
    indicators: list[str]
    note: Translated
    marked_on: dt.date | None
    illustrative: bool


def read_checklist(
    files: Files, known: RegionFile, plan: PlanFile, chapters: list[ChapterRow]
) -> list[MarkRow]:
    """Nothing when there is no checklist.yaml."""
    if not files.has(FILE):
        return []
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    day = top.date("marked", required=False)
    numbers = sorted({c.number for chapter in chapters for c in (chapter, *chapter.sections) if c.number})
    return [
        MarkRow(
            row,
            item=row.choice("item", sorted(item_codes())),
            organisation=row.choice("organisation", known.organisations, required=False),
            state=row.choice("state", Coverage.values),
            chapters=row.choices("chapters", numbers),
            goals=row.choices("goals", plan.numbers),
            indicators=row.choices("indicators", list(definitions())),
            note=row.translated("note", required=False),
            marked_on=row.date("marked", required=False) or day,
            illustrative=row.flag("illustrative", default=illustrative),
        )
        for row in top.rows("marks")
    ]


def load_checklist(found: list[MarkRow], world: World) -> int:
    """Marked by the coordinator. An indicator that the plan does not follow (nothing was fetched) is left out of the links."""
    plan = world.plan
    followed = {
        (source, source_id): public_id
        for source, source_id, public_id in plan.joint_indicators.values_list(  # type: ignore[union-attr]
            "indicator__source", "indicator__source_id", "indicator__public_id"
        )
    }
    for each in found:
        links: list[Key] = [("chapter", world.chapters[n].public_id) for n in each.chapters]
        links += [("goal", world.goals[n].public_id) for n in each.goals]
        keys = ((d.source, d.source_id) for d in map(definitions().__getitem__, each.indicators))
        links += [("indicator", followed[key]) for key in keys if key in followed]
        organisation = world.organisations[each.organisation] if each.organisation else None
        with each.row.blamed():
            mark = mark_coverage(
                by=world.actor(Permission.EDIT_PLAN), plan=plan, item=each.item, state=each.state,  # type: ignore[arg-type]
                links=links, note=each.note, organisation=organisation, after=0,
                is_illustrative=each.illustrative,
            )  # fmt: skip
        if each.marked_on:
            world.happened(mark, "marked_at", world.moment(each.marked_on, each.row.at("item")))
    return len(found)
