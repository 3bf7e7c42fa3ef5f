"""Forms of sources, participants and linked plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField, NamesMixin, OrganisationField
from lautta.plans.models import Goal, LinkedPlan, Participant, Plan, Source


class SourceForm(ActionForm):
    """An entry of the bibliography."""

    authors = forms.CharField(
        label=_("Tekijä"), max_length=300, required=False, help_text=_("Kirjoittajat tai organisaatio.")
    )
    year = forms.IntegerField(label=_("Vuosi"), required=False)
    title = forms.CharField(label=_("Nimi"), max_length=400)
    publisher = forms.CharField(label=_("Julkaisija tai sarja"), max_length=200, required=False)
    url = forms.URLField(label=_("Verkko-osoite"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, data=None, *, source: Source | None = None, **kwargs):
        if source is not None:
            kwargs["initial"] = {name: getattr(source, name) for name in self.base_fields}
        super().__init__(data, **kwargs)


class ParticipantForm(ActionForm):
    """Someone who took part in making the plan."""

    name = forms.CharField(
        label=_("Nimi"), max_length=120, required=False,
        help_text=_("Nimi näkyy vain koordinaattorille, kunnes henkilö on antanut luvan julkaista sen."),
    )  # fmt: skip
    part = forms.CharField(
        label=_("Rooli työssä"),
        max_length=200,
        required=False,
        help_text=_("Esimerkiksi: työryhmän jäsen, huoltajien edustaja."),
    )
    organisation = OrganisationField(
        label=_("Organisaatio"), required=False, empty_label=_("Ei organisaatiota")
    )

    def __init__(self, data=None, *, plan: Plan, participant: Participant | None = None, **kwargs):
        if participant is not None:
            kwargs["initial"] = {
                "name": participant.name,
                "part": participant.part,
                "organisation": participant.organisation and participant.organisation.public_id,
            }
        super().__init__(data, **kwargs)
        self.fields["organisation"].offer(Organisation.objects.ever_in_plan(plan))


class ConsentForm(ActionForm):
    """What the person answered when asked, and when."""

    given = forms.ChoiceField(
        label=_("Saako nimen julkaista?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Kyllä, henkilö on antanut luvan")),
            ("no", _("Ei, henkilö ei halua nimeään julki")),
        ],
    )
    consent_on = DayField(label=_("Milloin henkilö vastasi"))

    def values(self) -> dict[str, Any]:
        return {"given": self.cleaned_data["given"] == "yes", "on": self.cleaned_data["consent_on"]}


class LinkedPlanForm(NamesMixin, ActionForm):
    """Another plan, and the goals that agree with it."""

    stem, stem_label = "title", _("Suunnitelman nimi")
    kind = forms.ChoiceField(label=_("Laji"), choices=LinkedPlan.Kind.choices)
    organisation = OrganisationField(
        label=_("Kenen suunnitelma"), required=False, empty_label=_("Yhteinen tai ei valittu")
    )
    years = forms.CharField(
        label=_("Vuosi tai vuodet"),
        max_length=20,
        required=False,
        help_text=_("Esimerkiksi 2027 tai 2025–2028."),
    )
    url = forms.URLField(label=_("Verkko-osoite"), max_length=500, required=False, assume_scheme="https")
    goals = forms.ModelMultipleChoiceField(
        label=_("Tavoitteet, jotka liittyvät tähän suunnitelmaan"),
        queryset=Goal.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_names = {"title": "title_fi"}

    def __init__(self, data=None, *, plan: Plan, linked: LinkedPlan | None = None, **kwargs):
        if linked is not None:
            kwargs["initial"] = {
                "kind": linked.kind, "years": linked.years, "url": linked.url,
                "organisation": linked.organisation and linked.organisation.public_id,
                "goals": [goal.public_id for goal in linked.goals.all()],
            }  # fmt: skip
        super().__init__(data, **kwargs)
        self.add_names(linked and linked.title)
        self.order_fields(["kind", "title_fi", "title_sv", "title_en"])
        self.fields["organisation"].offer(Organisation.objects.of_plan(plan))
        self.fields["goals"].queryset = plan.goals.current().in_order()

    def values(self) -> dict[str, Any]:
        return {"title": self.names(), **self.plain_values()}
