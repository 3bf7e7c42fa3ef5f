"""What a body decided, written into the assessment by the one who records the body's decisions."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from lautta.assessments.checks import clean_columns
from lautta.assessments.choices import State
from lautta.assessments.models import Alternative, Assessment, StateChange
from lautta.assessments.readiness import missing_for
from lautta.assessments.writing import locked, write
from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save


@transaction.atomic
def record_outcome(
    *,
    by: Actor,
    assessment: Assessment,
    decided_on: dt.date,
    decided: Alternative | None,
    decision: Translated,
    case_number: str = "",
) -> Assessment:
    """Fill the step of the decision, and take the assessment to decided when nothing else is missing (a follow-up is agreed).

    Refused before a proposal, and once a decision stands: after that its own people mend it.
    """
    current = locked(by, assessment, Permission.RECORD_DECISIONS)
    if current.state != State.PROPOSED or current.decision:
        raise Refused(
            _("Arvioinnin päätös on jo kirjattu.")
            if current.decision
            else _("Arvioinnissa ei ole vielä ehdotusta, joten sen päätöstä ei voi kirjata.")
        )
    if not decision:
        raise Refused(_("Kerro, mitä päätettiin."), field="decision", status=422)
    if decided is not None and decided.assessment_id != current.pk:
        raise Refused(_("Valitse arvioinnin vaihtoehdoista."), field="decided", status=422)
    values = {
        "decided_on": decided_on,
        "decided": decided,
        "decision": decision,
        "case_number": case_number[:80],
    }
    changed = audit.apply_changes(current, clean_columns(current, values))
    if not missing_for(current, State.DECIDED):
        current.state = State.DECIDED
        checked_save(StateChange(assessment=current, state=State.DECIDED, by=by.user))
        changed["state"] = (State.PROPOSED.value, State.DECIDED.value)
    return write(by, current, "assessment.outcome", changed)
