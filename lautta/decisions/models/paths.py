"""The way of a version through bodies: stations, their decisions, and the changes that were asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.decisions.choices import OPEN_OUTCOMES, AmendmentState, Outcome, StationKind, TargetKind
from lautta.decisions.models.bodies import Body, BodyMeeting
from lautta.decisions.models.versions import Version


class StationQuerySet(models.QuerySet["Station"]):
    def in_order(self) -> StationQuerySet:
        return self.order_by(
            F("body__organisation__sort_key").asc(nulls_first=True), "body__position", "body_id"
        )

    def with_content(self) -> StationQuerySet:
        """Bodies, meetings and decisions read along: a constant number of queries."""
        return self.select_related("body__organisation", "meeting").prefetch_related(
            models.Prefetch("decisions", Decision.objects.standing().order_by("number"))
        )


class Station(models.Model):
    """One body on the way of one version. It comes to the body once the station in `after` has passed."""

    public_id = PublicIdField()
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="stations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="stations")
    kind = models.CharField(max_length=10, choices=StationKind.choices, default=StationKind.DECIDES)
    after = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    meeting = models.ForeignKey(
        BodyMeeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="stations"
    )
    due = models.DateField(null=True, blank=True, help_text="last day for the decision")
    case_number = models.CharField(max_length=40, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = StationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "body"],
                name="station_once_a_version",
                violation_error_message=_("Toimielin on jo tämän version polulla."),
            ),
            models.CheckConstraint(condition=Q(kind__in=StationKind.values), name="station_kind_known"),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=F("pk")), name="station_not_after_itself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> DecisionQuerySet:
        """Without those that a correction has replaced."""
        return self.filter(corrected=False)

    def newest_first(self) -> DecisionQuerySet:
        return self.order_by("-decided_on", "-pk")


class Decision(models.Model):
    """What a body did at one meeting. Rows are added; a correction replaces a row and says why."""

    public_id = PublicIdField()
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decided_on = models.DateField()
    section = models.CharField(max_length=20, blank=True, help_text="§ of the minutes")
    case_number = models.CharField(max_length=40, blank=True)
    minutes_url = models.URLField(max_length=500, blank=True)
    wording = TranslatedField(help_text="what was decided, in the body's own words")
    dissent = TranslatedField(help_text="differing opinions, by group or role")
    legal_force_on = models.DateField(null=True, blank=True)
    corrected = models.BooleanField(default=False)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )
    correction_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "number"], name="decision_number_once"),
            models.UniqueConstraint(
                fields=["station"],
                condition=~Q(outcome__in=sorted(OPEN_OUTCOMES)) & Q(corrected=False),
                name="station_decided_once",
                violation_error_message=_("Toimielin on jo päättänyt tästä."),
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(legal_force_on__isnull=True) | Q(legal_force_on__gte=F("decided_on")),
                name="decision_force_after_decision",
                violation_error_message=_("Päätös ei voi tulla lainvoimaiseksi ennen kuin se on tehty."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
                name="decision_correction_has_reason",
                violation_error_message=_("Kerro, miksi kirjausta korjataan."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def is_final(self) -> bool:
        return self.outcome not in OPEN_OUTCOMES


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def open(self) -> AmendmentQuerySet:
        return self.filter(state=AmendmentState.OPEN)

    def waiting_for_version(self) -> AmendmentQuerySet:
        """Accepted, and in no later version yet."""
        return self.filter(state=AmendmentState.ACCEPTED, gathered_in__isnull=True)


class Amendment(models.Model):
    """A change that a body asked for. It is answered, and what is accepted is gathered into the next version."""

    public_id = PublicIdField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="amendments")
    position = models.PositiveSmallIntegerField(default=1)
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices, default=TargetKind.WHOLE)
    target_id = models.CharField(max_length=16, blank=True, help_text="public id within the version")
    text = TranslatedField(blank=False)
    state = models.CharField(max_length=8, choices=AmendmentState.choices, default=AmendmentState.OPEN)
    answer = TranslatedField(help_text="what was done, or why not")
    gathered_in = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="gathered"
    )
    row_version = models.PositiveIntegerField(default=1)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AmendmentState.values), name="amendment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(target_kind__in=TargetKind.values), name="amendment_target_known"
            ),
            models.CheckConstraint(
                condition=Q(gathered_in__isnull=True) | Q(state="accepted"),
                name="amendment_gathered_is_accepted",
            ),
        ]
