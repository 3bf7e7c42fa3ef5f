"""Rows of euros and person-years."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from lautta.measures.actions import Amount
from lautta.measures.choices import MoneyKind, ServiceTier
from lautta.measures.forms.fields import AmountField
from lautta.measures.models import MeasureYear
from lautta.organisations.models import Organisation

EXTRA = 2


class AmountForm(forms.Form):
    """One row. A row without an amount is no row."""

    amount = AmountField(label=_("Määrä"), required=False)
    kind = forms.ChoiceField(label=_("Talousarvio vai toteuma"), choices=MoneyKind.choices)
    year = forms.IntegerField(label=_("Vuosi"), min_value=1990, max_value=2100)
    tier = forms.TypedChoiceField(
        label=_("Palvelutaso"),
        choices=[("", _("Ei jaettu")), *ServiceTier.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Maksaja"))
    funding = forms.CharField(label=_("Rahoitus"), max_length=160, required=False)

    def __init__(self, *args, organisations: Mapping[str, Organisation], with_funding: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        self.fields["organisation"].choices = [(key, str(o.name)) for key, o in organisations.items()]
        self.fields["year"].widget.attrs["inputmode"] = "numeric"
        if not with_funding:
            del self.fields["funding"]
            self.fields["organisation"].label = _("Kenen työtä")

    def has_changed(self) -> bool:
        """Only the amount makes a row: the other fields come prefilled."""
        return bool(self["amount"].value())

    def row(self) -> Amount | None:
        data = self.cleaned_data
        if data.get("amount") is None:
            return None
        return Amount(
            organisation=self.organisations[data["organisation"]],
            year=data["year"],
            kind=data["kind"],
            amount=data["amount"],
            tier=data["tier"],
            funding=data.get("funding", ""),
        )


class AmountRows(BaseFormSet):
    """Rows in the order typed; emptied ones are left out."""

    def rows(self) -> list[Amount]:
        return [row for form in self.forms if form.has_changed() and (row := form.row())]


AmountFormSet = formset_factory(AmountForm, formset=AmountRows, extra=0, max_num=60, validate_max=True)


def initial_rows(measure_year: MeasureYear, name: str) -> list[dict[str, Any]]:
    """Rows that stand and EXTRA empty ones, prefilled with the measure's own organisation and year."""
    rows = [
        {
            "amount": r.amount,
            "kind": r.kind,
            "year": r.year,
            "tier": r.tier,
            "organisation": r.organisation.public_id,
            "funding": getattr(r, "funding", ""),
        }
        for r in getattr(measure_year, name)
        .select_related("organisation")
        .order_by("year", "kind", "tier", "pk")
    ]
    blank = {
        "kind": MoneyKind.BUDGET.value,
        "year": measure_year.round.year,
        "tier": measure_year.service_tier,
        "organisation": measure_year.measure.organisation.public_id,
    }
    return [*rows, *[blank] * EXTRA]


def rows_from_draft(fields: Mapping[str, Any], prefix: str) -> list[dict[str, Any]]:
    """The rows of a kept draft, as typed."""
    found: dict[int, dict[str, Any]] = {}
    for name, value in fields.items():
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == prefix and parts[1].isdigit() and len(parts[1]) < 4:
            found.setdefault(int(parts[1]), {})[parts[2]] = value
    return [found[n] for n in sorted(found)][:60]


def total(rows: list[Any]) -> Decimal:
    """Sum of `.amount`."""
    return sum((r.amount for r in rows), Decimal(0))
