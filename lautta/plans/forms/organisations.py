"""Forms of organisations and their people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lautta.common import clock
from lautta.common.models import User
from lautta.organisations.models import Area, Organisation
from lautta.organisations.permissions import ROLE_NAMES, Role
from lautta.plans.forms.base import ActionForm, DayField, NamesMixin, OrganisationField
from lautta.plans.models import Plan

ROLE_HELP = {
    Role.COORDINATOR: _("Muokkaa koko suunnitelmaa, näkee luonnokset ja hoitaa kierrokset."),
    Role.LEAD: _("Julkaisee organisaationsa toimenpiteet ja kutsuu sen ihmiset."),
    Role.CONTRIBUTOR: _("Kirjaa organisaationsa toimenpiteitä ja raportoi niistä."),
    Role.DECISION_SECRETARY: _("Seuraa työtilaa ja merkitsee päätökset."),
    Role.FAMILY_CENTRE_COORDINATOR: _("Kirjaa perhekeskuksen toimenpiteitä ja raportoi niistä."),
    Role.YOUTH_COUNCIL: _("Lisää nuorten ääniä."),
    Role.ADMINISTRATOR: _("Hoitaa ihmiset ja näkee muutosten jäljen. Ei muokkaa suunnitelmaa."),
}


def role_choices(roles: list[Role]) -> list[tuple[str, str]]:
    """Roles by name, with what each may do."""
    return [(role.value, f"{ROLE_NAMES[role]}. {ROLE_HELP[role]}") for role in roles]


class OrganisationForm(NamesMixin, ActionForm):
    """Facts of an organisation, its name in three languages."""

    kind = forms.ChoiceField(label=_("Laji"), choices=Organisation.Kind.choices)
    area = forms.ModelChoiceField(
        label=_("Alue"), queryset=Area.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("Ei aluetta"), help_text=_("Kunta tai maakunta, jossa organisaatio toimii."),
    )  # fmt: skip
    website = forms.URLField(label=_("Verkkosivu"), required=False, assume_scheme="https")
    started_on = DayField(label=_("Aloittanut"), required=False)
    ended_on = DayField(
        label=_("Viimeinen päivä"),
        required=False,
        help_text=_("Vain, jos organisaatio on päättynyt eikä sillä ole seuraajaa."),
    )
    is_illustrative = forms.BooleanField(label=_("Esimerkki: ei oikea organisaatio"), required=False)
    field_names = {"name": "name_fi"}

    def __init__(self, data=None, *, plan: Plan, organisation: Organisation | None = None, **kwargs):
        if organisation is not None:
            kwargs["initial"] = {
                "kind": organisation.kind,
                "area": organisation.area and organisation.area.public_id,
                "website": organisation.website,
                "started_on": organisation.started_on,
                "ended_on": organisation.ended_on,
                "is_illustrative": organisation.is_illustrative,
            }
        super().__init__(data, **kwargs)
        self.add_names(organisation and organisation.name)
        self.fields["area"].queryset = Area.objects.near(plan.region.area, clock.today())
        self.order_fields(["name_fi", "name_sv", "name_en"])

    def values(self) -> dict[str, Any]:
        return {"name": self.names(), **self.plain_values()}


class NewOrganisationForm(OrganisationForm):
    """A new organisation that joins the plan."""

    ended_on = None  # type: ignore[assignment]
    joined_on = DayField(label=_("Mukana suunnitelmassa alkaen"), initial=timezone.localdate)


class JoinForm(ActionForm):
    """An organisation that exists already joins the plan."""

    organisation = OrganisationField(label=_("Organisaatio"), empty_label=_("Valitse organisaatio"))
    started_on = DayField(label=_("Mukana suunnitelmassa alkaen"), initial=timezone.localdate)

    def __init__(self, data=None, *, plan: Plan, **kwargs):
        super().__init__(data, prefix="join", **kwargs)
        self.fields["organisation"].offer(Organisation.objects.joinable(plan))


class LeaveForm(ActionForm):
    """The organisation takes part no more."""

    last_day = DayField(label=_("Viimeinen päivä mukana"), initial=timezone.localdate)


class SucceedForm(ActionForm):
    """The organisation ends and another takes over."""

    successor = OrganisationField(label=_("Seuraaja"), empty_label=_("Valitse seuraaja"))
    last_day = DayField(label=_("Vanhan organisaation viimeinen päivä"))
    move_people = forms.BooleanField(
        label=_("Siirrä ihmiset rooleineen seuraajalle"), required=False, initial=True,
        help_text=_("Muuten heidän roolinsa päättyvät."),
    )  # fmt: skip
    field_names = {"organisation": "successor", "started_on": "last_day"}

    def __init__(self, data=None, *, plan: Plan, organisation: Organisation, **kwargs):
        super().__init__(data, **kwargs)
        here = Organisation.objects.in_region(plan).exclude(pk=organisation.pk).in_name_order()
        self.fields["successor"].offer(here)


class InviteForm(ActionForm):
    """A person to an organisation, with a role that the inviter may give."""

    email = forms.EmailField(label=_("Sähköpostiosoite"), help_text=_("Kutsu lähtee tähän osoitteeseen."))
    name = forms.CharField(label=_("Nimi"), max_length=120)
    language = forms.ChoiceField(label=_("Kieli, jolla kutsu lähtee"), choices=User.Language.choices)
    job_title = forms.CharField(label=_("Tehtävä organisaatiossa"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Rooli"), widget=forms.RadioSelect)

    def __init__(self, data=None, *, roles: list[Role], **kwargs):
        super().__init__(data, **kwargs)
        self.fields["role"].choices = role_choices(roles)
        if Role.CONTRIBUTOR in roles:
            self.fields["role"].initial = Role.CONTRIBUTOR.value


class RoleForm(ActionForm):
    """One more role for a member."""

    role = forms.ChoiceField(label=_("Lisää rooli"), widget=forms.RadioSelect)

    def __init__(self, data=None, *, roles: list[Role], **kwargs):
        super().__init__(data, **kwargs)
        self.fields["role"].choices = role_choices(roles)
