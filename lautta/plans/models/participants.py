"""Who took part in making the plan, and whether they agreed to be named."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.plans.models.plans import Plan


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def named_in_public(self) -> "ParticipantQuerySet":
        """Only those whose consent is given and not withdrawn."""
        return self.filter(consent=Participant.Consent.GIVEN)

    def in_name_order(self) -> "ParticipantQuerySet":
        """Names in order, those without a name last."""
        return self.order_by(models.Case(models.When(sort_key="", then=1), default=0), "sort_key", "pk")


class Participant(models.Model):
    """A person (or a role) in the working group. The name is public only while consent is given."""

    class Consent(models.TextChoices):
        NOT_ASKED = "not_asked", _("Ei kysytty")
        GIVEN = "given", pgettext_lazy("suostumus", "Annettu")
        REFUSED = "refused", _("Kieltäytynyt")
        WITHDRAWN = "withdrawn", _("Peruttu")

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=200, blank=True, help_text="role in the work, for whom")
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.NOT_ASKED)
    consent_on = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=120, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(consent="not_asked") | Q(consent_on__isnull=False),
                name="participant_consent_has_date",
                violation_error_message=_("Merkitse päivä, jona suostumukseen vastattiin."),
            ),
            models.CheckConstraint(
                condition=~Q(consent="withdrawn") | Q(name=""),
                name="participant_withdrawn_has_no_name",
                violation_error_message=_("Kun suostumus on peruttu, nimeä ei säilytetä."),
            ),
        ]
