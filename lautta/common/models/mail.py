"""Outbox: what is to be sent and what was."""

from django.conf import settings
from django.db import models


class OutgoingMail(models.Model):
    """One mail to one person. `key` is unique: the same reminder cannot be written twice, by whatever machine."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    key = models.CharField(max_length=200, unique=True)
    scope = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="mail_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="mail_sent_has_time",
            )
        ]


class MailMention(models.Model):
    """What a mail was about, so that no other mail says it again: a duty's key with the day count it was sent for."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="mentions")
    key = models.CharField(max_length=200, unique=True)
    duty = models.CharField(max_length=200, blank=True, db_index=True)
    said_on = models.DateField(
        null=True, blank=True, help_text="local day; no other mail of the duty follows within days"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="mail_mention_named")]
