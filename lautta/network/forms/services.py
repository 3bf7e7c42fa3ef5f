"""The form of a service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.network import vocabulary
from lautta.network.actions.freshness import refuse_bad_contact
from lautta.network.actions.services import LONGEST_NAME, LONGEST_TEXT, Facts
from lautta.network.forms.base import TextsForm, chips, line, radios
from lautta.network.models import Provider, Service
from lautta.organisations.models import Area, Organisation
from lautta.plans.forms.base import ActionForm, DayField

LANGUAGES = [("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti"))]


class ServiceForm(TextsForm):
    """`values` are what the view makes Facts of; the provider is an organisation, a standing provider or a new name."""

    texts = {
        "name": (_("Palvelun nimi"), LONGEST_NAME, 0),
        "summary": (_("Mitä tapahtuu, kun tulee? Kirjoita lyhyesti ja selkeästi."), LONGEST_TEXT, 3),
        "opening": (_("Milloin auki"), 200, 0),
    }
    needed = ("name",)
    order = (
        "name", "provider", "other_provider", "audiences", "needs", "summary", "areas", "phone", "address", "no_appointment",
    )  # fmt: skip
    provider = forms.ChoiceField(label=_("Kuka auttaa"), required=False)
    other_provider = forms.CharField(
        label=_("Muu toimija"),
        required=False,
        max_length=120,
        help_text=_("Kirjoita nimi, jos toimija ei ole luettelossa."),
    )
    audiences = chips(_("Kenelle"), error_messages={"required": _("Valitse, kenelle palvelu on.")})
    needs = chips(
        _("Mihin tarpeeseen"),
        error_messages={"required": _("Valitse ainakin yksi tarve, johon palvelu vastaa.")},
    )
    areas = chips(
        _("Missä kunnissa"),
        required=False,
        help_text=_("Jos et valitse mitään, palvelu on koko maakunnalle."),
    )
    tier = radios(_("Tuen taso"), Service.Tier.choices, initial=1)
    phone = line(_("Puhelin"), 40, keys="tel")
    email = line(_("Sähköposti"), 254, keys="email")
    address = line(_("Käyntiosoite"))
    website = line(_("Verkkosivu"), keys="url")
    chat = line(_("Chatin osoite"), keys="url")
    no_appointment = forms.BooleanField(label=_("Voi tulla ilman ajanvarausta"), required=False)
    cost = radios(_("Hinta"), Service.Cost.choices, initial="free")
    languages = chips(_("Kielet"), required=False)
    access = chips(_("Esteettömyys"), required=False)
    contact_title = forms.CharField(
        label=_("Kuka vahvistaa tiedot"),
        required=False,
        max_length=120,
        help_text=_("Tehtävä riittää, nimeä ei tarvita. Ei näy julkisesti."),
    )
    contact_email = forms.EmailField(
        label=_("Vahvistajan sähköposti"),
        required=False,
        help_text=_("Kysymme kerran vuodessa, ovatko tiedot oikein. Ei näy julkisesti."),
    )
    contact_language = forms.ChoiceField(label=_("Millä kielellä kysymme"), choices=LANGUAGES, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data=None,
        *,
        organisations: Iterable[Organisation],
        providers: Iterable[Provider],
        may_name: bool,
        municipalities: Iterable[Area],
        service: Service | None = None,
        **kwargs: Any,
    ):
        self.service = service
        super().__init__(data, initial=initial_of(service) if service else {"languages": ["fi"]}, **kwargs)
        self._organisations = {f"o:{o.public_id}": o for o in organisations}
        self._providers = {f"p:{p.public_id}": p for p in providers}
        self._areas = {a.public_id: a for a in municipalities}
        offered = [(key, str(o.name)) for key, o in self._organisations.items()]
        offered += [(key, str(p.name)) for key, p in self._providers.items()]
        self.fields["provider"].choices = [*([("", _("Valitse"))] if may_name else []), *offered]
        if not may_name:
            del self.fields["other_provider"]
        self.fields["areas"].choices = [(key, str(a.name)) for key, a in self._areas.items()]
        self.fields["audiences"].choices = list(vocabulary.choices("audience", listed=True))
        self.fields["needs"].choices = list(vocabulary.choices("need"))
        self.fields["languages"].choices = list(vocabulary.choices("language"))
        self.fields["access"].choices = list(vocabulary.choices("access"))
        self.add_texts(**({n: getattr(service, n) for n in self.texts} if service else {}))

    def _contact(self, name: str) -> str:
        value = " ".join(self.cleaned_data[name].split())
        try:
            refuse_bad_contact(name, value)
        except Refused as problem:
            raise ValidationError(str(problem)) from problem
        return value

    def clean_phone(self) -> str:
        return self._contact("phone")

    def clean_email(self) -> str:
        return self._contact("email")

    def clean_website(self) -> str:
        return self._contact("website")

    def clean_chat(self) -> str:
        return self._contact("chat")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("provider") and not cleaned.get("other_provider"):
            self.add_error("provider", _("Valitse tai kirjoita, kuka auttaa."))
        return cleaned

    def provider_asked(self) -> dict[str, Any]:
        """What provider_for needs, or the provider that was chosen."""
        data = self.cleaned_data
        if typed := data.get("other_provider"):
            return {"name": Translated.of(" ".join(typed.split()), language=self.main_language)}
        chosen = data["provider"]
        if chosen in self._providers:
            return {"provider": self._providers[chosen]}
        return {"organisation": self._organisations[chosen]}

    def facts(self, provider: Provider) -> Facts:
        data = self.cleaned_data
        plain = (
            "phone",
            "email",
            "address",
            "website",
            "chat",
            "no_appointment",
            "cost",
            "languages",
            "access",
            "contact_title",
            "contact_email",
            "audiences",
            "needs",
        )
        return Facts(
            provider=provider,
            areas=[self._areas[key] for key in data["areas"]],
            tier=int(data["tier"]),
            contact_language=data["contact_language"] or "fi",
            is_illustrative=self.service.is_illustrative if self.service else False,
            **{stem: self.text(stem) for stem in self.texts},
            **{name: data[name] for name in plain},
        )


def initial_of(service: Service) -> dict[str, Any]:
    """What the form shows of a stored service."""
    held: dict[str, list[str]] = {kind: [] for kind in vocabulary.KINDS}
    for tag in service.tags.all():
        held[tag.kind].append(tag.code)
    plain = (
        "tier",
        "phone",
        "email",
        "address",
        "website",
        "chat",
        "no_appointment",
        "cost",
        "contact_title",
        "contact_email",
        "contact_language",
        "version",
    )
    provider = service.provider
    key = f"o:{provider.organisation.public_id}" if provider.organisation else f"p:{provider.public_id}"
    return {
        "provider": key,
        "areas": [row.area.public_id for row in service.area_rows.all()],
        "audiences": held["audience"],
        "needs": held["need"],
        "languages": held["language"],
        "access": held["access"],
        **{name: getattr(service, name) for name in plain},
    }


class EndForm(ActionForm):
    on = DayField(label=_("Viimeinen päivä"))
    reason = forms.CharField(
        label=_("Miksi palvelu päättyi?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data=None, **kwargs):
        today: dt.date = clock.today()
        super().__init__(data, initial={"on": today}, **kwargs)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Palvelujen taulukko"),
        help_text=_(
            "Excel (xlsx) tai CSV, enintään 10 megatavua. Mitään ei tallennu, ennen kuin hyväksyt sen."
        ),
        error_messages={"required": _("Valitse tiedosto."), "empty": _("Tiedosto on tyhjä.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )
