"""Forms of the workspace."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lautta.common.models import User


class AccountForm(forms.ModelForm):
    """My own settings."""

    class Meta:
        model = User
        fields = ["name", "language", "wants_reminders", "wants_digest", "quiet_from", "quiet_until"]
        labels = {
            "name": _("Nimi"),
            "language": _("Kieli, jolla saat viestit"),
            "wants_reminders": _("Lähetä minulle muistutuksia sähköpostilla"),
            "wants_digest": _("Yksi kooste viikossa muistutusten sijaan"),
            "quiet_from": _("Hiljaista alkaen kello"),
            "quiet_until": _("Hiljaista kello asti"),
        }
        help_texts = {
            "name": _("Muut suunnitelman tekijät näkevät nimesi. Julkisilla sivuilla sitä ei näytetä."),
            "quiet_until": _(
                "Näinä tunteina sinulle ei kirjoiteta viestejä. Sama tunti molemmissa: ei hiljaisia tunteja."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("quiet_from", "quiet_until"):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, help_text=self.fields[name].help_text, required=False, min_value=0,
                max_value=23, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    def clean(self):
        """An hour left empty stays as it was."""
        cleaned = super().clean()
        for name in ("quiet_from", "quiet_until"):
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = self.initial[name]
        return cleaned


class PlanFileForm(forms.Form):
    """A plan as a file."""

    file = forms.FileField(
        label=_("Suunnitelma tiedostona"),
        help_text=_(
            "Word-tiedosto (.docx) tai tekstitiedosto (.txt, .md). "
            "Jos sinulla on PDF, kopioi sen teksti ja tallenna se tekstitiedostoksi."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _("Tiedosto on liian suuri: enintään %(limit)d Mt.")
                % {"limit": settings.MAX_UPLOAD_BYTES // 1_000_000}
            )
        return file


class EraseAccountForm(forms.Form):
    """One's own password, before the account goes."""

    password = forms.CharField(
        label=_("Salasanasi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
