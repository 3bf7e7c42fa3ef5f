"""Organisations, their successors, and the people who belong to them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common import clock
from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def in_name_order(self) -> "OrganisationQuerySet":
        return self.order_by("sort_key", "pk")

    def active(self, on: dt.date) -> "OrganisationQuerySet":
        """Those that exist on the date or begin after it."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))

    def of_plan(self, plan) -> "OrganisationQuerySet":
        """Those that take part in the plan now, in name order."""
        current = plan.participations.current(clock.today())
        return self.filter(pk__in=current.values("organisation_id")).in_name_order()

    def ever_in_plan(self, plan) -> "OrganisationQuerySet":
        """Those that take or have taken part in the plan, in name order."""
        return self.filter(pk__in=plan.participations.values("organisation_id")).in_name_order()

    def in_region(self, plan) -> "OrganisationQuerySet":
        """Those in plans of the plan's region, those in no plan, and kinds whose bodies span regions."""
        here = Q(participations__plan__region=plan.region_id) | Q(participations__isnull=True)
        return self.filter(here | Q(kind__in=SPANNING)).distinct()

    def joinable(self, plan) -> "OrganisationQuerySet":
        """Those that could join the plan today, in name order."""
        taking_part = plan.participations.filter(ended_on__isnull=True).values("organisation_id")
        return self.in_region(plan).active(clock.today()).exclude(pk__in=taking_part).in_name_order()


class Organisation(models.Model):
    """A body that takes part in plans. It may end and hand over to a successor; its history stays under its
    own name.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kunta")
        COUNTY = "county", _("Hyvinvointialue tai kuntayhtymä")
        ASSOCIATION = "association", _("Järjestö")
        PARISH = "parish", _("Seurakunta")
        POLICE = "police", _("Poliisi")
        SCHOOL = "school", _("Oppilaitos")
        EMPLOYER = "employer", _("Työnantaja")
        OTHER = "other", pgettext_lazy("organisaation laji", "Muu")

    public_id = PublicIdField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    area = models.ForeignKey(
        "organisations.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    website = models.URLField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="last day")
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    is_illustrative = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="organisation_not_own_successor",
                violation_error_message=_("Organisaatio ei voi olla itsensä seuraaja."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ended_on__isnull=False),
                name="organisation_succeeded_has_ended",
                violation_error_message=_("Organisaatiolla on seuraaja: viimeinen päivä tarvitaan."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="organisation_dates_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "municipality",
                        "county",
                        "association",
                        "parish",
                        "police",
                        "school",
                        "employer",
                        "other",
                    ]
                ),
                name="organisation_kind_known",
                violation_error_message=_("Valitse organisaation laji luettelosta."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def successors(self) -> list["Organisation"]:
        """Who took over, and who after them; at most 20 steps."""
        return self._chain(lambda o: o.successor)

    def _chain(self, step) -> list["Organisation"]:
        found, here = [], step(self)  # type: ignore[var-annotated]
        while here is not None and here.pk != self.pk and here not in found and len(found) < 20:
            found.append(here)
            here = step(here)
        return found


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: dt.date) -> "MembershipQuerySet":
        """Memberships that hold on the date; `ended_on` is the first day without."""
        return self.filter(Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on)))


# Bodies that work in several regions at once.
SPANNING = (
    Organisation.Kind.POLICE,
    Organisation.Kind.PARISH,
    Organisation.Kind.ASSOCIATION,
    Organisation.Kind.COUNTY,
)


class Membership(models.Model):
    """A person belongs to an organisation for a time. What the person may do is said per plan
    (plans.RoleAssignment).
    """

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    job_title = models.CharField(max_length=120, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="first day without")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="membership_open_once",
                violation_error_message=_("Henkilö kuuluu jo organisaatioon."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="membership_dates_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
        ]
