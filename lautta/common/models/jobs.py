"""Work that goes on behind the page, with its progress."""

from django.conf import settings
from django.db import models

from lautta.common.ids import PublicIdField


class Job(models.Model):
    """A background job. `result` and `problem` hold codes and parameters that a page puts into words."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    public_id = PublicIdField()
    scope = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    input = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]), name="job_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(state__in=["done", "failed"]),
                name="job_ended_has_end_state",
            ),
        ]
