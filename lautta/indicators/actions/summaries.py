"""Keeping what is said of each area, whenever an indicator has a new vintage."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.db import transaction

from lautta.common import audit, clock
from lautta.common.actors import Actor
from lautta.indicators import forecasts, per_resident, summaries
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.actions.results import parameters_sha256
from lautta.indicators.areas import code_of_area
from lautta.indicators.definitions import RoleKind, definitions
from lautta.indicators.groups import without_axes
from lautta.indicators.mergers import Recomputed, on_division
from lautta.indicators.models import Indicator, Note, StoredResult, Vintage
from lautta.indicators.panels import COUNTRY, MUNICIPALITY, IndicatorPanel
from lautta.indicators.reading import panel_of_vintage
from lautta.indicators.shares import with_denominators
from lautta.organisations.models import Area, Region

# Sotkanet's number of inhabitants at the end of the year.
POPULATION = ("sotkanet", "127")
# The source of a run that brought made-up numbers.
DEMO_SOURCE = "demo"


def regions_of_areas() -> dict[str, str]:
    """{area's code: its region's code} for every region of the installation, its municipalities, and the country."""
    found = {COUNTRY: ""}
    today = clock.today()
    for region in Region.objects.select_related("area"):
        top = code_of_area(region.area)
        found.setdefault(top, "")
        for area in Area.objects.within(region.area, today):
            found[code_of_area(area)] = top
    return found


def populations() -> dict[str, float]:
    """Newest known inhabitants of every area; empty where the installation has not fetched them."""
    source, key = POPULATION
    vintage = Vintage.objects.filter(
        indicator__source=source, indicator__source_id=key, state=Vintage.State.CURRENT
    ).first()
    if vintage is None:
        return {}
    panel = panel_of_vintage(vintage)
    found = ((code, panel.latest(code)) for code in panel.areas)
    return {code: cell.value for code, cell in found if cell and cell.value}


def is_illustrative(vintage: Vintage) -> bool:
    """Whether the numbers were made up for a demo."""
    entry = vintage.entry
    return entry is not None and entry.fetch.source == DEMO_SOURCE


def summarise(
    *,
    by: Actor,
    vintage: Vintage,
    regions: Mapping[str, str] | None = None,
    inhabitants: Mapping[str, float] | None = None,
) -> int:
    """Reckon and keep the summaries of a vintage; returns how many areas got one. What is kept already is left as it is."""
    indicator = vintage.indicator
    require_indicator_keeper(by, indicator.region)
    regions = regions_of_areas() if regions is None else regions
    inhabitants = populations() if inhabitants is None else inhabitants
    breaks = tuple(
        Note.objects.about(indicator)
        .filter(kind=Note.Kind.BREAK, indicator=indicator)
        .values_list("year", flat=True)
    )
    shared = (
        with_denominators([indicator]).get(indicator.pk) if vintage.state == Vintage.State.CURRENT else None
    )
    divided = _divided(indicator, shared.panel if shared else panel_of_vintage(vintage))
    whole = divided.panel
    panel = without_axes(whole, is_count=indicator.kind == Indicator.Kind.COUNT) or whole
    people = _people() if _is_cost(indicator) else None
    inputs = _inputs(breaks, inhabitants, whole, people)
    if _is_kept(vintage, inputs, [code for code in regions if code in panel]):
        return 0
    found = summaries.reckon(panel, indicator, breaks=breaks, populations=inhabitants)
    rows: list[StoredResult] = []
    if found is not None:
        common = {
            "vintage": vintage,
            "code_version": summaries.CODE_VERSION,
            "inputs_sha256": inputs,
        }
        illustrative, derived = is_illustrative(vintage), None
        if shared:
            derived = shared.derived[[shared.panel.area_positions[code] for code in panel.areas]]
        joined, cut = ({c.area: c.year for c in cuts} for cuts in (divided.joined, divided.cuts))
        for summary in summaries.summaries(panel, indicator, found, regions, inhabitants, derived, whole):
            mark = {
                "is_illustrative": illustrative, "joined_before": joined.get(summary.area),
                "cut_before": cut.get(summary.area), "division": panel.years[found.at],
            }  # fmt: skip
            rows.append(_row(common, summaries.METHOD, {"area": summary.area}, summary.short() | mark))
            rows.append(_row(common, summaries.SERIES, {"area": summary.area}, summary.payload() | mark))
        ahead = {**common, "code_version": forecasts.CODE_VERSION}
        # The dearest part: for what pages show to readers, not for the whole catalogue of a source.
        shown = regions if indicator.definition or indicator.region_id else ()
        for made in forecasts.forecasts(panel, indicator, found.at, shown, breaks) if shown else ():
            rows.append(_row(ahead, forecasts.METHOD, {"area": made.area}, made.payload()))
        if people is not None:
            spent = definitions()[indicator.definition].unit_euros
            costs = {**common, "code_version": per_resident.CODE_VERSION}
            for cost in per_resident.per_resident(panel, people, spent, regions):
                told = cost.payload() | {"is_illustrative": illustrative}
                rows.append(_row(costs, per_resident.METHOD, {"area": cost.area}, told))
        every = summaries.all_areas(panel, found)
        payload = {
            "year": every.year, "areas": list(every.areas), "country": every.country, "is_median": every.is_median,
        }  # fmt: skip
        rows.append(_row(common, summaries.ALL_AREAS, {}, payload, every.arrays()))
    return _keep(by, vintage, rows)


def _divided(indicator: Indicator, panel: IndicatorPanel) -> Recomputed:
    """On the division of the panel's own newest year: later mergers would only cut what was true of it."""
    known = panel.observed.any(axis=(0, *range(2, panel.values.ndim)))
    year = max((y for y, k in zip(panel.years, known, strict=True) if k), default=panel.years[-1])
    return on_division(
        panel, year, multiplier=indicator.multiplier, is_count=indicator.kind == Indicator.Kind.COUNT
    )


