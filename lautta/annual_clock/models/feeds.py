"""Secret addresses of calendars."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lautta.common.ids import PublicIdField


class FeedQuerySet(models.QuerySet["Feed"]):
    def of_person(self, user) -> "FeedQuerySet":
        return self.filter(user=user)

    def of_organisations(self, organisations) -> "FeedQuerySet":
        return self.filter(organisation__in=organisations)


class Feed(models.Model):
    """A person's or an organisation's calendar of one plan. Of the address only the hash is stored: a new address
    makes the former one void at once.
    """

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    secret_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address's secret")
    language = models.CharField(max_length=2, default="fi")
    renewed_on = models.DateField()

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, organisation__isnull=True)
                | Q(user__isnull=True, organisation__isnull=False),
                name="feed_of_one",
            ),
            models.UniqueConstraint(
                fields=["plan", "user"], condition=Q(user__isnull=False), name="feed_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["plan", "organisation"],
                condition=Q(organisation__isnull=False),
                name="feed_once_an_organisation",
            ),
            models.CheckConstraint(condition=~Q(secret_hash=""), name="feed_has_secret"),
        ]

    def __str__(self) -> str:
        return self.public_id
