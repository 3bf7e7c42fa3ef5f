"""Which child impact assessment a version or a body's decision rests on. The assessment knows nothing of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from lautta.common.ids import PublicIdField
from lautta.decisions.models.paths import Decision
from lautta.decisions.models.versions import Version


class AssessmentLinkQuerySet(models.QuerySet["AssessmentLink"]):
    def in_order(self) -> AssessmentLinkQuerySet:
        return self.order_by("assessment__sort_key", "pk")

    def in_public(self) -> AssessmentLinkQuerySet:
        """Of versions that are public and assessments that are published now."""
        return self.filter(
            version__in=Version.objects.public(), assessment__publications__withdrawn_at__isnull=True,
            assessment__publications__isnull=False,
        ).distinct()  # fmt: skip


class AssessmentLink(models.Model):
    """Without a decision the assessment is of the whole version; with one, of what that body decided."""

    public_id = PublicIdField()
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="assessment_links")
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="assessment_links"
    )
    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="decision_links"
    )
    linked_on = models.DateField()
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AssessmentLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "assessment"],
                condition=Q(decision__isnull=True),
                name="assessment_link_version_once",
            ),
            models.UniqueConstraint(
                fields=["decision", "assessment"],
                condition=Q(decision__isnull=False),
                name="assessment_link_decision_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.assessment)
