"""Tasks and calendar files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.annual_clock.choices import EventKind, LaneChoice
from lautta.common import clock
from lautta.common.models import User
from lautta.common.translated import Translated
from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField, OrganisationField
from lautta.plans.forms.languages import own_language
from lautta.plans.models import Plan, RoleAssignment

# More than this no year has; a form's hidden field carries it from the preview to the saving.
MOST_BYTES = 1_000_000


class TaskForm(ActionForm):
    """Something to be done, by whom and by when."""

    title = forms.CharField(label=_("Mitä pitää tehdä"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("Kuka tekee"), queryset=User.objects.none(), to_field_name="public_id", empty_label=None
    )
    due = DayField(label=_("Viimeistään"))

    def __init__(self, data=None, *, plan: Plan, user: User, **kwargs):
        super().__init__(data, initial={"owner": user.public_id, **kwargs.pop("initial", {})}, **kwargs)
        held = RoleAssignment.objects.current(clock.today()).filter(plan=plan)
        self.fields["owner"].queryset = User.objects.filter(
            pk__in=held.values("membership__user"), is_active=True
        ).order_by("name", "pk")

    def values(self) -> dict[str, Any]:
        v = self.cleaned_data
        return {**v, "title": Translated.of(v["title"].strip(), language=own_language())}


class ImportForm(ActionForm):
    """A calendar file, and what its events are. After the preview the text comes back with the form."""

    file = forms.FileField(
        label=_("Kalenteritiedosto (.ics)"), error_messages={"required": _("Valitse tiedosto.")}
    )
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    organisation = OrganisationField(
        label=_("Kenen tapahtumia"), required=False, empty_label=_("Koko suunnitelman")
    )
    lane = forms.ChoiceField(
        label=_("Kaista"),
        choices=LaneChoice.choices,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("tapahtuma", "Laji"), choices=EventKind.choices, initial=EventKind.OTHER
    )
    is_public = forms.BooleanField(label=_("Näytä julkisessa vuosikellossa"), required=False)
    leave_out_bad = forms.BooleanField(label=_("Jätä virheelliset rivit pois ja tuo muut"), required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, organisations: list[Organisation], may_be_joint: bool):
        super().__init__(data, files)
        # After the preview the text comes in its place.
        self.fields["file"].required = not (data or {}).get("text")
        self.fields["organisation"].offer(
            Organisation.objects.filter(pk__in=[o.pk for o in organisations]).in_name_order()
        )
        if not may_be_joint:
            self.fields["organisation"].required, self.fields["organisation"].empty_label = True, None

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("Tiedosto on liian suuri: enintään 1 Mt."))
        return cleaned

    def content(self) -> bytes:
        """The file's bytes: sent now, or carried from the preview."""
        file = self.cleaned_data.get("file")
        return file.read() if file is not None else self.cleaned_data["text"].encode()

    def values(self) -> dict[str, Any]:
        names = ("organisation", "lane", "kind", "is_public", "leave_out_bad")
        return {name: self.cleaned_data[name] for name in names} | {"language": own_language()}
