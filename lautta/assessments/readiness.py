"""What a move asks for before it can be made, each thing as a sentence with the step where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lautta.assessments.choices import State
from lautta.assessments.dimensions import dimensions, in_order
from lautta.assessments.models import Alternative, Assessment, Rating


@dataclass(frozen=True, slots=True)
class Missing:
    step: str
    sentence: str


def missing_for(assessment: Assessment, state: str) -> list[Missing]:
    """Nothing when the assessment may go to the state, as far as its content is concerned."""
    if state == State.PROPOSED:
        return _for_proposal(assessment)
    if state == State.ASSESSING:
        return _for_assessing(assessment)
    if state == State.DECIDED:
        return _for_decision(assessment)
    if state == State.FOLLOWED:
        return _for_follow_up(assessment)
    return []


def _for_assessing(assessment: Assessment) -> list[Missing]:
    found = []
    if not assessment.change:
        found.append(Missing("screening", _("Kerro, mitä lapsen arjessa muuttuisi.")))
    if not assessment.dimensions:
        found.append(Missing("screening", _("Valitse, mihin elämänalueisiin päätös voi vaikuttaa.")))
    return found


def _for_proposal(assessment: Assessment) -> list[Missing]:
    alternatives = list(assessment.alternatives.in_order())
    found = []
    if len(alternatives) < 2:
        found.append(Missing("alternatives", _("Lisää ainakin yksi vaihtoehto VE0:n rinnalle.")))
    if not assessment.not_heard_reason and not assessment.hearings.exists():
        found.append(Missing("hearings", _("Kerro, keitä kuultiin, tai miksi ketään ei kuultu.")))
    for code, title in unrated(assessment, alternatives):
        found.append(
            Missing("ratings", _("Arvioi vielä: %(dimension)s, %(alternative)s.") % {"dimension": title, "alternative": code})
        )  # fmt: skip
    if not assessment.best_interests:
        found.append(Missing("reasoning", _("Perustele, mikä on lapsen etu.")))
    if assessment.proposed_id is None:
        found.append(Missing("reasoning", _("Valitse ehdotettava vaihtoehto.")))
    return found


def unrated(assessment: Assessment, alternatives: list[Alternative]) -> list[tuple[str, str]]:
    """(VE code, dimension's title) of the asked dimensions that lack a rating. One query."""
    rated = set(
        Rating.objects.filter(alternative__assessment=assessment).values_list("alternative_id", "dimension")
    )
    return [
        (a.code, str(d.title))
        for d in in_order(assessment.dimensions)
        for a in alternatives
        if (a.pk, d.code) not in rated
    ]


def _for_decision(assessment: Assessment) -> list[Missing]:
    found = []
    if assessment.decided_on is None:
        found.append(Missing("decision", _("Anna päätöksen päivä.")))
    if not assessment.decision:
        found.append(Missing("decision", _("Kerro, mitä päätettiin.")))
    if not assessment.follow_ups.exists():
        found.append(Missing("follow_up", _("Sovi ainakin yksi seurannan päivä päätöksen yhteydessä.")))
    return found


def _for_follow_up(assessment: Assessment) -> list[Missing]:
    if assessment.follow_ups.filter(done_on__isnull=True).exists():
        return [Missing("follow_up", _("Kaikkia sovittuja seurantoja ei ole vielä tehty."))]
    return []


def done_steps(assessment: Assessment) -> set[str]:
    """Steps that hold what they ask for; for the progress line. Five queries at most."""
    alternatives = list(assessment.alternatives.in_order())
    checks = {
        "memo": True,
        "screening": bool(assessment.change and (assessment.dimensions or assessment.stop_reason)),
        "extent": bool(assessment.extent),
        "background": bool(
            assessment.background or assessment.indicator_links.exists() or assessment.voice_links.exists()
        ),
        "alternatives": len(alternatives) > 1,
        "hearings": bool(assessment.not_heard_reason) or assessment.hearings.exists(),
        "ratings": bool(assessment.dimensions)
        and len(alternatives) > 1
        and not unrated(assessment, alternatives),
        "conflicts": bool(assessment.conflicts or assessment.mitigation),
        "reasoning": bool(assessment.best_interests and assessment.proposed_id),
        "decision": bool(assessment.decided_on and assessment.decision),
        "follow_up": assessment.follow_ups.exists(),
        "summary": bool(assessment.child_summary),
    }
    return {code for code, done in checks.items() if done}


def asked_dimensions(assessment: Assessment) -> list:
    """Those that the screening ticked; all when it ticked none yet."""
    return in_order(assessment.dimensions) or [d for d in dimensions().values() if d.asked]
