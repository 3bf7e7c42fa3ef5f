"""The yearly wellbeing report of one organisation to its council: drafted from the data, edited, then frozen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField

# What may still change in a frozen report: that it is public.
_MUTABLE = frozenset({"published_on"})


class WellbeingReportQuerySet(models.QuerySet["WellbeingReport"]):
    def newest_first(self) -> WellbeingReportQuerySet:
        return self.order_by("-year", "organisation__sort_key", "pk")

    def light(self) -> WellbeingReportQuerySet:
        """Without the frozen content, for lists."""
        return self.defer("content")

    def public(self) -> WellbeingReportQuerySet:
        return self.filter(published_on__isnull=False)


class WellbeingReport(models.Model):
    """Its own words are the five texts; figures, measures and voices are drawn into `content` when it is frozen."""

    TEXTS = ("summary", "figures", "done", "heard", "ahead")

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="wellbeing_reports")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="wellbeing_reports"
    )
    year = models.PositiveSmallIntegerField()
    summary = TranslatedField(help_text="the year in short")
    figures = TranslatedField(help_text="what the figures tell")
    done = TranslatedField(help_text="what was done")
    heard = TranslatedField(help_text="what children and young people said")
    ahead = TranslatedField(help_text="what comes next")
    version = models.PositiveIntegerField(default=1)
    content = models.TextField(blank=True, help_text="canonical JSON; empty while a draft")
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_illustrative = models.BooleanField(default=False)

    objects = WellbeingReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "year"], name="wellbeing_report_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(frozen_on__isnull=True, content="", sha256="", published_on__isnull=True)
                | Q(frozen_on__isnull=False) & ~Q(content="") & ~Q(sha256=""),
                name="wellbeing_report_frozen_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError when a frozen report's content is written again."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not set(fields) <= _MUTABLE):
            stored = type(self).objects.filter(pk=self.pk, frozen_on__isnull=False).exists()
            if stored:
                raise RuntimeError("a frozen report is never altered")
        super().save(*args, **kwargs)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_on is not None


class ReportQuotation(models.Model):
    """A quotation that a frozen report shows; as with versions, the words and their salt stand here and go with the voice."""

    report = models.ForeignKey(WellbeingReport, on_delete=models.CASCADE, related_name="quotations")
    voice = models.ForeignKey("voices.Voice", on_delete=models.CASCADE, related_name="reported_in")
    voice_key = models.CharField(max_length=16, help_text="the voice's public id, as the report names it")
    salt = models.CharField(max_length=32)
    text = models.JSONField(help_text="language → words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "voice_key"], name="report_quotation_once")]
