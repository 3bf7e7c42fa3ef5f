"""Writes of the voice library. What was said never goes into the trail: it must be possible to erase it for
good.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, search
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Chapter, Goal, Plan
from lautta.voices import rules
from lautta.voices.indexing import index_voice
from lautta.voices.models import Voice
from lautta.voices.personal import signs

EDITABLE = frozenset(
    {
        "text",
        "speaker_role",
        "age_group",
        "method",
        "heard_month",
        "goals",
        "chapter",
        "organisation",
        "is_illustrative",
    }
)
LONGEST = 2_000


class LooksPersonal(Refused):
    """The text has signs of personal data and nobody has said that they were looked at."""

    def __init__(self):
        super().__init__(
            _("Teksti näyttää sisältävän henkilötietoja. Tarkista ne ennen julkaisua."),
            field="text",
            status=422,
        )


class StaleVoice(Refused):
    """Somebody else saved the voice after the form was opened."""

    def __init__(self):
        super().__init__(_("Joku muu tallensi tämän sillä välin. Katso erot ja tallenna uudelleen."))


@transaction.atomic
def add_voice(
    *,
    by: Actor,
    plan: Plan,
    text: Translated,
    speaker_role: str,
    method: str,
    age_group: str = "",
    heard_month: dt.date | None = None,
    goals: Iterable[Goal] = (),
    chapter: Chapter | None = None,
    organisation: Organisation | None = None,
    is_illustrative: bool = False,
) -> Voice:
    """Keep what was said, waiting for moderation; nothing becomes public here. `heard_month`: any day of
    the month.
    """
    require(by, Permission.ADD_VOICES, plan=plan, organisation=organisation)
    goals = list(goals)
    _refuse_strangers(plan, goals, chapter, organisation)
    _refuse_bad_text(text)
    voice = Voice(
        plan=plan,
        text=text,
        speaker_role=speaker_role,
        age_group=age_group,
        method=method,
        heard_month=heard_month.replace(day=1) if heard_month else None,
        chapter=chapter,
        organisation=organisation,
        is_illustrative=is_illustrative,
    )
    checked_save(voice)
    voice.goals.set(goals)
    _record(by, "voice.add", voice, {"state": ("", voice.state), "method": ("", method)})
    return voice


@transaction.atomic
def update_voice(
    *, by: Actor, voice: Voice, version: int, values: dict[str, Any], checked: bool = False
) -> Voice:
    """Change the fields in `values` (see EDITABLE). Raises StaleVoice when `version` is not the newest.

    A published voice whose words change stays public only when they show no sign of personal data or
    `checked` says that
    somebody looked; else LooksPersonal.
    """
    if unknown := set(values) - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    voice = Voice.objects.select_for_update(of=("self",)).select_related("plan").get(pk=voice.pk)
    require_edit(by, voice)
    if voice.version != version:
        raise StaleVoice
    plan, values = voice.plan, dict(values)
    goals = values.pop("goals", None)
    goals = list(goals) if goals is not None else None
    if values.get("heard_month"):
        values["heard_month"] = values["heard_month"].replace(day=1)
    _refuse_strangers(plan, goals or [], values.get("chapter"), values.get("organisation"))
    if values.get("organisation", voice.organisation) != voice.organisation:
        require(by, Permission.ADD_VOICES, plan=plan, organisation=values["organisation"])
    changed = audit.apply_changes(voice, values)
    if "text" in changed:
        _refuse_bad_text(voice.text)
        if voice.state == Voice.State.PUBLISHED and not checked and look_for_signs(voice):
            raise LooksPersonal
    if goals is not None and {g.pk for g in goals} != set(voice.goals.values_list("pk", flat=True)):
        changed["goals"] = (list(voice.goals.all()), goals)
        voice.goals.set(goals)
    if not changed:
        return voice
    voice.version += 1
    checked_save(voice)
    index_voice(voice)
    changed["version"] = (version, voice.version)
    _record(by, "voice.update", voice, changed)
    return voice


@transaction.atomic
def publish_voice(*, by: Actor, voice: Voice, version: int, checked: bool = False) -> Voice:
    """Make it public. Refused (LooksPersonal) while it shows signs of personal data, unless `checked`."""
    voice = _for_decision(by, voice, version)
    if voice.state == Voice.State.PUBLISHED:
        raise Refused(_("Ääni on jo julkaistu."))
    if not checked and look_for_signs(voice):
        raise LooksPersonal
    return _decide(by, "voice.publish", voice, Voice.State.PUBLISHED, "")


@transaction.atomic
def reject_voice(*, by: Actor, voice: Voice, version: int, reason: str) -> Voice:
    """Keep it unpublished, or take it out of the public, with the reason."""
    voice = _for_decision(by, voice, version)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Kerro, miksi ääntä ei julkaista."), field="reason", status=422)
    if voice.state == Voice.State.REJECTED:
        raise Refused(_("Ääni on jo merkitty julkaisematta jääväksi."))
    return _decide(by, "voice.reject", voice, Voice.State.REJECTED, reason)


@transaction.atomic
def erase_voice(*, by: Actor, voice: Voice) -> None:
    """Remove it for good, from search too, in one transaction. The trail keeps that it was done, and no
    word of it.
    """
    require(by, Permission.MODERATE_VOICES, plan=voice.plan)
    voice = (
        Voice.objects.select_for_update(of=("self",)).select_related("plan", "organisation").get(pk=voice.pk)
    )
    search.unindex(scope=voice.plan.public_id, kind="voice", object_id=voice.public_id)
    _record(by, "voice.erase", voice, {})
    voice.delete()


def require_edit(by: Actor, voice: Voice) -> None:
    """PermissionDenied unless the actor moderates, or brought the voice and it has not been decided on."""
    if by.standing is not None and rules.may_edit(by.standing, voice):
        require(by, Permission.ADD_VOICES, plan=voice.plan, organisation=voice.organisation)
    else:
        require(by, Permission.MODERATE_VOICES, plan=voice.plan)


def look_for_signs(voice: Voice) -> bool:
    """True when some language's text shows signs of personal data."""
    places = places_that_may_be_said(voice.plan)
    return any(signs(text.text, places=places) for text in voice.text.texts.values())


