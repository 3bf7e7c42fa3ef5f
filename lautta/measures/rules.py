"""Who may do what, and when: role × organisation × phase of the round."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.measures.models import Round
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.standing import Standing


class Phase(StrEnum):
    """Where a round is. LATE: the deadline has passed, but the coordinator has not closed the round."""

    BEFORE = "before"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


EDITING = frozenset({Phase.OPEN, Phase.LATE})
REPORTING = frozenset({Phase.OPEN, Phase.LATE, Phase.CLOSED})

_NOT_NOW = {
    Phase.BEFORE: _("Kierros ei ole vielä auki. Koordinaattori avaa sen."),
    Phase.CLOSED: _(
        "Kierros on suljettu. Voit yhä raportoida, muuttaa tilaa ja arvioida vuoden; muihin muutoksiin pyydä koordinaattoria."
    ),
}


def phase_of(round: Round, today: dt.date | None = None) -> Phase:
    """The coordinator's word (state) decides; the deadline only tells late from in time."""
    if round.state == Round.State.PLANNED:
        return Phase.BEFORE
    if round.state == Round.State.CLOSED:
        return Phase.CLOSED
    return Phase.LATE if (today or clock.today()) > round.deadline else Phase.OPEN


def _allowed(
    standing: Standing,
    permission: Permission,
    round: Round,
    organisation: Organisation,
    phases: frozenset[Phase],
) -> bool:
    return standing.can(permission, organisation) and (
        may_manage_rounds(standing) or phase_of(round) in phases
    )


def may_manage_rounds(standing: Standing) -> bool:
    """Make, open, close and reopen rounds, remind the others, and edit whatever the phase."""
    return standing.can(Permission.MANAGE_ROUNDS)


def may_edit_measures(standing: Standing, round: Round, organisation: Organisation) -> bool:
    """Give measures and change their content, emphases and answer: own organisation while the round is open."""
    return _allowed(standing, Permission.EDIT_MEASURES, round, organisation, EDITING)


def may_publish(standing: Standing, round: Round, organisation: Organisation) -> bool:
    """Publish a measure and take it back."""
    return _allowed(standing, Permission.PUBLISH_MEASURES, round, organisation, EDITING)


def may_report(standing: Standing, round: Round, organisation: Organisation) -> bool:
    """Report and change the status: also after the round has closed."""
    return _allowed(standing, Permission.REPORT, round, organisation, REPORTING)


def may_evaluate(standing: Standing, round: Round, organisation: Organisation) -> bool:
    """Evaluate the organisation's year: also after the round has closed."""
    return _allowed(standing, Permission.EVALUATE_YEAR, round, organisation, REPORTING)


def require_phase(by: Actor, round: Round, phases: frozenset[Phase]) -> None:
    """For actions, after `require`: Refused (409) outside the phases, unless the actor manages rounds or is the system."""
    if by.user is None and by.role == "system":
        return
    if isinstance(by.standing, Standing) and may_manage_rounds(by.standing):
        return
    phase = phase_of(round)
    if phase not in phases:
        raise Refused(_NOT_NOW[phase])
