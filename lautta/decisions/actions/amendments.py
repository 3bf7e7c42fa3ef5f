"""Answers to the changes that bodies asked for."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.choices import AmendmentState
from lautta.decisions.models import Amendment
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require


@transaction.atomic
def answer_amendment(
    *, by: Actor, amendment: Amendment, row_version: int, accepted: bool, answer: Translated
) -> Amendment:
    """Say what becomes of it. What is accepted goes into the next version; a refusal tells why."""
    amendment = (
        Amendment.objects.select_for_update(of=("self",))
        .select_related("decision__station__version__plan", "decision__station__body__organisation")
        .get(pk=amendment.pk)
    )
    plan = amendment.decision.station.version.plan
    require(by, Permission.FREEZE_VERSIONS, plan=plan)
    if amendment.row_version != row_version:
        raise Refused(_("Joku muu tallensi tämän sillä välin. Katso tiedot ja tallenna uudelleen."))
    if amendment.gathered_in_id is not None:
        raise Refused(_("Muutos on jo uudessa versiossa."))
    if not accepted and not answer:
        raise Refused(_("Kerro, miksi muutosta ei oteta."), field="answer", status=422)
    state = AmendmentState.ACCEPTED if accepted else AmendmentState.REJECTED
    changes = audit.apply_changes(amendment, {"state": state, "answer": answer})
    if changes:
        amendment.row_version += 1
        checked_save(amendment)
        organisation = amendment.decision.station.body.organisation
        audit.record(
            by=by, action="amendment.answer", target=amendment, scope=plan.public_id,
            organisation=organisation.public_id if organisation else "",
            changes={"state": changes.get("state", (state, state))},
        )  # fmt: skip
    return amendment
