"""Events of the annual clock that people write here themselves. What other rooms know is pulled from them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.annual_clock.choices import EventKind, LaneChoice, OffHoliday, Repeat
from lautta.annual_clock.recurrence import Rule
from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class ClockEventQuerySet(models.QuerySet["ClockEvent"]):
    def standing(self) -> ClockEventQuerySet:
        """Without those that were removed."""
        return self.filter(ended_on__isnull=True)

    def public(self) -> ClockEventQuerySet:
        return self.standing().filter(is_public=True)

    def visible_to(self, standing) -> ClockEventQuerySet:
        """All for the coordinator; for others the whole plan's, their own organisations', and what is public."""
        if standing.sees_all_drafts:
            return self
        own = standing.organisation_ids
        partner = self.model.partners.through.objects.filter(organisation_id__in=own).values("clockevent_id")
        return self.filter(
            Q(is_public=True) | Q(organisation__isnull=True) | Q(organisation__in=own) | Q(pk__in=partner)
        )

    def in_order(self) -> ClockEventQuerySet:
        return self.order_by("starts_on", "pk")


class ClockEvent(models.Model):
    """One event with its rule. `organisation` answers for it; without one it is the whole plan's. `partners` take part.

    `exceptions`: {"2024-04-09": "2024-04-16" or null}, the rule's own day → where it was moved, or cancelled.
    `serves`, `serves_body`: what needs this to be ready (a report before the meeting).
    """

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="clock_events")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="clock_events"
    )  # fmt: skip
    partners = models.ManyToManyField("organisations.Organisation", blank=True, related_name="+")
    title = TranslatedField(blank=False)
    description = TranslatedField()
    place = TranslatedField()
    lane = models.CharField(max_length=14, choices=LaneChoice.choices)
    kind = models.CharField(max_length=10, choices=EventKind.choices, default=EventKind.OTHER)
    concerns = models.JSONField(default=list, blank=True, help_text="words of choices.Concerns")
    starts_on = models.DateField(help_text="first day on which it may fall")
    starts_at = models.TimeField(null=True, blank=True, help_text="wall time of the region; null: all day")
    ends_at = models.TimeField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(default=1, help_text="how many days it lasts")
    repeat = models.CharField(max_length=8, choices=Repeat.choices, default=Repeat.ONCE)
    month = models.PositiveSmallIntegerField(default=0, help_text="0: every month")
    nth = models.SmallIntegerField(default=0, help_text="-1: the last")
    weekday = models.PositiveSmallIntegerField(default=0, help_text="0: Monday")
    interval = models.PositiveSmallIntegerField(default=1, help_text="weeks")
    offset = models.SmallIntegerField(default=0, help_text="days after the anchor, negative: before")
    repeat_until = models.DateField(null=True, blank=True)
    off_holiday = models.CharField(
        max_length=8, choices=OffHoliday.choices, default=OffHoliday.STAYS, blank=True
    )
    relative_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    relative_body = models.ForeignKey(
        "decisions.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    serves = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="served_by"
    )
    serves_body = models.ForeignKey(
        "decisions.Body", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    exceptions = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True, help_text="where the dates come from")
    is_illustrative = models.BooleanField(default=False)
    ics_uid = models.CharField(max_length=200, blank=True, help_text="UID in the calendar it came from")
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )
    ended_on = models.DateField(null=True, blank=True, help_text="removed on")
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = ClockEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "ended_on"], name="clock_event_by_plan")]
        constraints = [
            models.CheckConstraint(condition=Q(lane__in=LaneChoice.values), name="clock_event_lane_known"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="clock_event_kind_known"),
            models.CheckConstraint(condition=Q(repeat__in=Repeat.values), name="clock_event_repeat_known"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=400), name="clock_event_lasts"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False) & (Q(ends_at__isnull=True) | Q(days__gt=1) | Q(ends_at__gt=F("starts_at"))),
                name="clock_event_ends_after_beginning",
                violation_error_message=_("Tapahtuma ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=~Q(repeat="nth") | Q(nth__in=[-1, 1, 2, 3, 4, 5], weekday__lte=6, month__lte=12),
                name="clock_event_nth_said",
                violation_error_message=_("Valitse, monesko viikonpäivä."),
            ),
            models.CheckConstraint(
                condition=Q(repeat="relative") & (
                    Q(relative_to__isnull=False, relative_body__isnull=True)
                    | Q(relative_to__isnull=True, relative_body__isnull=False)
                )
                | ~Q(repeat="relative") & Q(relative_to__isnull=True, relative_body__isnull=True),
                name="clock_event_has_anchor",
                violation_error_message=_("Valitse yksi tapahtuma tai toimielin, josta päivät lasketaan."),
            ),
            models.CheckConstraint(
                condition=Q(relative_to__isnull=True) | ~Q(relative_to=F("pk")), name="clock_event_not_after_itself"
            ),
            models.CheckConstraint(condition=Q(interval__gte=1, interval__lte=52), name="clock_event_interval"),
            models.CheckConstraint(
                condition=Q(repeat_until__isnull=True) | Q(repeat_until__gte=F("starts_on")),
                name="clock_event_until_after_start",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
            models.UniqueConstraint(
                fields=["plan", "ics_uid"],
                condition=~Q(ics_uid="") & Q(ended_on__isnull=True),
                name="clock_event_imported_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.title)

    @property
    def rule(self) -> Rule:
        return Rule(
            self.repeat, self.starts_on, self.nth, self.weekday, self.month, self.interval, self.offset,
            self.repeat_until, self.off_holiday,
        )  # fmt: skip

    @property
    def moved(self) -> dict[dt.date, dt.date | None]:
        """The exceptions as days."""
        return {
            dt.date.fromisoformat(day): dt.date.fromisoformat(to) if to else None
            for day, to in self.exceptions.items()
        }


class YearCheck(models.Model):
    """The event's dates of one year wait to be looked at; checked when somebody has."""

    event = models.ForeignKey(ClockEvent, on_delete=models.CASCADE, related_name="checks")
    year = models.PositiveSmallIntegerField()
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "year"], name="year_check_once"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2200), name="year_check_year"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.year}"
