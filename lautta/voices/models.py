"""Voice library: what children, young people and parents said, by role and never by name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class VoiceQuerySet(models.QuerySet["Voice"]):
    def public(self) -> "VoiceQuerySet":
        return self.filter(state=Voice.State.PUBLISHED)

    def pending(self) -> "VoiceQuerySet":
        return self.filter(state=Voice.State.PENDING)


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
    chapter = models.ForeignKey("plans.Chapter", null=True, blank=True, on_delete=models.SET_NULL, related_name="voices")
    goals = models.ManyToManyField("plans.Goal", related_name="voices", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    decided_reason = models.CharField(max_length=300, blank=True)
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state"], name="voice_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["pending", "published", "rejected"]), name="voice_state_known"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decided_reason=""), name="voice_rejection_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(heard_month__isnull=True) | Q(heard_month__day=1), name="voice_heard_month_is_month"
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)
