"""Who may do what with versions, paths and decisions."""

from lautta.decisions.models import Body, Version
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
