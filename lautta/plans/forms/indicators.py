"""Joint indicators: what is followed, from where to where, and why something is not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.organisations.models import Organisation
from lautta.plans.conflicts import StaleForm
from lautta.plans.forms.base import ActionForm, OrganisationField
from lautta.plans.models import Goal, JointIndicator, Plan

NUMBER = {"inputmode": "decimal"}
YEAR = {"inputmode": "numeric"}


class JointIndicatorForm(ActionForm):
    """`joint` is None for a new one. `offered`: (year, value) of the newest number, the baseline to begin with."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    goal = forms.ModelChoiceField(
        label=_("Mihin tavoitteeseen se liittyy"), queryset=Goal.objects.none(), to_field_name="public_id",
        required=False, empty_label=_("Koko suunnitelmaan"),
    )  # fmt: skip
    owner = OrganisationField(
        label=_("Vastuuorganisaatio"), required=False, empty_label=_("Ei vielä valittu"),
        help_text=_("Kuka saa tiedon, kun luku liikkuu."),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Mihin suuntaan pitäisi mennä"), choices=Indicator.Direction.choices
    )
    baseline_value = forms.FloatField(
        label=_("Lähtötaso"), required=False, localize=True, widget=forms.TextInput(attrs=NUMBER),
        help_text=_("Mistä lähdetään, esimerkiksi 8,5."), error_messages={"invalid": _("Kirjoita luku, esimerkiksi 8,5.")},
    )  # fmt: skip
    baseline_year = forms.IntegerField(
        label=_("Lähtötason vuosi"), required=False, widget=forms.TextInput(attrs=YEAR)
    )
    target_value = forms.FloatField(
        label=_("Tavoitearvo"), required=False, localize=True, widget=forms.TextInput(attrs=NUMBER),
        error_messages={"invalid": _("Kirjoita luku, esimerkiksi 8,5.")},
    )  # fmt: skip
    target_year = forms.IntegerField(
        label=_("Tavoitevuosi"), required=False, widget=forms.TextInput(attrs=YEAR)
    )
    confirmed = forms.BooleanField(
        label=_("Tarkoitan tätä: tavoite saa olla huonompi kuin lähtötaso"), required=False
    )
    role = forms.ChoiceField(label=_("Mittarin laji"), choices=JointIndicator.Role.choices)
    note = forms.CharField(
        label=_("Miksi seuraamme tätä"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data=None,
        *,
        plan: Plan,
        indicator: Indicator,
        joint: JointIndicator | None = None,
        offered: tuple[int, float] | None = None,
        language: str = "fi",
        **kwargs,
    ):
        self.joint, self.language = joint, language
        self.before = joint.note if joint else Translated(source=language)
        names = ("direction", "role", "baseline_value", "baseline_year", "target_value", "target_year")
        if joint is not None:
            kwargs["initial"] = {name: getattr(joint, name) for name in names} | {
                "seen": joint.version, "goal": joint.goal and joint.goal.public_id,
                "owner": joint.owner and joint.owner.public_id, "note": joint.note.in_language(language) or "",
            }  # fmt: skip
        else:
            year, value = offered or (None, None)
            kwargs["initial"] = {
                "direction": indicator.direction, "role": JointIndicator.Role.OUTCOME, "baseline_year": year,
                "baseline_value": value,
            }  # fmt: skip
        super().__init__(data, **kwargs)
        self.fields["goal"].queryset = plan.goals.current().in_order()
        self.fields["owner"].offer(Organisation.objects.of_plan(plan))
        if not (self.is_bound or (joint and joint.target_is_on_wrong_side)):
            self.fields["confirmed"].widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "note")}
        given["note"] = self.before.with_text(self.language, self.cleaned_data["note"])
        if self.joint is not None:
            given["seen"] = self.cleaned_data["seen"] or 0
        return given

    def refuse(self, problem) -> None:
        super().refuse(problem)
        if isinstance(problem, StaleForm):
            self.data = self.data.copy()
            self.data["seen"] = str(problem.version)


class ReasonForm(ActionForm):
    """Why an indicator is not followed."""

    reason = forms.CharField(
        label=_("Miksi mittaria ei seurata?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Kerro, miksi mittaria ei seurata.")},
    )  # fmt: skip

    def __init__(self, data=None, *, before: Translated | None = None, language: str = "fi", **kwargs):
        self.before, self.language = before or Translated(source=language), language
        super().__init__(data, initial={"reason": self.before.in_language(language) or ""}, **kwargs)

    def values(self) -> dict[str, Any]:
        return {"reason": self.before.with_text(self.language, self.cleaned_data["reason"])}
