"""Areas are global and have a history: they join, leave, merge."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class AreaQuerySet(models.QuerySet["Area"]):
    def municipalities(self) -> "AreaQuerySet":
        return self.filter(kind=Area.Kind.MUNICIPALITY)

    def within(self, parent: "Area", on: dt.date) -> "AreaQuerySet":
        """Areas that belonged to `parent` on the date."""
        return self.filter(
            Q(memberships__parent=parent, memberships__started_on__lte=on)
            & (Q(memberships__ended_on__isnull=True) | Q(memberships__ended_on__gte=on))
        ).order_by("sort_key")

    def near(self, area: "Area", on: dt.date) -> "AreaQuerySet":
        """The area itself, what belongs to it on the date, and the other areas that those belong to."""
        members = self.within(area, on).values("pk")
        around = AreaMembership.objects.filter(area__in=members, started_on__lte=on).exclude(ended_on__lt=on)
        return self.filter(Q(pk=area.pk) | Q(pk__in=members) | Q(pk__in=around.values("parent_id"))).order_by(
            "kind", "sort_key"
        )


class Area(models.Model):
    """A municipality, region or county, with its official code."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality"
        REGION = "region"
        COUNTY = "county"
        COUNTRY = "country"

    public_id = PublicIdField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    code = models.CharField(max_length=3)
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    ended_on = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="area_code_unique_in_kind",
                violation_error_message=_("Tällä koodilla on jo alue."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["municipality", "region", "county", "country"]), name="area_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def changes(self) -> models.QuerySet["AreaSuccession"]:
        """Mergers and splits that made it or ended it, with the areas of both sides."""
        both = AreaSuccession.objects.filter(Q(old=self) | Q(new=self))
        return both.select_related("old", "new").order_by("year", "pk")


class AreaMembership(models.Model):
    """An area belonged to a larger one from a date to a date (last day included)."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="memberships")
    parent = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="members")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "parent", "started_on"],
                name="area_membership_once",
                violation_error_message=_("Alue kuuluu tähän alueeseen jo samaan aikaan."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="area_membership_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=~Q(area=F("parent")),
                name="area_not_in_itself",
                violation_error_message=_("Alue ei voi kuulua itseensä."),
            ),
        ]


class AreaSuccession(models.Model):
    """`old` went to `new` at the beginning of `year`, with `share` (0–1) of its people."""

    old = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="predecessions")
    year = models.PositiveSmallIntegerField()
    share = models.DecimalField(max_digits=5, decimal_places=4, default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "year"],
                name="area_succession_once",
                violation_error_message=_("Tämä siirtymä on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0) & Q(share__lte=1),
                name="area_succession_share",
                violation_error_message=_("Osuus on suurempi kuin 0 ja enintään 1."),
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="area_not_own_successor",
                violation_error_message=_("Alue ei voi olla itsensä seuraaja."),
            ),
        ]


class AreaPopulation(models.Model):
    """How many people of an age group live, or are projected to live, in an area at a year's end."""

    class Basis(models.TextChoices):
        OBSERVED = "observed"
        PROJECTION = "projection"

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="population")
    year = models.PositiveSmallIntegerField()
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    basis = models.CharField(max_length=10, choices=Basis.choices)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "age_from", "age_to", "source"],
                name="area_population_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(age_to__gte=F("age_from")),
                name="area_population_ages_in_order",
                violation_error_message=_("Ikäryhmän yläraja ei voi olla alarajaa pienempi."),
            ),
        ]


class Region(models.Model):
    """One region of the installation: plans, people and pages of different regions never mix."""

    public_id = PublicIdField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = TranslatedField(blank=False)
    time_zone = models.CharField(max_length=40, default="Europe/Helsinki")
    languages = models.JSONField(default=list)
    contact_email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return str(self.name)
