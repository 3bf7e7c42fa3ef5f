"""Texts of a form in three languages: the page's own language first, the others as translations of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language

from lautta.common.translated import LANGUAGES, Translated
from lautta.plans.forms.base import IN_LANGUAGE


def own_language() -> str:
    """The language of the page: what is written here is in it first."""
    code = (get_language() or "fi")[:2]
    return code if code in LANGUAGES else "fi"


class TextsMixin:
    """`add_text(stem, …)` adds the field `<stem>` in the text's source language (of a new text the page's own), and
    `<stem>_<code>` for each other language.
    """

    def add_text(
        self,
        stem: str,
        label,
        *,
        value: Translated | None = None,
        required: bool = False,
        rows: int = 3,
        help_text="",
        longest: int = 4_000,
        line: bool = False,
        error: object = None,
    ) -> None:
        """`line`: one line and not an area. `error`: what is said when a required text is missing."""
        value = value or Translated(own_language())
        self._texts: dict[str, Translated] = {**getattr(self, "_texts", {}), stem: value}
        widget = forms.TextInput if line else forms.Textarea
        size = {} if line else {"rows": rows}
        messages = {"required": error} if error else None
        for code in (value.source, *(c for c in LANGUAGES if c != value.source)):
            first = code == value.source
            self.fields[stem if first else f"{stem}_{code}"] = forms.CharField(
                label=label if first else f"{label} {IN_LANGUAGE[code]}",
                required=required and first,
                max_length=longest,
                help_text=help_text if first else "",
                initial=value.in_language(code) or "",
                widget=widget(attrs={"lang": code, **size}),
                error_messages=messages if first else None,
            )

    def text(self, stem: str) -> Translated:
        """The text as written now; what did not change keeps its revision."""
        made = self._texts[stem]
        if self.cleaned_data[stem] != (made.in_language(made.source) or ""):
            made = made.with_text(made.source, self.cleaned_data[stem])
        for code in LANGUAGES:
            words = self.cleaned_data.get(f"{stem}_{code}", "") if code != made.source else ""
            if code != made.source and words != (made.in_language(code) or ""):
                made = made.with_text(code, words)
        return made

    def in_source(self, *stems: str) -> list[forms.BoundField]:
        return [self[stem] for stem in stems or self._texts]

    def in_other_languages(self) -> list[forms.BoundField]:
        return [
            self[f"{stem}_{code}"]
            for stem, value in self._texts.items()
            for code in LANGUAGES
            if code != value.source
        ]

    @property
    def has_trouble_in_other_languages(self) -> bool:
        return any(field.errors for field in self.in_other_languages())
