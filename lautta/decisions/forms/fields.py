"""What the forms of the room share: days typed as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$|^(\d{4})-(\d{2})-(\d{2})$")


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
