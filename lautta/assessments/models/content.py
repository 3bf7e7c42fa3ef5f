"""What an assessment holds in rows: alternatives and their ratings, who was heard, what is known, what is followed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.assessments.choices import (
    HIGHEST,
    LOWEST,
    MOST_ALTERNATIVES,
    Directness,
    Duration,
    HearingMethod,
    Intention,
)
from lautta.assessments.models.assessments import Assessment
from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class AlternativeQuerySet(models.QuerySet["Alternative"]):
    def in_order(self) -> AlternativeQuerySet:
        return self.order_by("position", "pk")


class Alternative(models.Model):
    """VE0 at position 0 is "do nothing": it is made with the assessment and goes only with it."""

    public_id = PublicIdField()
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="alternatives")
    position = models.PositiveSmallIntegerField()
    title = TranslatedField(blank=False)
    description = TranslatedField()

    objects = AlternativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "position"], name="alternative_position_once"),
            models.CheckConstraint(
                condition=Q(position__lte=MOST_ALTERNATIVES), name="alternative_not_too_many"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """VE0, VE1, … as the field writes them, in every language."""
        return f"VE{self.position}"

    @property
    def is_baseline(self) -> bool:
        return self.position == 0


class Rating(models.Model):
    """One alternative on one dimension: −2…+2 or "not known", and one sentence. The pairs and groups unfold where wanted."""

    alternative = models.ForeignKey(Alternative, on_delete=models.CASCADE, related_name="ratings")
    dimension = models.CharField(max_length=20)
    value = models.SmallIntegerField(null=True, blank=True, help_text="null: not known")
    sentence = TranslatedField(blank=False)
    directness = models.CharField(max_length=8, choices=Directness.choices, blank=True)
    duration = models.CharField(max_length=8, choices=Duration.choices, blank=True)
    intention = models.CharField(max_length=10, choices=Intention.choices, blank=True)
    groups = models.JSONField(default=list, blank=True, help_text="whom it touches differently")
    group_sentence = TranslatedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alternative", "dimension"], name="rating_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=LOWEST, value__lte=HIGHEST),
                name="rating_within_scale",
            ),
            models.CheckConstraint(
                condition=Q(directness__in=Directness.values)
                & Q(duration__in=Duration.values)
                & Q(intention__in=Intention.values),
                name="rating_pairs_known",
            ),
        ]


class HearingQuerySet(models.QuerySet["Hearing"]):
    def in_order(self) -> HearingQuerySet:
        return self.order_by(F("heard_on").asc(nulls_last=True), "pk")


class Hearing(models.Model):
    """Who was heard, when and how, what they said, and what it changed. Never a name: a group, and how many."""

    public_id = PublicIdField()
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="hearings")
    who = TranslatedField(blank=False)
    number = models.PositiveIntegerField(null=True, blank=True, help_text="how many")
    heard_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=14, choices=HearingMethod.choices)
    asked = TranslatedField(help_text="what was asked and how")
    said = TranslatedField(blank=False)
    changed = TranslatedField(help_text="what changed")
    not_changed = TranslatedField(help_text="what did not, and why")

    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=HearingMethod.values), name="assessment_hearing_method_known"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1),
                name="assessment_hearing_somebody",
                violation_error_message=_("Ainakin yhtä on kuultu."),
            ),
        ]


class AssessmentIndicator(models.Model):
    """A number of the background, as it was when it was picked: value, year and vintage stay though the source moves on."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=12)
    area_name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(help_text="lautta.statistics.panel.Status")
    vintage_number = models.PositiveIntegerField(null=True, blank=True)
    vintage_sha256 = models.CharField(max_length=64, blank=True)
    note = TranslatedField(help_text="what it tells here")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="assessment_indicator_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(year__isnull=False),
                name="assessment_value_has_year",
            ),
        ]


class AssessmentVoice(models.Model):
    """A published voice that the background rests on."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="voice_links")
    voice = models.ForeignKey("voices.Voice", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "voice"], name="assessment_voice_once")]


class FollowUp(models.Model):
    """What is looked at after the decision, by whom and when; it returns as a duty until it is done."""

    public_id = PublicIdField()
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    what = TranslatedField(blank=False)
    who = models.CharField(max_length=160, help_text="role, public")
    done_on = models.DateField(null=True, blank=True)
    result = TranslatedField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="follow_up_has_somebody"),
        ]
