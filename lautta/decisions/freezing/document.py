"""A document drawn from the plan as it is now: what will be frozen, or what a version is compared with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from lautta.common import clock
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions.choices import HOLDS_PART_ONE, HOLDS_PART_TWO, ON_TIME
from lautta.decisions.freezing.canonical import quotation_hash
from lautta.decisions.freezing.part_one import part_one
from lautta.decisions.freezing.part_two import part_two
from lautta.measures.models import Round
from lautta.organisations.models import Organisation
from lautta.plans.models import Plan
from lautta.voices.models import Voice

SCHEMA = 1


@dataclass(frozen=True)
class Quoted:
    """A voice that the document shows: its words and salt are kept beside the document, never in it."""

    voice: Voice
    salt: str
    text: dict[str, str]


@dataclass(frozen=True)
class Drawn:
    """The document, and the quotations that it names by hash."""

    document: dict[str, Any]
    quotations: list[Quoted] = field(default_factory=list)


def draw(
    plan: Plan,
    *,
    kind: str,
    round: Round | None = None,
    proposal: Translated | None = None,
    summary: Translated | None = None,
    previous: str = "",
    number: int = 0,
    time: dict[str, Any] | None = None,
    checklist: dict[str, Any] | None = None,
) -> Drawn:
    """The plan of today as a document of `kind`. `time` is what an extension or a succession decides.

    `checklist`: what the law asks and how the plan stands (plans.checklist); left out when no rules hold on the day.
    `number` and `previous` (the former version's digest) are 0 and empty for a comparison with today.
    """
    quoted = _quoted(plan) if kind in HOLDS_PART_ONE else []
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": str(kind),
        "number": number,
        "frozen_on": clock.today().isoformat(),
        "previous": previous,
        "cover": {
            "proposal": (proposal or Translated()).to_json(),
            "summary": (summary or Translated()).to_json(),
        },
        "plan": _plan(plan),
        # Drawn anew when a passage is removed: guesses can't be tried against the former digest (adr/0011).
        "seal": secrets.token_hex(16),
    }
    if kind in HOLDS_PART_ONE:
        document["part_one"] = part_one(plan, [q.voice for q in quoted])
        document["quotations"] = {
            q.voice.public_id: {
                "hash": quotation_hash(q.salt, q.text),
                "role": q.voice.speaker_role,
                "age_group": q.voice.age_group,
            }
            for q in quoted
        }
    if kind in HOLDS_PART_TWO and round is not None:
        document["part_two"] = part_two(round)
    if checklist:
        document["checklist"] = checklist
    if kind in ON_TIME:
        document["time"] = time or {}
    return Drawn(document, quoted)


def _quoted(plan: Plan) -> list[Quoted]:
    """Published voices that stand in a chapter or by a goal, newest first."""
    voices = plan.voices.public().newest_first().prefetch_related("goals").select_related("chapter")
    found = []
    for voice in voices:
        if voice.chapter_id or voice.goals.all():
            said = {lang: words for lang in LANGUAGES if (words := voice.text.in_language(lang))}
            found.append(Quoted(voice, secrets.token_hex(16), said))
    return found


def _plan(plan: Plan) -> dict[str, Any]:
    organisers = plan.organiser_periods.select_related("organisation").order_by("started_on")
    return {
        "id": plan.public_id,
        "title": plan.title.to_json(),
        "purpose": plan.purpose.to_json(),
        "plain": plan.plain.to_json(),
        "period": [plan.period_start, plan.period_end],
        "region": {"name": plan.region.area.name.to_json(), "languages": list(plan.region.languages)},
        "organisers": [
            {
                "organisation": row.organisation.public_id,
                "started_on": row.started_on.isoformat(),
                "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            }
            for row in organisers
        ],
        # All that ever took part: measures and goals name them, also those that have ended.
        "organisations": [
            {"id": o.public_id, "name": o.name.to_json(), "kind": o.kind}
            for o in Organisation.objects.ever_in_plan(plan)
        ],
        "illustrative": plan.is_illustrative,
    }
