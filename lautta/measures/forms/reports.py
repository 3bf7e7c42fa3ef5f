"""Reports, statuses and the year's evaluation."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.measures.choices import NEEDS_REASON, TRANSITIONS, ReportPeriod, Status, Timeliness
from lautta.measures.models import MeasureYear

MOST = 4_000


def period_now(year: int, today: dt.date) -> str:
    """The period that a report is most likely about: spring until the end of July of the round's year, else autumn."""
    return ReportPeriod.SPRING if today < dt.date(year, 8, 1) else ReportPeriod.AUTUMN


def moves(measure_year: MeasureYear) -> list[tuple[str, str]]:
    """The status that stands and those it may move to."""
    legal = TRANSITIONS[Status(measure_year.status)] | {measure_year.status}
    return [(value, label) for value, label in Status.choices if value in legal]  # type: ignore[misc]


class StatusForm(forms.Form):
    """What is being done, whether it is on time, and why."""

    status = forms.ChoiceField(
        label=_("Missä mennään?"), widget=forms.RadioSelect(attrs={"class": "choices-chips"})
    )
    timeliness = forms.ChoiceField(
        label=_("Pysytäänkö aikataulussa?"),
        choices=Timeliness.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices-chips"}),
    )
    reason = forms.CharField(
        label=_("Syy"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kerro syy, jos toimenpide on tauolla, peruttu tai myöhässä."),
    )

    def __init__(self, *args, measure_year: MeasureYear, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure_year = measure_year
        self.fields["status"].choices = moves(measure_year)

    def clean(self):
        data = super().clean()
        moved = data.get("status") != self.measure_year.status
        if data.get("status") in NEEDS_REASON and moved and not data.get("reason"):
            self.add_error("reason", _("Kerro lyhyesti syy."))
        return data


class ReportForm(StatusForm):
    """One minute: what was done. The rest may stay as it is."""

    done = forms.CharField(
        label=_("Mitä on tehty?"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 4})
    )
    changed = forms.CharField(
        label=_("Mikä on muuttunut lapsille?"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(
        label=_("Mistä sen tietää?"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Esimerkiksi kävijämäärä, kysely tai se, mitä lapset itse kertoivat. Älä kirjoita nimiä."
        ),
    )
    period = forms.ChoiceField(
        label=_("Kausi"),
        choices=ReportPeriod.choices,
        widget=forms.RadioSelect(attrs={"class": "choices-chips"}),
    )
    field_order = ("done", "status", "timeliness", "reason", "changed", "evidence", "period")


class EvaluationForm(forms.Form):
    """An organisation looks back at its year."""

    succeeded = forms.CharField(
        label=_("Missä onnistuttiin?"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 5})
    )
    difficult = forms.CharField(
        label=_("Mikä oli vaikeaa?"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_year = forms.CharField(
        label=_("Mitä teemme ensi vuonna toisin?"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
