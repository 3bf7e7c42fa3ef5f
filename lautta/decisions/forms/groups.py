"""Seats, items of an agenda, minutes and follow-ups of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.translated import LANGUAGES
from lautta.decisions.actions.minutes import Entry
from lautta.decisions.agenda import Point
from lautta.decisions.forms.matters import LONGEST, long_text, written
from lautta.decisions.models import AgendaItem, MemberRole
from lautta.organisations.models import Membership, Organisation
from lautta.plans.forms.base import ActionForm, DayField, OrganisationField
from lautta.plans.forms.languages import TextsMixin, own_language
from lautta.plans.models import Plan


class MemberForm(ActionForm):
    """A seat; the person of the installation is optional."""

    role = forms.ChoiceField(
        label=_("Tehtävä ryhmässä"), choices=MemberRole.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Ketä jäsen edustaa?"), max_length=160, help_text=_("Esimerkiksi: varhaiskasvatuksen edustaja. Älä kirjoita nimeä.")
    )  # fmt: skip
    organisation = OrganisationField(
        label=_("Organisaatio"), required=False, empty_label=_("Ei organisaatiota")
    )
    membership = forms.ModelChoiceField(
        label=_("Henkilö Lautassa"), queryset=Membership.objects.none(), to_field_name="public_id", required=False,
        empty_label=pgettext_lazy("henkilö", "Ei valittu"),
        help_text=_("Puheenjohtaja ja sihteeri voivat käsitellä ryhmän asioita, kun heidät on valittu tästä."),
    )  # fmt: skip

    def __init__(self, data=None, *, plan: Plan, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["organisation"].offer(Organisation.objects.of_plan(plan))
        people = Membership.objects.filter(
            ended_on__isnull=True, roles__plan=plan, roles__ended_on__isnull=True
        )
        field = self.fields["membership"]
        field.queryset = (  # type: ignore[attr-defined]
            people.distinct().select_related("user", "organisation").order_by("organisation__sort_key", "pk")
        )
        field.label_from_instance = lambda m: f"{m.user.name}, {m.organisation.name}"  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "title": written(self.cleaned_data["title"])}


class ItemForm(ActionForm):
    """An item of the group's own."""

    title = forms.CharField(label=_("Uusi kohta"), max_length=200)
    note = long_text(_("Taustaa"), required=False, rows=2)

    def values(self) -> dict[str, Any]:
        return {name: written(self.cleaned_data[name]) for name in ("title", "note")}


class MinutesForm(TextsMixin, ActionForm):
    """Three fields for every point of the agenda, and how many took part."""

    present = forms.IntegerField(label=_("Läsnä (henkilöä)"), required=False, min_value=0, max_value=500)

    def __init__(self, data=None, *, plan: Plan, points: Sequence[Point], **kwargs):
        super().__init__(data, **kwargs)
        self.points = points
        organisations = Organisation.objects.of_plan(plan)
        choices = [
            ("", pgettext_lazy("vastuu", "Ei valittu")),
            *((o.public_id, str(o.name)) for o in organisations),
        ]
        self.organisations = {o.public_id: o for o in organisations}
        for point in points:
            self.add_text(f"decision:{point.key}", _("Päätös"), rows=2, longest=LONGEST)
            self.fields[f"responsible:{point.key}"] = forms.ChoiceField(
                label=_("Kuka vastaa"), required=False, choices=choices
            )
            self.fields[f"follow_up_on:{point.key}"] = DayField(label=_("Seuraava katsaus"), required=False)

    def rows(self) -> list[tuple[Point, list, list]]:
        """Every point with its bound fields, and those of its decision in other languages."""
        names = ("decision", "responsible", "follow_up_on")
        others = [code for code in LANGUAGES if code != own_language()]
        return [
            (p, [self[f"{name}:{p.key}"] for name in names], [self[f"decision:{p.key}_{c}"] for c in others])
            for p in self.points
        ]

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        entries = {
            p.key: Entry(
                self.text(f"decision:{p.key}"),
                self.organisations.get(cleaned[f"responsible:{p.key}"]),
                cleaned[f"follow_up_on:{p.key}"],
            )
            for p in self.points
        }
        return {"entries": entries, "present": cleaned["present"]}


class CorrectItemForm(TextsMixin, ActionForm):
    """What was decided in truth, and why the minutes are corrected."""

    reason = forms.CharField(label=_("Miksi kirjausta korjataan?"), max_length=300)

    def __init__(self, data=None, *, item: AgendaItem, **kwargs):
        super().__init__(data, **kwargs)
        self.add_text(
            "decision", _("Päätös"), value=item.decision_now, required=True, rows=3, longest=LONGEST
        )
        self.order_fields(["decision"])

    def values(self) -> dict[str, Any]:
        return {"decision": self.text("decision"), "reason": self.cleaned_data["reason"]}


class FollowUpForm(ActionForm):
    how = long_text(_("Miten kävi?"), rows=3)

    def values(self) -> dict[str, Any]:
        return {"how": written(self.cleaned_data["how"])}
