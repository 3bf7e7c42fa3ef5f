"""Frozen versions: canonical JSON and its SHA-256. Nothing of a version is ever altered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.decisions.choices import HOLDS_PART_ONE, HOLDS_PART_TWO, VersionKind

# What a row may change after it is made: the withdrawal, never the content.
_MUTABLE = frozenset({"withdrawn_on", "withdrawn_reason", "carried_out_on"})


class VersionQuerySet(models.QuerySet["Version"]):
    def newest_first(self) -> VersionQuerySet:
        return self.order_by("-number")

    def light(self) -> VersionQuerySet:
        """Without the content, for lists."""
        return self.defer("content")

    def standing(self) -> VersionQuerySet:
        return self.filter(withdrawn_on__isnull=True)

    def public(self) -> VersionQuerySet:
        """What is before some body: a version is public once its path has begun."""
        return self.standing().filter(stations__isnull=False).distinct()

    def of_kind(self, kind: str, year: int | None) -> VersionQuerySet:
        return self.filter(kind=kind, year=year)


class Version(models.Model):
    """Part I, a year's part II, both, or a decision on the plan's time, as it was when it was frozen."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=VersionKind.choices)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    schema = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="canonical JSON")
    sha256 = models.CharField(max_length=64)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_as"
    )
    frozen_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    carried_out_on = models.DateField(
        null=True, blank=True, help_text="an extension or succession took effect"
    )
    is_illustrative = models.BooleanField(default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(kind__in=VersionKind.values), name="version_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(HOLDS_PART_TWO), year__isnull=False)
                | Q(year__isnull=True) & ~Q(kind__in=sorted(HOLDS_PART_TWO)),
                name="version_year_fits_kind",
                violation_error_message=_("Valitse vuosi, jonka ohjelmasta päätetään."),
            ),
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(content=""), name="version_has_content"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="version_withdrawal_has_reason",
                violation_error_message=_("Kerro, miksi versio perutaan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError when anything but a withdrawal or carrying out is written to a stored row."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not set(fields) <= _MUTABLE):
            raise RuntimeError("a frozen version is never altered")
        super().save(*args, **kwargs)

    @property
    def holds_part_one(self) -> bool:
        return self.kind in HOLDS_PART_ONE

    @property
    def holds_part_two(self) -> bool:
        return self.kind in HOLDS_PART_TWO


class FrozenQuotation(models.Model):
    """A quotation that a version shows: its words and salt stand here, the version holds only the salted hash.

    The row goes with the voice (a person's wish to be forgotten), and the version still verifies.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="quotations")
    voice = models.ForeignKey("voices.Voice", on_delete=models.CASCADE, related_name="frozen_in")
    voice_key = models.CharField(max_length=16, help_text="the voice's public id, as the version names it")
    salt = models.CharField(max_length=32)
    text = models.JSONField(help_text="language → words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "voice_key"], name="frozen_quotation_once")]


class VersionRedaction(models.Model):
    """Personal data was removed from a frozen version. Rows form a chain of digests from what was frozen to what stands now.

    Nothing here tells what was removed.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="redactions")
    number = models.PositiveSmallIntegerField()
    removed_on = models.DateField()
    places = models.PositiveIntegerField()
    sha256_before = models.CharField(max_length=64)
    sha256_after = models.CharField(max_length=64)
    removed_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="version_redaction_once"),
            models.CheckConstraint(condition=Q(places__gte=1), name="version_redaction_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError when a link of the chain is altered."""
        if not self._state.adding:
            raise RuntimeError("a redaction is never altered")
        super().save(*args, **kwargs)
