"""Tasks that people write for themselves and for each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_on__isnull=True)

    def by_due(self) -> "TaskQuerySet":
        return self.order_by("due", "pk")


class Task(models.Model):
    """Something to be done by a day. When the owner is gone, the organisation's lead or the coordinator gets it."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="tasks")
    title = TranslatedField(blank=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    event = models.ForeignKey(
        "annual_clock.ClockEvent", null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="clock_tasks"
    )
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_on = models.DateField()
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "done_on"], name="task_by_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=models.F("created_on")),
                name="task_done_after_creation",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)
