"""Keeping the scenario of children by age, whenever a count or an official projection has a new vintage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from lautta.common import audit, clock, jobs
from lautta.common.actors import Actor
from lautta.common.models import Job
from lautta.indicators import mergers, population
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.actions.results import parameters_sha256
from lautta.indicators.actions.summaries import is_illustrative
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator, SourceArea, StoredResult, Vintage
from lautta.indicators.panels import MUNICIPALITY
from lautta.indicators.reading import panel_of_vintage
from lautta.organisations.models import Area, AreaSuccession, Region

JOB_KIND = "population_fetch"


@transaction.atomic
def start_population_fetch(*, by: Actor, scope: str = "", base: str = "") -> Job:
    """Let the worker fetch the population and the official projection, and make the scenario."""
    from lautta.indicators.tasks import run_population_fetch

    require_indicator_keeper(by, None)
    return jobs.start(by=by, scope=scope, kind=JOB_KIND, task=run_population_fetch, input={"base": base})


def reckon_population(*, by: Actor, region: Region | None = None) -> int:
    """Reckon and store the children by age of every region (or of one); returns how many areas got a new result."""
    wanted = Region.objects.select_related("area").order_by("pk")
    together: dict[tuple[int, int | None], list[Region]] = {}
    vintages: dict[int, Vintage] = {}
    for each in wanted.filter(pk=region.pk) if region else wanted:
        observed, projection = newest("observed", each), newest("projection", each)
        if observed is None:
            continue
        vintages[observed.pk] = observed
        if projection:
            vintages[projection.pk] = projection
        together.setdefault((observed.pk, projection.pk if projection else None), []).append(each)
    done = 0
    for (count, official), regions in together.items():
        done += _reckon(by, vintages[count], vintages[official] if official else None, regions)
    return done


def newest(which: str, region: Region | None) -> Vintage | None:
    """The vintage in use: of those that the region sees the one that was taken in last."""
    seen = Indicator.objects.population(region).filter(source_id__startswith=f"{which}:")
    rows = Vintage.objects.current().filter(indicator__in=seen)
    return rows.select_related("indicator__region", "entry__fetch").order_by("-made_at", "-pk").first()


def _reckon(by: Actor, observed: Vintage, projection: Vintage | None, regions: Sequence[Region]) -> int:
    for vintage in filter(None, (observed, projection)):
        require_indicator_keeper(by, vintage.indicator.region)
    today = clock.today()
    places = {
        code_of_area(r.area): [
            code
            for code in map(code_of_area, Area.objects.within(r.area, today))
            if code.startswith(MUNICIPALITY)
        ]
        for r in regions
    }
    groups, merged = _groups(), _mergers()
    common = {
        "seed": population.SEED,
        "code_version": population.version(),
        "inputs_sha256": parameters_sha256({
            "observed": [observed.public_id, observed.sha256],
            "projection": [projection.public_id, projection.sha256] if projection else [],
            "regions": places, "groups": groups, "mergers": sorted(map(list, merged)),
        }),
    }  # fmt: skip
    kept = StoredResult.objects.filter(vintage=observed, method=population.METHOD, **common)
    tops = {parameters_sha256({"area": code}) for code in places}
    if tops and tops <= set(kept.values_list("parameters_sha256", flat=True)):
        return 0
    found = population.reckon(
        panel_of_vintage(observed), panel_of_vintage(projection) if projection else None, places,
        groups=groups, mergers=merged,
    )  # fmt: skip
    marks = {
        "sources": {
            which: source_of(vintage)
            for which, vintage in (("observed", observed), ("projection", projection))
            if vintage
        },
        "is_illustrative": any(is_illustrative(v) for v in (observed, projection) if v),
    }
    rows = [
        StoredResult(
            vintage=observed, method=population.METHOD, parameters={"area": each.area},
            parameters_sha256=parameters_sha256({"area": each.area}), payload=each.payload() | marks, **common,
        )
        for each in {e.area: e for e in found}.values()
    ]  # fmt: skip
    return _keep(by, observed, rows)


@transaction.atomic
def _keep(by: Actor, vintage: Vintage, rows: list[StoredResult]) -> int:
    made = StoredResult.objects.bulk_create(rows, ignore_conflicts=True)  # another machine may be at it
    if made:
        audit.record(
            by=by, action="result.store", target=vintage,
            changes={"method": (None, population.METHOD), "areas": (None, len(made))},
        )  # fmt: skip
    return len(made)


def source_of(vintage: Vintage) -> dict[str, str]:
    """Where a vintage came from, as a page says it."""
    indicator, entry = vintage.indicator, vintage.entry
    address = entry.responses.order_by("-pk").values_list("address", flat=True).first() if entry else ""
    return {
        "name": indicator.source_name,
        "updated": indicator.source_updated.isoformat() if indicator.source_updated else "",
        "taken_in": vintage.made_at.date().isoformat(),
        "address": address or "",
        "sha256": vintage.sha256,
        "licence": indicator.licence,
    }


def _groups() -> dict[str, str]:
    """{municipality: its region} by the sources' areas, and by the installation's own."""
    found: dict[str, str] = {}
    rows: list[tuple[str, Any]] = list(
        SourceArea.objects.filter(kind=SourceArea.Kind.MUNICIPALITY).values_list("code", "parents")
    )
    for code, parents in rows:
        found[code] = next((p for p in parents if p.startswith("MK")), "")
    for region in Region.objects.select_related("area"):
        for area in Area.objects.within(region.area, clock.today()):
            found.setdefault(code_of_area(area), code_of_area(region.area))
    return found


def _mergers() -> set[tuple[str, int]]:
    """(municipality, first year of its new boundary) of every merger known."""
    known = {(m.new, m.year) for m in mergers.mergers()}
    rows = AreaSuccession.objects.filter(new__kind=Area.Kind.MUNICIPALITY).select_related("new")
    return known | {(code_of_area(s.new), s.year) for s in rows}


__all__: Sequence[str] = ("newest", "reckon_population", "source_of", "start_population_fetch")
