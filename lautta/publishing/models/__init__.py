"""What the public site itself keeps: feedback from its readers; papers and wellbeing reports in their own files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.publishing.models.papers import Paper, PaperFormat, PaperKind
from lautta.publishing.models.reports import ReportQuotation, WellbeingReport

__all__ = ["Feedback", "Paper", "PaperFormat", "PaperKind", "ReportQuotation", "WellbeingReport"]


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def waiting(self) -> FeedbackQuerySet:
        return self.filter(state=Feedback.State.OPEN)

    def oldest_first(self) -> FeedbackQuerySet:
        return self.order_by("created_week", "pk")

    def newest_first(self) -> FeedbackQuerySet:
        return self.order_by("-created_week", "-pk")


class Feedback(models.Model):
    """A reader's message. Only the week is kept, and an e-mail address for answering, until the matter is
    closed.
    """

    class Kind(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("Saavutettavuus")
        GENERAL = "general", _("Suunnitelma tai sivusto")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("palautteen tila", "Odottaa")
        CLOSED = "closed", pgettext_lazy("palautteen tila", "Käsitelty")

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="feedback")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    page = models.CharField(max_length=300, blank=True, help_text="address within the site")
    message = models.TextField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="fi")
    created_week = models.DateField(help_text="Monday of the week")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_note = models.CharField(max_length=500, blank=True, help_text="what was done")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["plan", "state"], name="feedback_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="feedback_has_message"),
            models.CheckConstraint(
                condition=Q(kind__in=["accessibility", "general"]), name="feedback_kind_known"
            ),
            models.CheckConstraint(condition=Q(state__in=["open", "closed"]), name="feedback_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(email=""), name="feedback_closed_has_no_address"
            ),
            models.CheckConstraint(
                condition=Q(created_week__iso_week_day=1), name="feedback_week_is_a_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_week}"
