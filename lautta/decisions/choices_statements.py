"""The fixed vocabularies of asking for statements and of commenting on a draft, and their legal moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CouncilKind(models.TextChoices):
    """Who is asked."""

    YOUTH_COUNCIL = "youth_council", _("Nuorisovaltuusto")
    ELDERLY_COUNCIL = "elderly_council", _("Vanhusneuvosto")
    DISABILITY_COUNCIL = "disability_council", _("Vammaisneuvosto")
    ORGANISATION = "organisation", _("Organisaatio")
    RESIDENTS = "residents", _("Asukkaat")
    OTHER = "other", pgettext_lazy("keneltä lausuntoa pyydetään", "Muu")


class RequestState(models.TextChoices):
    """Where a request for a statement stands."""

    ASKED = "asked", _("Odottaa lausuntoa")
    UNCONFIRMED = "unconfirmed", _("Odottaa ohjaajan vahvistusta")
    GIVEN = "given", _("Odottaa vastauksia")
    ANSWERED = "answered", _("Kaikkiin kohtiin on vastattu")
    PUBLISHED = "published", _("Julkaistu")
    NOT_GIVEN = "not_given", _("Lausuntoa ei annettu")
    WITHDRAWN = "withdrawn", _("Pyyntö peruttu")


S = RequestState
# The one table of legal moves. A statement that has been given is never withdrawn by the one who asked for it.
MOVES: dict[str, frozenset[RequestState]] = {
    S.ASKED: frozenset({S.UNCONFIRMED, S.GIVEN, S.NOT_GIVEN, S.WITHDRAWN}),
    S.UNCONFIRMED: frozenset({S.ASKED, S.GIVEN}),
    S.GIVEN: frozenset({S.ANSWERED}),
    S.ANSWERED: frozenset({S.PUBLISHED}),
    S.PUBLISHED: frozenset({S.ANSWERED}),
    S.NOT_GIVEN: frozenset({S.ASKED}),
    S.WITHDRAWN: frozenset(),
}
# The council's words are its own from here on, and may be shown to whoever works with the plan.
STANDS = frozenset({S.GIVEN, S.ANSWERED, S.PUBLISHED})


class StatementSource(models.TextChoices):
    """How a statement came."""

    MEMBER = "member", _("Annettu työtilassa")
    LINK = "link", _("Annettu linkin kautta, ohjaaja on vahvistanut")
    RECORDED = "recorded", _("Tullut muuten, koordinaattori on kirjannut")


class Taken(models.TextChoices):
    """What became of one point of a statement, or of one comment."""

    OPEN = "open", pgettext_lazy("lausunnon kohta", "Odottaa vastausta")
    TAKEN = "taken", pgettext_lazy("lausunnon kohta", "Otettiin huomioon")
    PARTLY = "partly", pgettext_lazy("lausunnon kohta", "Otettiin osittain")
    NOT_TAKEN = "not_taken", pgettext_lazy("lausunnon kohta", "Ei otettu")


ANSWERS = [Taken.TAKEN, Taken.PARTLY, Taken.NOT_TAKEN]


class CirculationPhase(models.TextChoices):
    """Whether a version may be commented on today."""

    NONE = "none", _("Ei kommentoitavana")
    BEFORE = "before", _("Kommentointi ei ole vielä alkanut")
    OPEN = "open", _("Kommentoitavana")
    OVER = "over", _("Kommentointi on päättynyt")
