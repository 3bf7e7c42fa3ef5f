"""From a read plan to a draft to check, and what the draft becomes."""

from __future__ import annotations

import re
from dataclasses import asdict
from textwrap import shorten
from typing import Any

from lautta.common.html import plain_text
from lautta.plans.importing import ImportedPlan
from lautta.plans.models import Chapter
from lautta.voices.models import Voice

PARTS = ("chapters", "goals", "quotations", "sources", "participants")

_KINDS = (
    (Chapter.Kind.INTRODUCTION, r"johdanto|inledning|introduction"),
    (Chapter.Kind.CURRENT_STATE, r"nykytila|nuläge|current state|tilannekuva"),
    (Chapter.Kind.PARTNERSHIP, r"kumppanuu|partnerskap|partnership"),
    (Chapter.Kind.MEASURES, r"toimenpi|åtgärd|measures|vaikuttavuu"),
    (Chapter.Kind.SUPPORT, r"\btuki\b|stöd|support"),
    (Chapter.Kind.MAIN_GOALS, r"tavoit|\bmål|goals|objectives"),
)

SPEAKERS = {
    "child": Voice.SpeakerRole.CHILD,
    "pupil": Voice.SpeakerRole.PUPIL,
    "young_person": Voice.SpeakerRole.YOUNG,
    "youth_council": Voice.SpeakerRole.YOUTH_COUNCIL,
    "parent": Voice.SpeakerRole.PARENT,
    "mother": Voice.SpeakerRole.MOTHER,
    "father": Voice.SpeakerRole.FATHER,
    "professional": Voice.SpeakerRole.PROFESSIONAL,
}


def chapter_kind(title: str) -> str:
    """The kind of chapter that a title speaks of; OTHER when it speaks of none."""
    for kind, pattern in _KINDS:
        if re.search(pattern, title.lower()):
            return kind
    return Chapter.Kind.OTHER


def speaker_role(code: str, written: str) -> str:
    """Our role for a quotation's speaker."""
    if "eskari" in written.lower() or "esikoul" in written.lower():
        return Voice.SpeakerRole.PRESCHOOLER
    return SPEAKERS.get(code, Voice.SpeakerRole.OTHER)


def as_draft(plan: ImportedPlan) -> dict[str, Any]:
    """The JSON of a draft: every part a list of mappings, as in `importing.result`."""
    draft = asdict(plan)
    for chapter in draft["chapters"]:
        # A part without a heading (a cover, say) is shown by its first words.
        chapter["title"] = (
            chapter["title"] or shorten(plain_text(chapter["html"]), 80, placeholder=" …") or "–"
        )
    return draft
