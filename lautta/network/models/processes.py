"""Stepped services: how support grows and grows lighter again, who hands over and who stays alongside."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.network.models.services import Service


class Process(models.Model):
    """A stepped service process, such as the support of a child whose mood is low."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="processes")
    title = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    summary = TranslatedField()
    is_published = models.BooleanField(default=False)
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sort_key"],
                name="process_title_once",
                violation_error_message=_("Samanniminen palvelupolku on jo olemassa."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class Step(models.Model):
    """One step, lightest first: who helps there and when it is the right one."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    tier = models.PositiveSmallIntegerField(choices=Service.Tier.choices)
    title = TranslatedField(blank=False)
    when = TranslatedField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["process", "position"], name="step_place_once"),
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="step_tier_known"),
        ]


class Move(models.Model):
    """From one step to another: up when more is needed, down on the way back to lighter support."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="moves")
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    hands_over = TranslatedField(blank=False)
    stays = TranslatedField(help_text="who stays alongside the family")
    how = TranslatedField()

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["process", "start", "end"], name="move_once"),
            models.CheckConstraint(condition=~Q(start=F("end")), name="move_goes_somewhere"),
        ]

    @property
    def is_up(self) -> bool:
        return self.end > self.start
