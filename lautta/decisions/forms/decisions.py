"""Recording what a body did, correcting it, marking legal force, answering changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import Translated
from lautta.decisions.actions.decisions import Asked, Facts
from lautta.decisions.choices import OUTCOMES_OF, TargetKind
from lautta.decisions.freezing import Document
from lautta.decisions.models import Decision, Station
from lautta.decisions.targets import targets
from lautta.plans.forms.base import ActionForm, DayField
from lautta.plans.forms.languages import TextsMixin, own_language

ROWS, MOST_ROWS = 2, 40


class DecisionForm(TextsMixin, ActionForm):
    """What the minutes say. Changes stand in rows; an empty row is no row, and a button adds more."""

    outcome = forms.ChoiceField(label=_("Mitä toimielin päätti?"), widget=forms.RadioSelect)
    decided_on = DayField(label=_("Päätöspäivä"))
    section = forms.CharField(
        label=_("Pykälä"), max_length=20, required=False, help_text=_("Esimerkiksi § 45.")
    )
    case_number = forms.CharField(label=_("Asianumero"), max_length=40, required=False)
    minutes_url = forms.URLField(
        label=_("Linkki pöytäkirjaan"), max_length=500, required=False, assume_scheme="https"
    )
    legal_force_on = DayField(
        label=_("Lainvoimainen"), required=False, help_text=_("Voit merkitä tämän myöhemminkin.")
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_names = {"amendments": "amendment_0"}

    def __init__(
        self, data=None, *, station: Station, document: Document, decision: Decision | None = None, **kwargs
    ):
        initial = _initial(station, decision)
        super().__init__(data, initial=initial, **kwargs)
        self.fields["outcome"].choices = [(o.value, o.label) for o in OUTCOMES_OF[station.kind]]
        self.add_text(
            "wording", _("Päätös toimielimen sanoin"), rows=4, longest=6_000, value=decision and decision.wording,
            help_text=_("Jos asia palautettiin tai hylättiin, kerro miksi."),
        )  # fmt: skip
        self.add_text(
            "dissent", _("Eriävät mielipiteet"), longest=6_000, value=decision and decision.dissent,
            help_text=_("Ryhmän tai roolin mukaan, ei nimiä."),
        )  # fmt: skip
        self.held = list(decision.amendments.all()) if decision else []
        self.targets = targets(document)
        for n in range(self._row_count(data)):
            self._add_row(n)

    def _row_count(self, data) -> int:
        least = max(ROWS, len(self.held) + 1)
        if data is None:
            return least
        try:
            asked = int(data.get("rows") or 0)
        except ValueError:
            asked = 0
        return min(MOST_ROWS, max(least, asked) + (ROWS if "more" in data else 0))

    def _add_row(self, n: int) -> None:
        held = self.held[n] if n < len(self.held) else None
        self.fields[f"amendment_{n}"] = forms.CharField(
            label=_("Muutos %(n)s") % {"n": n + 1}, required=False, max_length=4_000,
            widget=forms.Textarea(attrs={"rows": 2}), initial=str(held.text) if held else "",
        )  # fmt: skip
        self.fields[f"target_{n}"] = forms.ChoiceField(
            label=_("Mihin kohtaan"), required=False, choices=[(key, label) for key, label in self.targets],
            initial=f"{held.target_kind}:{held.target_id}" if held else f"{TargetKind.WHOLE}:",
        )  # fmt: skip

    @property
    def asks_for_more(self) -> bool:
        return self.is_bound and "more" in self.data

    @property
    def row_count(self) -> int:
        return sum(name.startswith("amendment_") for name in self.fields)

    def amendment_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"amendment_{n}"], self[f"target_{n}"]) for n in range(self.row_count)]

    def facts(self) -> Facts:
        data, language = self.cleaned_data, own_language()
        amendments = []
        for n in range(self.row_count):
            if words := data[f"amendment_{n}"].strip():
                kind, _colon, key = (data[f"target_{n}"] or f"{TargetKind.WHOLE}:").partition(":")
                amendments.append(Asked(Translated.of(words, language=language), kind, key))
        return Facts(
            outcome=data["outcome"], decided_on=data["decided_on"], section=data["section"],
            case_number=data["case_number"], minutes_url=data["minutes_url"],
            wording=self.text("wording"), dissent=self.text("dissent"),
            legal_force_on=data["legal_force_on"], amendments=amendments,
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts()}


def _initial(station: Station, decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {
            "case_number": station.case_number,
            "decided_on": station.meeting.held_on if station.meeting else None,
        }
    return {
        "outcome": decision.outcome, "decided_on": decision.decided_on, "section": decision.section,
        "case_number": decision.case_number, "minutes_url": decision.minutes_url, "legal_force_on": decision.legal_force_on,
    }  # fmt: skip


class CorrectForm(DecisionForm):
    """The same, and why."""

    reason = forms.CharField(label=_("Miksi kirjausta korjataan?"), max_length=300)

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts(), "reason": self.cleaned_data["reason"]}


class ForceForm(ActionForm):
    on = DayField(label=_("Lainvoimainen alkaen"))


class AnswerForm(ActionForm):
    """What becomes of a change that a body asked for."""

    accepted = forms.TypedChoiceField(
        label=_("Otetaanko muutos seuraavaan versioon?"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Otetaan")), ("no", _("Ei oteta"))], widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Vastaus toimielimelle"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mitä muutettiin, tai miksi muutosta ei oteta."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "accepted": data["accepted"],
            "answer": Translated.of(data["answer"].strip(), language=own_language()),
            "row_version": data["seen"],
        }