def _is_cost(indicator: Indicator) -> bool:
    known = definitions().get(indicator.definition)
    return known is not None and known.role == RoleKind.COST


def _people() -> IndicatorPanel | None:
    """Inhabitants by year, or None where they have not been fetched."""
    source, key = POPULATION
    vintage = Vintage.objects.current().filter(indicator__source=source, indicator__source_id=key).first()
    return None if vintage is None else panel_of_vintage(vintage)


def _is_kept(vintage: Vintage, inputs: str, areas: list[str]) -> bool:
    """Whether every area has its summary from these inputs and this code: reckoning a vintage takes a fifth of a second."""
    wanted = {parameters_sha256({"area": area}) for area in areas}
    kept = StoredResult.objects.filter(
        vintage=vintage, method=summaries.METHOD, code_version=summaries.CODE_VERSION, inputs_sha256=inputs
    )
    return bool(wanted) and wanted <= set(kept.values_list("parameters_sha256", flat=True))


_QUESTION = ("method", "parameters_sha256", "seed", "code_version", "inputs_sha256")


@transaction.atomic
def _keep(by: Actor, vintage: Vintage, rows: list[StoredResult]) -> int:
    kept = set(StoredResult.objects.filter(vintage=vintage).values_list(*_QUESTION))
    made = StoredResult.objects.bulk_create(
        [row for row in rows if tuple(getattr(row, name) for name in _QUESTION) not in kept],
        ignore_conflicts=True,  # another machine may be at it
    )
    if not made:
        return 0
    audit.record(
        by=by,
        action="result.store",
        target=vintage,
        changes={"method": (None, summaries.METHOD), "areas": (None, len(made))},
    )
    return len(made)


def summarise_current(*, by: Actor, indicators: Iterable[Indicator] | None = None) -> int:
    """Summaries of every current vintage (of the indicators); returns how many vintages. For the end of a fetch, and when
    a region is added.
    """
    # Population by age has a reckoning of its own (actions/population.py).
    current = Vintage.objects.current().exclude(indicator__source=Indicator.Source.POPULATION)
    current = current.select_related("indicator__region")
    if indicators is not None:
        current = current.filter(indicator__in=list(indicators))
    regions, inhabitants = regions_of_areas(), populations()
    done = 0
    for vintage in current.order_by("pk"):
        done += summarise(by=by, vintage=vintage, regions=regions, inhabitants=inhabitants) > 0
    return done


def _row(
    common: Mapping[str, Any],
    method: str,
    parameters: Mapping[str, Any],
    payload: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray] | None = None,
) -> StoredResult:
    packed = b""
    if arrays:
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        packed = buffer.getvalue()
    return StoredResult(
        **common, method=method, parameters=dict(parameters), parameters_sha256=parameters_sha256(parameters),
        payload=dict(payload), arrays=packed,
    )  # fmt: skip


def _inputs(
    breaks: Iterable[int],
    inhabitants: Mapping[str, float],
    panel: IndicatorPanel,
    by_year: IndicatorPanel | None,
) -> str:
    """Digest of what the summaries rest on: the panel, the breaks and the populations that were at hand."""
    people = {
        code: inhabitants[code]
        for code in panel.areas
        if code in inhabitants and code.startswith(MUNICIPALITY)
    }
    told = {"panel": panel.sha256(), "breaks": sorted(breaks), "people": people}
    return parameters_sha256(told if by_year is None else told | {"by_year": by_year.sha256()})


__all__ = ["populations", "regions_of_areas", "summarise", "summarise_current"]
