"""Bodies that decide, commit or are told, and the days on which they meet."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.decisions.choices import TIERS, BodyKind


class BodyQuerySet(models.QuerySet["Body"]):
    def active(self, on: dt.date) -> "BodyQuerySet":
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))

    def in_order(self) -> "BodyQuerySet":
        """The joint bodies first, then by organisation; within one, in the order of its path."""
        return self.order_by(F("organisation__sort_key").asc(nulls_first=True), "position", "pk")

    def with_organisation(self) -> "BodyQuerySet":
        return self.select_related("organisation")


class Body(models.Model):
    """A body of one organisation, or (without one) of the whole region's network. `position` is its place in the
    organisation's own path: what comes later gets the matter later.
    """

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="bodies"
    )
    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    name = TranslatedField(blank=False)
    position = models.PositiveSmallIntegerField(default=1)
    ended_on = models.DateField(null=True, blank=True, help_text="first day without")
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values),
                name="body_kind_known",
                violation_error_message=_("Valitse toimielimen laji luettelosta."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(kind__in=[*TIERS, BodyKind.OTHER]),
                name="body_has_organisation",
                violation_error_message=_("Valitse, minkä organisaation toimielin tämä on."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_joint(self) -> bool:
        return self.organisation_id is None


class BodyMeetingQuerySet(models.QuerySet["BodyMeeting"]):
    def standing(self) -> "BodyMeetingQuerySet":
        return self.filter(cancelled=False)

    def in_order(self) -> "BodyMeetingQuerySet":
        return self.order_by("held_on", "pk")


class BodyMeeting(models.Model):
    """A day on which a body meets. `materials_on`: when its papers must be ready."""

    public_id = PublicIdField()
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    materials_on = models.DateField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)

    objects = BodyMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on"],
                condition=Q(cancelled=False),
                name="body_meets_once_a_day",
                violation_error_message=_("Tämä kokouspäivä on jo merkitty."),
            ),
            models.CheckConstraint(
                condition=Q(materials_on__isnull=True) | Q(materials_on__lte=F("held_on")),
                name="body_materials_before_meeting",
                violation_error_message=_("Aineiston pitää olla valmiina ennen kokousta."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d.%m.%Y}"
