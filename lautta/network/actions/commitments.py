"""Writes of the partners' commitments."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.common.models import User
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.network.models import Commitment, CommitmentChange
from lautta.organisations.models import Membership, Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan

LONGEST = 500
# From which state to which; withdrawn and done may be taken back to work.
NEXT: dict[str, tuple[str, ...]] = {
    "promised": ("progress", "done", "withdrawn"),
    "progress": ("done", "withdrawn"),
    "done": ("progress",),
    "withdrawn": ("progress",),
}


@transaction.atomic
def promise(
    *, by: Actor, plan: Plan, organisation: Organisation, what: Translated, made_on: dt.date, due_on: dt.date,
    owner: User | None = None, is_illustrative: bool = False,
) -> Commitment:  # fmt: skip
    """A partner's promise; public at once, since a promise is made before others."""
    require(by, Permission.PROMISE, plan=plan, organisation=organisation)
    if not plan.participations.filter(organisation=organisation).exists():
        raise Refused(_("Organisaatio ei ole mukana tässä suunnitelmassa."), field="organisation", status=422)
    made = Commitment(
        plan=plan, organisation=organisation, what=what, made_on=made_on, due_on=due_on, owner=owner,
        is_illustrative=is_illustrative,
    )  # fmt: skip
    _refuse_bad(made)
    checked_save(made)
    _keep(made)
    _record(by, "commitment.promise", made, {"what": (None, what), "due_on": (None, due_on)})
    return made


@transaction.atomic
def change_commitment(
    *, by: Actor, commitment: Commitment, version: int, what: Translated, due_on: dt.date, owner: User | None
) -> Commitment:
    """Words, day and who sees to it. Its organisation stays."""
    commitment = _locked(by, commitment, version)
    changed = audit.apply_changes(commitment, {"what": what, "due_on": due_on, "owner": owner})
    _refuse_bad(commitment)
    commitment.version += 1
    checked_save(commitment)
    changed.pop("owner", None)
    _record(by, "commitment.change", commitment, changed)
    return commitment


@transaction.atomic
def move_commitment(
    *, by: Actor, commitment: Commitment, version: int, state: str, reason: str = ""
) -> Commitment:
    """To the next state; what is withdrawn needs a reason, which is public."""
    commitment = _locked(by, commitment, version)
    if state not in NEXT[commitment.state]:
        raise Refused(_("Sitoumus ei voi siirtyä tähän tilaan."), field="state", status=422)
    if state == Commitment.State.WITHDRAWN and not reason.strip():
        raise Refused(_("Kerro, miksi sitoumus perutaan."), field="reason", status=422)
    before = commitment.state
    commitment.state, commitment.reason = state, reason.strip()[:300]
    commitment.version += 1
    checked_save(commitment)
    _keep(commitment)
    _record(by, "commitment.move", commitment, {"state": (before, state), "reason": (None, reason)})
    return commitment


def _locked(by: Actor, commitment: Commitment, version: int) -> Commitment:
    commitment = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("plan", "organisation")
        .get(pk=commitment.pk)
    )
    require(by, Permission.PROMISE, plan=commitment.plan, organisation=commitment.organisation)
    if commitment.version != version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    return commitment


def _refuse_bad(commitment: Commitment) -> None:
    if not commitment.what:
        raise Refused(_("Kirjoita, mitä lupaatte."), field="what", status=422)
    if any(len(t.text) > LONGEST for t in commitment.what.texts.values()):
        raise Refused(_("Teksti on liian pitkä."), field="what", status=422)
    owner = commitment.owner
    if (
        owner is not None
        and not Membership.objects.current(clock.today())
        .filter(user=owner, organisation=commitment.organisation)
        .exists()
    ):
        raise Refused(_("Vastuuhenkilö ei kuulu organisaatioon."), field="owner", status=422)


def _keep(commitment: Commitment) -> None:
    checked_save(
        CommitmentChange(
            commitment=commitment, state=commitment.state, changed_on=clock.today(), reason=commitment.reason
        )
    )


def _record(by: Actor, action: str, commitment: Commitment, changes: dict) -> None:
    audit.record(
        by=by, action=action, target=commitment, scope=commitment.plan.public_id,
        organisation=commitment.organisation.public_id, changes=changes,
    )  # fmt: skip
