"""Tying an assessment to a version or a decision, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.assessments.models import Alternative, Assessment
from lautta.plans.forms.base import ActionForm
from lautta.plans.forms.languages import TextsMixin


class LinkForm(ActionForm):
    """One of those that may be tied here."""

    assessment = forms.ModelChoiceField(
        label=_("Arviointi"), queryset=Assessment.objects.none(), to_field_name="public_id", empty_label=_("Valitse")
    )  # fmt: skip

    def __init__(self, data=None, *, assessments, **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["assessment"]
        field.queryset = assessments
        field.label_from_instance = lambda a: f"{a.title}, {a.organisation.name}"


class OutcomeForm(TextsMixin, ActionForm):
    """The alternative that was chosen, and how the assessment counted."""

    decided = forms.ModelChoiceField(
        label=_("Mikä vaihtoehto valittiin?"), queryset=Alternative.objects.none(), to_field_name="public_id",
        required=False, empty_label=_("Ei mikään näistä"), widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, data=None, *, assessment: Assessment, **kwargs):
        kwargs.setdefault("initial", {"decided": assessment.proposed and assessment.proposed.public_id})
        super().__init__(data, **kwargs)
        self.fields["decided"].queryset = assessment.alternatives.in_order()
        self.add_text(
            "decision", _("Mitä päätettiin, ja miten arviointi näkyi päätöksessä?"), required=True, longest=3_000,
            rows=4,
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"decided": self.cleaned_data["decided"], "words": self.text("decision")}
