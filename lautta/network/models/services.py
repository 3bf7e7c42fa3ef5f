"""Who helps and with what: providers, their services, and how each service's contacts are kept fresh."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.network.vocabulary import ANY, KINDS

# An entry that nobody has confirmed in this time is asked about.
FRESH_DAYS = 365


class Provider(models.Model):
    """Somebody who meets children and families: an organisation of the plan, or one that is only in the directory."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="providers")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="providers",
    )
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    website = models.URLField(blank=True)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation"],
                name="provider_once_per_organisation",
                violation_error_message=_("Organisaatio on jo hakemistossa."),
            ),
            models.UniqueConstraint(
                fields=["plan", "sort_key"],
                name="provider_name_once",
                violation_error_message=_("Samanniminen toimija on jo hakemistossa."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ServiceQuerySet(models.QuerySet["Service"]):
    def public(self) -> ServiceQuerySet:
        return self.filter(state=Service.State.PUBLISHED)

    def tagged(self, kind: str, code: str) -> ServiceQuerySet:
        tags = ServiceTag.objects.filter(service=OuterRef("pk"), kind=kind, code=code)
        return self.filter(Exists(tags))

    def helping(self, *, who: str = ANY, need: str = ANY, area: int | None = None) -> ServiceQuerySet:
        """Published, for one audience, one need and one municipality (primary key); `any` and None do not limit."""
        found = self.public()
        if who != ANY:
            found = found.tagged("audience", who)
        if need != ANY:
            found = found.tagged("need", need)
        return found.in_area(area)

    def in_area(self, area: int | None) -> ServiceQuerySet:
        """What reaches the municipality: its own, and what is for the whole region."""
        if area is None:
            return self
        here = ServiceArea.objects.filter(service=OuterRef("pk"), area=area)
        return self.filter(Q(whole_region=True) | Exists(here))

    def easiest_first(self) -> ServiceQuerySet:
        """Where one may just come first, then lighter support before heavier, then by name."""
        return self.order_by("-no_appointment", "tier", "sort_key", "pk")

    def by_name(self) -> ServiceQuerySet:
        return self.order_by("sort_key", "pk")

    def stale(self, today: dt.date) -> ServiceQuerySet:
        """Published ones whose contacts nobody has confirmed in a year."""
        return self.public().filter(checked_on__lt=today - dt.timedelta(days=FRESH_DAYS))

    def with_rows(self) -> ServiceQuerySet:
        return self.select_related("provider").prefetch_related("tags", "area_rows__area")


class Service(models.Model):
    """One entry of the directory. `contact_*` says whom to ask whether it still holds, and is never public."""

    class Tier(models.IntegerChoices):
        BASIC = 1, _("Kaikille")
        EARLY = 2, pgettext_lazy("palvelun taso", "Varhainen tuki")
        INTENSIVE = 3, _("Vahva tuki")

    class Cost(models.TextChoices):
        FREE = "free", _("Ei maksa mitään")
        FEE = "fee", _("Maksullinen")
        DEPENDS = "depends", _("Maksu riippuu tilanteesta")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("palvelun tila", "Luonnos")
        PUBLISHED = "published", pgettext_lazy("palvelun tila", "Julkaistu")
        ENDED = "ended", pgettext_lazy("palvelun tila", "Päättynyt")

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="services")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    summary = TranslatedField(help_text="plain language, what happens when one comes")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices, default=Tier.BASIC)
    whole_region = models.BooleanField(default=False)
    cost = models.CharField(max_length=8, choices=Cost.choices, default=Cost.FREE)
    no_appointment = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    chat = models.URLField(blank=True)
    opening = TranslatedField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(help_text="when somebody last said that the contacts are right")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact_title = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_language = models.CharField(max_length=2, default="fi")
    is_illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["plan", "state", "-no_appointment", "tier", "sort_key"], name="service_easiest"
            ),
            models.Index(fields=["plan", "sort_key"], name="service_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "provider", "sort_key"],
                name="service_name_once_of_provider",
                violation_error_message=_("Toimijalla on jo samanniminen palvelu."),
            ),
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="service_tier_known"),
            models.CheckConstraint(
                condition=Q(cost__in=["free", "fee", "depends"]), name="service_cost_known"
            ),
            models.CheckConstraint(
                condition=Q(contact_language__in=["fi", "sv", "en"]), name="service_contact_language"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published"], ended_on__isnull=True)
                | Q(state="ended", ended_on__isnull=False) & ~Q(ended_reason=""),
                name="service_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ServiceTag(models.Model):
    """One code of a closed vocabulary that a service bears: for whom, which need, which language, which access."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=8)
    code = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "kind", "code"], name="service_tag_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="service_tag_kind_known"),
        ]


class ServiceArea(models.Model):
    """A municipality whose people the service is for; one without rows is for the whole region."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="area_rows")
    area = models.ForeignKey("organisations.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "area"], name="service_area_once")]


class ContactRequest(models.Model):
    """A mail that asked a service's contact whether its details are right, and what came of it.

    The link in the mail is this row's public id, signed; it works once and until `expires_on`.
    """

    class Answer(models.TextChoices):
        OPEN = "", _("Vastausta odotetaan")
        RIGHT = "right", _("Tiedot ovat oikein")
        CHANGE = "change", _("Muutosehdotus odottaa")
        ACCEPTED = "accepted", _("Muutos hyväksytty")
        DECLINED = "declined", _("Muutosta ei hyväksytty")

    public_id = PublicIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="requests")
    asked_on = models.DateField()
    expires_on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.OPEN, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    proposal = models.JSONField(default=dict, blank=True, help_text="{field: proposed value}")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "asked_on"], name="contact_asked_once_a_day"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(answer="change"), name="contact_one_proposal_waits"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
                name="contact_answer_has_day",
            ),
            models.CheckConstraint(condition=Q(expires_on__gt=F("asked_on")), name="contact_link_lives"),
        ]


class ServiceUpload(models.Model):
    """A table of services between looking and taking in; `content` is importing.reading.Table as JSON."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="service_uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="service_upload_one_per_person")]
