"""The steps of the assessment proper that are columns, and its background."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lautta.assessments import actions, picking
from lautta.assessments.choices import Extent, OtherAssessment
from lautta.assessments.dimensions import CONVENTION, articles_of
from lautta.assessments.forms.base import StepForm, area, chips
from lautta.assessments.models import Assessment
from lautta.common.actors import Actor
from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.measures.forms.fields import DayField
from lautta.plans.figures.numbers import value_words
from lautta.plans.frameworks import frameworks


class ExtentForm(StepForm):
    step = "extent"
    extent = forms.ChoiceField(
        label=_("Kuinka laajasti arvioidaan?"),
        choices=Extent.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    preparer_title = forms.CharField(
        label=_("Kuka valmistelee?"), max_length=160, required=False,
        help_text=_("Tehtävänimike, ei nimeä. Esimerkiksi: nuorisopalvelujen päällikkö."),
    )  # fmt: skip
    starts_on = DayField(label=_("Milloin alkaa?"), required=False)
    due_on = DayField(
        label=_("Milloin pitää olla valmis?"), required=False, help_text=_("Tästä päivästä tulee tehtävä.")
    )
    hearing_plan = area(_("Keitä kuullaan ja miten?"))
    combined_with = chips(_("Tehdäänkö samalla muita arviointeja?"), OtherAssessment.choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("due_on") and data["due_on"] < data["starts_on"]:
            self.add_error("due_on", _("Arviointi ei voi valmistua ennen kuin se alkaa."))
        return data


class ConflictsForm(StepForm):
    step = "conflicts"
    conflicts = area(
        _("Missä edut ovat ristiriidassa?"), rows=4,
        help_text=_("Esimerkiksi eri-ikäisten, eri alueiden tai lasten ja talouden välillä."),
    )  # fmt: skip
    mitigation = area(_("Miten haittoja lievennetään?"), rows=4)


def _alternatives(assessment: Assessment, nobody: Any) -> list[tuple[str, Any]]:
    return [("", nobody), *((a.public_id, str(a)) for a in assessment.alternatives.in_order())]


class ChoosingForm(StepForm):
    """A step with an alternative to choose: `chooser` is its column."""

    chooser = ""
    nobody: Any = _("Ei valittu")

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any):
        super().__init__(*args, assessment=assessment, **kwargs)
        self.fields[self.chooser].choices = _alternatives(assessment, self.nobody)

    def standing(self) -> dict[str, Any]:
        chosen = getattr(self.assessment, self.chooser)
        return {**super().standing(), self.chooser: chosen.public_id if chosen else ""}

    def values(self) -> dict[str, Any]:
        key = self.cleaned_data[self.chooser]
        return {
            **super().values(),
            self.chooser: self.assessment.alternatives.filter(public_id=key).first() if key else None,
        }


class ReasoningForm(ChoosingForm):
    step, chooser = "reasoning", "proposed"
    best_interests = area(
        _("Mikä on lapsen etu tässä?"), rows=5,
        help_text=_("Punnitse vertailu, lasten mielipiteet ja eri lapsiryhmien tilanne yhdessä."),
    )  # fmt: skip
    proposed = forms.ChoiceField(
        label=_("Mitä vaihtoehtoa ehdotetaan?"), required=False, widget=forms.RadioSelect
    )
    proposal = area(
        _("Miksi juuri sitä?"), rows=4,
        help_text=_("Jos ehdotus ei ole lapsille paras, kerro, mikä painoi enemmän."),
    )  # fmt: skip


class DecisionForm(ChoosingForm):
    step, chooser = "decision", "decided"
    nobody = _("Muu ratkaisu")
    decided_on = DayField(label=_("Milloin päätettiin?"), required=False)
    decided = forms.ChoiceField(
        label=_("Mikä vaihtoehto valittiin?"), required=False, widget=forms.RadioSelect
    )
    decision = area(_("Mitä päätettiin, ja miten arviointi näkyi päätöksessä?"), rows=4)
    case_number = forms.CharField(label=_("Asianumero tai pykälä"), max_length=80, required=False)


class SummaryForm(StepForm):
    step = "summary"
    child_summary = area(
        _("Tiivistelmä lapsille ja nuorille"), rows=7, most=2_000,
        help_text=_("Lyhyitä lauseita, tuttuja sanoja. Mitä päätetään? Mitä lapset sanoivat? Mitä siitä seurasi?"),
    )  # fmt: skip


class BackgroundForm(StepForm):
    """Numbers and voices are ticked from lists; the number that was newest then stays."""

    step = "background"
    background = area(_("Mitä lasten tilanteesta tiedetään?"), rows=5)

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any):
        super().__init__(*args, assessment=assessment, **kwargs)
        self.links = {link.indicator_id: link for link in assessment.indicator_links.all()}
        self.offered = {i.public_id: i for i in picking.indicators_to_pick(assessment)}
        fresh = picking.snapshots(assessment.plan, assessment.organisation, list(self.offered.values()))
        self.numbers = {i.public_id: fresh[i.pk] for i in self.offered.values()}
        for key, indicator in self.offered.items():
            link = self.links.get(indicator.pk)
            self.fields[f"use_{key}"] = forms.BooleanField(
                label=str(indicator.title), required=False, initial=link is not None
            )
            note = link.note if link else Translated()
            self.fields[f"note_{key}"] = forms.CharField(
                label=_("Mitä tämä kertoo tässä asiassa?"), max_length=600, required=False,
                initial=note.in_language(note.source) or "", widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            if link is not None:
                self.fields[f"refresh_{key}"] = forms.BooleanField(
                    label=_("Päivitä luku uusimpaan"), required=False
                )
        self.voices = {v.public_id: v for v in picking.voices_to_pick(assessment)}
        self.fields["voices"] = forms.MultipleChoiceField(
            label=_("Äänet"), required=False,
            choices=[(key, _said(v)) for key, v in self.voices.items()],
            initial=list(assessment.voice_links.values_list("voice__public_id", flat=True)),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        given = {i.code for i in articles_of(assessment.dimensions)}
        self.fields["articles"] = forms.MultipleChoiceField(
            label=_("Muut lapsen oikeuksien sopimuksen artiklat"), required=False, initial=assessment.articles,
            choices=[(i.code, f"{i.code} {i.title}") for i in frameworks()[CONVENTION].items if i.code not in given],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def picks(self) -> list[dict[str, Any]]:
        """For the template: each indicator with its fields and the number that would stand, or stands, in the assessment."""
        return [self._pick(key, indicator) for key, indicator in self.offered.items()]

    def _pick(self, key: str, indicator: Indicator) -> dict[str, Any]:
        link, newest = self.links.get(indicator.pk), self.numbers[key]
        stands = {n: getattr(link, n) for n in ("value", "year", "area_name")} if link else newest
        return {
            "use": self[f"use_{key}"], "note": self[f"note_{key}"], "words": number_words(indicator, **_of(stands)),
            "has_newer": link is not None and link.vintage_number != newest["vintage_number"],
            "refresh": self[f"refresh_{key}"] if f"refresh_{key}" in self.fields else None,
        }  # fmt: skip

    def save(self, by: Actor) -> Assessment:
        data = self.cleaned_data
        picked = [
            actions.IndicatorPick(
                indicator, self._note(key, indicator.pk), refresh=bool(data.get(f"refresh_{key}"))
            )
            for key, indicator in self.offered.items()
            if data[f"use_{key}"]
        ]
        return actions.set_background(
            by=by, assessment=self.assessment, version=data["version"],
            background=self.written(self.assessment.background, data["background"]), articles=data["articles"],
            indicators=picked, voices=[self.voices[key] for key in data["voices"]],
        )  # fmt: skip

    def _note(self, key: str, indicator: int) -> Translated:
        link = self.links.get(indicator)
        return self.written(
            link.note if link else Translated(self.language), self.cleaned_data[f"note_{key}"]
        )


def _of(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: columns[name] for name in ("value", "year", "area_name")}


def number_words(indicator: Indicator, *, value: float | None, year: int | None, area_name: str) -> str:
    """ "8,4 %, Kotka 2023", or that there is none."""
    if value is None:
        return _now("Lukua ei ole tältä alueelta")
    return f"{value_words(value, indicator)}, {area_name} {year}"


def _said(voice: Any) -> str:
    return f"”{voice.text}” – {voice.get_speaker_role_display()}"
