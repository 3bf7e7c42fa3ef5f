"""Papers that have been made: files for a meeting, kept so that the same inputs are not worked out twice."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import LANGUAGES


class PaperKind(models.TextChoices):
    ONE_PAGE = "one_page", _("Valtuutetun yksi sivu")
    WHOLE = "whole", _("Kaikki asiakirjat yhdessä")
    PLAN = "plan", _("Suunnitelma")
    MEASURES = "measures", _("Toimenpidetaulukko")
    ANNEX = "annex", _("Tilastoliite")
    STATEMENTS = "statements", _("Lausuntojen kooste")
    ASSESSMENT = "assessment", _("Lapsivaikutusten arviointi")
    WELLBEING = "wellbeing", _("Hyvinvointiraportti")


class PaperFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


def _count(label: str, **source: OuterRef) -> Subquery:
    """How many rows the model has of the outer row's source; NULL for none."""
    ((name, _outer),) = source.items()
    rows = apps.get_model(label)._default_manager.filter(**source).order_by().values(name)
    return Subquery(rows.annotate(many=Count("pk")).values("many"), output_field=IntegerField())


class PaperQuerySet(models.QuerySet["Paper"]):
    def light(self) -> PaperQuerySet:
        """Without the file itself, for lists."""
        return self.defer("content")

    def with_removed_words(self) -> PaperQuerySet:
        """Papers that may show words which have since been removed: fewer quotations stand than when they were made."""
        return self.annotate(
            standing=Coalesce(_count("decisions.FrozenQuotation", version=OuterRef("version")), 0)
            + Coalesce(_count("decisions.FrozenQuotation", version=OuterRef("version__previous")), 0)
            + Coalesce(_count("publishing.ReportQuotation", report=OuterRef("report")), 0)
        ).filter(kept__gt=F("standing"))


class Paper(models.Model):
    """One file, made of a frozen version, a frozen wellbeing report or a published assessment and of nothing else.

    `inputs_sha256` is the digest of all that it was made from: when the inputs differ (a quotation has been removed, the
    code makes papers differently) it is no longer what is served.
    """

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="papers")
    version = models.ForeignKey(
        "decisions.Version", null=True, blank=True, on_delete=models.CASCADE, related_name="papers"
    )
    report = models.ForeignKey(
        "publishing.WellbeingReport", null=True, blank=True, on_delete=models.CASCADE, related_name="papers"
    )
    publication = models.ForeignKey(
        "assessments.Publication", null=True, blank=True, on_delete=models.CASCADE, related_name="papers"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="papers",
        help_text="whose copy of the one page",
    )  # fmt: skip
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    language = models.CharField(max_length=2)
    format = models.CharField(max_length=4, choices=PaperFormat.choices)
    inputs_sha256 = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    kept = models.PositiveIntegerField(
        default=0, help_text="how many quotations of its source stood when it was made"
    )
    content = models.BinaryField()
    job = models.ForeignKey("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="paper_kind_known"),
            models.CheckConstraint(condition=Q(format__in=PaperFormat.values), name="paper_format_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="paper_language_known"),
            models.CheckConstraint(
                condition=Q(
                    kind="wellbeing", report__isnull=False, version__isnull=True, publication__isnull=True
                )
                | Q(kind="assessment", report__isnull=True, version__isnull=True, publication__isnull=False)
                | ~Q(kind__in=["wellbeing", "assessment"])
                & Q(report__isnull=True, version__isnull=False, publication__isnull=True),
                name="paper_is_of_one_source",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(kind="one_page"), name="paper_copy_is_one_page"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.format}"
