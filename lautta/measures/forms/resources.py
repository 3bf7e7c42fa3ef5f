"""Euros and person-years of one measure on one page: two sets of rows, saved together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction

from lautta.common.actors import Actor
from lautta.measures import actions
from lautta.measures.forms import amounts
from lautta.measures.models import MeasureYear
from lautta.organisations.models import Organisation

PARTS = ("money", "person_years")


class ResourcesForm(forms.Form):
    """Behaves as one form for the page: its rows stand in `money` and `person_years`, formsets of AmountForm."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        data=None,
        *,
        measure_year: MeasureYear,
        organisations: list[Organisation],
        draft: Mapping[str, Any] | None = None,
    ):
        super().__init__(data, initial={"version": measure_year.version})
        self.measure_year = measure_year
        by_id = {o.public_id: o for o in organisations}
        for name in PARTS:
            rows = amounts.rows_from_draft(draft, name) if draft else amounts.initial_rows(measure_year, name)
            formset = amounts.AmountFormSet(
                data,
                prefix=name,
                initial=rows,
                form_kwargs={"organisations": by_id, "with_funding": name == "money"},
            )
            setattr(self, name, formset)

    def is_valid(self) -> bool:
        parts = [getattr(self, name).is_valid() for name in PARTS]
        own = super().is_valid()
        for name in PARTS:
            formset = getattr(self, name)
            for problem in formset.non_form_errors():
                self.add_error(None, problem)
            for number, form in enumerate(formset.forms, 1):
                for field, problems in form.errors.items():
                    for problem in problems:
                        label = form.fields[field].label if field in form.fields else ""
                        self.add_error(None, f"{number}. {label}: {problem}")
        return own and all(parts)

    @transaction.atomic
    def write(self, by: Actor) -> MeasureYear:
        """Both sets or neither; the second is saved on the version that the first one left."""
        version = self.cleaned_data["version"]
        saved = actions.set_money(
            by=by, measure_year=self.measure_year, rows=self.money.rows(), version=version
        )
        return actions.set_person_years(
            by=by, measure_year=self.measure_year, rows=self.person_years.rows(), version=saved.version
        )
