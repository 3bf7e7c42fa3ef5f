"""A year's programme as plain data: what organisations have published for the round, never a draft."""

from __future__ import annotations

from typing import Any

from lautta.common.translated import Translated
from lautta.measures.models import MeasureYear, Round
from lautta.measures.reading import with_indicators
from lautta.organisations.models import Organisation


def part_two(round: Round) -> dict[str, Any]:
    """A constant number of queries, however many measures there are."""
    years = list(
        MeasureYear.objects.filter(round=round)
        .public()
        .with_organisation_then()
        .select_related("measure")
        .prefetch_related(
            "goals",
            "partners",
            "mirrorings",
            "money__organisation",
            "person_years__organisation",
            with_indicators(),
        )
        .in_order()
    )
    names = dict(
        Organisation.objects.filter(pk__in={y.organisation_then for y in years}).values_list(
            "pk", "public_id"
        )
    )
    return {
        "year": round.year,
        "emphases": round.emphases.to_json(),
        "guidance": round.guidance.to_json(),
        "organisations": [
            {"id": row.organisation.public_id, "emphasis": row.text.to_json()}
            for row in round.organisation_emphases.select_related("organisation").order_by(
                "organisation__sort_key", "pk"
            )
            if row.text
        ],
        "measures": [_measure(year, names[year.organisation_then]) for year in years],
    }


def _measure(year: MeasureYear, organisation: str) -> dict[str, Any]:
    text: dict[str, Translated] = {
        "title": year.title,
        "change": year.change,
        "description": year.description,
    }
    return {
        "id": year.measure.public_id,
        "organisation": organisation,
        **{name: words.to_json() for name, words in text.items()},
        "goals": sorted(goal.public_id for goal in year.goals.all()),
        "target_groups": year.target_groups,
        "vulnerable_groups": year.vulnerable_groups,
        "sectors": year.sectors,
        "tier": year.service_tier,
        "starts_on": year.starts_on.isoformat(),
        "ends_on": year.ends_on.isoformat() if year.ends_on else None,
        "status": year.status,
        "responsible_title": year.responsible_title,
        "partners": sorted(p.public_id for p in year.partners.all()),
        "other_partners": year.other_partners,
        "mirrors": sorted(f"{m.framework}:{m.code}" for m in year.mirrorings.all()),
        "money": sorted((_amount(row) | {"funding": row.funding} for row in year.money.all()), key=_row_key),
        "person_years": sorted((_amount(row) for row in year.person_years.all()), key=_row_key),
        "indicators": [
            {
                "id": link.indicator.public_id, "title": link.indicator.title.to_json(),
                "direction": link.direction, "is_primary": link.is_primary,
            }
            for link in year.indicator_links.all()
        ],
        "illustrative": year.is_illustrative,
    }  # fmt: skip


def _amount(row) -> dict[str, Any]:
    return {
        "organisation": row.organisation.public_id,
        "year": row.year,
        "tier": row.tier,
        "kind": row.kind,
        "amount": str(row.amount),
    }


def _row_key(row: dict[str, Any]) -> tuple:
    return (
        row["year"],
        row["organisation"],
        row["kind"],
        row["tier"] or 0,
        row["amount"],
        row.get("funding", ""),
    )
