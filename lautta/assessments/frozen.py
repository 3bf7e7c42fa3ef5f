"""The assessment as plain data: what is published, what a decision freezes, and what papers are made of.

`as_document` holds everything in every language, names of choices included, so that a page can be rendered from it alone
years later. Voices stand in it by id and salted hash, never by their words: one that is erased is shown as removed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from django.utils import translation

from lautta.assessments import choices
from lautta.assessments.dimensions import articles_of, dimensions, in_order
from lautta.assessments.models import Alternative, Assessment, AssessmentIndicator, Hearing, Rating
from lautta.common.translated import LANGUAGES, Translated
from lautta.measures.choices import VulnerableGroup
from lautta.measures.models import MeasureYear
from lautta.plans.choices import TargetGroup
from lautta.plans.figures.numbers import value_words
from lautta.voices.models import Voice

SCHEMA = 1
KIND = "child_impact_assessment"


def as_document(assessment: Assessment) -> dict[str, Any]:
    """Canonical plain data (JSON's own types alone): {"schema", "kind", "id", "plan", "organisation", "measure", "state",
    "history", and one entry a step}. Texts are as Translated.to_json, choices {"code", "label": {language: words}}.
    """
    a = assessment
    alternatives = list(a.alternatives.in_order())
    touched = a.dimensions
    return {
        "schema": SCHEMA,
        "kind": KIND,
        "id": a.public_id,
        "plan": {"id": a.plan.public_id, "title": a.plan.title.to_json()},
        "organisation": {"id": a.organisation.public_id, "name": a.organisation.name.to_json()},
        "measure": _measure(a),
        "illustrative": a.is_illustrative,
        "state": named(choices.State, a.state),
        "history": [
            {"state": named(choices.State, row.state), "on": row.at.date().isoformat(), "reason": row.reason}
            for row in a.state_changes.order_by("pk")
        ],
        "memo": {
            "title": a.title.to_json(), "decider": a.decider.to_json(), "decision_day": _day(a.decision_day),
            "target_groups": [named(TargetGroup, code) for code in a.target_groups],
            "first_estimate": a.first_estimate.to_json(), "need": named(choices.Need, a.need),
        },
        "screening": {
            "change": a.change.to_json(), "reach": named(choices.Reach, a.reach),
            "directness": named(choices.Directness, a.directness), "duration": named(choices.Duration, a.duration),
            "vulnerable_groups": [named(VulnerableGroup, code) for code in a.vulnerable_groups],
            "transition": a.transition, "known": a.known.to_json(), "stop_reason": a.stop_reason.to_json(),
            "dimensions": [{"code": d.code, "title": d.title.to_json()} for d in in_order(touched)],
        },
        "extent": {
            "extent": named(choices.Extent, a.extent), "preparer_title": a.preparer_title,
            "starts_on": _day(a.starts_on), "due_on": _day(a.due_on), "hearing_plan": a.hearing_plan.to_json(),
            "combined_with": [named(choices.OtherAssessment, code) for code in a.combined_with],
        },
        "background": {
            "text": a.background.to_json(),
            "articles": [{"code": i.code, "title": i.title.to_json()} for i in articles_of(touched, a.articles)],
            "indicators": [
                _indicator(link) for link in a.indicator_links.select_related("indicator").order_by("pk")
            ],
            "voices": _voices(a),
        },
        "alternatives": [
            {"id": x.public_id, "code": x.code, "title": x.title.to_json(), "description": x.description.to_json()}
            for x in alternatives
        ],
        "hearings": {
            "rows": [_hearing(h) for h in a.hearings.in_order()], "not_heard_reason": a.not_heard_reason.to_json(),
        },
        "ratings": _ratings(a, alternatives),
        "conflicts": {"conflicts": a.conflicts.to_json(), "mitigation": a.mitigation.to_json()},
        "reasoning": {
            "best_interests": a.best_interests.to_json(), "proposed": _code(alternatives, a.proposed_id),
            "proposal": a.proposal.to_json(),
        },
        "decision": {
            "decided_on": _day(a.decided_on), "decided": _code(alternatives, a.decided_id),
            "decision": a.decision.to_json(), "case_number": a.case_number,
        },
        "follow_up": [
            {
                "id": f.public_id, "due_on": _day(f.due_on), "what": f.what.to_json(), "who": f.who,
                "done_on": _day(f.done_on), "result": f.result.to_json(),
            }
            for f in a.follow_ups.order_by("due_on", "pk")
        ],
        "child_summary": a.child_summary.to_json(),
    }  # fmt: skip


def sha256_of(document: dict[str, Any]) -> str:
    """Of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def named(vocabulary: Any, code: str) -> dict[str, Any] | None:
    """A choice with its words in every language; None when nothing was chosen."""
    if not code:
        return None
    label = dict(vocabulary.choices).get(code, code)
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(label)
    return {"code": code, "label": words}


