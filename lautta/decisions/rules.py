"""Who may do what with versions, paths and decisions."""

import datetime as dt

from lautta.assessments.choices import State
from lautta.decisions.choices_statements import STANDS, CirculationPhase, RequestState, Taken
from lautta.decisions.models import (
    AssessmentLink,
    Body,
    Circulation,
    PassageComment,
    StatementRequest,
    Version,
)
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.plans.standing import Standing


def may_freeze(standing: Standing) -> bool:
    """Freezes versions, lays their paths, answers amendments."""
    return standing.can(Permission.FREEZE_VERSIONS)


def may_record(standing: Standing, body: Body) -> bool:
    """Records what the body decided: its organisation's secretary; the coordinator for all, joint bodies included."""
    return standing.can(Permission.RECORD_DECISIONS, body.organisation_id)


def may_record_somewhere(standing: Standing) -> bool:
    return standing.can_somewhere(Permission.RECORD_DECISIONS)


def may_keep_bodies_of(standing: Standing, organisation: Organisation | None) -> bool:
    """Names the organisation's bodies and the days on which they meet; without one, the joint bodies."""
    return standing.can(Permission.RECORD_DECISIONS, organisation)


def may_see_version(standing: Standing, version: Version) -> bool:
    """Everybody of the plan sees what has been frozen: it holds nothing that its organisations have not given for it."""
    return version.plan_id == standing.plan.pk


def may_link(standing: Standing, link: AssessmentLink) -> bool:
    """Ties an assessment and takes the tie away: the coordinator; of a decision also its secretary."""
    if link.decision is None:
        return may_freeze(standing)
    return may_record(standing, link.decision.station.body)


def may_tell(standing: Standing, link: AssessmentLink) -> bool:
    """Writes the body's decision into an assessment that waits for it: the secretary of the assessment's own organisation."""
    waits = link.assessment.state == State.PROPOSED and not link.assessment.decision
    records = standing.can(Permission.RECORD_DECISIONS, link.assessment.organisation_id)
    return link.decision is not None and waits and records and may_link(standing, link)


# --- statements -------------------------------------------------------------------------------------


def may_ask(standing: Standing) -> bool:
    """Asks for statements, answers their points and publishes how they were taken into account."""
    return standing.can(Permission.ASK_STATEMENTS)


def may_record_statement(standing: Standing) -> bool:
    """Writes down a statement that came by letter or at a meeting, whoever it was asked of."""
    return standing.can(Permission.GIVE_STATEMENTS)


def may_speak_for(standing: Standing, request: StatementRequest) -> bool:
    """Answers for whom was asked: a youth council's own adult, else a person of the organisation."""
    if request.organisation_id is None:
        return False
    if request.is_youth_council:
        return standing.can(Permission.CONFIRM_STATEMENTS, request.organisation_id)
    return standing.can(Permission.GIVE_STATEMENTS, request.organisation_id)


def may_give(standing: Standing, request: StatementRequest) -> bool:
    """Gives the statement in the workspace, while it is awaited."""
    speaks = may_speak_for(standing, request) or may_record_statement(standing)
    return speaks and request.may_become(RequestState.GIVEN) and request.state == RequestState.ASKED


def may_confirm(standing: Standing, request: StatementRequest) -> bool:
    """Says that what came through the link is the council's own answer. Nobody but its adult, when it is a youth council."""
    if request.state != RequestState.UNCONFIRMED:
        return False
    if request.is_youth_council:
        return may_speak_for(standing, request)
    return may_speak_for(standing, request) or may_record_statement(standing)


def may_make_link(standing: Standing, request: StatementRequest) -> bool:
    """Makes the link by which a council answers: the one who asked, or the one who speaks for the council."""
    return request.state == RequestState.ASKED and (may_ask(standing) or may_speak_for(standing, request))


def may_read_statement(standing: Standing, request: StatementRequest) -> bool:
    """The words are the council's own until they are confirmed: before that its adult alone reads them."""
    return request.state in STANDS or may_confirm(standing, request)


# --- comments on a draft ----------------------------------------------------------------------------


def may_circulate(standing: Standing) -> bool:
    """Sends a version round for comments, and answers them."""
    return standing.can(Permission.FREEZE_VERSIONS)


def phase_of(circulation: Circulation | None, today: dt.date) -> CirculationPhase:
    return circulation.phase(today) if circulation else CirculationPhase.NONE


def may_comment(standing: Standing, circulation: Circulation | None, today: dt.date) -> bool:
    """Comments on the version's passages: before the first day nobody, after the last one nobody any more."""
    return phase_of(circulation, today) == CirculationPhase.OPEN and standing.can_somewhere(
        Permission.COMMENT_VERSIONS
    )


def may_take_back(standing: Standing, comment: PassageComment) -> bool:
    """One's own comment, until it has been answered."""
    return comment.author_id == standing.user.pk and comment.state == Taken.OPEN
