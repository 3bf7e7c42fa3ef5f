"""The catalogue: what an indicator is, what its source has called it, and what a reader of its series should know."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.text import fold
from lautta.common.translated import TranslatedField


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def for_region(self, region) -> "IndicatorQuerySet":
        """Those that a region sees: the public ones and its own files (an organisations.Region or its key)."""
        return self.filter(Q(region__isnull=True) | Q(region=region)).exclude(source="population")

    def public(self) -> "IndicatorQuerySet":
        """Those of public sources, common to every region."""
        return self.filter(region__isnull=True).exclude(source="population")

    def population(self, region=None) -> "IndicatorQuerySet":
        """Population by single years of age, counted and projected: no indicators that a plan chooses from (see population.py)."""
        return self.filter(Q(region__isnull=True) | Q(region=region), source="population")

    def with_data(self) -> "IndicatorQuerySet":
        """Those that have a current vintage."""
        return self.filter(vintages__state="current")

    def named(self, words: str) -> "IndicatorQuerySet":
        """Those whose title, in any language, holds every word."""
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(folded__contains=word)
        return found

    def in_name_order(self) -> "IndicatorQuerySet":
        return self.order_by("sort_key", "pk")


class Indicator(models.Model):
    """One series of numbers by area and year. Those of public sources are common to all; own files belong to a region."""

    class Source(models.TextChoices):
        SOTKANET = "sotkanet", _("Sotkanet (THL)")
        STATFIN = "statfin", _("Tilastokeskus")
        FILE = "file", _("Oma tiedosto")
        POPULATION = "population", _("Väestö ja väestöennuste")

    class Direction(models.TextChoices):
        SMALLER = "smaller_is_better", _("Pienempi on parempi")
        LARGER = "larger_is_better", _("Suurempi on parempi")
        NEITHER = "neither", _("Ei suuntaa")

    class Respondents(models.TextChoices):
        """Whom the number is about or who answered."""

        POPULATION = "population", _("Väestö")
        CHILDREN = "children", _("Lapset ja nuoret")
        FAMILIES = "families", _("Lapsiperheet")
        PARENTS = "parents", _("Vanhemmat")
        GRADES_4_5 = "grades_4_5", _("4. ja 5. luokan oppilaat")
        GRADES_8_9 = "grades_8_9", _("8. ja 9. luokan oppilaat")
        UPPER_SECONDARY = "upper_secondary", _("Lukion opiskelijat")
        VOCATIONAL = "vocational", _("Ammatillisen oppilaitoksen opiskelijat")
        YOUNG_ADULTS = "young_adults", _("Nuoret aikuiset")
        SERVICES = "services", _("Palvelut")

    class Kind(models.TextChoices):
        """Kind of value. `multiplier` says what a share of numerator and denominator is multiplied by."""

        PERCENTAGE = "percentage", _("prosenttia")
        PER_1000 = "per_1000", _("tuhatta kohti")
        PER_10000 = "per_10000", _("kymmentätuhatta kohti")
        PER_100000 = "per_100000", _("sataatuhatta kohti")
        COUNT = "count", _("lukumäärä")
        EURO = "euro", _("euroa")
        INDEX = "index", _("indeksi")
        OTHER = "other", _("muu")

    public_id = PublicIdField()
    source = models.CharField(max_length=10, choices=Source.choices)
    source_id = models.CharField(max_length=160)
    region = models.ForeignKey(
        "organisations.Region", null=True, blank=True, on_delete=models.CASCADE, related_name="indicators"
    )
    title = TranslatedField(blank=False)
    description = TranslatedField(help_text="sanitised rich text")
    interpretation = TranslatedField(help_text="sanitised rich text")
    limits = TranslatedField(help_text="sanitised rich text")
    unit = TranslatedField(help_text="the source's own word for the unit, when it has one")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    decimals = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=20, choices=Direction.choices, default=Direction.NEITHER)
    respondents = models.CharField(max_length=16, choices=Respondents.choices, default=Respondents.POPULATION)
    threshold = models.PositiveSmallIntegerField(default=5, help_text="cases; fewer are not shown")
    least_respondents = models.PositiveSmallIntegerField(
        default=0, help_text="of a survey's cell; with fewer it is not shown"
    )
    years_between = models.PositiveSmallIntegerField(
        default=1, help_text="found from data: 2 for every second year"
    )
    definition = models.SlugField(max_length=60, blank=True, help_text="code of its definition file")
    source_name = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    source_updated = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=120)
    folded = models.TextField(blank=True, help_text="titles folded for search")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=Q(region__isnull=True),
                name="indicator_once_per_source",
            ),
            models.UniqueConstraint(
                fields=["region", "source_id"],
                condition=Q(region__isnull=False),
                name="indicator_once_per_region",
                violation_error_message=_("Alueella on jo samanniminen oma indikaattori."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=["sotkanet", "statfin", "file", "population"]),
                name="indicator_source_known",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(source__in=["file", "population"]),
                name="indicator_region_own_files_only",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["smaller_is_better", "larger_is_better", "neither"]),
                name="indicator_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "percentage", "per_1000", "per_10000", "per_100000", "count", "euro", "index", "other",
                    ]
                ),
                name="indicator_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6) & Q(years_between__gte=1) & ~Q(source_id=""),
                name="indicator_sensible",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.title)

    @property
    def multiplier(self) -> float | None:
        """What numerator / denominator is multiplied by; None where the value is no share."""
        return MULTIPLIERS.get(self.kind)


MULTIPLIERS: dict[str, float] = {
    Indicator.Kind.PERCENTAGE: 100.0,
    Indicator.Kind.PER_1000: 1_000.0,
    Indicator.Kind.PER_10000: 10_000.0,
    Indicator.Kind.PER_100000: 100_000.0,
}


class IndicatorTitle(models.Model):
    """What the source called the indicator from this moment on. Append-only: sources rename."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="titles")
    title = TranslatedField(blank=False)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "seen_at"], name="indicator_title_once_at_a_time")
        ]


class NoteQuerySet(models.QuerySet["Note"]):
    def about(self, indicator) -> "NoteQuerySet":
        """Those of the indicator and the general ones, oldest first."""
        return self.filter(Q(indicator=indicator) | Q(indicator__isnull=True)).order_by("year", "pk")


class Note(models.Model):
    """What a reader of a series should know of a year: a break in it, or a change of the law. No indicator: of all."""

    class Kind(models.TextChoices):
        BREAK = "break", _("Katkos sarjassa")
        LAW = "law", _("Lainmuutos")
        OTHER = "other", _("Huomautus")

    public_id = PublicIdField()
    indicator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.OTHER)
    year = models.PositiveSmallIntegerField(help_text="the first year that the note concerns")
    text = TranslatedField(blank=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["break", "law", "other"]), name="note_kind_known"),
            models.CheckConstraint(
                condition=Q(year__gte=1900) & Q(year__lte=2100),
                name="note_year_sensible",
                violation_error_message=_("Anna vuosi väliltä 1900–2100."),
            ),
        ]

    @property
    def cuts_series(self) -> bool:
        """A trend or a forecast must not look over a break."""
        return self.kind == self.Kind.BREAK
