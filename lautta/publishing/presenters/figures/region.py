"""The region's areas by the codes that panels know, and what the plan follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from lautta.common import clock
from lautta.indicators.actions.results import parameters_sha256
from lautta.indicators.actions.summaries import is_illustrative
from lautta.indicators.areas import code_of_area
from lautta.indicators.definitions import Definition, definitions
from lautta.indicators.models import Indicator, Note, StoredResult, Vintage
from lautta.indicators.panels import COUNTRY
from lautta.indicators.summaries import METHOD, AreaSummary
from lautta.indicators.summary_reading import area_profile, summaries_of
from lautta.measures.models import MeasureYear
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


# Texts of an indicator that only its own page shows.
LONG = (
    "note",
    "indicator__description",
    "indicator__interpretation",
    "indicator__limits",
    "indicator__folded",
)
PROSE = ("description", "interpretation", "limits", "folded")
Found = dict[tuple[int, str], AreaSummary]


def followed(plan: Plan, area: str) -> tuple[list[Followed], Found]:
    """The joint indicators in the plan's order, then the others with a definition (or the region's own) that have a number
    for the area; and what is said of the area by each. Two queries.
    """
    known = definitions()
    joint = list(plan.joint_indicators.in_order().select_related("indicator").defer(*LONG))
    chosen = {j.indicator_id for j in joint}
    rows = area_profile(area, plan.region_id, chosen)
    others = [i for i, _said in rows if i.pk not in chosen]
    found = [
        *(Followed(j.indicator, j, known.get(j.indicator.definition)) for j in joint),
        *(Followed(i, None, known.get(i.definition)) for i in others),
    ]
    return found, {(i.pk, area): said for i, said in rows}


def overview(plan: Plan, where: Places, most: int = 20) -> tuple[list[Followed], Found]:
    """For all areas of the region: the joint indicators, or where none are chosen the first ones that have numbers."""
    found, _said = followed(plan, where.region_code)
    shown = [f for f in found if f.joint] or found[:most]
    return shown, summaries_of([f.indicator for f in shown], where.codes())


def joint_with_numbers(plan: Plan, goals: Iterable[int] | None = None) -> list[tuple[Followed, AreaSummary]]:
    """The joint indicators (of the goals) that have a number for the region, in the plan's order. One query."""
    digest = parameters_sha256({"area": code_of_area(plan.region.area)})
    followed = JointIndicator.objects.filter(plan=plan).in_order()
    if goals is not None:
        followed = followed.filter(goal__in=list(goals))
    stored = StoredResult.objects.filter(
        method=METHOD, parameters_sha256=digest, vintage__state=Vintage.State.CURRENT,
        vintage__indicator=OuterRef("indicator"),
    ).order_by("-pk")  # fmt: skip
    rows = followed.select_related("indicator", "goal").annotate(said=Subquery(stored.values("payload")[:1]))
    known = definitions()
    return [
        (Followed(j.indicator, j, known.get(j.indicator.definition)), AreaSummary(**_mapping(j.said)))
        for j in rows
        if j.said
    ]


def of_measure(plan: Plan, year: MeasureYear) -> list[tuple[Followed, AreaSummary | None]]:
    """The indicators by which a measure's change is seen, the first one first, with the region's number where there is one.
    One query.
    """
    digest = parameters_sha256({"area": code_of_area(plan.region.area)})
    stored = StoredResult.objects.filter(
        method=METHOD, parameters_sha256=digest, vintage__state=Vintage.State.CURRENT,
        vintage__indicator=OuterRef("indicator"),
    ).order_by("-pk")  # fmt: skip
    rows = (
        year.indicator_links.select_related("indicator")
        .annotate(said=Subquery(stored.values("payload")[:1]))
        .order_by("-is_primary", "pk")
    )
    known, found = definitions(), []
    for link in rows:
        link.indicator.direction = link.direction
        said = AreaSummary(**_mapping(link.said)) if link.said else None
        found.append((Followed(link.indicator, None, known.get(link.indicator.definition)), said))
    return found


def _mapping(payload: Any) -> dict[str, Any]:
    """SQLite gives JSON out of a subquery as text."""
    return json.loads(payload) if isinstance(payload, str) else payload


def find(plan: Plan, public_id: str) -> Followed | None:
    """One indicator of the site as this plan follows it; None when the region does not see it. Two queries."""
    found = Indicator.objects.for_region(plan.region_id).filter(public_id=public_id).first()
    if found is None:
        return None
    joint = plan.joint_indicators.filter(indicator=found).first()
    return Followed(found, joint, definitions().get(found.definition))


def of_definitions(plan: Plan, codes: Iterable[str]) -> dict[str, Indicator]:
    """{definition's code: indicator} that the region sees; its own file goes before a public one. One query."""
    rows = Indicator.objects.for_region(plan.region_id).filter(definition__in=list(codes)).defer(*PROSE)
    return {i.definition: i for i in sorted(rows, key=lambda i: i.region_id is not None)}


def made_up(indicator: Indicator) -> bool:
    """Whether its current numbers are a demo's."""
    vintage = Vintage.objects.current().filter(indicator=indicator).select_related("entry__fetch").first()
    return vintage is not None and is_illustrative(vintage)


def notes(indicator: Indicator) -> list[Note]:
    return list(Note.objects.about(indicator))


def by_theme(found: Iterable[Followed], themes: Mapping[str, object]) -> list[tuple[str, list[Followed]]]:
    """In the order of the themes; those of no theme last, under ""."""
    groups: dict[str, list[Followed]] = {theme: [] for theme in themes}
    groups[""] = []
    for item in found:
        groups[item.theme if item.theme in groups else ""].append(item)
    return [(theme, items) for theme, items in groups.items() if items]
