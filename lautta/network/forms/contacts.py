"""What a service's contact may propose through the link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.network.actions.freshness import LONGEST_NOTE, shown
from lautta.network.actions.services import CONTACTS
from lautta.network.forms.base import line
from lautta.network.models import Service
from lautta.plans.forms.base import ActionForm


class ContactsForm(ActionForm):
    """Contact fields as they stand; what differs becomes the proposal."""

    phone = line(_("Puhelin"), 40, keys="tel")
    email = line(_("Sähköposti"), 254, keys="email")
    address = line(_("Käyntiosoite"))
    website = line(_("Verkkosivu"), keys="url")
    chat = line(_("Chatin osoite"), keys="url")
    opening = line(_("Milloin auki"))
    note = forms.CharField(
        label=_("Mikä muu on muuttunut?"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Esimerkiksi: palvelu on loppunut."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, data=None, *, service: Service, **kwargs):
        super().__init__(data, initial={name: shown(service, name) for name in CONTACTS}, **kwargs)

    def values(self) -> dict[str, Any]:
        return {
            "proposal": {name: self.cleaned_data[name] for name in CONTACTS}, "note": self.cleaned_data["note"],
        }  # fmt: skip

    def say(self, sentence: str) -> None:
        """A refusal on top, also of a form that was not filled in."""
        if not self.is_bound:
            self.data, self.is_bound = {**self.initial, "note": ""}, True
        self.add_error(None, sentence)
