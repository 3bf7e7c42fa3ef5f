"""What the steps write, one step at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lautta.assessments import picking, rules
from lautta.assessments.checks import clean_columns, sentence
from lautta.assessments.choices import HIGHEST, LOWEST, MOST_ALTERNATIVES, NOT_KNOWN
from lautta.assessments.dimensions import dimensions
from lautta.assessments.models import (
    Alternative,
    Assessment,
    AssessmentIndicator,
    AssessmentVoice,
    Hearing,
    Rating,
)
from lautta.assessments.steps import STEPS
from lautta.assessments.writing import locked, saw, write
from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.measures.checks import MOST_TITLE, chosen
from lautta.measures.choices import VulnerableGroup
from lautta.organisations.saving import checked_save
from lautta.plans.choices import TargetGroup
from lautta.voices.models import Voice


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """`public_id` is empty for a new one. VE0 may be worded anew, never left out."""

    title: Translated
    description: Translated = field(default_factory=Translated)
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class HearingRow:
    who: Translated
    method: str
    said: Translated
    number: int | None = None
    heard_on: dt.date | None = None
    asked: Translated = field(default_factory=Translated)
    changed: Translated = field(default_factory=Translated)
    not_changed: Translated = field(default_factory=Translated)
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """`value`: −2…+2, NOT_KNOWN, or None when there is no answer (yet)."""

    alternative: Alternative
    value: int | str | None
    sentence: Translated = field(default_factory=Translated)
    directness: str = ""
    duration: str = ""
    intention: str = ""
    groups: Sequence[str] = ()
    group_sentence: Translated = field(default_factory=Translated)


@dataclass(frozen=True, slots=True)
class IndicatorPick:
    """`refresh`: take the newest number in place of the one that was picked earlier."""

    indicator: Indicator
    note: Translated = field(default_factory=Translated)
    refresh: bool = False


def _opened(by: Actor, assessment: Assessment, version: int, step: str) -> Assessment:
    """The locked row, when the step is open and nobody has changed it meanwhile."""
    current = locked(by, assessment)
    rules.refuse_closed(current, step)
    saw(current, version, STEPS[step].names)
    return current


@transaction.atomic
def save_step(
    *, by: Actor, assessment: Assessment, version: int, step: str, values: dict[str, Any]
) -> Assessment:
    """Save the columns of one step. TypeError for a column that the step does not hold; StaleForm, Refused."""
    if unknown := set(values) - set(STEPS[step].fields):
        raise TypeError(f"not columns of {step}: {sorted(unknown)}")
    current = _opened(by, assessment, version, step)
    changed = audit.apply_changes(current, clean_columns(current, values))
    return write(by, current, "assessment.update", changed) if changed else current


@transaction.atomic
def set_alternatives(
    *, by: Actor, assessment: Assessment, version: int, rows: Iterable[AlternativeRow]
) -> Assessment:
    """The alternatives as they are to be: those left out go with their ratings, new ones come last. VE0 stays."""
    current = _opened(by, assessment, version, "alternatives")
    standing = {a.public_id: a for a in current.alternatives.in_order()}
    given, new = _parted(rows, standing)
    if len(new) + len({k for k in given if not standing[k].is_baseline}) > MOST_ALTERNATIVES:
        raise Refused(
            _("Vaihtoehtoja voi olla enintään %(most)s VE0:n lisäksi.") % {"most": MOST_ALTERNATIVES},
            status=422,
        )
    before = [str(a) for a in standing.values()]
    gone = [a for key, a in standing.items() if key not in given and not a.is_baseline]
    for name in ("proposed", "decided"):
        if getattr(current, f"{name}_id") in {a.pk for a in gone}:
            setattr(current, name, None)
    for alternative in gone:
        alternative.delete()
    kept = [a for a in standing.values() if a.pk is not None]
    kept.sort(key=lambda a: a.position)
    # Those that stay keep their order, so that a number only ever becomes smaller and none is used twice.
    for position, alternative in enumerate(kept):
        alternative.position = position
        if row := given.get(alternative.public_id):
            alternative.title, alternative.description = row.title, row.description
        checked_save(_checked(alternative))
    for position, row in enumerate(new, start=len(kept)):
        made = Alternative(
            assessment=current, position=position, title=row.title, description=row.description
        )
        checked_save(_checked(made))
    after = [str(a) for a in current.alternatives.in_order()]
    return write(by, current, "assessment.update", {"alternatives": (before, after)})


def _checked(alternative: Alternative) -> Alternative:
    sentence(alternative.title, "title", required=True, most=MOST_TITLE)
    sentence(alternative.description, "description")
    return alternative


def _parted(rows: Iterable[Any], standing: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """({public id: row} of those that stand, the new ones). Refused for an id that this assessment does not have."""
    given, new = {}, []
    for row in rows:
        if not row.public_id:
            new.append(row)
        elif row.public_id in standing:
            given[row.public_id] = row
        else:
            raise Refused(_("Joku muu poisti rivin sillä välin. Lataa sivu uudelleen."))
    return given, new


@transaction.atomic
def set_hearings(
    *,
    by: Actor,
    assessment: Assessment,
    version: int,
    rows: Iterable[HearingRow],
    not_heard_reason: Translated,
) -> Assessment:
    """Who was heard, as it is to be; those left out go. The trail keeps how many, and no word of what was said."""
    current = _opened(by, assessment, version, "hearings")
    standing = {h.public_id: h for h in current.hearings.in_order()}
    given, new = _parted(rows, standing)
    before = len(standing)
    for key, hearing in standing.items():
        if key not in given:
            hearing.delete()
    for row in [*given.values(), *new]:
        hearing = standing.get(row.public_id) or Hearing(assessment=current)
        for name in ("who", "method", "number", "heard_on", "asked", "said", "changed", "not_changed"):
            setattr(hearing, name, getattr(row, name))
        for name in ("who", "said"):
            sentence(getattr(hearing, name), name, required=True)
        for name in ("asked", "changed", "not_changed"):
            sentence(getattr(hearing, name), name)
        checked_save(hearing)
    changed = audit.apply_changes(current, clean_columns(current, {"not_heard_reason": not_heard_reason}))
    return write(by, current, "assessment.update", {**changed, "hearings": (before, len(given) + len(new))})


@transaction.atomic
def set_ratings(
    *, by: Actor, assessment: Assessment, version: int, dimension: str, rows: Iterable[RatingRow]
) -> Assessment:
    """The ratings of one dimension. A row without an answer takes an earlier one away; an answer needs its sentence."""
    current = _opened(by, assessment, version, "ratings")
    if dimension not in dimensions():
        raise Refused(_("Tuntematon valinta: %(what)s.") % {"what": dimension}, status=422)
    standing = {
        r.alternative_id: r
        for r in Rating.objects.filter(alternative__assessment=current, dimension=dimension)
    }
    before = {a.code: _told(standing.get(a.pk)) for a in current.alternatives.in_order()}
    for row in rows:
        if row.alternative.assessment_id != current.pk:
            raise Refused(_("Vaihtoehto ei kuulu tähän arviointiin."), status=422)
        rating = standing.get(row.alternative.pk)
        if row.value is None:
            _refuse_words_alone(row)
            if rating:
                rating.delete()
            continue
        rating = rating or Rating(alternative=row.alternative, dimension=dimension)
        _fill(rating, row)
        checked_save(rating)
    after = {
        r.alternative.code: _told(r)
        for r in Rating.objects.filter(alternative__assessment=current, dimension=dimension).select_related(
            "alternative"
        )
    }
    return write(by, current, "assessment.update", {"ratings": ({dimension: before}, {dimension: after})})


def _told(rating: Rating | None) -> Any:
    """What the trail holds of a rating: the number alone."""
    if rating is None:
        return None
    return NOT_KNOWN if rating.value is None else rating.value


def _refuse_words_alone(row: RatingRow) -> None:
    if row.sentence:
        raise Refused(
            _("Valitse arvio. Jos sitä ei tiedetä, valitse ”Ei tiedetä”."),
            field=f"value_{row.alternative.public_id}",
            status=422,
        )


def _fill(rating: Rating, row: RatingRow) -> None:
    key = row.alternative.public_id
    if row.value != NOT_KNOWN and not (isinstance(row.value, int) and LOWEST <= row.value <= HIGHEST):
        raise Refused(_("Valitse arvio asteikolta."), field=f"value_{key}", status=422)
    if not row.sentence:
        raise Refused(_("Perustele yhdellä lauseella."), field=f"sentence_{key}", status=422)
    groups = [*TargetGroup.values, *VulnerableGroup.values]
    rating.value = None if row.value == NOT_KNOWN else int(row.value)  # type: ignore[arg-type]
    rating.sentence = sentence(row.sentence, f"sentence_{key}", most=600)
    rating.directness, rating.duration, rating.intention = row.directness, row.duration, row.intention
    rating.groups = _known_groups(row.groups, groups, f"groups_{key}")
    rating.group_sentence = sentence(row.group_sentence, f"group_sentence_{key}", most=600)


def _known_groups(values: Iterable[str], known: list[str], field: str) -> list[str]:
    given = set(values)
    people = [v for v in given if v in TargetGroup.values]
    vulnerable = [v for v in given if v not in people]
    return chosen(people, TargetGroup, field) + chosen(vulnerable, VulnerableGroup, field)


@transaction.atomic
def set_background(
    *,
    by: Actor,
    assessment: Assessment,
    version: int,
    background: Translated,
    articles: Iterable[str],
    indicators: Iterable[IndicatorPick],
    voices: Iterable[Voice],
) -> Assessment:
    """What is known: a text, numbers as they are today, published voices, and articles besides those of the dimensions."""
    current = _opened(by, assessment, version, "background")
    changed = audit.apply_changes(
        current, clean_columns(current, {"background": background, "articles": list(articles)})
    )
    changed |= _pick_indicators(current, list(indicators))
    changed |= _pick_voices(current, list(voices))
    return write(by, current, "assessment.update", changed) if changed else current


def _pick_indicators(current: Assessment, picks: list[IndicatorPick]) -> dict[str, tuple[Any, Any]]:
    region = current.plan.region_id
    if any(p.indicator.region_id not in (None, region) for p in picks):
        raise Refused(_("Mittari ei kuulu tähän suunnitelmaan."), field="indicators", status=422)
    standing = {link.indicator_id: link for link in current.indicator_links.select_related("indicator")}
    before = _numbers(standing.values())
    notes = {pk: link.note for pk, link in standing.items()}
    wanted = {p.indicator.pk: p for p in picks}
    for pk, link in standing.items():
        if pk not in wanted:
            link.delete()
    fresh = [p.indicator for pk, p in wanted.items() if p.refresh or pk not in standing]
    columns = picking.snapshots(current.plan, current.organisation, fresh) if fresh else {}
    for pk, pick in wanted.items():
        link = standing.get(pk) or AssessmentIndicator(assessment=current, indicator=pick.indicator)
        for name, value in columns.get(pk, {}).items():
            setattr(link, name, value)
        link.note = sentence(pick.note, f"note_{pick.indicator.public_id}", most=600)
        checked_save(link)
    after = _numbers(current.indicator_links.select_related("indicator"))
    same_notes = all(wanted[pk].note == notes.get(pk) for pk in wanted)
    return {} if before == after and same_notes else {"indicators": (before, after)}


def _numbers(links: Iterable[AssessmentIndicator]) -> list[list[Any]]:
    rows = sorted(links, key=lambda link: link.pk or 0)
    return [[link.indicator.public_id, link.year, link.value] for link in rows]


def _pick_voices(current: Assessment, voices: list[Voice]) -> dict[str, tuple[Any, Any]]:
    standing = {link.voice_id: link for link in current.voice_links.select_related("voice")}
    for voice in voices:
        public = voice.state == Voice.State.PUBLISHED or voice.pk in standing
        if voice.plan_id != current.plan_id or not public:
            raise Refused(_("Valitse julkaistuista äänistä."), field="voices", status=422)
    wanted = {voice.pk: voice for voice in voices}
    if set(wanted) == set(standing):
        return {}
    for pk, link in standing.items():
        if pk not in wanted:
            link.delete()
    for pk, voice in wanted.items():
        if pk not in standing:
            checked_save(AssessmentVoice(assessment=current, voice=voice))
    before = sorted(link.voice.public_id for link in standing.values())
    return {"voices": (before, sorted(v.public_id for v in voices))}
