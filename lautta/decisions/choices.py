"""The fixed vocabularies of deciding: what is decided on, by what kind of body, and with what outcome."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionKind(models.TextChoices):
    """What a frozen version covers. Part I and a year's part II are separate documents with separate paths."""

    PART_ONE = "part_one", _("Osa I, strategia")
    PART_TWO = "part_two", _("Osa II, vuoden ohjelma")
    WHOLE = "whole", _("Osat I ja II yhdessä")
    EXTENSION = "extension", _("Voimassaolon jatko")
    SUCCESSION = "succession", _("Siirtyminen seuraavaan suunnitelmaan")


# Kinds that hold part I's text, a year's programme, and a decision on the plan's time alone.
HOLDS_PART_ONE = frozenset({VersionKind.PART_ONE, VersionKind.WHOLE})
HOLDS_PART_TWO = frozenset({VersionKind.PART_TWO, VersionKind.WHOLE})
ON_TIME = frozenset({VersionKind.EXTENSION, VersionKind.SUCCESSION})


class BodyKind(models.TextChoices):
    """Kinds of bodies, each organisation's in the order in which a matter usually passes them."""

    AREA_NETWORK = "area_network", _("Perhekeskuksen alueverkosto")
    STEERING_GROUP = "steering_group", _("Kunnan ohjausryhmä")
    LAPE_GROUP = "lape_group", _("Maakunnallinen LAPE-ryhmä")
    COMMITTEE = "committee", _("Lautakunta")
    BOARD = "board", _("Hallitus")
    COUNCIL = "council", _("Valtuusto")
    COUNTY_COUNCIL = "county_council", _("Aluevaltuusto tai yhtymäkokous")
    CHURCH_COUNCIL = "church_council", _("Kirkkovaltuusto tai seurakuntaneuvosto")
    ASSOCIATION_BOARD = "association_board", _("Järjestön hallitus")
    MANAGEMENT = "management", _("Johtoryhmä")
    OTHER = "other", pgettext_lazy("toimielimen laji", "Muu toimielin")


# The three tiers between which matters travel (kolmiportainen johtaminen), lowest first.
TIERS = (BodyKind.AREA_NETWORK, BodyKind.STEERING_GROUP, BodyKind.LAPE_GROUP)
# Their decisions get legal force only when the time for appeal is over.
NEEDS_LEGAL_FORCE = frozenset(
    {BodyKind.COMMITTEE, BodyKind.BOARD, BodyKind.COUNCIL, BodyKind.COUNTY_COUNCIL, BodyKind.CHURCH_COUNCIL}
)


class StationKind(models.TextChoices):
    """What the body is asked to do with the version."""

    PREPARES = "prepares", _("Esittää päättäjälle")
    DECIDES = "decides", _("Päättää")
    COMMITS = "commits", _("Sitoutuu")
    NOTES = "notes", _("Saa tiedoksi")


class Outcome(models.TextChoices):
    """What a body did (functions.md D1)."""

    APPROVE = "approve", _("Hyväksyi")
    APPROVE_WITH_CHANGES = "approve_with_changes", _("Hyväksyi muutoksin")
    RETURN = "return", _("Palautti valmisteluun")
    TABLE = "table", _("Jätti pöydälle")
    REJECT = "reject", _("Hylkäsi")
    TAKE_NOTE = "take_note", _("Merkitsi tiedoksi")
    COMMIT = "commit", _("Sitoutui")


# After these the station waits for the body's next decision; the others end it.
OPEN_OUTCOMES = frozenset({Outcome.RETURN, Outcome.TABLE})
PASSING = frozenset({Outcome.APPROVE, Outcome.APPROVE_WITH_CHANGES, Outcome.TAKE_NOTE, Outcome.COMMIT})
# By these an organisation binds itself to the version.
BINDING = frozenset({Outcome.APPROVE, Outcome.APPROVE_WITH_CHANGES, Outcome.COMMIT})

# The one table of legal moves: what each kind of station may answer.
OUTCOMES_OF: dict[str, tuple[Outcome, ...]] = {
    StationKind.PREPARES: (
        Outcome.APPROVE, Outcome.APPROVE_WITH_CHANGES, Outcome.RETURN, Outcome.TABLE, Outcome.REJECT,
    ),
    StationKind.DECIDES: (
        Outcome.APPROVE, Outcome.APPROVE_WITH_CHANGES, Outcome.RETURN, Outcome.TABLE, Outcome.REJECT,
        Outcome.COMMIT,
    ),
    StationKind.COMMITS: (
        Outcome.COMMIT, Outcome.TAKE_NOTE, Outcome.RETURN, Outcome.TABLE, Outcome.REJECT,
    ),
    StationKind.NOTES: (Outcome.TAKE_NOTE, Outcome.RETURN, Outcome.TABLE),
}  # fmt: skip


class AmendmentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("muutosesityksen tila", "Avoin")
    ACCEPTED = "accepted", pgettext_lazy("muutosesityksen tila", "Otetaan seuraavaan versioon")
    REJECTED = "rejected", pgettext_lazy("muutosesityksen tila", "Ei oteta")


class TargetKind(models.TextChoices):
    """What in a version an amendment or a comment is about."""

    WHOLE = "whole", _("Koko asiakirja")
    CHAPTER = "chapter", _("Luku")
    GOAL = "goal", _("Tavoite")
    MEASURE = "measure", _("Toimenpide")
    INDICATOR = "indicator", _("Mittari")
