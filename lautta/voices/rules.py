"""Who may do what with voices, and when."""

from lautta.organisations.permissions import Permission
from lautta.plans.standing import Standing
from lautta.voices.models import Hearing, Voice


def may_moderate(standing: Standing) -> bool:
    return standing.can(Permission.MODERATE_VOICES)


def may_add(standing: Standing) -> bool:
    return standing.can_somewhere(Permission.ADD_VOICES)


def may_edit(standing: Standing, voice: Voice) -> bool:
    """Those who moderate, always; those who brought it, until it has been decided on."""
    if may_moderate(standing):
        return True
    own = voice.organisation_id is not None and standing.can(Permission.ADD_VOICES, voice.organisation_id)
    return own and voice.state == Voice.State.PENDING


def may_register(standing: Standing) -> bool:
    """Enters hearings: the coordinator, and everybody who works for an organisation of the plan."""
    return standing.can_somewhere(Permission.REGISTER_HEARINGS)


def may_edit_hearing(standing: Standing, hearing: Hearing) -> bool:
    """Those who moderate, always; those whose organisation held it, until it has been decided on."""
    if may_moderate(standing):
        return True
    own = hearing.organisation_id is not None and standing.can(
        Permission.REGISTER_HEARINGS, hearing.organisation_id
    )
    return own and hearing.state == Voice.State.PENDING
