"""Part I: chapters whose text is kept in append-only revisions per language."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.plans.models.plans import Plan


class ChapterQuerySet(models.QuerySet["Chapter"]):
    def in_order(self) -> "ChapterQuerySet":
        return self.order_by("position", "pk")

    def living(self) -> "ChapterQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def published(self) -> "ChapterQuerySet":
        """Chapters with a public text in some language."""
        return self.filter(publications__isnull=False).distinct()

    def public_revisions(self) -> "ChapterRevisionQuerySet":
        """The text that is public now of each of these chapters, one row a language."""
        return ChapterRevision.objects.public().filter(chapter__in=self)


class Chapter(models.Model):
    """A chapter (or subchapter, by `parent`) of part I. With `organisation` it is that organisation's own
    section."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("Johdanto")
        CURRENT_STATE = "current_state", _("Nykytilan kuvaus")
        PARTNERSHIP = "partnership", _("Strateginen kumppanuus")
        MAIN_GOALS = "main_goals", _("Päätavoitteet")
        SUPPORT = "support", _("Tuki tavoitteiden saavuttamiseksi")
        MEASURES = "measures", _("Toimenpiteillä kohti vaikuttavuutta")
        OTHER = "other", pgettext_lazy("luvun laji", "Muu")

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="chapters")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subchapters"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="sections"
    )
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.OTHER)
    number = models.CharField(max_length=12, blank=True)
    position = models.PositiveIntegerField(default=0)
    source_language = models.CharField(max_length=2, default="fi")
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_as"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "position"], name="chapter_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="chapter_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""), name="chapter_end_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.public_id


class ChapterRevisionQuerySet(models.QuerySet["ChapterRevision"]):
    def latest_per_language(self) -> "ChapterRevisionQuerySet":
        """The newest revision of each chapter in each language, whole rows, one query."""
        newest = (
            ChapterRevision.objects.filter(chapter=OuterRef("chapter"), language=OuterRef("language"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))

    def newest_first(self) -> "ChapterRevisionQuerySet":
        return self.order_by("-number")

    def without_texts(self) -> "ChapterRevisionQuerySet":
        """For lists: who, when and the title; a long history stays light."""
        return self.defer("body", "plain")

    def public(self) -> "ChapterRevisionQuerySet":
        """The revision that is public now, for each chapter and language."""
        newest = (
            ChapterPublication.objects.filter(chapter=OuterRef("chapter"), language=OuterRef("language"))
            .order_by("-pk")
            .values("revision")[:1]
        )
        return self.filter(pk=Subquery(newest), chapter__ended_at__isnull=True)


class ChapterRevision(models.Model):
    """One saved text. Rows are only added; redaction of personal data is the one action that may alter
    `title`, `body`, `plain`."""

    class Origin(models.TextChoices):
        EDIT = "edit"
        MERGE = "merge"
        IMPORT = "import"
        RESTORE = "restore"

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="revisions")
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True, help_text="sanitised HTML")
    plain = models.TextField(blank=True, help_text="plain language, for children too")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.EDIT)
    based_on = models.PositiveIntegerField(default=0, help_text="revision number that the writer saw")
    made_from = models.PositiveIntegerField(
        null=True, blank=True, help_text="source-language revision translated"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = ChapterRevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chapter", "language", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_positive"),
            models.CheckConstraint(condition=Q(based_on__lt=F("number")), name="revision_based_on_earlier"),
            models.CheckConstraint(
                condition=Q(language__in=["fi", "sv", "en"]), name="revision_language_known"
            ),
        ]


class ChapterPublication(models.Model):
    """This revision became the public text; the newest row counts."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="publications")
    language = models.CharField(max_length=2)
    revision = models.ForeignKey(ChapterRevision, on_delete=models.PROTECT, related_name="publications")
    published_at = models.DateTimeField(auto_now_add=True)
    published_by_role = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["chapter", "language", "-id"], name="publication_newest")]


class Source(models.Model):
    """An entry of the plan's bibliography."""

    public_id = PublicIdField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sources")
    authors = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True, max_length=500)
    sort_key = models.CharField(max_length=120)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="source_has_title")]

    def __str__(self) -> str:
        return f"{self.authors or self.title} ({self.year or '–'})"


class Citation(models.Model):
    """A chapter cites a source."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="citations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chapter", "source"], name="citation_once")]
