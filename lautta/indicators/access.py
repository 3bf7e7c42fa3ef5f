"""Who may write here. Plans stand above this room: a person's standing answers through `IndicatorKeeper`."""

from typing import Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied

from lautta.common.actors import Actor
from lautta.organisations.access import is_system
from lautta.organisations.models import Region


@runtime_checkable
class IndicatorKeeper(Protocol):
    """What `Actor.standing` knows of indicators."""

    def keeps_indicators(self, region: Region | None) -> bool:
        """May fetch, decide on waiting vintages and write notes: of the region's own files, or (None) of public sources."""


def require_indicator_keeper(by: Actor, region: Region | None) -> None:
    """PermissionDenied unless the actor is the system or keeps the indicators of the region (None: the public ones)."""
    if is_system(by):
        return
    if not isinstance(by.standing, IndicatorKeeper) or not by.standing.keeps_indicators(region):
        raise PermissionDenied("indicators")
