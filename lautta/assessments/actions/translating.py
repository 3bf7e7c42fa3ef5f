"""The texts in another language than they were written in."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from lautta.assessments.checks import sentence
from lautta.assessments.choices import State
from lautta.assessments.models import Assessment, Hearing
from lautta.assessments.texts import places
from lautta.assessments.writing import locked, write
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES
from lautta.organisations.saving import checked_save
from lautta.plans.conflicts import StaleForm, changed_since


@transaction.atomic
def translate(
    *, by: Actor, assessment: Assessment, version: int, language: str, texts: Mapping[str, str]
) -> Assessment:
    """`texts`: {key of texts.places: words}; an unknown key is let be, since its row may be gone.

    StaleForm when anything was saved since: a translation is of what the translator saw. A text's own language is not
    written here.
    """
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    current = locked(by, assessment)
    if current.state == State.DROPPED:
        raise Refused(State.DROPPED.label)
    if current.version != version:
        raise StaleForm(changed=changed_since(current, version), version=current.version)
    done = []
    for place in places(current):
        if place.key not in texts or not place.text or place.text.source == language:
            continue
        if texts[place.key].strip() == (place.text.in_language(language) or ""):
            continue
        new = place.text.with_text(language, texts[place.key])
        setattr(place.row, place.name, sentence(new, place.key))
        done.append(place)
    for row in {id(p.row): p.row for p in done if p.row is not current}.values():
        checked_save(row)
    if not done:
        return current
    # Of what was heard the trail keeps no word.
    told = [p.key for p in done if not isinstance(p.row, Hearing)]
    return write(by, current, "assessment.update", {"translated": (language, told)})
