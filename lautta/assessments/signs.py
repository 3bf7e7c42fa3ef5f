"""Whether what was heard may tell who spoke."""

from __future__ import annotations

from lautta.assessments.models import Assessment
from lautta.voices.actions import places_that_may_be_said
from lautta.voices.personal import Finding, signs


def findings(assessment: Assessment) -> list[Finding]:
    """What looks like personal data in the words of those heard, in any language."""
    places = places_that_may_be_said(assessment.plan)
    return [
        finding
        for hearing in assessment.hearings.in_order()
        for text in (hearing.who, hearing.said)
        for words in text.texts.values()
        for finding in signs(words.text, places=places)
    ]


def looks_personal(assessment: Assessment) -> bool:
    return bool(findings(assessment))
