"""What happened: append-only statuses and reports, and the year's evaluation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lautta.common.ids import PublicIdField
from lautta.measures.choices import NEEDS_REASON, ReportPeriod, Status, Timeliness
from lautta.measures.models.measures import MeasureYear
from lautta.measures.models.rounds import Round


class StatusChange(models.Model):
    """Append-only; the newest row equals MeasureYear.status and .timeliness, kept there for filters."""

    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=10, choices=Status.choices)
    timeliness = models.CharField(max_length=8, choices=Timeliness.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=sorted(NEEDS_REASON)) | ~Q(reason=""), name="status_stop_has_reason"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="status_change_known"),
        ]


class ProgressReport(models.Model):
    """Append-only. A correction is a new report that names the one it corrects."""

    public_id = PublicIdField()
    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="reports")
    period = models.CharField(max_length=8, choices=ReportPeriod.choices)
    language = models.CharField(max_length=2, default="fi")
    done = models.TextField(help_text="what was done")
    changed = models.TextField(blank=True, help_text="what changed for children")
    evidence = models.TextField(blank=True, help_text="how we know")
    status = models.CharField(max_length=10, choices=Status.choices)
    timeliness = models.CharField(max_length=8, choices=Timeliness.choices, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    is_illustrative = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(done=""), name="report_says_what_was_done"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="report_status_known"),
            models.CheckConstraint(condition=Q(period__in=ReportPeriod.values), name="report_period_known"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("pk")), name="report_not_correcting_itself"
            ),
        ]


class YearEvaluation(models.Model):
    """An organisation's evaluation of its year; each saving is a new revision."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="evaluations")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="evaluations"
    )
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, default="fi")
    succeeded = models.TextField()
    difficult = models.TextField(blank=True)
    next_year = models.TextField(blank=True)
    is_illustrative = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "number"], name="evaluation_revision_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="evaluation_number_positive"),
            models.CheckConstraint(condition=~Q(succeeded=""), name="evaluation_says_something"),
        ]
