"""A measure's forms: the six fields that are enough, and the sections that can wait."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.models import User
from lautta.measures.checks import MOST_TEXT, MOST_TITLE
from lautta.measures.choices import Sector, ServiceTier, TargetGroup, VulnerableGroup
from lautta.measures.forms.fields import DayField, GoalsField
from lautta.measures.models import MeasureYear, Round
from lautta.organisations.models import Organisation
from lautta.plans.frameworks import frameworks
from lautta.plans.models import Plan

CHIPS = {"class": "choices-chips"}


def first_day(round: Round) -> dt.date:
    """What the start is prefilled with: today within the round's year, else the year's first day."""
    today = clock.today()
    return today if today.year == round.year else dt.date(round.year, 1, 1)


class BasicsForm(forms.Form):
    """The six: what, change, goal, for whom, who answers, when. Texts are in one language, the content's own."""

    title = forms.CharField(
        label=_("Mitä tehdään?"),
        max_length=MOST_TITLE,
        help_text=_("Lyhyt nimi, jonka ymmärtää alan ulkopuolella. Esimerkiksi: Leikkikesä linnoituksella."),
    )
    change = forms.CharField(
        label=_("Mikä muuttuu lapsen arjessa?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Yksi tai kaksi lausetta riittää."),
    )
    target_groups = forms.MultipleChoiceField(
        label=_("Ketä varten?"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        error_messages={"required": _("Valitse, keitä varten tämä on.")},
    )
    starts_on = DayField(label=_("Milloin alkaa?"))
    ends_on = DayField(label=_("Milloin päättyy?"), required=False)

    field_order = ("title", "change", "goals", "target_groups", "organisation", "starts_on", "ends_on")

    def __init__(self, *args, plan: Plan, chosen_goals=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goals"] = GoalsField(
            plan=plan, chosen=chosen_goals, label=_("Mitä tavoitetta tämä edistää?")
        )
        self.order_fields(self.field_order)

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Toimenpide ei voi päättyä ennen kuin se alkaa."))
        return data


class NewMeasureForm(BasicsForm):
    """The six for a new measure. With one organisation to choose from there is nothing to tap."""

    def __init__(self, *args, plan: Plan, organisations: list[Organisation], **kwargs):
        super().__init__(*args, plan=plan, **kwargs)
        self.only_organisation = organisations[0] if len(organisations) == 1 else None
        choices = [(o.public_id, str(o.name)) for o in organisations]
        self.organisations = {o.public_id: o for o in organisations}
        if self.only_organisation:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Vastuuorganisaatio"),
                choices=choices,
                initial=choices[0][0],
                widget=forms.HiddenInput,
            )
        else:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Vastuuorganisaatio"),
                choices=[("", _("Valitse")), *choices],
                error_messages={"required": _("Valitse organisaatio.")},
            )
        self.order_fields(self.field_order)

    def clean_organisation(self) -> Organisation:
        return self.organisations[self.cleaned_data["organisation"]]


