"""Areas as the sources know them. The installation's own areas (organisations.Area) are a few of these."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.translated import TranslatedField


class SourceAreaQuerySet(models.QuerySet["SourceArea"]):
    def of_codes(self, codes) -> "SourceAreaQuerySet":
        return self.filter(code__in=codes).order_by("kind", "sort_key")

    def municipalities(self) -> "SourceAreaQuerySet":
        return self.filter(kind=SourceArea.Kind.MUNICIPALITY).order_by("sort_key")


class SourceArea(models.Model):
    """An area of the panels: every municipality, region, county and division that a source publishes.

    `code` is Statistics Finland's way of writing, which all sources are mapped to: KU286, SK082, MK08, HV10, SSS; others
    have two letters of their own (see docs/indicators.md). `parents` are such codes, of today's division.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kunta")
        SUBREGION = "subregion", _("Seutukunta")
        REGION = "region", _("Maakunta")
        COUNTY = "county", _("Hyvinvointialue")
        COUNTRY = "country", _("Koko maa")
        HOSPITAL_DISTRICT = "hospital_district", _("Sairaanhoitopiiri")
        DIVISION = "division", _("Muu alue")
        ABROAD = "abroad", _("Muu maa")
        RETIRED = "retired", _("Poistunut alue")

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=18, choices=Kind.choices)
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    parents = models.JSONField(default=list)
    sotkanet_id = models.PositiveIntegerField(null=True, blank=True, unique=True)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = SourceAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "municipality", "subregion", "region", "county", "country", "hospital_district",
                        "division", "abroad", "retired",
                    ]
                ),
                name="source_area_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="source_area_years_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.name)


class AreaBoundary(models.Model):
    """The outline of an area. `geometry` (GeoJSON polygon in degrees) is for maps of a few areas; `path` with `spot` is the same
    in the whole country's frame, ready to draw (see lautta.charts.Outlines and boundaries.py).
    """

    code = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField(help_text="of the division of areas")
    geometry = models.JSONField(default=dict)
    path = models.TextField()
    spot = models.JSONField(default=list, help_text="[x, y, room] in the frame")
    frame = models.JSONField(default=list, help_text="[width, height]")
    centre = models.JSONField(default=list, help_text="[longitude, latitude] of the middle, degrees")
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="area_boundary_once_a_year"),
            models.CheckConstraint(condition=~Q(path=""), name="area_boundary_has_path"),
        ]
