"""Forms of commenting: the days of a version's circulation, and one comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.decisions.actions.comments import LONGEST_COMMENT
from lautta.decisions.models import Circulation
from lautta.organisations.models import Organisation
from lautta.plans.forms.base import ActionForm, DayField
from lautta.plans.forms.languages import TextsMixin


class CirculationForm(TextsMixin, ActionForm):
    """The first and the last day of commenting."""

    opens_on = DayField(label=_("Kommentointi alkaa"))
    closes_on = DayField(label=_("Viimeinen päivä"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, circulation: Circulation | None, **kwargs):
        start = {"opens_on": clock.today(), "seen": 0}
        if circulation:
            start = {
                "opens_on": circulation.opens_on,
                "closes_on": circulation.closes_on,
                "seen": circulation.row_version,
            }
        super().__init__(data, initial=start, **kwargs)
        self.add_text(
            "note", _("Mihin toivotte kommentteja?"), value=circulation and circulation.note, rows=2,
            longest=LONGEST_COMMENT,
        )  # fmt: skip

    def values(self) -> dict:
        data = self.cleaned_data
        return {
            "opens_on": data["opens_on"], "closes_on": data["closes_on"], "row_version": data["seen"], "note": self.text("note")
        }  # fmt: skip

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("opens_on", "closes_on", "note")]


class CommentForm(ActionForm):
    """One comment. Who works for several organisations says in whose name."""

    text = forms.CharField(
        label=_("Kommentti"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kerro, mikä pitäisi olla toisin ja miksi."), error_messages={"required": _("Kirjoita kommentti.")},
    )  # fmt: skip
    organisation = forms.ChoiceField(label=_("Kenen puolesta?"))

    def __init__(self, data=None, *, organisations: list[Organisation], **kwargs):
        super().__init__(data, **kwargs)
        self._organisations = {o.public_id: o for o in organisations}
        field = self.fields["organisation"]
        field.choices = [(key, str(o.name)) for key, o in self._organisations.items()]
        if len(organisations) == 1:
            field.widget, field.initial = forms.HiddenInput(), organisations[0].public_id

    def values(self) -> dict:
        return {
            "text": self.cleaned_data["text"],
            "organisation": self._organisations[self.cleaned_data["organisation"]],
        }
