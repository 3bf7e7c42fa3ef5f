"""Who keeps which part of the network. A family-centre coordinator's right reaches the municipalities of their own area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lautta.network.models import AreaPart, CentreArea, Commitment, Service
from lautta.organisations.permissions import Permission
from lautta.plans.standing import Standing


@dataclass(frozen=True)
class Reach:
    """What one person may keep: everything, the entries of their organisations, or those of their areas."""

    everything: bool
    organisations: frozenset[int]
    areas: frozenset[int]
    centre_areas: frozenset[int]

    @property
    def is_keeper(self) -> bool:
        return self.everything or bool(self.centre_areas)

    @property
    def somewhere(self) -> bool:
        return self.is_keeper or bool(self.organisations)

    def edits(self, service: Service) -> bool:
        """May change, publish and end it."""
        return self.keeps(service) or service.provider.organisation_id in self.organisations

    def keeps(self, service: Service) -> bool:
        """May also decide on what its contact proposes: the directory's keeper, in their area or everywhere."""
        areas = {row.area_id for row in service.area_rows.all()}
        return self.everything or self.covers(areas, whole=service.whole_region)

    def covers(self, areas: Iterable[int], *, whole: bool) -> bool:
        """Every municipality lies in the person's own family-centre areas."""
        found = set(areas)
        return self.everything or (not whole and bool(found) and found <= self.areas)

    def keeps_centre(self, centre_area: CentreArea) -> bool:
        return self.everything or centre_area.pk in self.centre_areas


def reach_of(standing: Standing) -> Reach:
    """One query at most, and none for those who keep no area."""
    everything = standing.can(Permission.KEEP_DIRECTORY)
    organisations = frozenset(
        o.pk for o in standing.organisations_where(Permission.EDIT_SERVICES)
    )  # fmt: skip
    centre: set[int] = set()
    areas: set[int] = set()
    if not everything and standing.can_somewhere(Permission.KEEP_DIRECTORY):
        parts = AreaPart.objects.filter(
            centre_area__plan=standing.plan, centre_area__coordinator=standing.user
        )
        for centre_area, area in parts.values_list("centre_area", "area"):
            centre.add(centre_area)
            areas.add(area)
    return Reach(everything, organisations, frozenset(areas), frozenset(centre))


def may_use(standing: Standing) -> bool:
    """Sees the network's pages in the workspace."""
    return standing.can_somewhere(Permission.EDIT_SERVICES) or standing.can(Permission.KEEP_DIRECTORY)


def may_change_commitment(standing: Standing, commitment: Commitment) -> bool:
    return standing.can(Permission.PROMISE, commitment.organisation_id)
