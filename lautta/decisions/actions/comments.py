"""A version goes round for comments: its days, comments bound to passages, and what was done about each."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES, Translated
from lautta.decisions import rules
from lautta.decisions.choices_statements import ANSWERS, CirculationPhase, Taken
from lautta.decisions.freezing import opened
from lautta.decisions.models import Circulation, PassageComment, Version
from lautta.decisions.passages import find_passage
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.conflicts import StaleForm

LONGEST_COMMENT = 2_000
LONGEST_DAYS = 366


@transaction.atomic
def circulate(
    *, by: Actor, version: Version, opens_on: dt.date, closes_on: dt.date, note: Translated, row_version: int = 0
) -> Circulation:  # fmt: skip
    """Set the days on which the version may be commented on, or change them (`row_version` of what was seen; 0: none yet)."""
    version = Version.objects.select_for_update(of=("self",)).select_related("plan").get(pk=version.pk)
    require(by, Permission.FREEZE_VERSIONS, plan=version.plan)
    if version.withdrawn_on is not None:
        raise Refused(_("Versio on peruttu."))
    circulation = Circulation.objects.filter(version=version).first() or Circulation(
        version=version, row_version=0
    )
    if circulation.row_version != row_version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    if closes_on < clock.today():
        raise Refused(_("Viimeinen päivä on jo mennyt."), field="closes_on", status=422)
    if closes_on > opens_on + dt.timedelta(days=LONGEST_DAYS):
        raise Refused(_("Kommentointiaika on liian pitkä: enintään vuosi."), field="closes_on", status=422)
    if any(len(t.text) > LONGEST_COMMENT for t in note.texts.values()):
        raise Refused(_("Teksti on liian pitkä."), field="note", status=422)
    values = {"opens_on": opens_on, "closes_on": closes_on, "note": note}
    if changes := audit.apply_changes(circulation, values):
        circulation.row_version += 1
        checked_save(circulation)
        audit.record(
            by=by, action="version.circulate", target=version, scope=version.plan.public_id, changes=changes
        )
    return circulation


@transaction.atomic
def comment_passage(
    *,
    by: Actor,
    version: Version,
    organisation: Organisation,
    kind: str,
    key: str,
    text: str,
    text_language: str,
    language: str = "",
    block: int | None = None,
    block_hash: str = "",
) -> PassageComment:
    """Comment on one passage, in the organisation's name. Refused before and after the days of commenting, and when the passage
    is not in the version with those words.
    """
    version = Version.objects.select_related("plan").get(pk=version.pk)
    require(by, Permission.COMMENT_VERSIONS, plan=version.plan, organisation=organisation)
    phase = rules.phase_of(Circulation.objects.filter(version=version).first(), clock.today())
    if phase != CirculationPhase.OPEN or version.withdrawn_on is not None:
        reason = _("Versio on peruttu.") if version.withdrawn_on else phase.label
        raise Refused(_("Tätä ei voi kommentoida: %(reason)s.") % {"reason": str(reason).rstrip(".").lower()})
    passage = find_passage(opened(version), kind, key, language, block)
    if passage is None or passage.hash != block_hash:
        raise Refused(_("Kohtaa ei ole tässä versiossa. Avaa sivu uudelleen."), status=422)
    text = text.strip()
    if not text:
        raise Refused(_("Kirjoita kommentti."), field="text", status=422)
    if len(text) > LONGEST_COMMENT:
        raise Refused(_("Teksti on liian pitkä."), field="text", status=422)
    if text_language not in LANGUAGES:
        raise ValueError(f"unknown language {text_language!r}")
    comment = PassageComment(
        version=version, target_kind=kind, target_id=key, language=passage.language, block=passage.block,
        block_hash=passage.hash, quoted=passage.quoted, text=Translated.of(text, language=text_language),
        organisation=organisation, author=by.user, created_on=clock.today(),
    )  # fmt: skip
    checked_save(comment)
    _record(by, "comment.add", comment, {"target": (None, f"{kind}:{key}"), "block": (None, passage.block)})
    return comment


@transaction.atomic
def take_back_comment(*, by: Actor, comment: PassageComment) -> None:
    """Remove one's own comment while nobody has answered it."""
    comment = _locked(comment)
    require(by, Permission.COMMENT_VERSIONS, plan=comment.version.plan, organisation=comment.organisation)
    if by.user is None or comment.author_id != by.user.pk:
        raise PermissionDenied
    if comment.state != Taken.OPEN:
        raise Refused(_("Kommenttiin on jo vastattu."))
    _record(by, "comment.remove", comment, {})
    comment.delete()


@transaction.atomic
def answer_comment(
    *, by: Actor, comment: PassageComment, row_version: int, taken: str, answer: Translated
) -> PassageComment:
    """Say what was done, or why not. An answer may be mended later."""
    comment = _locked(comment)
    require(by, Permission.FREEZE_VERSIONS, plan=comment.version.plan)
    if comment.row_version != row_version:
        held = {"taken": (None, comment.get_state_display()), "answer": (None, comment.answer)}
        raise StaleForm(changed=held, version=comment.row_version)
    if taken not in ANSWERS:
        raise Refused(_("Valitse, otettiinko asia huomioon."), field="taken", status=422)
    if not answer:
        raise Refused(_("Kerro, mikä muuttui tai miksi ei."), field="answer", status=422)
    if any(len(t.text) > LONGEST_COMMENT for t in answer.texts.values()):
        raise Refused(_("Teksti on liian pitkä."), field="answer", status=422)
    values = {"state": taken, "answer": answer, "answered_on": clock.today()}
    if changes := audit.apply_changes(comment, values):
        comment.row_version += 1
        checked_save(comment)
        _record(by, "comment.answer", comment, {"state": changes.get("state", (taken, taken))})
    return comment


@transaction.atomic
def erase_comment(*, by: Actor, comment: PassageComment) -> None:
    """Remove a comment for good: it tells of a person, or its writer asks."""
    comment = _locked(comment)
    require(by, Permission.FREEZE_VERSIONS, plan=comment.version.plan)
    _record(by, "comment.erase", comment, {})
    comment.delete()


def _locked(comment: PassageComment) -> PassageComment:
    return (
        PassageComment.objects.select_for_update(of=("self",))
        .select_related("version__plan", "organisation")
        .defer("version__content")
        .get(pk=comment.pk)
    )


def _record(by: Actor, action: str, comment: PassageComment, changes: dict[str, tuple]) -> None:
    audit.record(
        by=by, action=action, target=comment, scope=comment.version.plan.public_id,
        organisation=comment.organisation.public_id, changes=changes,
    )  # fmt: skip
