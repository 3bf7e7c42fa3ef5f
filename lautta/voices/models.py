"""Voice library: what children, young people and parents said, by role and never by name; and the register of hearings."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.organisations.permissions import Permission


class VoiceQuerySet(models.QuerySet["Voice"]):
    def public(self) -> "VoiceQuerySet":
        return self.filter(state=Voice.State.PUBLISHED)

    def pending(self) -> "VoiceQuerySet":
        return self.filter(state=Voice.State.PENDING)

    def newest_first(self) -> "VoiceQuerySet":
        """The latest heard first; those without a month last."""
        return self.order_by(F("heard_month").desc(nulls_last=True), "-pk")

    def for_goals(self, goals: Iterable[int]) -> "VoiceQuerySet":
        """Tagged to any of the goals, each voice once."""
        return self.filter(pk__in=Voice.goals.through.objects.filter(goal__in=list(goals)).values("voice"))

    def by_children(self) -> "VoiceQuerySet":
        return self.filter(speaker_role__in=Voice.CHILDREN)

    def narrowed(self, *, role: str = "", goal: str = "") -> "VoiceQuerySet":
        """Of one speaker role and of one main goal (public id) or its branch; what is empty does not limit."""
        found = self.filter(speaker_role=role) if role in Voice.SpeakerRole.values else self
        if goal:
            tagged = Voice.goals.through.objects.filter(
                Q(goal__public_id=goal) | Q(goal__parent__public_id=goal)
            )
            found = found.filter(pk__in=tagged.values("voice"))
        return found

    def waiting_first(self) -> "VoiceQuerySet":
        """What waits for moderation, oldest first; then the rest, newest first."""
        waits = Case(When(state=Voice.State.PENDING, then=Value(0)), default=Value(1))
        return self.order_by(waits, Case(When(state=Voice.State.PENDING, then=F("pk")), default=-F("pk")))

    def visible_to(self, standing) -> "VoiceQuerySet":
        """Everything for those who moderate; for others what is published and what their organisations
        brought.
        """
        if standing.can(Permission.MODERATE_VOICES):
            return self
        return self.filter(Q(state=Voice.State.PUBLISHED) | Q(organisation__in=standing.organisation_ids))


class Voice(models.Model):
    """One thing that was said. Only a role and an age group, and the month it was heard."""

    class SpeakerRole(models.TextChoices):
        CHILD = "child", _("Lapsi")
        PRESCHOOLER = "preschooler", _("Esikoululainen")
        PUPIL = "pupil", _("Koululainen")
        YOUNG = "young", _("Nuori")
        YOUTH_COUNCIL = "youth_council", _("Nuorisovaltuuston jäsen")
        MOTHER = "mother", _("Äiti")
        FATHER = "father", _("Isä")
        PARENT = "parent", _("Vanhempi")
        PROFESSIONAL = "professional", _("Ammattilainen")
        OTHER = "other", _("Joku muu")

    class Method(models.TextChoices):
        INTERVIEW = "interview", _("Haastattelu")
        CHILDRENS_PARLIAMENT = "childrens_parliament", _("Lasten Parlamentti")
        YOUTH_COUNCIL = "youth_council", _("Nuorisovaltuusto")
        SURVEY = "survey", _("Kysely")
        WORKSHOP = "workshop", _("Työpaja")
        IMPORT = "import", _("Tuotu suunnitelmasta")

    class AgeGroup(models.TextChoices):
        UNKNOWN = "", _("Ei tiedossa")
        UNDER_7 = "under_7", _("alle 7 v")
        FROM_7_TO_12 = "7_12", _("7–12 v")
        FROM_13_TO_17 = "13_17", _("13–17 v")
        FROM_18_TO_29 = "18_29", _("18–29 v")
        ADULT = "adult", _("aikuinen")

    class State(models.TextChoices):
        PENDING = "pending", _("Odottaa tarkistusta")
        PUBLISHED = "published", _("Julkaistu")
        REJECTED = "rejected", _("Ei julkaista")

    CHILDREN = (SpeakerRole.CHILD, SpeakerRole.PRESCHOOLER, SpeakerRole.PUPIL, SpeakerRole.YOUNG)

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="voices")
    text = TranslatedField(blank=False)
    speaker_role = models.CharField(max_length=14, choices=SpeakerRole.choices)
    age_group = models.CharField(max_length=8, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN, blank=True)
    method = models.CharField(max_length=22, choices=Method.choices)
    heard_month = models.DateField(null=True, blank=True, help_text="first day of the month")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    chapter = models.ForeignKey(
        "plans.Chapter", null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    goals = models.ManyToManyField("plans.Goal", related_name="voices", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    decided_reason = models.CharField(max_length=300, blank=True)
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state"], name="voice_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "published", "rejected"]), name="voice_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decided_reason=""), name="voice_rejection_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(heard_month__isnull=True) | Q(heard_month__day=1),
                name="voice_heard_month_is_month",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class HearingQuerySet(models.QuerySet["Hearing"]):
    def public(self) -> "HearingQuerySet":
        return self.filter(state=Voice.State.PUBLISHED)

    def pending(self) -> "HearingQuerySet":
        return self.filter(state=Voice.State.PENDING)

    def newest_first(self) -> "HearingQuerySet":
        return self.order_by("-heard_on", "-pk")

    def visible_to(self, standing) -> "HearingQuerySet":
        """Everything for those who moderate; for others what is published and what their organisations held."""
        if standing.can(Permission.MODERATE_VOICES):
            return self
        return self.filter(Q(state=Voice.State.PUBLISHED) | Q(organisation__in=standing.organisation_ids))

    def narrowed(self, *, role: str = "", method: str = "", year: str = "") -> "HearingQuerySet":
        """In which somebody of a role was heard, by one method, in one year; what is empty does not limit."""
        found = self
        if role in Voice.SpeakerRole.values:
            found = found.filter(pk__in=HeardGroup.objects.filter(role=role).values("hearing"))
        if method in Hearing.Method.values:
            found = found.filter(method=method)
        return found.filter(heard_on__year=int(year)) if year.isdecimal() and len(year) == 4 else found

    def with_content(self) -> "HearingQuerySet":
        return self.select_related("organisation").prefetch_related("groups")


class Hearing(models.Model):
    """One hearing about one matter: who was heard, when and how, what they said, what changed, and what did not and why.

    `link_kind` and `link_key` name what the matter is about by public id; rooms above know how to show it.
    """

    class Method(models.TextChoices):
        INTERVIEW = "interview", _("Haastattelu")
        WORKSHOP = "workshop", _("Työpaja")
        SURVEY = "survey", _("Kysely")
        MEETING = "meeting", _("Kuulemistilaisuus")
        YOUTH_COUNCIL = "youth_council", _("Nuorisovaltuusto")
        CHILDRENS_PARLIAMENT = "childrens_parliament", _("Lasten Parlamentti")
        OBSERVATION = "observation", _("Leikin ja arjen havainnointi")
        DIGITAL = "digital", _("Verkkokeskustelu")

    class LinkKind(models.TextChoices):
        NONE = "", _("Ei liity mihinkään sivuun")
        VERSION = "version", _("Suunnitelman versio")
        CHAPTER = "chapter", _("Luku")
        GOAL = "goal", _("Tavoite")
        MEASURE = "measure", _("Toimenpide")
        ASSESSMENT = "assessment", _("Lapsivaikutusten arviointi")

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="hearings")
    matter = TranslatedField(blank=False, help_text="what was being decided")
    link_kind = models.CharField(max_length=10, choices=LinkKind.choices, default=LinkKind.NONE, blank=True)
    link_key = models.CharField(max_length=16, blank=True, help_text="public id of what the matter is about")
    heard_on = models.DateField()
    heard_until = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=22, choices=Method.choices)
    how = TranslatedField(help_text="how it was asked, in words")
    said = TranslatedField(blank=False)
    changed = TranslatedField()
    why_not = TranslatedField(help_text="what did not change, and why")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="hearings"
    )
    state = models.CharField(max_length=10, choices=Voice.State.choices, default=Voice.State.PENDING)
    decided_reason = models.CharField(max_length=300, blank=True)
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = HearingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state", "heard_on"], name="hearing_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Voice.State.values), name="hearing_state_known"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decided_reason=""), name="hearing_rejection_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(heard_until__isnull=True) | Q(heard_until__gte=F("heard_on")),
                name="hearing_ends_after_start",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=Q(link_kind="", link_key="") | ~Q(link_kind="") & ~Q(link_key=""),
                name="hearing_link_is_whole",
                violation_error_message=_("Valitse, mihin kuuleminen liittyy."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter)


class HeardGroup(models.Model):
    """A role and an age group that was heard, and how many they were where it was counted."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=14, choices=Voice.SpeakerRole.choices)
    age_group = models.CharField(
        max_length=8, choices=Voice.AgeGroup.choices, default=Voice.AgeGroup.UNKNOWN, blank=True
    )
    number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "position"], name="heard_group_place_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1),
                name="heard_group_number_positive",
                violation_error_message=_("Määrä on vähintään yksi, tai jätä se tyhjäksi."),
            ),
        ]


class HearingRevision(models.Model):
    """A hearing as it was after each save: rows are added, never altered. They go when the hearing or its past is erased."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="the hearing's version")
    content = models.JSONField()
    saved_on = models.DateField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["hearing", "number"], name="hearing_revision_once")]
