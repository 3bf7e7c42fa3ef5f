"""Freezing, withdrawing, and deciding on the plan's time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.decisions.choices import HOLDS_PART_TWO, VersionKind
from lautta.measures.models import Round
from lautta.plans.forms.base import ActionForm
from lautta.plans.forms.languages import TextsMixin
from lautta.plans.models import Plan

_TEXT_KINDS = (VersionKind.PART_ONE, VersionKind.PART_TWO, VersionKind.WHOLE)
_TIME_KINDS = (VersionKind.EXTENSION, VersionKind.SUCCESSION)


class FreezeForm(TextsMixin, ActionForm):
    """What is frozen, and what bodies are asked."""

    kind = forms.ChoiceField(
        label=_("Mistä päätetään?"),
        choices=[(k.value, k.label) for k in _TEXT_KINDS],
        widget=forms.RadioSelect,
        help_text=_("Vuoden ohjelma ei koskaan kumoa osaa I."),
    )
    year = forms.ChoiceField(
        label=_("Minkä vuoden ohjelma?"), required=False, help_text=_("Tarvitaan, kun osa II on mukana.")
    )

    def __init__(self, data=None, *, plan: Plan, **kwargs):
        super().__init__(data, **kwargs)
        self.rounds: dict[str, Round] = {str(r.year): r for r in plan.rounds.newest_first()}
        self.fields["year"].choices = [("", _("Ei vuotta")), *((y, y) for y in self.rounds)]
        self.add_text(
            "proposal", _("Päätösehdotus"), required=True, rows=4,
            help_text=_("Mitä toimielimiltä pyydetään, yhdellä tai kahdella virkkeellä."),
        )  # fmt: skip
        self.add_text(
            "summary", _("Mikä on uutta"), rows=6,
            help_text=_("Kerro luottamushenkilölle, mikä muuttui ja miksi. Tämä näkyy kokouksen asiakirjoissa."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") in HOLDS_PART_TWO and not data.get("year"):
            self.add_error("year", _("Valitse vuosi, jonka ohjelmasta päätetään."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "round": self.rounds.get(data["year"]),
            "proposal": self.text("proposal"),
            "summary": self.text("summary"),
        }


class TimeForm(TextsMixin, ActionForm):
    """The plan goes on for some years more, or another plan takes its place."""

    kind = forms.ChoiceField(
        label=_("Mistä päätetään?"),
        choices=[(k.value, k.label) for k in _TIME_KINDS],
        widget=forms.RadioSelect,
        initial=VersionKind.EXTENSION,
    )
    period_end = forms.TypedChoiceField(
        label=_("Voimassa vuoden loppuun"), coerce=int, empty_value=None, required=False,
        help_text=_("Kun suunnitelman voimassaoloa jatketaan."),
    )  # fmt: skip
    successor = forms.ModelChoiceField(
        label=_("Suunnitelma, joka jatkaa"), queryset=Plan.objects.none(), to_field_name="public_id",
        required=False, empty_label=_("Ei valittu"), help_text=_("Kun toinen suunnitelma tulee tämän tilalle."),
    )  # fmt: skip

    def __init__(self, data=None, *, plan: Plan, **kwargs):
        super().__init__(data, **kwargs)
        years = range(plan.period_end + 1, plan.period_end + 5)
        self.fields["period_end"].choices = [("", _("Ei jatketa")), *((y, str(y)) for y in years)]
        self.fields["successor"].queryset = Plan.objects.filter(region=plan.region_id).exclude(pk=plan.pk)
        self.add_text("proposal", _("Päätösehdotus"), required=True, rows=3)
        self.add_text("reason", _("Miksi"), required=True, rows=3)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "period_end": data["period_end"],
            "successor": data["successor"],
            "proposal": self.text("proposal"),
            "reason": self.text("reason"),
        }


class RedactForm(ActionForm):
    passage = forms.CharField(
        label=_("Poistettava kohta"), max_length=500,
        help_text=_("Kirjoita kohta sellaisena kuin se on tekstissä, esimerkiksi nimi. Kirjainkoolla ei ole väliä."),
        error_messages={"required": _("Kirjoita kohta, joka poistetaan.")},
    )  # fmt: skip


class WithdrawForm(ActionForm):
    reason = forms.CharField(
        label=_("Miksi versio perutaan?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Versio jää talteen, mutta siitä ei enää päätetä."),
    )
