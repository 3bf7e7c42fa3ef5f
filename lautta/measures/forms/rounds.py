"""Rounds: dates and texts, the emphases of an organisation, and what is carried over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import Translated
from lautta.measures.checks import FIRST_YEAR, LAST_YEAR, MOST_TEXT
from lautta.measures.forms.fields import DayField
from lautta.measures.models import MeasureYear, Round


class RoundForm(forms.Form):
    """Texts are typed in the language of the page (`language`)."""

    year = forms.IntegerField(label=_("Vuosi"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    opens_on = DayField(label=_("Avautuu"), required=False)
    deadline = DayField(
        label=_("Toimenpiteiden määräaika"),
        help_text=_("Viimeinen päivä, jona organisaatiot antavat toimenpiteensä."),
    )
    evaluation_deadline = DayField(
        label=_("Arvioinnin määräaika"),
        required=False,
        help_text=_("Viimeinen päivä, jona organisaatiot arvioivat vuotensa."),
    )
    emphases = forms.CharField(
        label=_("Vuoden yhteiset painotukset"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    guidance = forms.CharField(
        label=_("Ohje organisaatioille"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args, round: Round | None = None, language: str = "fi", **kwargs):
        self.round, self.language = round, language
        super().__init__(*args, **kwargs)
        if round:
            del self.fields["year"]

    def values(self) -> dict[str, Any]:
        """What the action takes; texts joined to their other languages."""
        data = {n: v for n, v in self.cleaned_data.items() if n != "version"}
        for name in ("emphases", "guidance"):
            before = getattr(self.round, name) if self.round else Translated(source=self.language)
            data[name] = before.with_text(self.language, data[name]) if data[name] or before else before
        return data

    def clean(self):
        data = super().clean()
        if data.get("opens_on") and data.get("deadline") and data["deadline"] < data["opens_on"]:
            self.add_error("deadline", _("Määräaika ei voi olla ennen avaamista."))
        if (
            data.get("evaluation_deadline")
            and data.get("deadline")
            and data["evaluation_deadline"] < data["deadline"]
        ):
            self.add_error(
                "evaluation_deadline", _("Arvioinnin määräaika ei voi olla ennen toimenpiteiden määräaikaa.")
            )
        return data


def round_initial(round: Round, language: str) -> dict[str, Any]:
    return {
        "opens_on": round.opens_on,
        "deadline": round.deadline,
        "evaluation_deadline": round.evaluation_deadline,
        "emphases": round.emphases.in_language(language) or "",
        "guidance": round.guidance.in_language(language) or "",
        "version": round.version,
    }


def next_round_initial(last: Round | None, today: dt.date, language: str) -> dict[str, Any]:
    """A new round prefilled from the last one, a year on."""
    if last is None:
        return {"year": today.year + 1}
    later = {n: _a_year_on(getattr(last, n)) for n in ("opens_on", "deadline", "evaluation_deadline")}
    texts = {n: getattr(last, n).shown(language).text for n in ("emphases", "guidance")}
    return {"year": last.year + 1, **later, **texts}


def _a_year_on(day: dt.date | None) -> dt.date | None:
    if day is None:
        return None
    last_of_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28) if last_of_february else day.replace(year=day.year + 1)


class ReasonForm(forms.Form):
    """Why: reopening a round, taking a measure back, ending it."""

    reason = forms.CharField(label=_("Syy"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(ReasonForm):
    ended_on = DayField(label=_("Viimeinen päivä"))
    field_order = ("ended_on", "reason")


class EmphasisForm(forms.Form):
    text = forms.CharField(
        label=_("Painotuksemme tänä vuonna"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mitä teidän organisaationne nostaa tänä vuonna esiin lasten ja nuorten hyväksi?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CarryOverForm(forms.Form):
    """Last year's measures, all ticked that can go on."""

    measures = forms.MultipleChoiceField(
        label=_("Siirrettävät toimenpiteet"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse ainakin yksi toimenpide.")},
    )

    def __init__(self, *args, candidates: list[MeasureYear], **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {m.measure.public_id: m for m in candidates}
        self.fields["measures"].choices = [(key, str(m.title)) for key, m in self.by_id.items()]

    def chosen(self) -> list[MeasureYear]:
        return [self.by_id[key] for key in self.cleaned_data["measures"]]
