"""Who may do what, and when: role × organisation × state of the assessment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lautta.assessments.choices import PUBLISHABLE, TRANSITIONS, State
from lautta.assessments.models import Assessment
from lautta.assessments.steps import STEPS
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.organisations.access import is_system
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.models import Plan
from lautta.plans.standing import Standing


def organisations_to_assess_for(standing: Standing) -> list[Organisation]:
    """The person's own organisations for which they may begin an assessment; none when the plan has ended."""
    if standing.plan.phase == Plan.Phase.ENDED:
        return []
    return standing.organisations_where(Permission.EDIT_MEASURES)


def may_edit(standing: Standing, assessment: Assessment) -> bool:
    """Own organisation, or the coordinator; a plan that has ended stays as it was."""
    return standing.plan.phase != Plan.Phase.ENDED and standing.can(
        Permission.EDIT_MEASURES, assessment.organisation_id
    )


def may_edit_step(standing: Standing, assessment: Assessment, step: str) -> bool:
    return may_edit(standing, assessment) and is_open(assessment, step)


def is_open(assessment: Assessment, step: str) -> bool:
    """Whether the step can be changed in the state where the assessment is."""
    return assessment.state in STEPS[step].states


def may_publish(standing: Standing, assessment: Assessment) -> bool:
    """The organisation's lead, or the coordinator."""
    return standing.can(Permission.PUBLISH_MEASURES, assessment.organisation_id)


def can_be_published(assessment: Assessment) -> bool:
    """There is a result: also a memo slip or a screening that stopped."""
    return assessment.state in PUBLISHABLE


def next_states(assessment: Assessment) -> list[str]:
    """Where the table lets it go, in the order of the states."""
    allowed = TRANSITIONS[assessment.state]
    return [state for state in State.values if state in allowed]


def refuse_ended(by: Actor, plan: Plan) -> None:
    """Refused when the plan has ended. The system may still bring in history."""
    if plan.phase == Plan.Phase.ENDED and not is_system(by):
        raise Refused(_("Suunnitelma on päättynyt, eikä sen arviointeja enää muuteta."))


def refuse_closed(assessment: Assessment, step: str) -> None:
    """Refused when the step is not open in this state; the sentence says which state it is."""
    if not is_open(assessment, step):
        state = State(assessment.state).label
        raise Refused(
            _("Kohtaa ”%(step)s” ei voi muuttaa, kun tila on ”%(state)s”.")
            % {"step": STEPS[step].label, "state": state}
        )
