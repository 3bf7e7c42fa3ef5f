"""The two light steps: the memo slip of six fields, and the screening of ten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.assessments import actions
from lautta.assessments.choices import Directness, Duration, Need, Reach, State
from lautta.assessments.dimensions import asked, in_order
from lautta.assessments.forms.base import StepForm, area, chips, radios
from lautta.assessments.models import Assessment
from lautta.common.actors import Actor
from lautta.measures.checks import MOST_TITLE
from lautta.measures.choices import VulnerableGroup
from lautta.measures.forms.fields import DayField
from lautta.plans.choices import TargetGroup


class MemoFields(forms.Form):
    """What is decided, who decides, when, whom it touches, the first estimate: five of the slip's six."""

    title = forms.CharField(
        label=_("Mitä päätetään?"),
        max_length=MOST_TITLE,
        help_text=_("Esimerkiksi: Lähikirjaston aukioloajat vuonna 2025."),
    )
    decider = forms.CharField(
        label=_("Kuka päättää?"), max_length=MOST_TITLE, help_text=_("Esimerkiksi: hyvinvointilautakunta.")
    )
    decision_day = DayField(label=_("Milloin?"), required=False)
    target_groups = chips(
        _("Keitä päätös koskee?"), TargetGroup.choices, required=True,
        error_messages={"required": _("Valitse, keitä päätös koskee.")},
    )  # fmt: skip
    first_estimate = area(
        _("Ensiarvio yhdellä lauseella"), rows=2, most=1_000, required=True,
        help_text=_("Mitä lapsen tai nuoren arjessa muuttuu – tai miksi mikään ei muutu?"),
    )  # fmt: skip


class NewMemoForm(MemoFields):
    """The slip: six fields. Who prepares follows from the address, so that nobody has to fill it in."""

    need = radios(
        _("Tarvitaanko arviointi?"), Need.choices, required=True,
        error_messages={"required": _("Valitse kumpi.")},
    )  # fmt: skip
    use_required_attribute = False


class MemoForm(MemoFields, StepForm):
    step = "memo"


class ScreeningForm(StepForm):
    """Ten fields. `result`: what comes of it; empty saves and leaves it for later."""

    step = "screening"
    change = area(_("Mitä lapsen tai nuoren arjessa muuttuisi?"))
    dimensions = chips(_("Mihin elämänalueisiin päätös voi vaikuttaa?"), ())
    directness = radios(_("Vaikuttaako päätös suoraan vai välillisesti?"), Directness.choices)
    reach = radios(_("Kuinka moneen lapseen tai nuoreen?"), Reach.choices)
    duration = radios(_("Kuinka kauan?"), Duration.choices)
    vulnerable_groups = chips(
        _("Kenelle tämä voi olla muita raskaampaa?"), VulnerableGroup.choices,
        help_text=_("Voit jättää tyhjäksi."),
    )  # fmt: skip
    transition = forms.BooleanField(
        label=_("Koskee myös 18 täyttäneitä, jotka ovat siirtymässä aikuisuuteen"), required=False
    )
    known = area(_("Mitä lapsilta on jo kuultu, ja mitä muuten tiedetään?"))
    result = radios(_("Mitä seulonnasta seuraa?"), ())
    stop_reason = area(
        _("Miksi tarkempaa arviointia ei tarvita?"), rows=2,
        help_text=_("Vain jos seulonta riittää. Perustelu julkaistaan."),
    )  # fmt: skip

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any):
        super().__init__(*args, assessment=assessment, **kwargs)
        offered = {d.code: d for d in [*asked(), *in_order(assessment.dimensions)]}
        self.fields["dimensions"].choices = [(code, str(d.title)) for code, d in offered.items()]
        if assessment.state == State.SCREENING:
            self.fields["result"].choices = [
                ("", _("Tallenna, päätän myöhemmin")),
                (State.ASSESSING.value, _("Tehdään arviointi")),
                (State.SCREENED.value, _("Seulonta riittää")),
            ]
        else:
            del self.fields["result"], self.fields["stop_reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        result = data.get("result")
        if result == State.SCREENED and not data.get("stop_reason"):
            self.add_error("stop_reason", _("Kerro, miksi seulonta riittää."))
        if result == State.ASSESSING and not data.get("change"):
            self.add_error("change", _("Kerro, mitä lapsen arjessa muuttuisi."))
        if result == State.ASSESSING and not data.get("dimensions"):
            self.add_error("dimensions", _("Valitse, mihin elämänalueisiin päätös voi vaikuttaa."))
        return data

    def save(self, by: Actor) -> Assessment:
        saved = super().save(by)
        if result := self.cleaned_data.get("result"):
            saved = actions.move(by=by, assessment=saved, state=result)
        return saved
