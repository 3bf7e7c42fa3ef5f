"""Vintages: what we knew, and when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField

BLOBS = ("values", "numerators", "denominators", "status", "quantiles")


class VintageQuerySet(models.QuerySet["Vintage"]):
    def current(self) -> "VintageQuerySet":
        return self.filter(state=Vintage.State.CURRENT)

    def waiting(self) -> "VintageQuerySet":
        """Those that wait for a person's yes, oldest first."""
        return self.filter(state=Vintage.State.WAITING).order_by("made_at", "pk")


class VintageManager(models.Manager.from_queryset(VintageQuerySet)):  # type: ignore[misc]
    """Panels stay in the database until they are asked for: see reading.py."""

    def get_queryset(self) -> VintageQuerySet:
        return super().get_queryset().defer(*BLOBS)


class Vintage(models.Model):
    """All values of an indicator as they were at one time. Never altered; only its state moves.

    `dimensions` is [[name, [codes]], …] in the order of the axes: area, year, gender, then what the source has besides.
    Binaries are row-major over it, little-endian float64 (NaN where nothing is known) and uint8 status
    (lautta.statistics.panel.Status). `quantiles` is float64 of (years, genders, …, 5): 5, 25, 50, 75 and 95 % over municipalities.
    """

    class State(models.TextChoices):
        CURRENT = "current", _("Käytössä")
        PAST = "past", _("Aiempi")
        WAITING = "waiting", _("Odottaa hyväksyntää")
        REFUSED = "refused", _("Hylätty")

    public_id = PublicIdField()
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.CASCADE, related_name="vintages")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    entry = models.OneToOneField(
        "indicators.FetchEntry", null=True, blank=True, on_delete=models.SET_NULL, related_name="vintage"
    )
    dimensions = models.JSONField()
    values = models.BinaryField()
    numerators = models.BinaryField(null=True, blank=True)
    denominators = models.BinaryField(null=True, blank=True)
    status = models.BinaryField()
    quantiles = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="of dimensions and arrays")
    area_count = models.PositiveIntegerField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    observed = models.PositiveIntegerField(help_text="cells with a number")
    held_because = models.JSONField(default=list, help_text="codes and parameters, see problem_words.py")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = VintageManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="vintage_number_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(state="current"), name="vintage_one_current"
            ),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(state="waiting"), name="vintage_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["current", "past", "waiting", "refused"]), name="vintage_state_known"
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=models.F("first_year")), name="vintage_years_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | ~Q(held_because=[]), name="vintage_waiting_says_why"
            ),
        ]
