"""What the region follows together: joint indicators with baseline and target, and what it chose not to follow."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.indicators.models import Indicator
from lautta.plans.models.goals import Goal
from lautta.plans.models.plans import Plan


class JointIndicatorQuerySet(models.QuerySet["JointIndicator"]):
    def in_order(self) -> "JointIndicatorQuerySet":
        """By goal in the order of the tree, those without a goal last; within a goal as the region has put them."""
        return self.order_by(F("goal__position").asc(nulls_last=True), "goal_id", "position", "pk")

    def for_goal(self, goal: Goal | None) -> "JointIndicatorQuerySet":
        """Those by which a goal is followed (None: those of no goal)."""
        return self.filter(goal=goal)

    def owned_by(self, organisation) -> "JointIndicatorQuerySet":
        """Those that an organisation answers for."""
        return self.filter(owner=organisation)

    def with_target(self) -> "JointIndicatorQuerySet":
        return self.filter(target_value__isnull=False)

    def with_content(self) -> "JointIndicatorQuerySet":
        """Indicator, goal and owner read along in the same query."""
        return self.select_related("indicator", "goal", "owner")


class JointIndicator(models.Model):
    """An indicator that the plan follows. Values are in the indicator's own unit, of the region's own area."""

    class Role(models.TextChoices):
        OUTCOME = "outcome", pgettext_lazy("mittarin laji", "Vaikutus")
        PROCESS = "process", pgettext_lazy("mittarin laji", "Toiminta")
        COST = "cost", pgettext_lazy("mittarin laji", "Kustannus")

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="joint_indicators")
    indicator = models.ForeignKey(
        "indicators.Indicator", on_delete=models.PROTECT, related_name="joint_indicators"
    )
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="joint_indicators"
    )
    owner = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_indicators",
    )
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_value = models.FloatField(null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target_value = models.FloatField(null=True, blank=True)
    direction = models.CharField(
        max_length=20, choices=Indicator.Direction.choices, default=Indicator.Direction.NEITHER
    )
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.OUTCOME)
    note = TranslatedField(help_text="why we follow this")
    position = models.PositiveIntegerField(default=0)
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = JointIndicatorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "position"], name="joint_indicator_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator"],
                name="joint_indicator_once_in_plan",
                violation_error_message=_("Mittari on jo yhteisten mittarien joukossa."),
            ),
            models.CheckConstraint(
                condition=Q(baseline_year__isnull=True, baseline_value__isnull=True)
                | Q(baseline_year__isnull=False, baseline_value__isnull=False),
                name="joint_indicator_baseline_whole",
                violation_error_message=_("Lähtötasoon kuuluu sekä arvo että vuosi."),
            ),
            models.CheckConstraint(
                condition=Q(target_year__isnull=True, target_value__isnull=True)
                | Q(target_year__isnull=False, target_value__isnull=False),
                name="joint_indicator_target_whole",
                violation_error_message=_("Tavoitteeseen kuuluu sekä arvo että vuosi."),
            ),
            models.CheckConstraint(
                condition=Q(baseline_year__isnull=True)
                | Q(target_year__isnull=True)
                | Q(target_year__gt=F("baseline_year")),
                name="joint_indicator_target_after_baseline",
                violation_error_message=_("Tavoitevuoden pitää olla lähtötason vuoden jälkeen."),
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["smaller_is_better", "larger_is_better", "neither"]),
                name="joint_indicator_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["outcome", "process", "cost"]), name="joint_indicator_role_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator.title)

    @property
    def target_is_on_wrong_side(self) -> bool:
        """True when the target would be worse than the baseline, the direction being what it is."""
        if self.baseline_value is None or self.target_value is None:
            return False
        if self.direction == Indicator.Direction.SMALLER:
            return self.target_value > self.baseline_value
        if self.direction == Indicator.Direction.LARGER:
            return self.target_value < self.baseline_value
        return False


class LeftOutIndicator(models.Model):
    """An entry of the minimum list that the plan does not follow, and why. `code` is a definition's."""

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="left_out_indicators")
    code = models.SlugField(max_length=60)
    reason = TranslatedField(blank=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="left_out_indicator_once_in_plan",
                violation_error_message=_("Mittari on jo jätetty pois."),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="left_out_indicator_has_code"),
        ]

    def __str__(self) -> str:
        return self.code
