"""The sources' areas and their outlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.text import sort_key
from lautta.common.translated import Translated
from lautta.indicators.actions.runs import keep, pack
from lautta.indicators.boundaries import Boundaries
from lautta.indicators.fetchers.http import Answer
from lautta.indicators.ingestors.regions import RegionRow, retired_regions
from lautta.indicators.mergers import last_years
from lautta.indicators.models import AreaBoundary, Fetch, FetchEntry, SourceArea
from lautta.organisations.access import require_system


def take_in_areas(
    *, by: Actor, fetch: Fetch, rows: Sequence[RegionRow], answers: Iterable[Answer] = ()
) -> FetchEntry:
    """Bring the catalogue of areas up to date with the source's list. Areas that are no longer listed stay: old panels
    name them. Returns the run's line.
    """
    packed, ends = pack(answers), last_years()
    wanted = {row.code: _area(row, ends) for row in rows}
    for sotkanet_id, code in retired_regions().items():
        if code.startswith("RE"):
            wanted[code] = SourceArea(
                code=code, kind=SourceArea.Kind.RETIRED, name=Translated.of(code), sort_key=sort_key(code),
                sotkanet_id=sotkanet_id,
            )  # fmt: skip
    with transaction.atomic():
        known = {area.code: area for area in SourceArea.objects.select_for_update().order_by("pk")}
        new = [area for code, area in wanted.items() if code not in known]
        changed = [area for code, area in wanted.items() if code in known and _differs(known[code], area)]
        # Ids are unique: one that has moved to another code is let go first.
        moved = {a.sotkanet_id for a in (*new, *changed)}
        SourceArea.objects.filter(sotkanet_id__in=moved).update(sotkanet_id=None)
        for area in changed:
            area.pk = known[area.code].pk
        SourceArea.objects.bulk_update(changed, FIELDS, batch_size=100)
        # Another machine may be filling an empty catalogue with the same list.
        SourceArea.objects.bulk_create(new, batch_size=100, ignore_conflicts=True)
        entry = FetchEntry.objects.create(
            fetch=fetch,
            source_id="regions",
            outcome=FetchEntry.Outcome.NEW if new or changed else FetchEntry.Outcome.UNCHANGED,
            rows=len(rows),
        )
        entry.responses.set(keep(packed))
        if new or changed:
            audit.record(
                by=by, action="areas.take_in", target=entry,
                changes={"new": (None, len(new)), "changed": (None, len(changed))},
            )  # fmt: skip
    return entry


FIELDS = ["kind", "name", "sort_key", "parents", "sotkanet_id", "first_year", "last_year"]


def _area(row: RegionRow, ends: Mapping[str, int]) -> SourceArea:
    return SourceArea(
        code=row.code,
        kind=row.kind,
        name=row.name,
        sort_key=sort_key(row.name.shown("fi").text)[:120],
        parents=list(row.parents),
        sotkanet_id=row.sotkanet_id,
        last_year=ends.get(row.code),
    )


def _differs(old: SourceArea, new: SourceArea) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in FIELDS)


@transaction.atomic
def set_boundaries(*, by: Actor, boundaries: Boundaries, year: int, source: str) -> int:
    """Replace the outlines of a year's division for the kinds of area that are given; returns how many there are."""
    require_system(by)
    letters = {code[:2] for code in boundaries.outlines.paths}
    for kind in letters:
        AreaBoundary.objects.filter(year=year, code__startswith=kind).delete()
    drawn = boundaries.outlines
    rows = [
        AreaBoundary(
            code=code, year=year, path=path, spot=list(drawn.spots[code]), frame=[drawn.width, drawn.height],
            geometry=boundaries.geometries[code], centre=boundaries.centres[code], source=source[:200],
        )
        for code, path in sorted(drawn.paths.items())
    ]  # fmt: skip
    AreaBoundary.objects.bulk_create(rows, batch_size=50)
    if rows:
        audit.record(
            by=by, action="boundaries.set", target=rows[0],
            changes={"year": (None, year), "count": (None, len(rows))},
        )  # fmt: skip
    return len(rows)
