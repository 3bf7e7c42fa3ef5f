"""Stopping, going on, publishing, translating."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.assessments import actions, texts
from lautta.assessments.forms.base import StepForm, area
from lautta.assessments.models import Assessment
from lautta.common.actors import Actor


class MoveForm(forms.Form):
    """A reason where the move asks for one."""

    use_required_attribute = False

    def __init__(self, *args: Any, needs_reason: bool, standing: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"] = area(_("Syy"), rows=3, most=2_000, required=True, initial=standing)


class PublishForm(forms.Form):
    checked = forms.BooleanField(label=_("Tarkistin: tekstistä ei tunnista ketään."), required=False)


class UnpublishForm(forms.Form):
    use_required_attribute = False
    reason = area(_("Syy"), rows=2, most=300, required=True, help_text=_("Syy jää muutoslokiin."))


class TranslationForm(StepForm):
    """Every text that has words, with its source above; what is left empty stays untranslated."""

    def __init__(self, *args: Any, assessment: Assessment, target: str, **kwargs: Any):
        super().__init__(*args, assessment=assessment, **kwargs)
        self.target = target
        self.names = {}
        for place in texts.places(assessment):
            if not place.text or place.text.source == target:
                continue
            long = len(place.text.in_language(place.text.source) or "") > 80
            field = forms.CharField(
                label=place.label, required=False, initial=place.text.in_language(target) or "",
                widget=forms.Textarea(attrs={"rows": 3 if long else 1, "lang": target}),
            )  # fmt: skip
            field.source = place.text
            field.is_stale = place.text.is_stale(target)
            name = place.key.replace(":", "-")
            self.names[name], self.fields[name] = place.key, field

    def standing(self) -> dict[str, Any]:
        return {}

    def save(self, by: Actor) -> Assessment:
        given = {key: self.cleaned_data[name] for name, key in self.names.items()}
        return actions.translate(
            by=by,
            assessment=self.assessment,
            version=self.cleaned_data["version"],
            language=self.target,
            texts=given,
        )
