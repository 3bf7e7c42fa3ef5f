"""Measure is permanent; MeasureYear is its content in one round."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.indicators.models import Indicator
from lautta.measures.choices import MoneyKind, ServiceTier, Status, Timeliness
from lautta.measures.models.rounds import Round


class MeasureQuerySet(models.QuerySet["Measure"]):
    def public_years(self) -> "MeasureYearQuerySet":
        """What their organisations have published of these measures, all years."""
        return MeasureYear.objects.public().filter(measure__in=self)

    def years_published(self) -> models.QuerySet:
        """The years in which something of these is public."""
        return self.public_years().order_by().values_list("round__year", flat=True).distinct()

    def public_reports(self) -> models.QuerySet:
        """Reports on published years; a corrected one gives way to its correction."""
        from lautta.measures.models.reports import ProgressReport

        return ProgressReport.objects.filter(
            measure_year__measure__in=self,
            measure_year__published_at__isnull=False,
            corrected_by__isnull=True,
        )


class Measure(models.Model):
    """Keeps its address, reports and effects from year to year."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="measures")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="measures"
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_as"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True, help_text="not carried over any more")
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("pk")),
                name="measure_not_own_predecessor",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""), name="measure_end_has_reason"
            ),
        ]


class MeasureHandover(models.Model):
    """Append-only: another organisation answers for the measure from `first_year` on; its address stays."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="handovers")
    from_organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    to_organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    first_year = models.PositiveSmallIntegerField(help_text="first round of the new organisation")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")),
                name="handover_between_two_organisations",
            )
        ]


class MeasureYearQuerySet(models.QuerySet["MeasureYear"]):
    def public(self) -> "MeasureYearQuerySet":
        return self.filter(published_at__isnull=False)

    def visible_to(self, standing) -> "MeasureYearQuerySet":
        """Published ones, those of the person's organisations, and all drafts for the coordinator."""
        if standing.sees_all_drafts:
            return self
        return self.filter(
            Q(published_at__isnull=False) | Q(measure__organisation_id__in=standing.organisation_ids)
        )

    def in_order(self) -> "MeasureYearQuerySet":
        return self.order_by("sort_key", "pk")

    def with_organisation_then(self) -> "MeasureYearQuerySet":
        """`organisation_then`: who answered for the measure in that round, also before a handover."""
        before_handover = (
            MeasureHandover.objects.filter(
                measure=OuterRef("measure"), first_year__gt=OuterRef("round__year")
            )
            .order_by("first_year", "pk")
            .values("from_organisation")[:1]
        )
        then = Coalesce(
            Subquery(before_handover), F("measure__organisation"), output_field=models.BigIntegerField()
        )
        return self.annotate(organisation_then=then)

    def with_latest_change(self) -> "MeasureYearQuerySet":
        """`latest_status` and `latest_reason`: the newest row of the status's history."""
        from lautta.measures.models.reports import StatusChange

        newest = StatusChange.objects.filter(measure_year=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            latest_status=Subquery(newest.values("status")[:1]),
            latest_reason=Subquery(newest.values("reason")[:1]),
        )

    def for_filters(self, newest_first: bool = False) -> models.QuerySet:
        """Rows (pk, measure, round's year, organisation then, status, service tier, target groups as JSON text), by title
        or the latest changed first. Light: no text is read, nothing is parsed.
        """
        order = ("-updated_at", "sort_key", "pk") if newest_first else ("sort_key", "pk")
        groups = Cast("target_groups", models.TextField())
        return (
            self.with_organisation_then()
            .annotate(_groups=groups)
            .order_by(*order)
            .values_list(
                "pk", "measure_id", "round__year", "organisation_then", "status", "service_tier", "_groups"
            )
        )

    def goal_pairs(self) -> models.QuerySet:
        """(measure year, goal) primary keys of these years."""
        return MeasureGoal.objects.filter(measure_year__in=self.order_by().values("pk")).values_list(
            "measure_year_id", "goal_id"
        )

    def of_organisation(self, organisation) -> "MeasureYearQuerySet":
        """Years for which this organisation (or its primary key) answered."""
        return self.with_organisation_then().filter(  # type: ignore[misc]
            organisation_then=getattr(organisation, "pk", organisation)
        )

    def for_goals(self, goals: Iterable[int]) -> "MeasureYearQuerySet":
        """Tied to any of the goals (primary keys), each year once."""
        return self.filter(pk__in=MeasureGoal.objects.filter(goal__in=list(goals)).values("measure_year"))

    def for_group(self, group: str) -> "MeasureYearQuerySet":
        """Measures of one target group; JSON containment is missing on SQLite, so its text is matched."""
        return self.annotate(_groups=Cast("target_groups", models.TextField())).filter(
            _groups__contains=f'"{group}"'
        )