def voice_hash(voice: Voice, salt: str) -> str:
    """Tells later whether the words are still those that were quoted, without holding them."""
    said = {language: text.text for language, text in sorted(voice.text.texts.items())}
    return hashlib.sha256(
        f"{salt}{json.dumps(said, ensure_ascii=False, sort_keys=True)}".encode()
    ).hexdigest()


def without_hearing(document: dict[str, Any], heard_id: str) -> dict[str, Any]:
    """A copy in which nothing is left of one hearing but that there was one."""
    copy = json.loads(json.dumps(document))
    rows = copy["hearings"]["rows"]
    copy["hearings"]["rows"] = [{"id": heard_id, "removed": True} if r["id"] == heard_id else r for r in rows]
    return copy


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _code(alternatives: list[Alternative], pk: int | None) -> str | None:
    return next((x.code for x in alternatives if x.pk == pk), None)


def _measure(assessment: Assessment) -> dict[str, Any] | None:
    """The measure by the title of its newest year."""
    if assessment.measure_id is None:
        return None
    newest = MeasureYear.objects.filter(measure=assessment.measure_id).order_by("-round__year").first()
    title = newest.title if newest else Translated()
    return {"id": assessment.measure.public_id, "title": title.to_json()}


def _indicator(link: AssessmentIndicator) -> dict[str, Any]:
    words = {}
    if link.value is not None:
        words = {language: value_words(link.value, link.indicator, language) for language in LANGUAGES}
    return {
        "id": link.indicator.public_id, "title": link.indicator.title.to_json(), "area": link.area_code,
        "area_name": link.area_name, "year": link.year, "value": link.value, "words": words, "status": link.status,
        "vintage": link.vintage_number, "vintage_sha256": link.vintage_sha256, "note": link.note.to_json(),
    }  # fmt: skip


def _voices(assessment: Assessment) -> list[dict[str, Any]]:
    """Without their words. The salt of a voice stays what it was published with, so that a document does not change by itself."""
    links = list(assessment.voice_links.select_related("voice").order_by("pk"))
    former = assessment.publications.newest_first().first() if links else None
    salts = {v["id"]: v["salt"] for v in former.document["background"]["voices"]} if former else {}
    return [_voice(link.voice, salts.get(link.voice.public_id) or secrets.token_hex(8)) for link in links]


def _voice(voice: Voice, salt: str) -> dict[str, Any]:
    return {
        "id": voice.public_id, "salt": salt, "hash": voice_hash(voice, salt),
        "speaker": named(Voice.SpeakerRole, voice.speaker_role), "age_group": named(Voice.AgeGroup, voice.age_group),
    }  # fmt: skip


def _hearing(hearing: Hearing) -> dict[str, Any]:
    return {
        "id": hearing.public_id, "who": hearing.who.to_json(), "number": hearing.number,
        "heard_on": _day(hearing.heard_on), "method": named(choices.HearingMethod, hearing.method),
        "asked": hearing.asked.to_json(), "said": hearing.said.to_json(), "changed": hearing.changed.to_json(),
        "not_changed": hearing.not_changed.to_json(),
    }  # fmt: skip


def _ratings(assessment: Assessment, alternatives: list[Alternative]) -> list[dict[str, Any]]:
    """One entry a dimension: those asked about, and any other that somebody has rated."""
    rows = Rating.objects.filter(alternative__in=alternatives).select_related("alternative")
    found: dict[tuple[str, str], Rating] = {(r.dimension, r.alternative.code): r for r in rows}
    rated = {dimension for dimension, _code in found}
    shown = [d for d in dimensions().values() if d.code in assessment.dimensions or d.code in rated]
    return [
        {
            "code": d.code, "title": d.title.to_json(), "question": d.question.to_json(), "articles": list(d.articles),
            "values": {x.code: _rating(r) for x in alternatives if (r := found.get((d.code, x.code)))},
        }
        for d in shown
        if rated
    ]  # fmt: skip


def _rating(rating: Rating) -> dict[str, Any]:
    groups = [
        named(TargetGroup if code in TargetGroup.values else VulnerableGroup, code) for code in rating.groups
    ]
    return {
        "value": rating.value, "known": rating.value is not None, "sentence": rating.sentence.to_json(),
        "directness": named(choices.Directness, rating.directness), "duration": named(choices.Duration, rating.duration),
        "intention": named(choices.Intention, rating.intention), "groups": groups,
        "group_sentence": rating.group_sentence.to_json(),
    }  # fmt: skip
