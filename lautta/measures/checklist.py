"""What measures tell the statutory checklist: which of them a mark can point at, and how much there is of each kind."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Max

from lautta.measures.models import MeasureMoney, MeasureYear, PersonYears
from lautta.organisations.models import Organisation
from lautta.plans.checklist.evidence import Facts, Piece, Seam, offer
from lautta.plans.models import Plan

MOST_CHOICES = 200


def _pieces(plan: Plan, ids: Sequence[str]) -> list[Piece]:
    """Public ones alone, by their newest public year."""
    years = plan.measures.filter(public_id__in=ids).public_years().select_related("measure", "round")
    newest: dict[str, MeasureYear] = {}
    for year in years.order_by("round__year", "pk"):
        newest[year.measure.public_id] = year
    return [_piece(newest[public_id]) for public_id in ids if public_id in newest]


def _choices(plan: Plan, organisation: Organisation | None) -> list[Piece]:
    """The organisation's own public measures of the newest year that has any; none for the whole plan, which has too many."""
    if organisation is None:
        return []
    own = plan.measures.filter(organisation=organisation).public_years()
    newest = own.aggregate(year=Max("round__year"))["year"]
    if newest is None:
        return []
    years = own.filter(round__year=newest).select_related("measure").in_order()
    return [_piece(year) for year in years[:MOST_CHOICES]]


def _piece(year: MeasureYear) -> Piece:
    title = year.title.shown()
    return Piece("measure", year.measure.public_id, "", title.text, True, title.language)


def _facts(plan: Plan) -> Facts:
    """Of what is public: measures, rows of money and of person-years, reports."""
    public = plan.measures.public_years().order_by()
    return {
        "measures": _with_whole(
            public.values_list("measure__organisation").annotate(n=Count("measure", distinct=True))
        ),
        "money": _with_whole(
            MeasureMoney.objects.filter(measure_year__in=public).values_list("organisation").annotate(n=Count("pk"))
        ),
        "person_years": _with_whole(
            PersonYears.objects.filter(measure_year__in=public).values_list("organisation").annotate(n=Count("pk"))
        ),
        "reports": _with_whole(
            plan.measures.public_reports()
            .values_list("measure_year__measure__organisation")
            .annotate(n=Count("pk"))
        ),
    }  # fmt: skip


def _with_whole(rows) -> dict[int | None, int]:
    held: dict[int | None, int] = dict(rows)
    held[None] = sum(held.values())
    return held


def begin() -> None:
    """Called once when the program starts."""
    offer(Seam("measure", _pieces, _choices, _facts))
