"""Forms of wellbeing reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.publishing.actions.reports import LONGEST
from lautta.publishing.models import WellbeingReport


class NewReportForm(forms.Form):
    """Whose year, and which."""

    organisation = forms.ChoiceField(label=_("Organisaatio"))
    year = forms.TypedChoiceField(label=_("Vuosi"), coerce=int)

    def __init__(self, data: Any, *, organisations: Iterable[Organisation], years: Iterable[int]):
        self.organisations = {o.public_id: o for o in organisations}
        super().__init__(data)
        self.fields["organisation"].choices = [(k, str(o.name)) for k, o in self.organisations.items()]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(y, str(y)) for y in years]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {
            "organisation": self.organisations[self.cleaned_data["organisation"]],
            "year": self.cleaned_data["year"],
        }


def _area(label, rows: int, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


class ReportForm(forms.Form):
    """The five texts, typed in the language of the page (`language`)."""

    summary = _area(_("Vuosi lyhyesti"), 5, _("Kolme tai neljä virkettä, jotka valtuutettu muistaa."))
    figures = _area(_("Mitä luvut kertovat"), 6)
    done = _area(_("Mitä tehtiin"), 5)
    heard = _area(_("Mitä kuulimme"), 4)
    ahead = _area(_("Mitä seuraavaksi"), 4)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any, *, report: WellbeingReport, language: str):
        self.report, self.language = report, language
        initial: dict[str, Any] = {
            name: getattr(report, name).in_language(language) or "" for name in WellbeingReport.TEXTS
        }
        super().__init__(data, initial={**initial, "version": report.version})

    def values(self) -> dict[str, Any]:
        """`version` and `texts`: the report's texts with those of this language replaced."""
        texts: dict[str, Translated] = {}
        for name in WellbeingReport.TEXTS:
            typed = self.cleaned_data[name].replace("\r\n", "\n")
            texts[name] = getattr(self.report, name).with_text(self.language, typed)
        return {"version": self.cleaned_data["version"], "texts": texts}
