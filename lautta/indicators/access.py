"""Who may write here. Plans stand above this room: a person's standing answers through `IndicatorKeeper`."""

from typing import Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied

from lautta.common.actors import Actor
from lautta.organisations.access import is_system, require_system
from lautta.organisations.models import Region


@runtime_checkable
class IndicatorKeeper(Protocol):
    """What `Actor.standing` knows of indicators."""

    def keeps_indicators(self, region: Region | None) -> bool:
        """May fetch and write notes: of the region's own files, or (None) of public sources. See also may_decide."""


def require_indicator_keeper(by: Actor, region: Region | None) -> None:
    """PermissionDenied unless the actor is the system or keeps the indicators of the region (None: the public ones)."""
    if is_system(by):
        return
    if not isinstance(by.standing, IndicatorKeeper) or not by.standing.keeps_indicators(region):
        raise PermissionDenied("indicators")


def is_shared() -> bool:
    """True where several regions live in the installation: public figures are then everybody's, and no one region's."""
    return Region.objects.count() > 1


def may_decide(by: Actor, region: Region | None) -> bool:
    """Whether a waiting vintage, or (None) the public sources' yearly day, is the actor's to decide on. Public figures that
    several regions share are decided on by the installation's keeper, at the command line (docs/adr/0010).
    """
    if is_system(by):
        return True
    if region is None and is_shared():
        return False
    return isinstance(by.standing, IndicatorKeeper) and by.standing.keeps_indicators(region)


def require_decider(by: Actor, region: Region | None) -> None:
    """PermissionDenied unless may_decide."""
    require_indicator_keeper(by, region)
    if region is None and is_shared():
        require_system(by)
