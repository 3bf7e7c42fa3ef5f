"""The parts of a measure that are rows of their own: euros, person-years, partners, mirroring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.measures.actions.measures import update_measure
from lautta.measures.checks import FIRST_YEAR, LAST_YEAR, taking_part
from lautta.measures.choices import MoneyKind, ServiceTier
from lautta.measures.models import MeasureMirroring, MeasureMoney, MeasureYear, PersonYears
from lautta.measures.writing import locked, saw, write
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission

MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Amount:
    """One row of euros, or of person-years (then without funding)."""

    organisation: Organisation
    year: int
    kind: str
    amount: Decimal
    tier: int | None = None
    funding: str = ""


@transaction.atomic
def set_money(
    *, by: Actor, measure_year: MeasureYear, rows: Sequence[Amount], version: int | None = None
) -> MeasureYear:
    """Put these rows of euros in place of what stands; the trail keeps what stood."""
    columns = ("organisation_id", "year", "tier", "kind", "amount", "funding")
    return _set_rows(
        by, measure_year, rows, version, MeasureMoney, "money", columns, most=Decimal("9999999999.99")
    )


@transaction.atomic
def set_person_years(
    *, by: Actor, measure_year: MeasureYear, rows: Sequence[Amount], version: int | None = None
) -> MeasureYear:
    """Put these rows of person-years in place of what stands."""
    columns = ("organisation_id", "year", "tier", "kind", "amount")
    return _set_rows(
        by, measure_year, rows, version, PersonYears, "person_years", columns, most=Decimal("99999.99")
    )


def _set_rows(
    by, measure_year, rows, version, model, name: str, columns: tuple[str, ...], most: Decimal
) -> MeasureYear:
    seen = measure_year.version if version is None else version
    current = locked(by, measure_year, Permission.EDIT_MEASURES)
    saw(current, seen)
    checked = [_checked(row, name, most) for row in rows]
    if len(checked) > MOST_ROWS:
        raise Refused(_("Rivejä on liikaa: enintään %(most)s.") % {"most": MOST_ROWS}, field=name, status=422)
    taking_part(current.measure.plan, [r.organisation for r in checked], name)
    wanted = sorted(_plain(_columns(r, columns)) for r in checked)
    before = sorted(
        _plain(values) for values in model.objects.filter(measure_year=current).values_list(*columns)
    )
    if wanted == before:
        return current
    model.objects.filter(measure_year=current).delete()
    model.objects.bulk_create(
        model(measure_year=current, **dict(zip(columns, _columns(r, columns), strict=True))) for r in checked
    )
    return write(by, current, f"measure.{name}", {name: (before, wanted)})


def _columns(row: Amount, columns: Iterable[str]) -> list[Any]:
    return [row.organisation.pk if c == "organisation_id" else getattr(row, c) for c in columns]


def _plain(values: Iterable[Any]) -> list[Any]:
    """Comparable and fit for the trail: None as 0 (no tier has that number), amounts as text with two decimals."""
    return [f"{v:.2f}" if isinstance(v, Decimal) else (0 if v is None else v) for v in values]


def _checked(row: Amount, field: str, most: Decimal) -> Amount:
    problem = None
    if not row.amount.is_finite() or row.amount < 0 or row.amount > most:
        problem = _("Tarkista määrä: sen pitää olla nolla tai enemmän.")
    elif row.kind not in MoneyKind.values or (row.tier is not None and row.tier not in ServiceTier.values):
        problem = _("Tuntematon valinta: %(what)s.") % {"what": f"{row.kind} {row.tier or ''}".strip()}
    elif not FIRST_YEAR <= row.year <= LAST_YEAR:
        problem = _("Tarkista vuosi.")
    elif len(row.funding) > 160:
        problem = _("Teksti on liian pitkä: enintään %(most)s merkkiä.") % {"most": 160}
    if problem:
        raise Refused(problem, field=field, status=422)
    return Amount(
        row.organisation,
        row.year,
        row.kind,
        row.amount.quantize(Decimal("0.01")),
        row.tier,
        row.funding.strip(),
    )


def set_partners(
    *, by: Actor, measure_year: MeasureYear, partners: Sequence[Organisation], other_partners: str = "",
    version: int | None = None,
) -> MeasureYear:  # fmt: skip
    """Organisations of the plan that take part in the measure, and others by name."""
    return update_measure(
        by=by, measure_year=measure_year, version=version, partners=partners, other_partners=other_partners
    )


@transaction.atomic
def set_mirrorings(
    *, by: Actor, measure_year: MeasureYear, items: Iterable[tuple[str, str]], version: int | None = None
) -> MeasureYear:
    """(framework, code) pairs that the measure answers to; that they exist is the form's to check (plans/data)."""
    seen = measure_year.version if version is None else version
    current = locked(by, measure_year, Permission.EDIT_MEASURES)
    saw(current, seen)
    wanted = sorted({(str(framework), str(code)) for framework, code in items})
    if any(not f or not c or len(f) > 40 or len(c) > 20 for f, c in wanted):
        raise Refused(_("Tuntematon peilauskohta."), field="mirrorings", status=422)
    before = sorted(current.mirrorings.values_list("framework", "code"))
    if wanted == before:
        return current
    current.mirrorings.all().delete()
    MeasureMirroring.objects.bulk_create(
        MeasureMirroring(measure_year=current, framework=f, code=c) for f, c in wanted
    )
    changes = {"mirrorings": ([f"{f}:{c}" for f, c in before], [f"{f}:{c}" for f, c in wanted])}
    return write(by, current, "measure.mirrorings", changes)
