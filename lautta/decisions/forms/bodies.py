"""Bodies and the days on which they meet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.decisions.choices import BodyKind
from lautta.decisions.forms.fields import DaysField
from lautta.decisions.models import Body
from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, NamesMixin, OrganisationField


class BodyForm(NamesMixin, ActionForm):
    """A body. Who keeps only their own organisation's bodies can't choose another."""

    kind = forms.ChoiceField(label=_("Laji"), choices=BodyKind.choices)
    organisation = OrganisationField(
        label=_("Kenen toimielin"), required=False, empty_label=_("Koko alueen yhteinen")
    )
    position = forms.IntegerField(
        label=_("Järjestys organisaation päätöspolulla"), min_value=1, max_value=20, required=False,
        help_text=_("Ykkönen käsittelee asian ensin. Jos jätät tyhjäksi, toimielin tulee viimeiseksi."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_names = {"name": "name_fi"}

    def __init__(
        self, data=None, *, organisations: list[Organisation], may_be_joint: bool, body: Body | None = None, **kwargs
    ):  # fmt: skip
        initial = {}
        if body is not None:
            initial = {
                "kind": body.kind, "organisation": body.organisation and body.organisation.public_id,
                "position": body.position, "seen": body.version,
            }  # fmt: skip
        super().__init__(data, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.body = body
        self.fields["organisation"].offer(
            Organisation.objects.filter(pk__in=[o.pk for o in organisations]).in_name_order()
        )
        if not may_be_joint:
            self.fields["organisation"].required = True
            self.fields["organisation"].empty_label = None
        self.add_names(body.name if body else None)

    def values(self) -> dict[str, Any]:
        values = self.plain_values()
        seen = values.pop("seen")
        values["name"] = self.names()
        if self.body is not None:
            values["version"] = seen or 0
            values["position"] = values["position"] or self.body.position
        return values


class MeetingsForm(ActionForm):
    """Meeting days as the organisation has published them."""

    days = DaysField(
        label=_("Kokouspäivät"),
        max_length=4_000,
        help_text=_("Yksi päivä rivillä, esimerkiksi 24.11.2026. Voit liittää listan sellaisenaan."),
    )
    materials_before = forms.IntegerField(
        label=_("Aineisto valmiina näin monta päivää ennen"), min_value=0, max_value=90, initial=7,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
