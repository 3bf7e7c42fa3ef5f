"""Who may write here. Plans stand above this room: a person's standing answers through `Keeper`."""

from typing import Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied

from lautta.common.actors import Actor
from lautta.organisations.models import Membership, Organisation


@runtime_checkable
class Keeper(Protocol):
    """What `Actor.standing` knows of organisations (see plans.standing.Standing)."""

    def may_add_organisations(self) -> bool: ...

    def keeps(self, organisation: Organisation) -> bool:
        """May change the organisation's own facts."""

    def keeps_people_of(self, organisation: Organisation) -> bool:
        """May add and end memberships in the organisation."""

    def keeps_membership(self, membership: Membership) -> bool:
        """May end this membership."""

    def keeps_people_somewhere(self) -> bool: ...


def is_system(by: Actor) -> bool:
    """The installation's keeper at the command line."""
    return by.user is None and by.role == "system"


def require_system(by: Actor) -> None:
    """PermissionDenied for everybody but the system: areas and regions are common to all plans."""
    if not is_system(by):
        raise PermissionDenied("system only")


def require_keeper(by: Actor, organisation: Organisation | None = None, *, people: bool = False) -> None:
    """PermissionDenied unless the actor may add organisations, change this one or, with `people`, its
    memberships.
    """
    if is_system(by):
        return
    keeper = by.standing
    if not isinstance(keeper, Keeper):
        raise PermissionDenied("no standing")
    if organisation is None:
        allowed = keeper.may_add_organisations()
    else:
        allowed = keeper.keeps_people_of(organisation) if people else keeper.keeps(organisation)
    if not allowed:
        raise PermissionDenied(f"organisation {organisation.public_id if organisation else 'new'}")
