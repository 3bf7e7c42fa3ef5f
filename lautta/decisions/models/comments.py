"""A draft circulates: a frozen version is open for comments for a time, and each comment is bound to a passage of it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.decisions.choices import TargetKind
from lautta.decisions.choices_statements import CirculationPhase, Taken
from lautta.decisions.models.versions import Version

PASSAGE_KINDS = [TargetKind.CHAPTER, TargetKind.GOAL, TargetKind.MEASURE]


class Circulation(models.Model):
    """The days, both included, on which a version may be commented on."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="circulation")
    opens_on = models.DateField()
    closes_on = models.DateField()
    note = TranslatedField(help_text="what is hoped for from those who read")
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="circulation_closes_after_opening",
                violation_error_message=_("Kommentointi ei voi päättyä ennen kuin se alkaa."),
            )
        ]

    def phase(self, today: dt.date) -> CirculationPhase:
        if today < self.opens_on:
            return CirculationPhase.BEFORE
        return CirculationPhase.OPEN if today <= self.closes_on else CirculationPhase.OVER


class PassageCommentQuerySet(models.QuerySet["PassageComment"]):
    def open(self) -> PassageCommentQuerySet:
        return self.filter(state=Taken.OPEN)

    def in_order(self) -> PassageCommentQuerySet:
        return self.order_by("created_on", "pk")

    def with_people(self) -> PassageCommentQuerySet:
        return self.select_related("organisation")


class PassageComment(models.Model):
    """`block` counts the blocks of a chapter's text in one language from 1; `block_hash` is its text's. A goal and a measure
    are commented on as wholes, without a block.
    """

    public_id = PublicIdField()
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="comments")
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices)
    target_id = models.CharField(max_length=16, help_text="public id within the version")
    language = models.CharField(max_length=2, blank=True, help_text="of the chapter's text")
    block = models.PositiveSmallIntegerField(null=True, blank=True)
    block_hash = models.CharField(max_length=64, blank=True)
    quoted = models.TextField(blank=True, help_text="the passage's words")
    text = TranslatedField(blank=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="passage_comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_on = models.DateField()
    state = models.CharField(max_length=9, choices=Taken.choices, default=Taken.OPEN)
    answer = TranslatedField(help_text="what was done, or why not")
    answered_on = models.DateField(null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = PassageCommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["version", "state"], name="passage_comment_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_kind__in=[str(k) for k in PASSAGE_KINDS]),
                name="passage_comment_target_known",
            ),
            models.CheckConstraint(condition=Q(state__in=Taken.values), name="passage_comment_state_known"),
            models.CheckConstraint(
                condition=Q(target_kind="chapter", block__isnull=False, block__gte=1)
                & ~Q(block_hash="")
                & ~Q(language="")
                | ~Q(target_kind="chapter") & Q(block__isnull=True, block_hash="", language=""),
                name="passage_comment_has_place",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_on__isnull=True)
                | ~Q(state="open") & Q(answered_on__isnull=False),
                name="passage_comment_answered_has_day",
            ),
        ]
