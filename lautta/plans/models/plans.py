"""The plan, its organiser over time, the organisations that take part, and who may do what in it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common import clock
from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.organisations.permissions import Role


class PlanQuerySet(models.QuerySet["Plan"]):
    def public(self) -> "PlanQuerySet":
        return self.filter(published_at__isnull=False)

    def in_workspace_of(self, user_id: int) -> "PlanQuerySet":
        """Plans in which the person has a role today."""
        held = RoleAssignment.objects.current(clock.today()).filter(membership__user_id=user_id)
        return self.filter(pk__in=held.values("plan_id"))


class Plan(models.Model):
    """Part I and its yearly part II for one period of one region."""

    class Phase(models.TextChoices):
        DRAFTING = "drafting", _("Valmistelussa")
        IN_FORCE = "in_force", _("Voimassa")
        ENDED = "ended", pgettext_lazy("suunnitelman vaihe", "Päättynyt")

    public_id = PublicIdField()
    region = models.ForeignKey("organisations.Region", on_delete=models.PROTECT, related_name="plans")
    title = TranslatedField(blank=False)
    purpose = TranslatedField(help_text="what the plan is, in one sentence")
    plain = TranslatedField(help_text="the same for children")
    period_start = models.PositiveSmallIntegerField()
    period_end = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.DRAFTING)
    published_at = models.DateTimeField(null=True, blank=True)
    is_illustrative = models.BooleanField(default=False)
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="plan_period_in_order",
                violation_error_message=_("Viimeinen vuosi ei voi olla ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["drafting", "in_force", "ended"]), name="plan_phase_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class OrganiserPeriod(models.Model):
    """Who is accountable for organising the services of the plan, and when (järjestämisvastuu)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="organiser_periods")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(ended_on__isnull=True),
                name="plan_one_organiser_now",
                violation_error_message=_("Suunnitelmalla on jo järjestäjä."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="organiser_period_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
        ]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def current(self, on: dt.date) -> "ParticipationQuerySet":
        """Those who take part on the date and whose organisation still exists."""
        return self.filter(
            Q(started_on__lte=on)
            & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))
            & (Q(organisation__ended_on__isnull=True) | Q(organisation__ended_on__gte=on))
        )


class Participation(models.Model):
    """An organisation takes part in a plan for a time; an organisation may take part in plans of several
    regions.

    One that leaves and comes back has two rows, whose periods do not overlap.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="participations"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="participation_open_once",
                violation_error_message=_("Organisaatio on jo mukana suunnitelmassa."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="participation_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
        ]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self, on: dt.date) -> "RoleAssignmentQuerySet":
        """Roles that hold on the date. `ended_on` is the first day without, so that a role ended today is
        gone at once.
        """
        return self.filter(
            Q(started_on__lte=on)
            & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
            & Q(membership__started_on__lte=on)
            & (Q(membership__ended_on__isnull=True) | Q(membership__ended_on__gt=on))
        )

    def open_coordinators(self) -> "RoleAssignmentQuerySet":
        """Coordinator roles of active accounts with no end in sight."""
        return self.filter(
            role=Role.COORDINATOR,
            ended_on__isnull=True,
            membership__ended_on__isnull=True,
            membership__user__is_active=True,
        )


class RoleAssignment(models.Model):
    """A member of an organisation has a role in a plan: every permission is tied to plan and organisation."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="role_assignments")
    membership = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="first day without")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "membership", "role"],
                condition=Q(ended_on__isnull=True),
                name="role_open_once",
                violation_error_message=_("Henkilöllä on jo tämä rooli."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="role_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="role_known"),
        ]
