"""What each partner has promised, until when, and how it went."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> CommitmentQuerySet:
        return self.filter(state__in=[Commitment.State.PROMISED, Commitment.State.IN_PROGRESS])

    def late(self, today: dt.date) -> CommitmentQuerySet:
        return self.open().filter(due_on__lt=today)

    def in_order(self) -> CommitmentQuerySet:
        return self.order_by("due_on", "pk")


class Commitment(models.Model):
    """One promise of one organisation."""

    class State(models.TextChoices):
        PROMISED = "promised", pgettext_lazy("sitoumus", "Luvattu")
        IN_PROGRESS = "progress", pgettext_lazy("sitoumus", "Työn alla")
        DONE = "done", pgettext_lazy("sitoumus", "Tehty")
        WITHDRAWN = "withdrawn", pgettext_lazy("sitoumus", "Peruttu")

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="commitments")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="commitments"
    )
    what = TranslatedField(blank=False)
    made_on = models.DateField()
    due_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROMISED)
    reason = models.CharField(max_length=300, blank=True)
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state", "due_on"], name="commitment_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("made_on")), name="commitment_days_in_order",
                violation_error_message=_("Määräpäivä ei voi olla ennen lupausta."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["promised", "progress", "done", "withdrawn"]), name="commitment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="commitment_withdrawn_with_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.what)


class CommitmentChange(models.Model):
    """Append-only: which state it came to and when."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=Commitment.State.choices)
    changed_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["promised", "progress", "done", "withdrawn"]), name="commitment_change_state_known"
            )
        ]  # fmt: skip
