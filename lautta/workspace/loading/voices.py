"""voices.yaml: what children, young people and parents have said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lautta.common.translated import Translated
from lautta.organisations.permissions import Permission
from lautta.voices.actions import add_voice, publish_voice
from lautta.voices.models import Voice
from lautta.workspace.loading.areas import RegionFile
from lautta.workspace.loading.chapters import ChapterRow
from lautta.workspace.loading.plan import PlanFile
from lautta.workspace.loading.reading import Files, Row
from lautta.workspace.loading.world import World


@dataclass
class VoiceRow:
    row: Row
    key: str
    text: Translated
    role: str
    age_group: str
    method: str
    heard: dt.date | None
    goals: list[str]
    chapter: str
    organisation: str
    published: bool
    checked: bool
    illustrative: bool


def read_voices(
    files: Files, known: RegionFile, plan: PlanFile, chapters: list[ChapterRow]
) -> list[VoiceRow]:
    """None when there is no voices.yaml."""
    if not files.has("voices.yaml"):
        return []
    top = files.read("voices.yaml")
    illustrative = top.flag("illustrative")
    numbers = {c.number for chapter in chapters for c in (chapter, *chapter.sections) if c.number}
    states = [Voice.State.PENDING.value, Voice.State.PUBLISHED.value]
    found, keys = [], {}  # type: ignore[var-annotated]
    for row in top.rows("voices"):
        key = row.new_key("key", keys)
        keys[key] = row
        year, month = row.year("year", required=False), row.whole("month", required=False, most=12)
        found.append(
            VoiceRow(
                row,
                key,
                text=row.translated("text"),
                role=row.choice("role", Voice.SpeakerRole.values),
                age_group=row.choice("age_group", Voice.AgeGroup.values, required=False),
                method=row.choice("method", Voice.Method.values),
                heard=dt.date(year, month or 1, 1) if year else None,
                goals=row.choices("goals", plan.numbers),
                chapter=row.choice("chapter", sorted(numbers), required=False),
                organisation=row.choice("collected_by", known.organisations, required=False),
                published=row.choice("state", states, required=False) == Voice.State.PUBLISHED,
                # Somebody has looked at a text that seems to tell who is spoken of.
                checked=row.flag("checked"),
                illustrative=row.flag("illustrative", default=illustrative),
            )
        )
    return found


def load_voices(found: list[VoiceRow], world: World) -> int:
    """Each as it was brought, and those let through by the one who moderates. Returns how many."""
    for v in found:
        organisation = world.organisations[v.organisation] if v.organisation else None
        with v.row.blamed():
            voice = add_voice(
                by=world.actor(Permission.ADD_VOICES, organisation), plan=world.plan, text=v.text,
                speaker_role=v.role, age_group=v.age_group, method=v.method, heard_month=v.heard,
                organisation=organisation, chapter=world.chapters.get(v.chapter),
                goals=[world.goals[n] for n in v.goals], is_illustrative=v.illustrative,
            )  # fmt: skip
            if v.published:
                voice = publish_voice(
                    by=world.actor(Permission.MODERATE_VOICES),
                    voice=voice,
                    version=voice.version,
                    checked=v.checked,
                )
        world.voices[v.key] = voice
    return len(found)
