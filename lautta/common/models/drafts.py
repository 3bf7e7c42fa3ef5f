"""What a person has typed but not saved, for every form that keeps drafts."""

from django.conf import settings
from django.db import models


class FormDraft(models.Model):
    """One person's unsaved form. `key` names the form and its object; `fields` is what was typed, as posted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_one_per_person_and_form")]
