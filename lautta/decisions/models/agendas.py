"""What a group's meeting deals with, and its minutes. Once the minutes are kept, the items stay as they were."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.common.translated import Translated, TranslatedField
from lautta.decisions.models.bodies import Body, BodyMeeting
from lautta.decisions.models.matters import Matter
from lautta.decisions.models.paths import Station

# How a follow-up is closed; nothing else of an item of kept minutes is altered.
_CLOSING = frozenset({"followed_up_on", "followed_up"})


class AgendaKind(models.TextChoices):
    MATTER = "matter", pgettext_lazy("asialistan kohta", "Asia toiselta tasolta")
    STATION = "station", pgettext_lazy("asialistan kohta", "Suunnitelman versio")
    FOLLOW_UP = "follow_up", pgettext_lazy("asialistan kohta", "Seuranta")
    OWN = "own", pgettext_lazy("asialistan kohta", "Oma asia")


class Minutes(models.Model):
    """The meeting has been held and its items are frozen."""

    meeting = models.OneToOneField(BodyMeeting, on_delete=models.PROTECT, related_name="minutes")
    present = models.PositiveSmallIntegerField(null=True, blank=True, help_text="how many took part")
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return str(self.meeting)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def in_order(self) -> AgendaItemQuerySet:
        return self.order_by("position", "pk")

    def with_content(self) -> AgendaItemQuerySet:
        return self.select_related("matter", "station", "responsible").prefetch_related("corrections")

    def with_corrections(self) -> AgendaItemQuerySet:
        return self.prefetch_related("corrections")

    def kept(self) -> AgendaItemQuerySet:
        return self.filter(meeting__minutes__isnull=False)

    def to_follow_up(self) -> AgendaItemQuerySet:
        """Kept items whose follow-up day has been set and not closed, the nearest first."""
        return (
            self.kept()
            .filter(follow_up_on__isnull=False, followed_up_on__isnull=True)
            .with_corrections()
            .order_by("follow_up_on", "pk")
        )

    def decided(self, body: Body) -> AgendaItemQuerySet:
        """What the body has decided, newest first."""
        return (
            self.kept()
            .filter(meeting__body=body)
            .exclude(has_decision=False)
            .select_related("meeting", "matter", "responsible")
            .with_corrections()
            .order_by("-meeting__held_on", "position", "pk")
        )


class AgendaItem(models.Model):
    """One thing of a meeting: added by hand before it, or taken from what was open when the minutes were kept."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(BodyMeeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=AgendaKind.choices, default=AgendaKind.OWN)
    title = TranslatedField(blank=False)
    note = TranslatedField(help_text="background")
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda_items"
    )
    station = models.ForeignKey(
        Station, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda_items"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_in"
    )
    decision = TranslatedField()
    has_decision = models.BooleanField(default=False)
    responsible = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    follow_up_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    followed_up = TranslatedField(help_text="how it went")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_item_position_once"),
            models.CheckConstraint(condition=Q(kind__in=AgendaKind.values), name="agenda_item_kind_known"),
            models.CheckConstraint(
                condition=Q(followed_up_on__isnull=True) | Q(follow_up_on__isnull=False),
                name="agenda_item_follow_up_whole",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True) | Q(has_decision=True),
                name="agenda_item_follow_up_has_decision",
                violation_error_message=_("Kirjaa päätös, jota seurataan."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError when an item of kept minutes is altered otherwise than by closing its follow-up."""
        fields = kwargs.get("update_fields")
        closing = fields is not None and set(fields) <= _CLOSING
        if not closing and Minutes.objects.filter(meeting_id=self.meeting_id).exists():
            raise RuntimeError("kept minutes are never altered")
        super().save(*args, **kwargs)

    def is_late(self, today: dt.date) -> bool:
        return self.follow_up_on is not None and self.followed_up_on is None and self.follow_up_on < today

    @property
    def decision_now(self) -> Translated:
        """What was decided, as the newest correction says it. Read `corrections` along in lists."""
        corrections = list(self.corrections.all())
        return corrections[-1].decision if corrections else self.decision


class ItemCorrection(models.Model):
    """What kept minutes say of a decision was written down wrongly. Both texts stay; the newest row is what holds."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    decision = TranslatedField(blank=False)
    reason = models.CharField(max_length=300)
    corrected_on = models.DateField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_correction_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="item_correction_has_reason",
                violation_error_message=_("Kerro, miksi kirjausta korjataan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError when a correction is altered: another one is added instead."""
        if not self._state.adding:
            raise RuntimeError("a correction is never altered")
        super().save(*args, **kwargs)
