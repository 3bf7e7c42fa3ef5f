"""Where the plan covers what the law asks: marks that are only added, one after another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.translated import TranslatedField
from lautta.plans.models.plans import Plan


class Coverage(models.TextChoices):
    """How an item of the law stands in the plan."""

    COVERED = "covered", pgettext_lazy("lain kohdan tila", "Kunnossa")
    PARTLY = "partly", pgettext_lazy("lain kohdan tila", "Osittain")
    MISSING = "missing", pgettext_lazy("lain kohdan tila", "Puuttuu")


class CoverageMarkQuerySet(models.QuerySet["CoverageMark"]):
    def newest_of_each(self) -> CoverageMarkQuerySet:
        """The newest mark of each item, of the whole plan and of each organisation."""
        same = CoverageMark.objects.filter(plan=OuterRef("plan"), item=OuterRef("item"))
        own = same.filter(organisation=OuterRef("organisation")).order_by("-number").values("pk")[:1]
        whole = same.filter(organisation__isnull=True).order_by("-number").values("pk")[:1]
        return self.filter(
            Q(organisation__isnull=False, pk=Subquery(own)) | Q(organisation__isnull=True, pk=Subquery(whole))
        )

    def newest_first(self) -> CoverageMarkQuerySet:
        return self.order_by("-number")


class CoverageMark(models.Model):
    """Somebody has looked: the item is covered, partly, or missing, and where. `item` is a code of the rule sets;
    `links` are [{"kind": chapter, goal, indicator or measure, "id": its public id}].
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="coverage_marks")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT,
        related_name="coverage_marks",
    )  # fmt: skip
    item = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=Coverage.choices)
    links = models.JSONField(default=list, blank=True)
    note = TranslatedField(help_text="what is still lacking, or where to look")
    is_illustrative = models.BooleanField(default=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField(auto_now_add=True)

    objects = CoverageMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "item", "number"],
                condition=Q(organisation__isnull=False),
                name="coverage_mark_number_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "item", "number"],
                condition=Q(organisation__isnull=True),
                name="coverage_mark_number_once_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["covered", "partly", "missing"]),
                name="coverage_mark_state_known",
                violation_error_message=_("Valitse, miten kohta on katettu."),
            ),
            models.CheckConstraint(condition=~Q(item="") & Q(number__gte=1), name="coverage_mark_has_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_state_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """RuntimeError on a stored row: a new look is a new row."""
        if not self._state.adding:
            raise RuntimeError("a mark is never altered")
        super().save(*args, **kwargs)
