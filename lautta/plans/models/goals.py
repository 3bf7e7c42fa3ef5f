"""Goal tree: cross-cutting aim with its means, main goals, subgoals, and target states as criteria."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.plans.models.plans import Plan


class GoalQuerySet(models.QuerySet["Goal"]):
    def in_order(self) -> "GoalQuerySet":
        return self.order_by("position", "pk")

    def current(self) -> "GoalQuerySet":
        return self.filter(ended_at__isnull=True)

    def main(self) -> "GoalQuerySet":
        return self.filter(kind=Goal.Kind.MAIN)

    def public(self) -> "GoalQuerySet":
        return self.filter(published_at__isnull=False, ended_at__isnull=True)

    def with_content(self) -> "GoalQuerySet":
        """Owners, criteria, mirrorings and linked plans read along: a constant number of queries."""
        return self.select_related("owner").prefetch_related("criteria", "mirrorings", "linked_plans")


class Goal(models.Model):
    """A node of the goal tree. `colour` 1–3 is the main goal's colour on every page; 0 is the cross-cutting
    aim's.
    """

    class Kind(models.TextChoices):
        CROSS_CUTTING = "cross_cutting", _("Läpileikkaava tavoite")
        MEANS = "means", _("Väline")
        MAIN = "main", _("Päätavoite")
        SUBGOAL = "subgoal", _("Alatavoite")

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("Ei vielä aloitettu")
        UNDER_WAY = "under_way", _("Käynnissä")
        REACHED = "reached", _("Saavutettu")
        AT_RISK = "at_risk", _("Vaarassa")

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(max_length=14, choices=Kind.choices)
    number = models.CharField(max_length=12, blank=True)
    position = models.PositiveIntegerField(default=0)
    colour = models.PositiveSmallIntegerField(default=0)
    title = TranslatedField(blank=False)
    description = TranslatedField()
    plain = TranslatedField()
    target_groups = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    owner = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_goals",
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_as"
    )
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "position"], name="goal_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=~Q(number="") & Q(ended_at__isnull=True),
                name="goal_number_once_in_plan",
                violation_error_message=_("Tämä numero on jo toisella tavoitteella."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="goal_not_own_parent",
                violation_error_message=_("Tavoite ei voi olla itsensä alla."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["cross_cutting", "main"], parent__isnull=True)
                | Q(kind__in=["means", "subgoal"], parent__isnull=False),
                name="goal_parent_fits_kind",
                violation_error_message=_(
                    "Alatavoite kuuluu päätavoitteeseen ja väline läpileikkaavaan tavoitteeseen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(colour__lte=3),
                name="goal_colour_known",
                violation_error_message=_("Valitse väri luettelosta."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""),
                name="goal_end_has_reason",
                violation_error_message=_("Kerro, miksi tavoite päättyy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Criterion(models.Model):
    """One sentence of the target state: what is true when the goal is reached."""

    public_id = PublicIdField()
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveIntegerField(default=0)
    text = TranslatedField(blank=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "criteria"


class GoalMirroring(models.Model):
    """The goal answers to an item of a framework (data files in plans/data): child strategy, Convention."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="mirrorings")
    framework = models.CharField(max_length=40)
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "framework", "code"], name="goal_mirroring_once")
        ]


class LinkedPlan(models.Model):
    """Another plan that this one must agree with: wellbeing plan, student-welfare plan, a budget year."""

    class Kind(models.TextChoices):
        WELLBEING = "wellbeing", _("Hyvinvointisuunnitelma")
        STUDENT_WELFARE = "student_welfare", _("Opiskeluhuoltosuunnitelma")
        BUDGET = "budget", _("Talousarvio")
        OTHER = "other", _("Muu suunnitelma")

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="linked_plans")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = TranslatedField(blank=False)
    url = models.URLField(blank=True, max_length=500)
    years = models.CharField(max_length=20, blank=True)
    goals = models.ManyToManyField(Goal, related_name="linked_plans", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["wellbeing", "student_welfare", "budget", "other"]),
                name="linked_plan_kind_known",
            )
        ]
