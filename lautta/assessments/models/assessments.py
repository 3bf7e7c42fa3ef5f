"""A child impact assessment: what it says, where it is, and what has been published of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.assessments.choices import NEEDS_REASON, Directness, Duration, Extent, Need, Reach, State
from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, standing) -> AssessmentQuerySet:
        """Published ones, those of the person's organisations, and all for the coordinator."""
        if standing.sees_all_drafts:
            return self
        published = Publication.objects.current().values("assessment")
        return self.filter(Q(organisation_id__in=standing.organisation_ids) | Q(pk__in=published))

    def in_order(self) -> AssessmentQuerySet:
        """By the day of the decision, the nearest or latest first; those without a day first of all."""
        return self.order_by(F("decision_day").desc(nulls_first=True), "sort_key", "pk")

    def unfinished(self) -> AssessmentQuerySet:
        from lautta.assessments.choices import UNFINISHED

        return self.filter(state__in=sorted(UNFINISHED))

    def narrowed(self, *, state: str = "", organisation: str = "") -> AssessmentQuerySet:
        """In one state and of one organisation (public id); what is empty or unknown does not limit."""
        found = self.filter(state=state) if state in State.values else self
        return found.filter(organisation__public_id=organisation) if organisation else found


class Assessment(models.Model):
    """Tied to a measure, or to any decision by its title. `state` equals the newest StateChange, kept for lists."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="assessments")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="assessments"
    )
    measure = models.ForeignKey(
        "measures.Measure", null=True, blank=True, on_delete=models.SET_NULL, related_name="assessments"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.MEMO)
    sort_key = models.CharField(max_length=120)
    # Memo slip
    title = TranslatedField(blank=False, help_text="what is decided")
    decider = TranslatedField(blank=False, help_text="which body decides")
    decision_day = models.DateField(null=True, blank=True)
    target_groups = models.JSONField(default=list)
    first_estimate = TranslatedField(blank=False)
    need = models.CharField(max_length=6, choices=Need.choices)
    # Screening
    change = TranslatedField(help_text="what would change in a child's everyday life")
    reach = models.CharField(max_length=10, choices=Reach.choices, blank=True)
    directness = models.CharField(max_length=8, choices=Directness.choices, blank=True)
    duration = models.CharField(max_length=8, choices=Duration.choices, blank=True)
    vulnerable_groups = models.JSONField(default=list, blank=True)
    transition = models.BooleanField(default=False, help_text="touches 18-year-olds and over")
    dimensions = models.JSONField(default=list, blank=True)
    known = TranslatedField(help_text="what children have said and what is known already")
    stop_reason = TranslatedField(help_text="why it stopped")
    # Extent and timetable
    extent = models.CharField(max_length=8, choices=Extent.choices, blank=True)
    preparer_title = models.CharField(max_length=160, blank=True, help_text="role, public")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="when the assessment is ready")
    hearing_plan = TranslatedField()
    combined_with = models.JSONField(default=list, blank=True)
    # Background
    background = TranslatedField()
    articles = models.JSONField(default=list, blank=True, help_text="besides those of the dimensions")
    # Hearing
    not_heard_reason = TranslatedField(help_text="why no child was heard")
    # Conflicts, reasoning, proposal
    conflicts = TranslatedField()
    mitigation = TranslatedField()
    best_interests = TranslatedField()
    proposed = models.ForeignKey(
        "assessments.Alternative", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposal = TranslatedField()
    # Decision
    decided_on = models.DateField(null=True, blank=True)
    decided = models.ForeignKey(
        "assessments.Alternative", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = TranslatedField(help_text="what was decided, and how the assessment counted")
    case_number = models.CharField(max_length=80, blank=True)
    # For children
    child_summary = TranslatedField(help_text="plain language")
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state"], name="assessment_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="assessment_state_known"),
            models.CheckConstraint(condition=Q(need__in=Need.values), name="assessment_need_known"),
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="assessment_reach_known"),
            models.CheckConstraint(
                condition=Q(directness__in=Directness.values), name="assessment_directness_known"
            ),
            models.CheckConstraint(
                condition=Q(duration__in=Duration.values), name="assessment_duration_known"
            ),
            models.CheckConstraint(
                condition=Q(extent__in=["", *Extent.values]), name="assessment_extent_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="assessment_days_in_order",
                violation_error_message=_("Arviointi ei voi valmistua ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "followed"]) | Q(decided_on__isnull=False),
                name="assessment_decided_has_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class StateChange(models.Model):
    """Append-only: where the assessment went, when, and why it stopped."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="state_changes")
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="assessment_state_change_known"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(NEEDS_REASON)) | ~Q(reason=""),
                name="assessment_stop_has_reason",
            ),
        ]


class PublicationQuerySet(models.QuerySet["Publication"]):
    def current(self) -> PublicationQuerySet:
        return self.filter(withdrawn_at__isnull=True)

    def of_plan(self, plan) -> PublicationQuerySet:
        return self.filter(assessment__plan=plan)

    def newest_first(self) -> PublicationQuerySet:
        return self.order_by("-published_at", "-pk")


class Publication(models.Model):
    """What the public reads: the document as it was published. A new one takes the place of the former.

    `document` is reading.as_document of the moment, rendered from itself alone; the columns beside it are for lists.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    title = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State.choices)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    decision_day = models.DateField(null=True, blank=True)
    is_illustrative = models.BooleanField(default=False)
    published_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="replaced or taken back")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="assessment_publication_once"),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(withdrawn_at__isnull=True),
                name="assessment_one_public",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["not_needed", "screened", "proposed", "decided", "followed"]),
                name="assessment_public_state",
            ),
        ]
