"""What every form of the plan's structure shares: it carries out an action and shows its refusal beside
the field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.problems import Refused
from lautta.common.translated import LANGUAGES, Translated
from lautta.organisations.models import Organisation

IN_LANGUAGE = {
    "fi": pgettext_lazy("kielellä", "suomeksi"),
    "sv": pgettext_lazy("kielellä", "ruotsiksi"),
    "en": pgettext_lazy("kielellä", "englanniksi"),
}


class ActionForm(forms.Form):
    """`carry_out` runs an action with the cleaned values; what the action refuses becomes an error of the
    form.
    """

    # Action's name of a field → the form's own, where they differ.
    field_names: dict[str, str] = {}

    def values(self) -> dict[str, Any]:
        """What the action gets; by default the cleaned values as they are."""
        return dict(self.cleaned_data)

    def carry_out(self, action: Callable[..., Any], **given: Any) -> bool:
        """True when the form was valid and the action did its work; its answer is then in `result`."""
        if not self.is_valid():
            return False
        try:
            self.result = action(**{**self.values(), **given})
        except Refused as problem:
            self.refuse(problem)
            return False
        return True

    def refuse(self, problem: Refused) -> None:
        """Show the refusal beside its field, or on top when it belongs to none."""
        name = self.field_names.get(problem.field or "", problem.field)
        self.add_error(name if name in self.fields else None, str(problem.message))


class DayField(forms.DateField):
    """A local date: the browser's own picker, and 24.11.2026 typed by hand."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)


class OrganisationField(forms.ModelChoiceField):
    """One of a plan's organisations, by public id: the database key never leaves the house."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Organisation.objects.none(), to_field_name="public_id", **kwargs)

    def offer(self, organisations) -> None:
        """The queryset to choose from."""
        self.queryset = organisations


class NamesMixin:
    """A short text in three languages at once: fields `<stem>_fi`, `_sv`, `_en`; one is enough."""

    stem = "name"
    stem_label = _("Nimi")
    stem_length = 200

    def add_names(self, value: Translated | None = None) -> None:
        """Add the fields, filled from `value`."""
        self.before = value or Translated()
        for language in LANGUAGES:
            self.fields[f"{self.stem}_{language}"] = forms.CharField(
                label=f"{self.stem_label} {IN_LANGUAGE[language]}",
                max_length=self.stem_length,
                required=False,
                initial=self.before.in_language(language) or "",
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(f"{self.stem}_{language}") for language in LANGUAGES):
            self.add_error(f"{self.stem}_fi", _("Kirjoita nimi ainakin yhdellä kielellä."))
        return cleaned

    def names(self) -> Translated:
        """The text with this form's languages in it; unchanged ones keep their revisions."""
        text = self.before
        for language in sorted(LANGUAGES, key=lambda code: code != text.source):
            text = text.with_text(language, self.cleaned_data[f"{self.stem}_{language}"])
        return text

    def plain_values(self) -> dict[str, Any]:
        """The other cleaned values."""
        mine = {f"{self.stem}_{language}" for language in LANGUAGES}
        return {name: value for name, value in self.cleaned_data.items() if name not in mine}
