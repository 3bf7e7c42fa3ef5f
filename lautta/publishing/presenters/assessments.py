"""Published impact assessments, as lists show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lautta.assessments.choices import PUBLISHABLE, State
from lautta.assessments.models import Publication
from lautta.assessments.presenters.detail import state_pill
from lautta.organisations.models import Organisation
from lautta.publishing.links import assessment_urls
from lautta.publishing.presenters.filters import Column, Facet
from lautta.publishing.presenters.words import words


def items(plan_id: str, publications: Iterable[Publication]) -> list[dict]:
    """Title, where it stands, who prepared it and the day of the decision."""
    address = assessment_urls(plan_id)
    return [
        {
            "title": words(p.title),
            "url": address(p.assessment.public_id, p.title),
            "pill": state_pill(p.state),
            "organisation": words(p.organisation.name),
            "decision_day": p.decision_day,
            "is_illustrative": p.is_illustrative,
        }
        for p in publications
    ]


def facets(
    organisations: Iterable[Organisation], years: Iterable[int], labels: dict[str, str]
) -> list[Facet]:
    return [
        Facet("state", labels["state"], [(s.value, str(s.label)) for s in State if s in PUBLISHABLE]),
        Facet("organisation", labels["organisation"], [(o.public_id, str(o.name)) for o in organisations]),
        Facet("year", labels["year"], [(str(y), str(y)) for y in sorted(set(years), reverse=True)]),
    ]


def columns(rows: Sequence[tuple]) -> dict[str, Column]:
    """For `filters.narrow`, from (pk, state, organisation's public id, day of the decision)."""
    return {
        "state": Column.of([row[1] for row in rows], lambda state: [state]),
        "organisation": Column.of([row[2] for row in rows], lambda key: [key]),
        "year": Column.of([row[3].year if row[3] else None for row in rows], lambda y: [str(y)] if y else []),
    }
