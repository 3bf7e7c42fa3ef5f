"""Matters that travel between bodies: one open step at a time, every step kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.decisions.models.bodies import Body, BodyMeeting
from lautta.decisions.travel import MatterState, StepOutcome

# What ends a step; nothing else of it is altered.
_ENDING = frozenset({"outcome", "answer", "answered_on", "handled_in"})


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> MatterQuerySet:
        return self.filter(state__in=[MatterState.UNDER_WAY, MatterState.RETURNED])

    def newest_first(self) -> MatterQuerySet:
        return self.order_by("-created_at", "-pk")

    def with_place(self) -> MatterQuerySet:
        """Sender, and the open step with its body: a constant number of queries."""
        return self.select_related("from_body", "from_organisation").prefetch_related(
            models.Prefetch(
                "steps", MatterStep.objects.open().select_related("to_body__organisation"), to_attr="open_steps"
            )
        )  # fmt: skip


class Matter(models.Model):
    """Something that a body or an organisation wants another tier to decide or answer."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="matters")
    title = TranslatedField(blank=False)
    question = TranslatedField(help_text="what it is about and why")
    from_body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="sent_matters"
    )
    from_organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="sent_matters"
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=MatterState.choices, default=MatterState.UNDER_WAY)
    is_illustrative = models.BooleanField(default=False)
    row_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state", "-created_at"], name="matter_of_plan")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MatterState.values), name="matter_state_known"),
            models.CheckConstraint(
                condition=Q(from_body__isnull=False, from_organisation__isnull=True)
                | Q(from_body__isnull=True, from_organisation__isnull=False),
                name="matter_has_one_sender",
                violation_error_message=_("Valitse, kuka asian lähettää."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def sender(self) -> Any:
        """The body or the organisation that the matter comes from."""
        return self.from_body or self.from_organisation


class MatterStepQuerySet(models.QuerySet["MatterStep"]):
    def open(self) -> MatterStepQuerySet:
        return self.filter(outcome="")

    def in_order(self) -> MatterStepQuerySet:
        return self.order_by("number")

    def late(self, today: dt.date) -> MatterStepQuerySet:
        return self.open().filter(deadline__lt=today)

    def before(self, body: Body) -> MatterStepQuerySet:
        """What waits for the body, the nearest deadline first."""
        return (
            self.open()
            .filter(to_body=body)
            .select_related("matter__from_body", "matter__from_organisation", "from_body")
            .order_by(F("deadline").asc(nulls_last=True), "sent_on", "pk")
        )


class MatterStep(models.Model):
    """The matter was sent to a body with a question; the body's answer ends the step. `from_body` None: the first sender."""

    public_id = PublicIdField()
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    from_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="matter_steps")
    sent_on = models.DateField()
    deadline = models.DateField(null=True, blank=True)
    asked = TranslatedField(help_text="what is asked of the body")
    outcome = models.CharField(max_length=12, choices=StepOutcome.choices, blank=True)
    answer = TranslatedField()
    answered_on = models.DateField(null=True, blank=True)
    handled_in = models.ForeignKey(
        BodyMeeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="matter_steps"
    )

    objects = MatterStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="matter_step_number_once"),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(outcome=""),
                name="matter_one_open_step",
                violation_error_message=_("Asia on jo toisella toimielimellä."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *StepOutcome.values]), name="matter_step_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True)
                | (~Q(outcome="") & Q(answered_on__gte=F("sent_on"))),
                name="matter_step_answer_whole",
                violation_error_message=_("Vastaus ei voi olla ennen lähettämistä."),
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("sent_on")),
                name="matter_step_deadline_after_sending",
                violation_error_message=_("Määräpäivä ei voi olla ennen lähettämistä."),
            ),
            models.CheckConstraint(
                condition=Q(from_body__isnull=True) | ~Q(from_body=F("to_body")), name="matter_step_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError when a stored step is altered otherwise than by ending it."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not set(fields) <= _ENDING):
            raise RuntimeError("a step is only ended, never altered")
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.outcome == ""

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.deadline is not None and self.deadline < today