class MeasureYear(models.Model):
    """One year's content. Six fields are enough to begin: title, change, goal, target groups, organisation, dates."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="years")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="measure_years")
    title = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    change = TranslatedField(help_text="what changes in a child's everyday life")
    description = TranslatedField()
    goals = models.ManyToManyField("plans.Goal", through="MeasureGoal", related_name="measure_years")
    target_groups = models.JSONField(default=list)
    vulnerable_groups = models.JSONField(default=list, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    service_tier = models.PositiveSmallIntegerField(choices=ServiceTier.choices, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="responsible_for",
    )
    responsible_title = models.CharField(max_length=160, blank=True, help_text="role, public")
    partners = models.ManyToManyField("organisations.Organisation", related_name="partner_in", blank=True)
    other_partners = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    timeliness = models.CharField(
        max_length=8, choices=Timeliness.choices, default=Timeliness.UNKNOWN, blank=True
    )
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeasureYearQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["round", "sort_key"], name="measure_year_in_order"),
            models.Index(fields=["round", "status"], name="measure_year_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["measure", "round"], name="measure_once_a_round"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="measure_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="measure_status_known"),
            models.CheckConstraint(
                condition=Q(timeliness__in=Timeliness.values), name="measure_timeliness_known"
            ),
            models.CheckConstraint(
                condition=Q(service_tier__isnull=True) | Q(service_tier__in=ServiceTier.values),
                name="measure_tier_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class MeasureGoal(models.Model):
    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, related_name="measure_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure_year", "goal"], name="measure_goal_once")]


class MeasureMirroring(models.Model):
    """The measure answers to an item of a framework (plans/data)."""

    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="mirrorings")
    framework = models.CharField(max_length=40)
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure_year", "framework", "code"], name="measure_mirroring_once"
            )
        ]


class MeasureIndicator(models.Model):
    """An indicator from which the change sought should show, and which way it should move."""

    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey(
        "indicators.Indicator", on_delete=models.PROTECT, related_name="measure_links"
    )
    direction = models.CharField(max_length=20, choices=Indicator.Direction.choices)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure_year", "indicator"], name="measure_indicator_once"),
            models.UniqueConstraint(
                fields=["measure_year"],
                condition=Q(is_primary=True),
                name="measure_one_primary_indicator",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["smaller_is_better", "larger_is_better", "neither"]),
                name="measure_indicator_direction_known",
            ),
        ]


class MeasureMoney(models.Model):
    """Euros, row by row: who pays, which year and tier, budgeted or spent."""

    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="money")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    tier = models.PositiveSmallIntegerField(choices=ServiceTier.choices, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=MoneyKind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    funding = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="money_not_negative"),
            models.CheckConstraint(condition=Q(kind__in=MoneyKind.values), name="money_kind_known"),
        ]


class PersonYears(models.Model):
    """Working time, row by row, in person-years."""

    measure_year = models.ForeignKey(MeasureYear, on_delete=models.CASCADE, related_name="person_years")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    tier = models.PositiveSmallIntegerField(choices=ServiceTier.choices, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=MoneyKind.choices)
    amount = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        verbose_name_plural = "person-years"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="person_years_not_negative"),
            models.CheckConstraint(condition=Q(kind__in=MoneyKind.values), name="person_years_kind_known"),
        ]
