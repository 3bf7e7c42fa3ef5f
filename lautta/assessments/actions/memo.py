"""The beginning: a memo slip, with which the assessment may already end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from lautta.assessments import rules
from lautta.assessments.checks import clean_columns
from lautta.assessments.choices import Need, State
from lautta.assessments.models import Alternative, Assessment, StateChange
from lautta.assessments.writing import trail
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.measures.checks import require_taking_part_now
from lautta.measures.models import Measure
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.models import Plan

BASELINE_TITLE = Translated.of("Ei tehdä mitään", sv="Ingenting görs", en="Do nothing")
BASELINE_TEXT = Translated.of(
    "Nykyinen tilanne jatkuu.", sv="Nuläget fortsätter.", en="Things go on as they are."
)


@transaction.atomic
def write_memo(
    *,
    by: Actor,
    plan: Plan,
    organisation: Organisation,
    title: Translated,
    decider: Translated,
    target_groups: Iterable[str],
    first_estimate: Translated,
    need: str,
    decision_day: dt.date | None = None,
    measure: Measure | None = None,
    is_illustrative: bool = False,
) -> Assessment:
    """A memo slip of what is going to be decided. `need`: "no" ends here with the first estimate as the reason, "screen" goes
    on. The alternative "do nothing" is made at once.
    """
    require(by, Permission.EDIT_MEASURES, plan=plan, organisation=organisation)
    rules.refuse_ended(by, plan)
    if not is_system(by):
        require_taking_part_now(plan, organisation)
    if measure is not None and measure.plan_id != plan.pk:
        raise Refused(_("Toimenpide ei kuulu tähän suunnitelmaan."), field="measure", status=422)
    assessment = Assessment(
        plan=plan, organisation=organisation, measure=measure, prepared_by=by.user, need=need,
        is_illustrative=is_illustrative,
    )  # fmt: skip
    columns = clean_columns(
        assessment,
        {
            "title": title, "decider": decider, "decision_day": decision_day,
            "target_groups": list(target_groups), "first_estimate": first_estimate,
        },
    )  # fmt: skip
    for name, value in columns.items():
        setattr(assessment, name, value)
    steps = [State.MEMO, State.NOT_NEEDED if need == Need.NO else State.SCREENING]
    assessment.state = steps[-1]
    checked_save(assessment)
    reason = first_estimate.in_language(first_estimate.source) or ""
    for state in steps:
        why = reason if state == State.NOT_NEEDED else ""
        checked_save(StateChange(assessment=assessment, state=state, reason=why, by=by.user))
    checked_save(
        Alternative(assessment=assessment, position=0, title=BASELINE_TITLE, description=BASELINE_TEXT)
    )
    trail(by, assessment, "assessment.create", {"title": (None, title), "state": ("", assessment.state)})
    return assessment
