"""What the room's forms share: texts in three languages, Finnish first and the others behind a fold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import LANGUAGES, Translated
from lautta.plans.forms.base import IN_LANGUAGE, ActionForm

CHIPS = {"class": "choices-chips"}


def chips(label: Any, choices: Any = (), *, required: bool = True, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        **more,
    )


def radios(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect(attrs=CHIPS), **more)


def line(label: Any, most: int = 200, *, keys: str = "") -> forms.CharField:
    """A line of contact details that may be left out; `keys` is the keyboard that a phone offers for it."""
    widget = forms.TextInput(attrs={"inputmode": keys}) if keys else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class TextsForm(ActionForm):
    """`texts`: {stem: (label, longest, rows)}. The first field of each stem is in the language the text was written in."""

    texts: dict[str, tuple[Any, int, int]] = {}
    # Stems that an entry cannot be without.
    needed: tuple[str, ...] = ()
    # Order of the fields that are seen first; a stem stands for its own field.
    order: tuple[str, ...] = ()
    use_required_attribute = False

    def add_texts(self, **standing: Translated) -> None:
        """Add the fields of every stem, filled from what stands."""
        self.before = {stem: standing.get(stem) or Translated() for stem in self.texts}
        self.main_language = next((t.source for t in self.before.values() if t), (get_language() or "fi")[:2])
        self.later: list[str] = []
        for stem, (label, most, rows) in self.texts.items():
            for language in sorted(LANGUAGES, key=lambda code: code != self.main_language):
                name = stem if language == self.main_language else f"{stem}_{language}"
                widget = (
                    forms.Textarea(attrs={"rows": rows, "lang": language})
                    if rows
                    else forms.TextInput(attrs={"lang": language})
                )
                shown = label if name == stem else f"{label} {IN_LANGUAGE[language]}"
                self.fields[name] = forms.CharField(
                    label=shown, max_length=most, required=name in self.needed, widget=widget,
                    error_messages={"required": _("Tämä tieto tarvitaan.")},
                    initial=self.before[stem].in_language(language) or "",
                )  # fmt: skip
                if name != stem:
                    self.later.append(name)

    def text(self, stem: str) -> Translated:
        """The text with this form's languages in it; unchanged ones keep their revisions."""
        found = self.before[stem]
        if not found:
            found = Translated(self.main_language)
        for language in sorted(LANGUAGES, key=lambda code: code != self.main_language):
            name = stem if language == self.main_language else f"{stem}_{language}"
            typed = self.cleaned_data.get(name, "")
            if typed != (found.in_language(language) or ""):
                found = found.with_text(language, typed)
        return found

    def main_fields(self) -> list[forms.BoundField]:
        names = self.order or [n for n in self.fields if n not in self.later]
        return [self[n] for n in names if n in self.fields and not self[n].is_hidden]

    def later_fields(self) -> list[forms.BoundField]:
        shown = {f.name for f in self.main_fields()}
        return [self[n] for n in self.fields if n not in shown and not self[n].is_hidden]

    @property
    def has_trouble_later(self) -> bool:
        return any(f.errors for f in self.later_fields())
