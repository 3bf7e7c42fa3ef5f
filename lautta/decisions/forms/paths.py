"""Choosing the bodies on a version's way, and putting one on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.decisions.choices import BodyKind, StationKind
from lautta.decisions.models import Body, BodyMeeting, Station
from lautta.plans.forms.base import ActionForm, DayField

# What a body of each kind is usually asked.
USUALLY = {
    BodyKind.AREA_NETWORK: StationKind.NOTES,
    BodyKind.STEERING_GROUP: StationKind.PREPARES,
    BodyKind.LAPE_GROUP: StationKind.PREPARES,
    BodyKind.COMMITTEE: StationKind.PREPARES,
    BodyKind.BOARD: StationKind.PREPARES,
    BodyKind.ASSOCIATION_BOARD: StationKind.COMMITS,
    BodyKind.MANAGEMENT: StationKind.COMMITS,
}


@dataclass(frozen=True)
class BodyRow:
    """One body with its two fields; `is_on` when it is on the way already."""

    body: Body
    chosen: forms.BoundField
    kind: forms.BoundField
    is_on: bool


class PathForm(ActionForm):
    """Which bodies, and what each is asked."""

    due = DayField(
        label=_("Viimeinen päivä päättää"), required=False,
        help_text=_("Kun päivä on annettu, näet heti, kenen kokous on liian myöhään."),
    )  # fmt: skip

    def __init__(self, data=None, *, bodies: Iterable[Body], on: set[int], **kwargs):
        super().__init__(data, **kwargs)
        self.bodies = list(bodies)
        self.on = on
        for body in self.bodies:
            if body.pk in on:
                continue
            self.fields[f"on_{body.public_id}"] = forms.BooleanField(label=str(body.name), required=False)
            self.fields[f"kind_{body.public_id}"] = forms.ChoiceField(
                label=_("Mitä pyydetään: %(body)s") % {"body": body.name}, choices=StationKind.choices, required=False,
                initial=USUALLY.get(BodyKind(body.kind), StationKind.DECIDES),
            )  # fmt: skip

    def groups(self) -> list[dict[str, Any]]:
        """Rows by organisation: [{"organisation" or None, "rows"}]."""
        made: list[dict[str, Any]] = []
        for body in self.bodies:
            if not made or made[-1]["key"] != body.organisation_id:
                made.append({"key": body.organisation_id, "organisation": body.organisation, "rows": []})
            is_on = body.pk in self.on
            chosen = None if is_on else self[f"on_{body.public_id}"]
            kind = None if is_on else self[f"kind_{body.public_id}"]
            made[-1]["rows"].append(BodyRow(body, chosen, kind, is_on))  # type: ignore[arg-type]
        return made

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self._chosen(data):
            raise forms.ValidationError(_("Valitse ainakin yksi toimielin."))
        return data

    def _chosen(self, data: dict[str, Any]) -> list[tuple[Body, str]]:
        return [
            (body, data.get(f"kind_{body.public_id}") or StationKind.DECIDES)
            for body in self.bodies
            if data.get(f"on_{body.public_id}")
        ]

    def values(self) -> dict[str, Any]:
        return {"bodies": self._chosen(self.cleaned_data), "due": self.cleaned_data["due"]}


class StationForm(ActionForm):
    """The meeting, the last day and the number in the body's register."""

    meeting = forms.ModelChoiceField(
        label=_("Kokous"), queryset=BodyMeeting.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("Seuraava, johon asia ehtii"),
    )  # fmt: skip
    due = DayField(label=_("Viimeinen päivä päättää"), required=False)
    case_number = forms.CharField(
        label=_("Asianumero"), max_length=40, required=False, help_text=_("Esimerkiksi D/123/00.01/2024.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, station: Station, meetings, **kwargs):
        initial = {
            "meeting": station.meeting and station.meeting.public_id, "due": station.due,
            "case_number": station.case_number, "seen": station.row_version,
        }  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        self.fields["meeting"].queryset = meetings

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["row_version"] = values.pop("seen")
        return values
