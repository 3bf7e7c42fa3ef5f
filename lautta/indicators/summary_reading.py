"""Reading what is kept of each area: one query for a page, whatever it shows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from lautta.indicators.actions.results import parameters_sha256
from lautta.indicators.definitions import definitions
from lautta.indicators.forecasts import METHOD as FORECAST
from lautta.indicators.forecasts import AreaForecast
from lautta.indicators.models import Indicator, StoredResult, Vintage
from lautta.indicators.per_resident import METHOD as PER_RESIDENT
from lautta.indicators.per_resident import PerResident
from lautta.indicators.summaries import ALL_AREAS, METHOD, SERIES, AllAreas, AreaSummary


def _current(indicators) -> QuerySet[Vintage]:
    """Keys of the vintages that are wanted. Results are looked up by these: by question and area alone the database would
    walk through every indicator of the catalogue.
    """
    return Vintage.objects.current().filter(indicator__in=indicators).order_by().values("pk")


def summaries_of(
    indicators: Iterable[Indicator | int], areas: Sequence[str], *, whole: bool = False
) -> dict[tuple[int, str], AreaSummary]:
    """{(indicator's key, area): summary} from the current vintages. One query; an area without numbers is absent.

    `whole`: with every year, intervals and similar places, else the last dozen years alone.
    """
    digests = [parameters_sha256({"area": area}) for area in areas]
    rows = (
        StoredResult.objects.filter(
            method=SERIES if whole else METHOD, parameters_sha256__in=digests,
            vintage__in=_current([getattr(i, "pk", i) for i in indicators]),
        )
        .order_by("pk")
        .values_list("vintage__indicator_id", "payload")
    )  # fmt: skip
    return {(indicator, payload["area"]): AreaSummary(**payload) for indicator, payload in rows}


def per_resident_of(
    indicators: Iterable[Indicator | int], areas: Sequence[str]
) -> dict[tuple[int, str], PerResident]:
    """{(indicator's key, area): euros for each resident by year} from the current vintages. One query."""
    digests = [parameters_sha256({"area": area}) for area in areas]
    rows = (
        StoredResult.objects.filter(
            method=PER_RESIDENT, parameters_sha256__in=digests,
            vintage__in=_current([getattr(i, "pk", i) for i in indicators]),
        )
        .order_by("pk")
        .values_list("vintage__indicator_id", "payload")
    )  # fmt: skip
    return {(indicator, payload["area"]): PerResident(**payload) for indicator, payload in rows}


# What a line of another indicator beside this one shows.
_NAMED = (
    "pk",
    "public_id",
    "title",
    "unit",
    "kind",
    "decimals",
    "direction",
    "source",
    "source_id",
    "respondents",
)


def with_summaries(
    source: str, source_ids: Iterable[str], areas: Sequence[str]
) -> list[tuple[Indicator, dict[str, AreaSummary]]]:
    """A public source's indicators by its ids that have numbers, each with its summaries by area, in the order of the ids. One
    query.
    """
    ids = list(source_ids)
    wanted = Indicator.objects.public().filter(source=source, source_id__in=ids)
    rows = (
        StoredResult.objects.filter(
            method=METHOD, parameters_sha256__in=[parameters_sha256({"area": area}) for area in areas],
            vintage__in=_current(wanted),
        )
        .order_by("pk")
        .values_list("payload", *(f"vintage__indicator__{name}" for name in _NAMED))
    )  # fmt: skip
    found: dict[str, tuple[Indicator, dict[str, AreaSummary]]] = {}
    for payload, *values in rows:
        named = dict(zip(_NAMED, values, strict=True))
        _one, said = found.setdefault(named["source_id"], (Indicator(**named), {}))
        said[payload["area"]] = AreaSummary(**payload)
    return [found[i] for i in ids if i in found]


# What a profile shows of an indicator; its descriptions stay in the database.
_SHOWN = (
    "public_id",
    "title",
    "unit",
    "kind",
    "decimals",
    "direction",
    "definition",
    "years_between",
    "source",
    "region_id",
)


def area_profile(area: str, region, also: Iterable[int] = ()) -> list[tuple[Indicator, AreaSummary]]:
    """The indicators that have a definition, are the region's own or are named by `also`, each with its summary of the
    area, by name. One query; the rest of a large catalogue is not read.
    """
    # Each part has an index of its own; "of no region" would be nearly the whole catalogue.
    seen = Indicator.objects.filter(
        Q(region=region) | Q(definition__in=list(definitions())) | Q(pk__in=list(also))
    )
    rows = (
        StoredResult.objects.filter(
            method=METHOD, parameters_sha256=parameters_sha256({"area": area}), vintage__in=_current(seen),
        )
        .order_by("vintage__indicator__sort_key", "pk")
        .select_related("vintage__indicator")
        .only("payload", "vintage__indicator_id", *(f"vintage__indicator__{name}" for name in _SHOWN))
    )  # fmt: skip
    found = {
        row.vintage.indicator_id: (row.vintage.indicator, AreaSummary(**row.payload))
        for row in rows
        if row.vintage.indicator.region_id in (None, getattr(region, "pk", region))
    }
    return list(found.values())


def everywhere(indicator: Indicator) -> AllAreas | None:
    """Every municipality in the newest year, or None. One query."""
    rows = StoredResult.objects.filter(method=ALL_AREAS, vintage__in=_current([indicator])).order_by("pk")
    row = rows.values_list("payload", "arrays").last()
    return _all_areas(*row) if row else None


@dataclass(frozen=True, slots=True)
class Told:
    """What an indicator's page shows: {area: summary with every year}, forecasts by area, every municipality's newest number."""

    summaries: dict[str, AreaSummary]
    forecasts: dict[str, AreaForecast]
    everywhere: AllAreas | None


def told_of(indicator: Indicator, areas: Sequence[str]) -> Told:
    """All that is kept of an indicator for the areas and for the country. One query."""
    digests = [parameters_sha256({"area": area}) for area in areas]
    rows = (
        StoredResult.objects.filter(
            Q(method__in=(SERIES, FORECAST), parameters_sha256__in=digests) | Q(method=ALL_AREAS),
            vintage__in=_current([indicator]),
        )
        .order_by("pk")
        .values_list("method", "payload", "arrays")
    )
    summaries, forecasts, every = {}, {}, None
    for method, payload, packed in rows:
        if method == SERIES:
            summaries[payload["area"]] = AreaSummary(**payload)
        elif method == FORECAST:
            forecasts[payload["area"]] = payload
        else:
            every = (payload, packed)
    return Told(
        summaries,
        {area: AreaForecast(**payload) for area, payload in forecasts.items()},
        _all_areas(*every) if every else None,
    )


def _all_areas(payload: dict, packed: bytes | memoryview) -> AllAreas:
    arrays: dict[str, NDArray] = dict(np.load(io.BytesIO(packed), allow_pickle=False))
    return AllAreas(
        year=payload["year"], areas=tuple(payload["areas"]), country=payload["country"], is_median=payload["is_median"],
        **arrays,
    )  # fmt: skip
