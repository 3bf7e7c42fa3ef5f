"""hearings.yaml: who was heard about what, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from lautta.organisations.permissions import Permission
from lautta.voices.actions.hearings import Facts, Heard, add_hearing, publish_hearing
from lautta.voices.models import Hearing, Voice
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.plan import PlanFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World

FILE = "hearings.yaml"


@dataclass
class HearingRow:
    """`facts` lack what only the database knows: the organisation and the goal."""

    row: Row
    facts: dict
    organisation: str
    goal: str
    published: bool
    checked: bool
    illustrative: bool


def read_hearings(files: Files, known: RegionFile, plan: PlanFile) -> list[HearingRow]:
    """None when there is no hearings.yaml."""
    if not files.has(FILE):
        return []
    top = files.read(FILE)
    illustrative = top.flag("illustrative")
    states = [Voice.State.PENDING.value, Voice.State.PUBLISHED.value]
    found, keys = [], {}  # type: ignore[var-annotated]
    for row in top.rows("hearings"):
        keys[row.new_key("key", keys)] = row
        facts = {
            "matter": row.translated("matter"),
            "heard_on": row.date("heard"),
            "heard_until": row.date("until", required=False),
            "method": row.choice("method", Hearing.Method.values),
            "groups": [_heard(group) for group in row.rows("groups", required=True)],
            **{
                name: row.translated(name, required=name == "said")
                for name in ("how", "said", "changed", "why_not")
            },
        }
        found.append(
            HearingRow(
                row,
                facts,
                organisation=row.choice("held_by", known.organisations, required=False),
                goal=row.choice("goal", plan.numbers, required=False),
                published=row.choice("state", states, required=False) == Voice.State.PUBLISHED,
                # Somebody has looked at a text that seems to tell who is spoken of.
                checked=row.flag("checked"),
                illustrative=row.flag("illustrative", default=illustrative),
            )
        )
    return found


def _heard(group: Row) -> Heard:
    return Heard(
        group.choice("role", Voice.SpeakerRole.values),
        group.choice("age_group", Voice.AgeGroup.values, required=False),
        group.whole("number", required=False, least=1) or None,
    )


def load_hearings(found: list[HearingRow], world: World) -> int:
    """Each as it was entered, and those let through by the one who moderates. Returns how many."""
    for h in found:
        organisation = world.organisations[h.organisation] if h.organisation else None
        link = {"link_kind": "goal", "link_key": world.goals[h.goal].public_id} if h.goal else {}
        with h.row.blamed():
            hearing = add_hearing(
                by=world.actor(Permission.REGISTER_HEARINGS, organisation), plan=world.plan,
                facts=Facts(**h.facts, **link, organisation=organisation), is_illustrative=h.illustrative,
            )  # fmt: skip
            if h.published:
                publish_hearing(
                    by=world.actor(Permission.MODERATE_VOICES),
                    hearing=hearing,
                    version=hearing.version,
                    checked=h.checked,
                )
    return len(found)
