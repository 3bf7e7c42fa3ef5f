"""A plan that somebody brings in, kept as a draft until a person has checked it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lautta.common.ids import PublicIdField


class PlanImport(models.Model):
    """One file. `draft` is what was read from it (see importing.py for its shape); nothing of it is in the plan before `taken`."""

    class State(models.TextChoices):
        READING = "reading"
        CHECKING = "checking"
        TAKEN = "taken"
        DISCARDED = "discarded"
        UNREADABLE = "unreadable"

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="imports")
    job = models.ForeignKey("common.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    draft = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reading", "checking", "taken", "discarded", "unreadable"]),
                name="import_state_known",
            )
        ]


class FiguresSeen(models.Model):
    """Until when somebody has looked at what moved in a plan's joint indicators; one row a person and plan."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="figures_seen_once")]

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d}"
