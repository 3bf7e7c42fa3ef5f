"""The region's areas by the codes that panels know, and what the plan follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lautta.common import clock
from lautta.indicators.areas import code_of_area
from lautta.indicators.definitions import Definition, definitions
from lautta.indicators.models import Indicator, Note
from lautta.indicators.panels import COUNTRY
from lautta.organisations.models import Area
from lautta.plans.models import JointIndicator, Plan


@dataclass(frozen=True, slots=True)
class Places:
    """The region and its municipalities of today, in name order."""

    region: Area
    municipalities: tuple[Area, ...]

    @property
    def region_code(self) -> str:
        return code_of_area(self.region)

    def names(self) -> dict[str, str]:
        """{code: name in the reader's language} of the municipalities."""
        return {code_of_area(a): str(a.name) for a in self.municipalities}

    def everything(self) -> list[tuple[str, str]]:
        """(code, name) of the region first, then its municipalities."""
        return [(self.region_code, str(self.region.name)), *self.names().items()]

    def codes(self) -> list[str]:
        """Of the region, its municipalities and the country: what a page of figures reads."""
        return [self.region_code, *self.names(), COUNTRY]


def places(plan: Plan) -> Places:
    """One query beside the plan's own."""
    area = plan.region.area
    return Places(area, tuple(Area.objects.within(area, clock.today())))


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator of the site: with the plan's own target where it is a joint one, and with our definition where there is one."""

    indicator: Indicator
    joint: JointIndicator | None
    definition: Definition | None

    @property
    def theme(self) -> str:
        return self.definition.theme if self.definition else ""

    @property
    def direction(self) -> str:
        return self.joint.direction if self.joint else self.indicator.direction

    @property
    def target(self) -> tuple[int, float] | None:
        if self.joint is None or self.joint.target_year is None or self.joint.target_value is None:
            return None
        return self.joint.target_year, self.joint.target_value


def followed(plan: Plan) -> list[Followed]:
    """The joint indicators in the plan's order, then the other indicators with a definition that have numbers. Two queries."""
    known = definitions()
    joint = list(plan.joint_indicators.with_content().in_order())
    chosen = {j.indicator_id for j in joint}
    others = (
        Indicator.objects.for_region(plan.region_id)
        .with_data()
        .exclude(definition="", region__isnull=True)
        .exclude(pk__in=chosen)
        .in_name_order()
    )
    return [
        *(Followed(j.indicator, j, known.get(j.indicator.definition)) for j in joint),
        *(Followed(i, None, known.get(i.definition)) for i in others),
    ]


def find(plan: Plan, public_id: str) -> Followed | None:
    """One indicator of the site as this plan follows it; None when the region does not see it. Two queries."""
    found = Indicator.objects.for_region(plan.region_id).filter(public_id=public_id).first()
    if found is None:
        return None
    joint = plan.joint_indicators.with_content().filter(indicator=found).first()
    return Followed(found, joint, definitions().get(found.definition))


def notes(indicator: Indicator) -> list[Note]:
    return list(Note.objects.about(indicator))


def by_theme(found: Iterable[Followed], themes: Mapping[str, object]) -> list[tuple[str, list[Followed]]]:
    """In the order of the themes; those of no theme last, under ""."""
    groups: dict[str, list[Followed]] = {theme: [] for theme in themes}
    groups[""] = []
    for item in found:
        groups[item.theme if item.theme in groups else ""].append(item)
    return [(theme, items) for theme, items in groups.items() if items]
