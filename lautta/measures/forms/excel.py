"""The upload of a filled workbook."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lautta.measures.excel.container import MOST_BYTES


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Täytetty taulukko"),
        help_text=_(
            "Excel-tiedosto (xlsx), enintään 10 megatavua. Mitään ei tallennu, ennen kuin hyväksyt muutokset."
        ),
        error_messages={"required": _("Valitse tiedosto."), "empty": _("Tiedosto on tyhjä.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("Tiedosto on liian suuri: enintään 10 megatavua."))
        return file