def places_that_may_be_said(plan: Plan) -> list[str]:
    """Names of the region, its municipalities and the organisations of the plan, in every language."""
    area = plan.region.area
    names = [area.name, *(m.area.name for m in area.members.select_related("area"))]
    names += [p.organisation.name for p in plan.participations.select_related("organisation")]
    return [text.text for name in names for text in name.texts.values()]


def _for_decision(by: Actor, voice: Voice, version: int) -> Voice:
    voice = (
        Voice.objects.select_for_update(of=("self",)).select_related("plan", "organisation").get(pk=voice.pk)
    )
    require(by, Permission.MODERATE_VOICES, plan=voice.plan)
    if voice.version != version:
        raise StaleVoice
    return voice


def _decide(by: Actor, action: str, voice: Voice, state: str, reason: str) -> Voice:
    before = voice.state
    voice.state, voice.decided_reason = state, reason
    voice.version += 1
    checked_save(voice)
    index_voice(voice)
    _record(by, action, voice, {"state": (before, state), "version": (voice.version - 1, voice.version)})
    return voice


def _refuse_bad_text(text: Translated) -> None:
    if not text:
        raise Refused(_("Kirjoita, mitä sanottiin."), field="text", status=422)
    if any(len(t.text) > LONGEST for t in text.texts.values()):
        raise Refused(
            _("Teksti on liian pitkä. Valitse siitä se, mikä on tärkeintä."), field="text", status=422
        )


def _refuse_strangers(
    plan: Plan, goals: list[Goal], chapter: Chapter | None, organisation: Organisation | None
) -> None:
    """Nothing of another plan."""
    if any(goal.plan_id != plan.pk for goal in goals):
        raise Refused(_("Tavoite ei kuulu tähän suunnitelmaan."), field="goals", status=422)
    if chapter is not None and chapter.plan_id != plan.pk:
        raise Refused(_("Luku ei kuulu tähän suunnitelmaan."), field="chapter", status=422)
    if organisation is not None and not plan.participations.filter(organisation=organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)


def _record(by: Actor, action: str, voice: Voice, changes: dict[str, tuple]) -> None:
    # The words and who said them are left out; that they changed is told.
    kept = {name: pair for name, pair in changes.items() if name not in {"text", "speaker_role", "age_group"}}
    if "text" in changes:
        kept["text"] = ("…", "…")
    organisation = voice.organisation.public_id if voice.organisation else ""
    audit.record(
        by=by,
        action=action,
        target=voice,
        scope=voice.plan.public_id,
        organisation=organisation,
        changes=kept,
    )
