"""One indicator's values become a vintage: whole, in one short transaction, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.text import fold, sort_key
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.actions.runs import keep, pack
from lautta.indicators.definitions import Definition, definition_for, sibling_facts
from lautta.indicators.dependents import renew
from lautta.indicators.fetchers.http import Answer
from lautta.indicators.ingestors.sotkanet import Metadata
from lautta.indicators.models import Fetch, FetchEntry, Indicator, IndicatorTitle, Note, Vintage
from lautta.indicators.panels import IndicatorPanel, as_bytes, quantiles_of
from lautta.organisations.models import Region

# A vintage with less than this share of the former one's numbers waits for a person.
LEAST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class _Made:
    """Everything that can be made before the database is locked."""

    panel: IndicatorPanel
    sha256: str
    observed: int
    columns: dict[str, bytes | None]


def take_in(
    *,
    by: Actor,
    fetch: Fetch,
    metadata: Metadata,
    panel: IndicatorPanel,
    rows: int = 0,
    answers: Iterable[Answer] = (),
    region: Region | None = None,
) -> FetchEntry:
    """Take one indicator's values in; returns the run's line with its outcome.

    The same content as the current vintage gives a line only. Fewer areas, fewer years or less than 90 % of the numbers
    wait for a person (accept_held, refuse_held); until then the current vintage stays. `region`: of an own file.
    """
    require_indicator_keeper(by, region)
    made, packed = _make(panel), pack(answers)
    with transaction.atomic():
        indicator = _indicator(by, metadata, region)
        outcome, held = _outcome(indicator, made)
        entry = FetchEntry.objects.create(
            fetch=fetch, source_id=metadata.source_id, indicator=indicator, outcome=outcome, rows=rows
        )
        entry.responses.set(keep(packed))
        if outcome in (FetchEntry.Outcome.NEW, FetchEntry.Outcome.WAITING):
            _add_vintage(by, indicator, entry, made, held)
    return entry


def _make(panel: IndicatorPanel) -> _Made:
    columns = {
        "values": as_bytes(panel.values),
        "status": as_bytes(panel.status),
        "numerators": None if panel.numerators is None else as_bytes(panel.numerators),
        "denominators": None if panel.denominators is None else as_bytes(panel.denominators),
        "quantiles": as_bytes(quantiles_of(panel)),
    }
    return _Made(panel, panel.sha256(), numbers_in(panel), columns)


def numbers_in(panel: IndicatorPanel) -> int:
    """Cells with a value or a numerator."""
    held = panel.observed if panel.numerators is None else panel.observed | ~np.isnan(panel.numerators)
    return int(held.sum())


def _indicator(by: Actor, metadata: Metadata, region: Region | None) -> Indicator:
    """The indicator, locked, with what its source says of it today."""
    # A region's own file has a definition when it bears the name that the definition gives.
    definition = definition_for(metadata.source, metadata.source_id)
    facts = _facts(metadata, definition)
    key = {"source": metadata.source, "source_id": metadata.source_id, "region": region}
    indicator, made = Indicator.objects.select_for_update().get_or_create(**key, defaults=facts)
    changes: dict[str, tuple[Any, Any]] = {}
    if not made:
        # What a person has set stays; what only the source says follows it.
        followed = {name: facts[name] for name in SOURCES_OWN if name in facts}
        if definition and not indicator.definition:
            followed |= definition.facts()
        changes = audit.apply_changes(indicator, followed)
        if changes:
            indicator.save(update_fields=list(changes))
    if made or "title" in changes:
        IndicatorTitle.objects.create(indicator=indicator, title=indicator.title)
    if "title" in changes:
        renew(indicator)
    if definition and (made or "definition" in changes):
        for note in definition.notes:
            Note.objects.create(indicator=indicator, kind=note.kind, year=note.year, text=note.text)
    if made or changes:
        audit.record(
            by=by,
            action="indicator.create" if made else "indicator.follow_source",
            target=indicator,
            changes={name: pair for name, pair in changes.items() if name != "folded"},
        )
    return indicator


SOURCES_OWN = (
    "title", "sort_key", "folded", "description", "interpretation", "limits", "unit", "source_name", "licence",
    "source_updated",
)  # fmt: skip


def _facts(metadata: Metadata, definition: Definition | None) -> dict[str, Any]:
    title = metadata.title
    if definition:
        missing = {
            code: text.text for code, text in definition.title.texts.items() if not title.in_language(code)
        }
        for code, text in missing.items():
            title = title.with_text(code, text)
    facts: dict[str, Any] = {
        "title": title,
        "sort_key": sort_key(title.shown("fi").text)[:120],
        "folded": fold(" ".join(text.text for text in title.texts.values())),
        "description": metadata.description,
        "interpretation": metadata.interpretation,
        "limits": metadata.limits,
        "unit": metadata.unit,
        "kind": metadata.kind,
        "decimals": metadata.decimals,
        "source_name": metadata.source_name,
        "licence": metadata.licence,
        "source_updated": metadata.updated,
    }
    facts.update(definition.facts() if definition else sibling_facts(metadata.source, metadata.source_id))
    return facts


def _outcome(indicator: Indicator, made: _Made) -> tuple[str, list[dict[str, Any]]]:
    """What becomes of the content, and why it is held if it is."""
    Outcome = FetchEntry.Outcome
    vintages = indicator.vintages
    if vintages.filter(state=Vintage.State.CURRENT, sha256=made.sha256).exists():
        return Outcome.UNCHANGED, []
    if vintages.filter(state=Vintage.State.WAITING, sha256=made.sha256).exists():
        return Outcome.UNCHANGED, []
    current = vintages.current().first()
    if current is None:
        return Outcome.NEW, []
    held = held_because(current, made.panel, made.observed)
    if not held:
        return Outcome.NEW, []
    if vintages.filter(state=Vintage.State.REFUSED, sha256=made.sha256).exists():
        return Outcome.REFUSED_BEFORE, []
    return Outcome.WAITING, held


def held_because(current: Vintage, panel: IndicatorPanel, observed: int) -> list[dict[str, Any]]:
    """Why a panel waits for a person: [{"code", "parameters"}]; empty when it need not."""
    axes = dict(current.dimensions)
    reasons = []
    for code, name, now in (("fewer_areas", "area", panel.areas), ("fewer_years", "year", panel.years)):
        before, left = axes[name], set(now)
        lost = [item for item in before if item not in left]
        if lost:
            reasons.append(_reason(code, before=len(before), now=len(now), example=lost[0]))
    if observed < LEAST_SHARE * current.observed:
        reasons.append(_reason("fewer_values", before=current.observed, now=observed))
    return reasons


def _reason(code: str, **parameters: Any) -> dict[str, Any]:
    return {"code": code, "parameters": parameters}


def _add_vintage(
    by: Actor, indicator: Indicator, entry: FetchEntry, made: _Made, held: list[dict[str, Any]]
) -> Vintage:
    state = Vintage.State.WAITING if held else Vintage.State.CURRENT
    # A newer one takes the place of one that still waits, and a new current one answers it as well.
    indicator.vintages.filter(state=Vintage.State.WAITING).update(state=Vintage.State.PAST)
    if not held:
        indicator.vintages.filter(state=Vintage.State.CURRENT).update(state=Vintage.State.PAST)
    panel = made.panel
    vintage = Vintage.objects.create(
        indicator=indicator,
        number=(indicator.vintages.aggregate(top=Max("number"))["top"] or 0) + 1,
        state=state,
        entry=entry,
        dimensions=panel.dimensions(),
        **made.columns,
        sha256=made.sha256,
        area_count=len(panel.areas),
        first_year=panel.years[0],
        last_year=panel.years[-1],
        observed=made.observed,
        held_because=held,
    )
    if not held:
        follow_data(by=by, indicator=indicator, panel=panel)
    audit.record(
        by=by,
        action="vintage.hold" if held else "vintage.take_in",
        target=vintage,
        changes={
            "indicator": (None, indicator),
            "number": (None, vintage.number),
            "sha256": (None, made.sha256),
        },
    )
    return vintage


def follow_data(*, by: Actor, indicator: Indicator, panel: IndicatorPanel) -> None:
    """What is found from the data itself: the years between two values."""
    found = panel.years_between()
    if found != indicator.years_between:
        indicator.years_between = found
        indicator.save(update_fields=["years_between"])
