"""Figures in narrative: what number a text showed when it was saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lautta.plans.models.chapters import Chapter, ChapterRevision

if TYPE_CHECKING:
    from lautta.plans.figures.moves import Moved


class FigureReferenceQuerySet(models.QuerySet["FigureReference"]):
    def of_plan(self, plan) -> FigureReferenceQuerySet:
        return self.filter(chapter__plan=plan)

    def of_revision(self, revision: ChapterRevision) -> FigureReferenceQuerySet:
        """The numbers that this revision shows, one a token, with their indicators."""
        return self.filter(
            Q(left_in__isnull=True) | Q(left_in__gt=revision.number),
            chapter=revision.chapter_id,
            language=revision.language,
            first_revision__lte=revision.number,
        ).select_related("indicator")

    def of_revisions(self, revisions: Iterable[ChapterRevision]) -> dict[int, list[FigureReference]]:
        """{revision's key: its numbers} of many revisions, in one query."""
        wanted = {(r.chapter_id, r.language): r for r in revisions}
        found: dict[int, list[FigureReference]] = {r.pk: [] for r in wanted.values()}
        rows = self.filter(chapter__in={chapter for chapter, _ in wanted}).select_related("indicator")
        for row in rows.order_by("pk"):
            revision = wanted.get((row.chapter_id, row.language))
            if revision is not None and row.shows_in(revision.number):
                found[revision.pk].append(row)
        return found

    def standing(self) -> FigureReferenceQuerySet:
        """Those of the newest texts, of chapters that have not ended."""
        return self.filter(left_in__isnull=True, chapter__ended_at__isnull=True)

    def moved(self) -> list[Moved]:
        """Numbers of the newest texts that the current data no longer gives as they were saved; see figures.moves."""
        from lautta.plans.figures.moves import moved_among

        return moved_among(self.standing())


class FigureReference(models.Model):
    """A number in a chapter's text from `first_revision` until before `left_in`. Rows are never altered but for
    `left_in`; a text that takes the newest number gets a row of its own.

    `text` is what readers see, in the language of the text: the number stays as it was, whatever becomes of the
    indicator's decimals or unit.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="figures")
    language = models.CharField(max_length=2)
    token = models.CharField(max_length=80)
    first_revision = models.PositiveIntegerField()
    left_in = models.PositiveIntegerField(null=True, blank=True, help_text="first revision without")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="figures")
    area_code = models.CharField(max_length=8)
    area_name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    gender = models.CharField(max_length=10, default="total")
    value = models.FloatField()
    status = models.PositiveSmallIntegerField(help_text="lautta.statistics.panel.Status: VALUE or ZERO")
    decimals = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=60)
    vintage_number = models.PositiveIntegerField()
    vintage_sha256 = models.CharField(max_length=64)

    objects = FigureReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "language", "token", "first_revision"], name="figure_once_in_revision"
            ),
            models.UniqueConstraint(
                fields=["chapter", "language", "token"],
                condition=Q(left_in__isnull=True),
                name="figure_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(first_revision__gte=1)
                & (Q(left_in__isnull=True) | Q(left_in__gt=F("first_revision"))),
                name="figure_revisions_in_order",
            ),
            models.CheckConstraint(condition=Q(status__in=[0, 1]), name="figure_has_number"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(token=""), name="figure_has_text"),
        ]

    def __str__(self) -> str:
        return self.text

    def shows_in(self, number: int) -> bool:
        """True when the revision of this number shows it."""
        return self.first_revision <= number and (self.left_in is None or number < self.left_in)


class KeptFigure(models.Model):
    """An old number that somebody keeps on purpose although `vintage` gives `text` instead. Until the data gives yet another
    number, it is not told again. Rows are never altered; the newest of a reference counts.
    """

    reference = models.ForeignKey(FigureReference, on_delete=models.CASCADE, related_name="keepings")
    text = models.CharField(max_length=60, help_text="what the number would have become")
    vintage_number = models.PositiveIntegerField()
    vintage_sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="kept_figure_has_text")]

    def __str__(self) -> str:
        return self.text
