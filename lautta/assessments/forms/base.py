"""What the forms of the steps share: they show what stands, in the language it was written in, and carry out their action."""

from __future__ import annotations

from typing import Any

from django import forms

from lautta.assessments import actions
from lautta.assessments.models import Assessment
from lautta.common.actors import Actor
from lautta.common.translated import Translated

CHIPS = {"class": "choices-chips"}
MOST = 4_000


def area(
    label: Any, *, rows: int = 3, most: int = MOST, required: bool = False, **more: Any
) -> forms.CharField:
    """A text of some sentences."""
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def chips(label: Any, choices: Any, *, required: bool = False, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
        **more,
    )


def radios(label: Any, choices: Any, *, required: bool = False, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=forms.RadioSelect(attrs=CHIPS), **more
    )


def source_words(text: Translated) -> str:
    return text.in_language(text.source) or ""


class StepForm(forms.Form):
    """One step, saved by itself. Texts are in the language in which the assessment was begun."""

    step = ""
    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any):
        self.assessment = assessment
        kwargs["initial"] = {**self.standing(), "version": assessment.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def language(self) -> str:
        return self.assessment.title.source

    def standing(self) -> dict[str, Any]:
        """What stands now, as initial values."""
        found = {}
        for name in self.base_fields:
            value = getattr(self.assessment, name, None)
            found[name] = source_words(value) if isinstance(value, Translated) else value
        return found

    def written(self, before: Translated, words: str) -> Translated:
        """The text with these words in its own language."""
        return before.with_text(before.source if before else self.language, words)

    def values(self) -> dict[str, Any]:
        """Columns for the action."""
        made = {}
        for name, value in self.cleaned_data.items():
            if name == "version" or not hasattr(Assessment, name):
                continue
            before = getattr(self.assessment, name)
            made[name] = self.written(before, value) if isinstance(before, Translated) else value
        return made

    def save(self, by: Actor) -> Assessment:
        return actions.save_step(
            by=by, assessment=self.assessment, version=self.cleaned_data["version"], step=self.step,
            values=self.values(),
        )  # fmt: skip


class RowsForm(StepForm):
    """Rows that stand, and empty ones for new: a row left empty is no row, one marked for removal goes.

    Fields are `<name>_<key>`, where the key is a row's public id, or new1, new2. Works without a script: saving gives the next
    empty row.
    """

    blank_rows = 1
    removable = True

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any):
        super().__init__(*args, assessment=assessment, **kwargs)
        self.rows_of = {row.public_id: row for row in self.stored()}
        for row in self.rows_of.values():
            self._add(row.public_id, row)
        for n in range(self.blanks()):
            self._add(f"new{n + 1}", None)

    def stored(self) -> list[Any]:
        raise NotImplementedError

    def row_fields(self, row: Any) -> dict[str, forms.Field]:
        raise NotImplementedError

    def name_of(self, row: Any) -> str:
        raise NotImplementedError

    def blanks(self) -> int:
        return self.blank_rows

    def may_remove(self, row: Any) -> bool:
        return self.removable

    def _add(self, key: str, row: Any) -> None:
        for name, field in self.row_fields(row).items():
            if row is not None:
                value = getattr(row, name)
                field.initial = source_words(value) if isinstance(value, Translated) else value
            self.fields[f"{name}_{key}"] = field

    def keys(self) -> list[str]:
        return [*self.rows_of, *(f"new{n + 1}" for n in range(self.blanks()))]

    def groups(self) -> list[dict[str, Any]]:
        """For the template: each row with its fields."""
        return [
            {
                "key": key,
                "row": (row := self.rows_of.get(key)),
                "name": self.name_of(row),
                "fields": [self[f"{name}_{key}"] for name in self.row_fields(row)],
                "may_remove": row is not None and self.may_remove(row),
                "removed": self._removed(key),
                "has_errors": any(self[f"{name}_{key}"].errors for name in self.row_fields(row)),
            }
            for key in self.keys()
        ]

    def _removed(self, key: str) -> bool:
        row = self.rows_of.get(key)
        return self.is_bound and row is not None and self.may_remove(row) and f"remove_{key}" in self.data

    def _empty(self, key: str) -> bool:
        names = [f"{name}_{key}" for name in self.row_fields(None)]
        return key not in self.rows_of and not any(v.strip() for n in names for v in self.data.getlist(n))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.kept = []
        for key in self.keys():
            if self._removed(key) or self._empty(key):
                for name in self.row_fields(None):
                    self.errors.pop(f"{name}_{key}", None)
            else:
                self.kept.append(key)
        return data

    def text(self, key: str, name: str) -> Translated:
        """A row's text with the typed words in it."""
        row = self.rows_of.get(key)
        before = getattr(row, name) if row is not None else Translated(self.language)
        return self.written(before, self.cleaned_data.get(f"{name}_{key}") or "")

    def public_id(self, key: str) -> str:
        return key if key in self.rows_of else ""
