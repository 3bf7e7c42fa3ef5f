"""What the forms of the room share: a text in three languages, and days typed as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import LANGUAGES, Translated
from lautta.plans.forms.base import IN_LANGUAGE

_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$|^(\d{4})-(\d{2})-(\d{2})$")


def own_language() -> str:
    """The language of the page: what is written here is in it first."""
    code = (get_language() or "fi")[:2]
    return code if code in LANGUAGES else "fi"


class InLanguages:
    """Long texts in three languages: `<stem>` in the page's own language first, `<stem>_<code>` in the others."""

    def add_text(
        self, stem: str, label, *, required: bool = False, rows: int = 4, help_text="", longest: int = 4_000
    ) -> None:
        """Add the field in the page's language, and one for each other."""
        own = own_language()
        self.stems = [*getattr(self, "stems", []), stem]
        self.fields[stem] = forms.CharField(
            label=label, required=required, max_length=longest, help_text=help_text,
            widget=forms.Textarea(attrs={"rows": rows, "lang": own}),
        )  # fmt: skip
        for code in LANGUAGES:
            if code != own:
                self.fields[f"{stem}_{code}"] = forms.CharField(
                    label=f"{label} {IN_LANGUAGE[code]}", required=False, max_length=longest,
                    widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
                )  # fmt: skip

    def text(self, stem: str) -> Translated:
        """The text as written; the page's language is the source."""
        own = own_language()
        made = Translated.of(self.cleaned_data[stem].strip(), language=own)
        for code in LANGUAGES:
            if code != own and (words := self.cleaned_data[f"{stem}_{code}"].strip()):
                made = made.with_text(code, words)
        return made

    def in_own_language(self) -> list[forms.BoundField]:
        return [self[stem] for stem in self.stems]

    def in_other_languages(self) -> list[forms.BoundField]:
        own = own_language()
        return [self[f"{stem}_{code}"] for stem in self.stems for code in LANGUAGES if code != own]

    @property
    def has_trouble_in_other_languages(self) -> bool:
        return any(field.errors for field in self.in_other_languages())


class DaysField(forms.CharField):
    """Days, one on a line or parted by commas: 24.11.2026 or 2026-11-24. Every line that is no day is named."""

    widget = forms.Textarea(attrs={"rows": 6, "inputmode": "numeric"})

    def clean(self, value) -> list[dt.date]:
        text = super().clean(value)
        days, wrong = [], []
        for part in re.split(r"[\n,;]+", text):
            part = part.strip().rstrip(".") if part.strip().count(".") == 3 else part.strip()
            if not part:
                continue
            if (day := read_day(part)) is None:
                wrong.append(part[:40])
            else:
                days.append(day)
        if wrong:
            raise forms.ValidationError(
                _("Näitä ei voi lukea päivinä: %(lines)s. Kirjoita esimerkiksi 24.11.2026."),
                params={"lines": ", ".join(wrong[:8])},
            )
        if not days and self.required:
            raise forms.ValidationError(_("Kirjoita ainakin yksi päivä."))
        return days


def read_day(text: str) -> dt.date | None:
    """24.11.2026 or 2026-11-24; None for anything else."""
    match = _DAY.match(text.strip())
    if match is None:
        return None
    try:
        if match[1]:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        return dt.date(int(match[4]), int(match[5]), int(match[6]))
    except ValueError:
        return None


def choices_of(rows: Iterable[tuple[str, str]], empty) -> list[tuple[str, str]]:
    return [("", empty), *rows]
