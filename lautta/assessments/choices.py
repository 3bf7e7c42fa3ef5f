"""Fixed vocabularies of the assessment, and its one table of legal moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where the assessment is. A stop is an answer too: it stands with its reason and is published."""

    MEMO = "memo", pgettext_lazy("arvioinnin tila", "Muistilappu")
    NOT_NEEDED = "not_needed", pgettext_lazy("arvioinnin tila", "Arviointia ei tarvita")
    SCREENING = "screening", pgettext_lazy("arvioinnin tila", "Seulonta")
    SCREENED = "screened", pgettext_lazy("arvioinnin tila", "Seulonta riitti")
    ASSESSING = "assessing", pgettext_lazy("arvioinnin tila", "Arvioidaan")
    PROPOSED = "proposed", pgettext_lazy("arvioinnin tila", "Ehdotus tehty")
    DECIDED = "decided", pgettext_lazy("arvioinnin tila", "Päätetty, seurataan")
    FOLLOWED = "followed", pgettext_lazy("arvioinnin tila", "Seuranta valmis")
    DROPPED = "dropped", pgettext_lazy("arvioinnin tila", "Asia raukesi")


S = State

# Legal moves, all of them. What else a move asks for (a reason, ratings) stands in readiness.py.
TRANSITIONS: dict[str, frozenset[str]] = {
    S.MEMO: frozenset({S.NOT_NEEDED, S.SCREENING, S.DROPPED}),
    S.NOT_NEEDED: frozenset({S.SCREENING}),
    S.SCREENING: frozenset({S.SCREENED, S.ASSESSING, S.DROPPED}),
    S.SCREENED: frozenset({S.SCREENING, S.ASSESSING}),
    S.ASSESSING: frozenset({S.PROPOSED, S.DROPPED}),
    S.PROPOSED: frozenset({S.ASSESSING, S.DECIDED, S.DROPPED}),
    S.DECIDED: frozenset({S.FOLLOWED}),
    S.FOLLOWED: frozenset({S.DECIDED}),
    S.DROPPED: frozenset(),
}
# A stop says why, and so does going back to what was closed.
NEEDS_REASON = frozenset({S.NOT_NEEDED, S.SCREENED, S.DROPPED})
REOPENINGS = frozenset(
    {(S.NOT_NEEDED, S.SCREENING), (S.SCREENED, S.SCREENING), (S.SCREENED, S.ASSESSING), (S.PROPOSED, S.ASSESSING),
     (S.FOLLOWED, S.DECIDED)}
)  # fmt: skip
UNFINISHED = frozenset({S.MEMO, S.SCREENING, S.ASSESSING, S.PROPOSED})
# What the public may read: a result, or a proposal before it is decided on.
PUBLISHABLE = frozenset({S.NOT_NEEDED, S.SCREENED, S.PROPOSED, S.DECIDED, S.FOLLOWED})


class Need(models.TextChoices):
    """The memo slip's answer."""

    NO = "no", _("Ei: päätös ei muuta mitään lapsen tai nuoren arjessa")
    SCREEN = "screen", _("Kyllä tai ehkä: jatketaan seulontaan")


class Directness(models.TextChoices):
    UNKNOWN = "", _("Ei valittu")
    DIRECT = "direct", _("Suoraan")
    INDIRECT = "indirect", _("Välillisesti")


class Duration(models.TextChoices):
    UNKNOWN = "", _("Ei valittu")
    SHORT = "short", _("Lyhyen aikaa")
    LONG = "long", _("Pitkään tai pysyvästi")


class Intention(models.TextChoices):
    UNKNOWN = "", _("Ei valittu")
    INTENDED = "intended", _("Tavoiteltu")
    UNINTENDED = "unintended", _("Ei tavoiteltu")


class Reach(models.TextChoices):
    UNKNOWN = "", _("Ei tiedossa")
    FEW = "few", _("Yksittäisiä lapsia")
    TENS = "tens", _("Kymmeniä")
    HUNDREDS = "hundreds", _("Satoja")
    THOUSANDS = "thousands", _("Tuhansia")


class Extent(models.TextChoices):
    LIGHT = "light", _("Kevyt: muutama tunti, tiedossa oleva aineisto")
    ORDINARY = "ordinary", _("Tavallinen: tiedot, vaihtoehdot ja lasten kuuleminen")
    BROAD = "broad", _("Laaja: oma työryhmä ja aikataulu")


class OtherAssessment(models.TextChoices):
    """What may be assessed at the same time."""

    PEOPLE = "people", _("Ihmisiin kohdistuvat vaikutukset")
    GENDER = "gender", _("Sukupuolivaikutukset")
    EQUALITY = "equality", _("Yhdenvertaisuus")
    LANGUAGE = "language", _("Kielelliset vaikutukset")
    ENVIRONMENT = "environment", _("Ympäristövaikutukset")
    ECONOMY = "economy", _("Taloudelliset vaikutukset")
    BUSINESS = "business", _("Yritysvaikutukset")
    PERSONAL_DATA = "personal_data", _("Tietosuoja")


class HearingMethod(models.TextChoices):
    TALK = "talk", _("Keskustelu tai haastattelu")
    GROUP = "group", _("Ryhmä tai työpaja")
    SURVEY = "survey", _("Kysely")
    YOUTH_COUNCIL = "youth_council", _("Nuorisovaltuusto")
    PLAY = "play", _("Piirtäminen, leikki tai kuvat")
    PARENTS = "parents", _("Vanhempien kautta")
    EARLIER = "earlier", _("Aiemmin kerrottu")


# −2…+2; not known is an answer of its own and never a zero.
LOWEST, HIGHEST = -2, 2
RATING_NAMES = {
    -2: _("Selvästi huonommin"),
    -1: _("Jonkin verran huonommin"),
    0: _("Ei muutosta"),
    1: _("Jonkin verran paremmin"),
    2: _("Selvästi paremmin"),
}
NOT_KNOWN = "not_known"
NOT_KNOWN_NAME = _("Ei tiedetä")
MOST_ALTERNATIVES = 5
