"""The questions of a merge as a form: a choice for every conflict, and a place to write by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.plans.actions.chapters import MAX_BODY, MAX_PLAIN, MAX_TITLE
from lautta.plans.chapters.merge import Choice
from lautta.plans.presenters.chapter_merge import Merge

_CHOICES = [
    (Choice.THEIRS, pgettext_lazy("yhdistäminen", "Toisen teksti")),
    (Choice.MINE, pgettext_lazy("yhdistäminen", "Minun tekstini")),
    (Choice.BOTH, pgettext_lazy("yhdistäminen", "Molemmat peräkkäin")),
    (Choice.HAND, pgettext_lazy("yhdistäminen", "Kirjoitan sen itse")),
]


class MergeForm(forms.Form):
    """Carries the writer's own text along, so that nothing depends on the draft being there."""

    mine_title = forms.CharField(max_length=MAX_TITLE, required=False, widget=forms.HiddenInput)
    mine_body = forms.CharField(max_length=MAX_BODY, required=False, widget=forms.HiddenInput)
    mine_plain = forms.CharField(max_length=MAX_PLAIN, required=False, strip=False, widget=forms.HiddenInput)
    based_on = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
    latest = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)
    made_from = forms.IntegerField(min_value=0, max_value=10**6, required=False, widget=forms.HiddenInput)


class ChoicesForm(forms.Form):
    """`choice-<part>-<n>` and `hand-<part>-<n>` of every conflict of a merge."""

    def __init__(self, *args, merge: Merge, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        for question in merge.questions():
            self.fields[f"choice-{question.key}"] = forms.ChoiceField(
                label=question.label,
                choices=_CHOICES
                if question.part != "title"
                else [c for c in _CHOICES if c[0] is not Choice.BOTH],
                initial=Choice.BOTH if question.hunk.is_insertion else None,
                widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
                error_messages={"required": _("Valitse, mikä teksti tähän jää.")},
            )
            self.fields[f"hand-{question.key}"] = forms.CharField(
                label=_("Oma muotoilu"),
                required=False,
                strip=False,
                initial=question.by_hand,
                widget=forms.TextInput(attrs={"lang": language})
                if question.part == "title"
                else forms.Textarea(attrs={"lang": language, "rows": 4}),
            )

    def answers(self) -> dict[str, tuple[Choice, str]]:
        """{key of the question: (choice, text written by hand)}."""
        keys = [name.removeprefix("choice-") for name in self.fields if name.startswith("choice-")]
        return {k: (Choice(self.cleaned_data[f"choice-{k}"]), self.cleaned_data[f"hand-{k}"]) for k in keys}
