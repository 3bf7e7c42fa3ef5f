"""Forms of the plan's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField, OrganisationField
from lautta.plans.models import Plan

TEXTS = ("title", "purpose", "plain")


class PlanTextsForm(ActionForm):
    """The plan's name and first words, one language at a time."""

    title = forms.CharField(label=_("Suunnitelman nimi"), max_length=200)
    purpose = forms.CharField(
        label=_("Mikä suunnitelma on"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("Yksi virke. Se on julkisen etusivun ensimmäinen lause."),
    )
    plain = forms.CharField(
        label=_("Sama selkokielellä"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("Lyhyesti ja helposti. Tämä näkyy lasten sivulla."),
    )

    def __init__(self, data=None, *, plan: Plan, language: str, **kwargs):
        kwargs["initial"] = {name: getattr(plan, name).in_language(language) or "" for name in TEXTS}
        super().__init__(data, **kwargs)
        self.plan, self.language = plan, language
        for name in TEXTS:
            self.fields[name].widget.attrs["lang"] = language
        if plan.title.source != language:
            self.fields["title"].required = False

    def values(self) -> dict[str, Any]:
        return {
            name: getattr(self.plan, name).with_text(
                self.language, self.cleaned_data[name].replace("\r\n", "\n")
            )
            for name in TEXTS
        }


class PeriodForm(ActionForm):
    """First and last year."""

    period_start = forms.IntegerField(label=_("Ensimmäinen vuosi"))
    period_end = forms.IntegerField(label=_("Viimeinen vuosi"))

    def __init__(self, data=None, *, plan: Plan, **kwargs):
        kwargs["initial"] = {"period_start": plan.period_start, "period_end": plan.period_end}
        super().__init__(data, prefix="period", **kwargs)


class OrganiserForm(ActionForm):
    """Who is accountable from now on."""

    organisation = OrganisationField(label=_("Uusi järjestäjä"), empty_label=_("Valitse organisaatio"))
    started_on = DayField(
        label=_("Vastuu alkaa"), help_text=_("Edellisen vastuu päättyy edellisenä päivänä.")
    )

    def __init__(self, data=None, *, plan: Plan, **kwargs):
        super().__init__(data, prefix="organiser", **kwargs)
        self.fields["organisation"].offer(Organisation.objects.of_plan(plan))
