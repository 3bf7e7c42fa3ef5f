"""The fixed vocabularies of the annual clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LaneChoice(models.TextChoices):
    """The same words as common.events.Lane."""

    DECISIONS = "decisions", pgettext_lazy("vuosikellon kaista", "Päätöksenteko")
    IMPLEMENTATION = "implementation", pgettext_lazy("vuosikellon kaista", "Toteutus")


class EventKind(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("tapahtuman laji", "Kokous")
    BUDGET = "budget", pgettext_lazy("tapahtuman laji", "Talousarvio lyödään lukkoon")
    REPORT = "report", pgettext_lazy("tapahtuman laji", "Raportti tai aineisto valmis")
    DEADLINE = "deadline", pgettext_lazy("tapahtuman laji", "Määräaika")
    WORKSHOP = "workshop", pgettext_lazy("tapahtuman laji", "Työpaja tai koulutus")
    OCCASION = "occasion", pgettext_lazy("tapahtuman laji", "Tilaisuus tai teemaviikko")
    SCHOOL = "school", pgettext_lazy("tapahtuman laji", "Koulun työ- ja loma-aika")
    FIGURES = "figures", pgettext_lazy("tapahtuman laji", "Uudet luvut")
    OTHER = "other", pgettext_lazy("tapahtuman laji", "Muu")


class Repeat(models.TextChoices):
    """How an event comes again."""

    ONCE = "once", _("Vain kerran")
    YEARLY = "yearly", _("Joka vuosi samana päivänä")
    NTH = "nth", _("Joka vuosi tai kuukausi tiettynä viikonpäivänä")
    WEEKLY = "weekly", _("Viikon tai usean viikon välein")
    RELATIVE = "relative", _("Päiviä ennen tai jälkeen toisen tapahtuman")


class OffHoliday(models.TextChoices):
    """Where an event goes that would fall on a holiday or a weekend."""

    STAYS = "", _("Pysyy paikallaan")
    NEXT = "next", _("Siirtyy seuraavaan arkipäivään")
    PREVIOUS = "previous", _("Siirtyy edelliseen arkipäivään")


class Concerns(models.TextChoices):
    """Whom an event concerns; two workshops for the same people at the same time are a clash."""

    EVERYONE = "everyone", _("Kaikkia suunnitelman tekijöitä")
    COORDINATION = "coordination", _("Koordinaatiota")
    CONTRIBUTORS = "contributors", _("Kirjaajia ja vastuuhenkilöitä")
    DECISION_MAKERS = "decision_makers", _("Päättäjiä ja heidän valmistelijoitaan")
    FAMILY_CENTRES = "family_centres", _("Perhekeskuksia")
    SCHOOLS = "schools", _("Varhaiskasvatusta ja kouluja")
    YOUTH_COUNCILS = "youth_councils", _("Nuorisovaltuustoja ja niiden ohjaajia")
    FAMILIES = "families", _("Lapsia, nuoria ja perheitä")
