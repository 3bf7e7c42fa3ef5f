"""The reader's feedback, and its closing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lautta.publishing.models import Feedback

LONGEST_MESSAGE = 4_000


class FeedbackForm(forms.Form):
    """`website` is a trap: people do not see it, machines fill it."""

    kind = forms.ChoiceField(
        label=_("Mitä palaute koskee?"),
        choices=Feedback.Kind.choices,
        widget=forms.RadioSelect,
        initial="general",
    )
    message = forms.CharField(
        label=_("Mitä haluat kertoa?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Älä kirjoita kenenkään nimeä tai muita tietoja, joista ihmisen voi tunnistaa."),
    )
    page = forms.CharField(
        label=_("Millä sivulla?"),
        max_length=300,
        required=False,
        help_text=_("Sivun nimi tai osoite, jos palaute koskee yhtä sivua."),
    )
    email = forms.EmailField(
        label=_("Sähköpostiosoite"),
        required=False,
        help_text=_(
            "Vain jos haluat vastauksen. Käytämme osoitetta vastaamiseen "
            "ja poistamme sen, kun asia on hoidettu."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, max_length=200)
    token = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    SHOWN = ("kind", "message", "page", "email")

    def shown_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SHOWN]

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


class CloseFeedbackForm(forms.Form):
    note = forms.CharField(
        label=_("Mitä asialle tehtiin?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Vastaa ensin lähettäjälle, jos hän antoi osoitteen: "
            "se poistuu, kun merkitset palautteen käsitellyksi."
        ),
    )
