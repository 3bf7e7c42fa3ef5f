"""The field's fixed vocabularies for measures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceTier(models.IntegerChoices):
    """Service tier, lightest first."""

    UNIVERSAL = 1, _("Kaikille yhteinen")
    EARLY = 2, _("Varhainen tuki")
    INTENSIFIED = 3, _("Tehostettu palvelu")
    CORRECTIVE = 4, _("Korjaava palvelu")


class Status(models.TextChoices):
    """What is being done; whether it is on time is `Timeliness`."""

    PLANNED = "planned", pgettext_lazy("status", "Suunnitteilla")
    UNDER_WAY = "under_way", pgettext_lazy("status", "Käynnissä")
    PAUSED = "paused", pgettext_lazy("status", "Tauolla")
    DONE = "done", pgettext_lazy("status", "Valmis")
    CANCELLED = "cancelled", pgettext_lazy("status", "Peruttu")


class Timeliness(models.TextChoices):
    UNKNOWN = "", pgettext_lazy("timeliness", "Ei arvioitu")
    ON_TIME = "on_time", pgettext_lazy("timeliness", "Aikataulussa")
    LATE = "late", pgettext_lazy("timeliness", "Myöhässä")
    AHEAD = "ahead", pgettext_lazy("timeliness", "Etuajassa")


class TargetGroup(models.TextChoices):
    CHILDREN_0_6 = "children_0_6", _("0–6-vuotiaat")
    CHILDREN_7_12 = "children_7_12", _("7–12-vuotiaat")
    YOUNG_13_17 = "young_13_17", _("13–17-vuotiaat")
    YOUNG_18_29 = "young_18_29", _("18–29-vuotiaat")
    FAMILIES = "families", _("Lapsiperheet")
    PARENTS = "parents", _("Vanhemmat")
    PROFESSIONALS = "professionals", _("Ammattilaiset")
    EVERYONE = "everyone", pgettext_lazy("kohderyhmä", "Kaikki")


class VulnerableGroup(models.TextChoices):
    """Groups whose rights need particular care."""

    DISABILITY = "disability", _("Vammaiset lapset ja nuoret")
    LANGUAGE_MINORITY = "language_minority", _("Vieraskieliset ja maahan muuttaneet")
    LOW_INCOME = "low_income", _("Pienituloiset perheet")
    CARE_PLACED = "care_placed", _("Sijoitetut lapset ja nuoret")
    BULLIED_OR_LONELY = "bullied_or_lonely", _("Kiusatut ja yksinäiset")
    NEET = "neet", _("Työn ja koulutuksen ulkopuolella olevat nuoret")
    YOUNG_CARERS = "young_carers", _("Läheisistään huolta pitävät lapset")
    VIOLENCE = "violence", _("Väkivaltaa kokeneet")
    SUBSTANCE_USE = "substance_use", _("Päihdeongelmien koskettamat perheet")
    SEPARATED_FAMILIES = "separated_families", _("Eroperheet")


class Sector(models.TextChoices):
    EARLY_EDUCATION = "early_education", _("Varhaiskasvatus")
    SCHOOL = "school", _("Opetus")
    YOUTH_WORK = "youth_work", _("Nuorisotyö")
    SOCIAL_SERVICES = "social_services", _("Sosiaalipalvelut")
    HEALTH = "health", _("Terveyspalvelut")
    SPORTS = "sports", _("Liikunta")
    CULTURE = "culture", _("Kulttuuri ja kirjasto")
    URBAN_PLANNING = "urban_planning", _("Kaavoitus ja ympäristö")
    POLICE = "police", _("Poliisi ja turvallisuus")
    PARISH = "parish", pgettext_lazy("toimiala", "Seurakunta")
    ASSOCIATION = "association", _("Järjestötoiminta")
    EMPLOYMENT = "employment", _("Työllisyys")


class MoneyKind(models.TextChoices):
    BUDGET = "budget", _("Talousarvio")
    SPENT = "spent", _("Toteuma")


class ReportPeriod(models.TextChoices):
    SPRING = "spring", _("Kevät")
    AUTUMN = "autumn", _("Syksy")


# Legal moves between statuses; a reason is asked for those in NEEDS_REASON.
TRANSITIONS: dict[str, frozenset[str]] = {
    Status.PLANNED: frozenset({Status.UNDER_WAY, Status.CANCELLED, Status.PAUSED, Status.DONE}),
    Status.UNDER_WAY: frozenset({Status.DONE, Status.PAUSED, Status.CANCELLED}),
    Status.PAUSED: frozenset({Status.UNDER_WAY, Status.CANCELLED, Status.DONE}),
    Status.DONE: frozenset({Status.UNDER_WAY}),
    Status.CANCELLED: frozenset({Status.PLANNED, Status.UNDER_WAY}),
}
NEEDS_REASON = frozenset({Status.PAUSED, Status.CANCELLED})
