"""From which of the plan's joint indicators the change should show: a tick, and which way it should move."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.indicators.models import Indicator
from lautta.measures.actions import Sought
from lautta.measures.forms.measures import SectionForm
from lautta.measures.presenters.indicators import smallest_changes


class IndicatorsForm(SectionForm):
    """Two fields for each indicator, and one that says which of the ticked is looked at first."""

    def __init__(self, *args, measure_year, **kwargs):
        super().__init__(*args, measure_year=measure_year, **kwargs)
        plan = measure_year.measure.plan
        held = {x.indicator_id: x for x in measure_year.indicator_links.all()}
        directions = {x.indicator_id: x.direction for x in held.values()}
        self.offered: dict[str, tuple[Indicator, str]] = {}
        for joint in plan.joint_indicators.with_content().in_order():
            direction = directions.get(joint.indicator_id, joint.direction)
            self.offered[joint.indicator.public_id] = (joint.indicator, direction)
        for x in held.values():  # one that the plan has dropped may stay
            self.offered.setdefault(x.indicator.public_id, (x.indicator, x.direction))
        words = smallest_changes(measure_year, [indicator for indicator, _direction in self.offered.values()])
        for key, (indicator, direction) in self.offered.items():
            self.fields[f"use_{key}"] = forms.BooleanField(
                label=str(indicator.title), help_text=words[indicator.pk], required=False,
                initial=indicator.pk in held,
            )  # fmt: skip
            self.fields[f"direction_{key}"] = forms.ChoiceField(
                label=_("Suunta: %(title)s") % {"title": indicator.title},
                choices=Indicator.Direction.choices, required=False, initial=direction,
            )  # fmt: skip
        choices = [("", _("Ei valittu")), *((k, str(i.title)) for k, (i, _d) in self.offered.items())]
        first = next((x.indicator.public_id for x in held.values() if x.is_primary), "")
        self.fields["primary"] = forms.ChoiceField(
            label=_("Mittari, jota katsotaan ensin"), choices=choices, required=False, initial=first
        )

    def standing(self, measure_year):
        return {}

    def clean(self):
        data = super().clean()
        first = data.get("primary")
        if first and not data.get(f"use_{first}"):
            self.add_error("primary", _("Valitse mittari ensin yllä olevasta luettelosta."))
        return data

    def rows(self) -> list[Sought]:
        """What is ticked, in the order of the list."""
        data = self.cleaned_data
        return [
            Sought(indicator, data[f"direction_{key}"] or direction, is_primary=data["primary"] == key)
            for key, (indicator, direction) in self.offered.items()
            if data[f"use_{key}"]
        ]
