"""What was asked of the sources, what they answered, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField


class RawResponseManager(models.Manager["RawResponse"]):
    """Bodies stay in the database until they are asked for."""

    def get_queryset(self) -> models.QuerySet["RawResponse"]:
        return super().get_queryset().defer("body")


class RawResponse(models.Model):
    """A source's answer, kept as it came. The same answer to the same address is kept once."""

    address = models.CharField(max_length=2000)
    fetched_at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes, before compression")
    body = models.BinaryField(help_text="zlib")

    objects = RawResponseManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "address"], name="raw_response_once"),
        ]


class FetchQuerySet(models.QuerySet["Fetch"]):
    def newest_first(self) -> "FetchQuerySet":
        return self.order_by("-started_at", "-pk")


class Fetch(models.Model):
    """One run against a source, or one file. Who started it stands in the audit trail."""

    class State(models.TextChoices):
        RUNNING = "running", _("Käynnissä")
        DONE = "done", _("Valmis")
        FAILED = "failed", _("Epäonnistui")
        INTERRUPTED = "interrupted", _("Keskeytyi")

    public_id = PublicIdField()
    source = models.CharField(max_length=10)
    base_address = models.CharField(max_length=300, blank=True)
    started_by_role = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    wanted = models.PositiveIntegerField(default=0, help_text="how many indicators")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.JSONField(default=dict)

    objects = FetchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "done", "failed", "interrupted"]), name="fetch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True)
                | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="fetch_ended_has_time",
            ),
        ]


class FetchEntry(models.Model):
    """The log line of one indicator in a run, also when nothing changed."""

    class Outcome(models.TextChoices):
        NEW = "new", _("Uudet tiedot")
        UNCHANGED = "unchanged", _("Ei muutoksia")
        WAITING = "waiting", _("Odottaa hyväksyntää")
        REFUSED_BEFORE = "refused_before", _("Samat tiedot on jo hylätty")
        FAILED = "failed", _("Ei otettu")

    fetch = models.ForeignKey(Fetch, on_delete=models.CASCADE, related_name="entries")
    source_id = models.CharField(max_length=160)
    indicator = models.ForeignKey(
        "indicators.Indicator", null=True, blank=True, on_delete=models.SET_NULL, related_name="entries"
    )
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    rows = models.PositiveIntegerField(default=0, help_text="how many the source gave")
    problem = models.JSONField(default=dict, help_text="code and parameters, see problem_words.py")
    responses = models.ManyToManyField(RawResponse, related_name="entries")

    class Meta:
        indexes = [models.Index(fields=["indicator", "-at"], name="fetch_entry_by_indicator")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["new", "unchanged", "waiting", "refused_before", "failed"]),
                name="fetch_entry_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="failed") | ~Q(problem={}), name="fetch_entry_failure_says_why"
            ),
        ]


class FetchSchedule(models.Model):
    """What is fetched once a year without anybody asking."""

    source = models.CharField(max_length=10)
    source_ids = models.JSONField(default=list)
    base_address = models.CharField(max_length=300, blank=True)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    last_run_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "month", "day"], name="fetch_schedule_once_a_day"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=28),
                name="fetch_schedule_day_exists",
                violation_error_message=_("Anna kuukausi 1–12 ja päivä 1–28."),
            ),
        ]
