"""The trail of every write: actor's id and role, no name and no foreign key, so that erasing a person keeps the trail."""

from django.db import models


class AuditEntry(models.Model):
    """One write. `changes` holds {field: [before, after]} of fields that are not personal."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=40)
    scope = models.CharField(max_length=16, blank=True, help_text="public id of the plan")
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=32)
    organisation_id = models.CharField(max_length=16, blank=True, help_text="public id of the organisation")
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["scope", "-at"], name="audit_by_scope"),
            models.Index(fields=["kind", "object_id", "-at"], name="audit_by_object"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(action=""), name="audit_action_named"),
        ]