class EditBasicsForm(BasicsForm):
    """The six of a measure that stands; the organisation is not changed here but by handing over."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def basics_initial(measure_year: MeasureYear) -> dict[str, Any]:
    """What the form shows of a measure that stands, in its source language."""
    return {
        "title": measure_year.title.in_language(measure_year.title.source) or "",
        "change": measure_year.change.in_language(measure_year.change.source) or "",
        "goals": [g.public_id for g in measure_year.goals.all()],
        "target_groups": measure_year.target_groups,
        "starts_on": measure_year.starts_on,
        "ends_on": measure_year.ends_on,
        "version": measure_year.version,
    }


class SectionForm(forms.Form):
    """One part under "complete later", saved by itself. `values` gives what the action takes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, measure_year: MeasureYear, **kwargs):
        self.measure_year = measure_year
        kwargs["initial"] = {
            **self.standing(measure_year),
            "version": measure_year.version,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)

    def standing(self, measure_year: MeasureYear) -> dict[str, Any]:
        """What stands now, as initial values."""
        return {name: getattr(measure_year, name) for name in self.base_fields if hasattr(measure_year, name)}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class TierForm(SectionForm):
    service_tier = forms.TypedChoiceField(
        label=_("Palvelutaso"),
        help_text=_("Kevyin taso, jolla toimenpide tavoittaa lapset ja perheet."),
        choices=[("", _("Ei valittu")), *ServiceTier.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class DescriptionForm(SectionForm):
    description = forms.CharField(
        label=_("Kuvaus"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mitä käytännössä tehdään, missä ja kuinka usein."),
    )

    def standing(self, measure_year):
        text = measure_year.description
        return {"description": text.in_language(text.source) or ""}

    def values(self):
        text = self.measure_year.description
        source = text.source if text else self.measure_year.title.source
        return {"description": text.with_text(source, self.cleaned_data["description"])}


class GroupsForm(SectionForm):
    vulnerable_groups = forms.MultipleChoiceField(
        label=_("Haavoittuvat ryhmät"),
        help_text=_("Keiden oikeudet vaativat tässä erityistä huolta?"),
        choices=VulnerableGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Toimialat"),
        help_text=_("Kaikki toimialat, joiden väki on mukana."),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )


class PeopleForm(SectionForm):
    """Who answers and who takes part."""

    responsible_title = forms.CharField(
        label=_("Vastuuhenkilön tehtävä"),
        max_length=160,
        required=False,
        help_text=_(
            "Tehtävänimike näkyy julkisesti, henkilön nimi ei. Esimerkiksi: liikuntapalvelujen ohjaaja."
        ),
    )
    responsible = forms.ModelChoiceField(
        label=_("Vastuuhenkilö"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Ei valittu"),
        help_text=_("Muistutukset raporteista tulevat hänelle."),
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Kumppanit"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    other_partners = forms.CharField(label=_("Muut kumppanit"), max_length=300, required=False)

    def __init__(self, *args, measure_year, **kwargs):
        super().__init__(*args, measure_year=measure_year, **kwargs)
        plan, own = measure_year.measure.plan, measure_year.measure.organisation
        self.fields["responsible"].queryset = people_of(plan, own)
        partners = Organisation.objects.filter(participations__plan=plan).exclude(pk=own.pk)
        self.fields["partners"].queryset = partners.distinct().in_name_order()

    def standing(self, measure_year):
        return {
            "responsible": measure_year.responsible.public_id if measure_year.responsible else None,
            "responsible_title": measure_year.responsible_title,
            "partners": [o.public_id for o in measure_year.partners.all()],
            "other_partners": measure_year.other_partners,
        }


def people_of(plan: Plan, organisation: Organisation):
    """Those of the organisation who have a role in the plan, in name order."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation=organisation,
            memberships__ended_on__isnull=True,
            memberships__roles__plan=plan,
            memberships__roles__ended_on__isnull=True,
        )
        .distinct()
        .order_by("name", "pk")
    )


class MirroringForm(SectionForm):
    """One list of checkboxes for each framework."""

    def __init__(self, *args, measure_year, **kwargs):
        super().__init__(*args, measure_year=measure_year, **kwargs)
        held: dict[str, list[str]] = {}
        for row in measure_year.mirrorings.all():
            held.setdefault(row.framework, []).append(row.code)
        for framework in frameworks().values():
            choices = [
                (str(group.title), [(i.code, f"{i.code} {i.title}") for i in group.items])
                if group.title
                else (None, [(i.code, f"{i.code} {i.title}") for i in group.items])
                for group in framework.groups
            ]
            flat = [row for title, rows in choices for row in ([(title, rows)] if title else rows)]
            self.fields[framework.code] = forms.MultipleChoiceField(
                label=str(framework.title),
                choices=flat,
                required=False,
                initial=held.get(framework.code, []),
                widget=forms.CheckboxSelectMultiple,
            )

    def standing(self, measure_year):
        return {}

    def items(self) -> list[tuple[str, str]]:
        """(framework, code) pairs, with those of frameworks that no file holds any more kept as they are."""
        known = frameworks()
        kept = [(r.framework, r.code) for r in self.measure_year.mirrorings.all() if r.framework not in known]
        return kept + [(name, code) for name in known for code in self.cleaned_data.get(name, [])]


class TranslationForm(SectionForm):
    """The texts in another language than their own; an empty one stays untranslated."""

    title = forms.CharField(label=_("Mitä tehdään"), max_length=MOST_TITLE, required=False)
    change = forms.CharField(
        label=_("Mikä muuttuu lapsen arjessa"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = forms.CharField(
        label=_("Kuvaus"), max_length=MOST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args, measure_year, language: str, **kwargs):
        self.language = language
        super().__init__(*args, measure_year=measure_year, **kwargs)
        for name in ("title", "change", "description"):
            self.fields[name].source = getattr(measure_year, name)

    def standing(self, measure_year):
        return {
            n: getattr(measure_year, n).in_language(self.language) or ""
            for n in ("title", "change", "description")
        }

    def values(self):
        texts = {n: getattr(self.measure_year, n) for n in ("title", "change", "description")}
        return {
            name: text.with_text(self.language, self.cleaned_data[name])
            for name, text in texts.items()
            if text and self.cleaned_data[name] != (text.in_language(self.language) or "")
        }
