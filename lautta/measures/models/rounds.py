"""Yearly rounds of part II: opened by the coordinator, answered by every organisation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class RoundQuerySet(models.QuerySet["Round"]):
    def newest_first(self) -> "RoundQuerySet":
        return self.order_by("-year")

    def open(self) -> "RoundQuerySet":
        return self.filter(state=Round.State.OPEN)


class Round(models.Model):
    """One year's part II of a plan."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("kierroksen tila", "Tulossa")
        OPEN = "open", pgettext_lazy("kierroksen tila", "Avoinna")
        CLOSED = "closed", pgettext_lazy("kierroksen tila", "Suljettu")

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    opens_on = models.DateField(null=True, blank=True)
    deadline = models.DateField(help_text="last day to give measures")
    evaluation_deadline = models.DateField(
        null=True, blank=True, help_text="last day of the year's evaluation"
    )
    emphases = TranslatedField()
    guidance = TranslatedField()
    version = models.PositiveIntegerField(default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="round_once_a_year"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(deadline__gte=F("opens_on")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "open", "closed"]), name="round_state_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


# Legal moves of a round; a closed round may be reopened, with a reason.
ROUND_TRANSITIONS = {
    Round.State.PLANNED: frozenset({Round.State.OPEN}),
    Round.State.OPEN: frozenset({Round.State.CLOSED}),
    Round.State.CLOSED: frozenset({Round.State.OPEN}),
}


class RoundStateChange(models.Model):
    """Append-only: the round was opened, closed, reopened."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="state_changes")
    state = models.CharField(max_length=8, choices=Round.State.choices)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class OrganisationEmphasis(models.Model):
    """What one organisation stresses this year (painotukset)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="organisation_emphases")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="emphases"
    )
    text = TranslatedField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="emphasis_once")]


class RoundAnswer(models.Model):
    """The organisation says that its measures for the round are ready; withdrawn answers end, they do not vanish."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="round_answers"
    )
    answered_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    nothing_new = models.BooleanField(default=False, help_text="no measures this year, said on purpose")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="round_answer_once",
            )
        ]
