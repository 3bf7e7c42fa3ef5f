"""Marking how an item of the law is covered, and where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.translated import Translated
from lautta.plans.checklist.evidence import Piece
from lautta.plans.forms.base import ActionForm
from lautta.plans.models import Coverage, CoverageMark

KIND_NAMES = {
    "chapter": _("Luvut"),
    "goal": _("Tavoitteet"),
    "indicator": pgettext_lazy("sivun otsikko", "Mittarit"),
    "measure": _("Toimenpiteet"),
}
_HELP = _("Kerro, mitä vielä puuttuu tai mistä kohta löytyy. Teksti näkyy julkisella sivulla.")


class CoverageForm(ActionForm):
    """One item of one organisation or of the whole plan. `after` is the mark that the writer saw."""

    state = forms.ChoiceField(
        label=_("Miten kohta on katettu?"), choices=Coverage.choices, widget=forms.RadioSelect
    )
    links = forms.MultipleChoiceField(
        label=_("Missä kohdasta kerrotaan?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choice-columns"}),
    )
    note = forms.CharField(
        label=_("Selitys"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_HELP
    )  # fmt: skip
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data=None,
        *,
        mark: CoverageMark | None,
        offered: dict[str, list[Piece]],
        language: str,
        **kwargs,
    ):
        self.language = language
        self.before = mark.note if mark else Translated(source=language)
        super().__init__(
            data,
            initial={
                "state": mark.state if mark else None,
                "links": [f"{link['kind']}:{link['id']}" for link in mark.links] if mark else [],
                "note": self.before.in_language(language) or "",
                "after": mark.number if mark else 0,
            },
            **kwargs,
        )
        groups = [
            (str(KIND_NAMES[kind]), [(p.key, f"{p.number} {p.title}".strip()) for p in pieces])
            for kind, pieces in offered.items()
            if pieces
        ]
        self.fields["links"].choices = groups  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        links = [tuple(key.split(":", 1)) for key in cleaned["links"]]
        return {
            "state": cleaned["state"], "links": links, "after": cleaned["after"],
            "note": self.before.with_text(self.language, cleaned["note"]),
        }  # fmt: skip
