"""How a matter travels between the tiers: its states, what a body may do with it, and to whom it may hand it. Pure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from lautta.decisions.choices import BodyKind


class MatterState(models.TextChoices):
    UNDER_WAY = "under_way", pgettext_lazy("asian tila", "Käsittelyssä")
    RETURNED = "returned", pgettext_lazy("asian tila", "Palautettu lähettäjälle")
    DECIDED = "decided", pgettext_lazy("asian tila", "Päätetty")
    ANSWERED = "answered", pgettext_lazy("asian tila", "Vastattu")
    WITHDRAWN = "withdrawn", pgettext_lazy("asian tila", "Peruttu")


class StepOutcome(models.TextChoices):
    """What a body did with the matter that it was sent."""

    DECIDED = "decided", pgettext_lazy("mitä toimielin teki", "Päätti asian")
    ANSWERED = "answered", pgettext_lazy("mitä toimielin teki", "Vastasi")
    HANDED_UP = "handed_up", pgettext_lazy("mitä toimielin teki", "Vei ylöspäin")
    HANDED_DOWN = "handed_down", pgettext_lazy("mitä toimielin teki", "Antoi alaspäin")
    RETURNED = "returned", pgettext_lazy("mitä toimielin teki", "Palautti lähettäjälle")
    WITHDRAWN = "withdrawn", pgettext_lazy("mitä toimielin teki", "Lähettäjä perui")


class Deed(models.TextChoices):
    """What somebody wants to do with a matter."""

    DECIDE = "decide", pgettext_lazy("mitä asialle tehdään", "Päätä asia")
    ANSWER = "answer", pgettext_lazy("mitä asialle tehdään", "Vastaa lähettäjälle")
    HAND_UP = "hand_up", pgettext_lazy("mitä asialle tehdään", "Vie ylöspäin")
    HAND_DOWN = "hand_down", pgettext_lazy("mitä asialle tehdään", "Anna alaspäin")
    RETURN = "return", pgettext_lazy("mitä asialle tehdään", "Palauta lähettäjälle")
    WITHDRAW = "withdraw", pgettext_lazy("mitä asialle tehdään", "Peru asia")
    SEND_AGAIN = "send_again", pgettext_lazy("mitä asialle tehdään", "Lähetä uudelleen")


S, D = MatterState, Deed
# The one table of legal moves. RETURN leads back to a body that sent it (still under way) or to the first sender.
TRANSITIONS: dict[tuple[MatterState, Deed], frozenset[MatterState]] = {
    (S.UNDER_WAY, D.DECIDE): frozenset({S.DECIDED}),
    (S.UNDER_WAY, D.ANSWER): frozenset({S.ANSWERED}),
    (S.UNDER_WAY, D.HAND_UP): frozenset({S.UNDER_WAY}),
    (S.UNDER_WAY, D.HAND_DOWN): frozenset({S.UNDER_WAY}),
    (S.UNDER_WAY, D.RETURN): frozenset({S.UNDER_WAY, S.RETURNED}),
    (S.UNDER_WAY, D.WITHDRAW): frozenset({S.WITHDRAWN}),
    (S.RETURNED, D.SEND_AGAIN): frozenset({S.UNDER_WAY}),
    (S.RETURNED, D.WITHDRAW): frozenset({S.WITHDRAWN}),
}
OPEN_STATES = frozenset({S.UNDER_WAY, S.RETURNED})
# What is written into the step that the deed ends.
OUTCOME_OF: dict[Deed, StepOutcome] = {
    D.DECIDE: StepOutcome.DECIDED, D.ANSWER: StepOutcome.ANSWERED, D.HAND_UP: StepOutcome.HANDED_UP,
    D.HAND_DOWN: StepOutcome.HANDED_DOWN, D.RETURN: StepOutcome.RETURNED, D.WITHDRAW: StepOutcome.WITHDRAWN,
}  # fmt: skip
# The deeds of the body that has the matter; the others are the first sender's.
OF_BODY = (D.DECIDE, D.ANSWER, D.HAND_UP, D.HAND_DOWN, D.RETURN)

K = BodyKind
_ORGANISATIONS_OWN = frozenset(
    {K.COMMITTEE, K.BOARD, K.COUNCIL, K.COUNTY_COUNCIL, K.CHURCH_COUNCIL, K.ASSOCIATION_BOARD, K.MANAGEMENT}
)
# From an area network to a municipal steering group, from there to the regional group, from there to the councils; a steering
# group also to its own municipality's bodies.
ABOVE: dict[BodyKind, frozenset[BodyKind]] = {
    K.AREA_NETWORK: frozenset({K.STEERING_GROUP}),
    K.STEERING_GROUP: frozenset({K.LAPE_GROUP, K.COMMITTEE, K.BOARD, K.COUNCIL}),
    K.LAPE_GROUP: _ORGANISATIONS_OWN,
}
# Where an organisation that is no body brings a matter.
ENTRANCES = frozenset({K.AREA_NETWORK, K.STEERING_GROUP, K.LAPE_GROUP})


def kinds_above(kind: str) -> frozenset[BodyKind]:
    return ABOVE.get(BodyKind(kind), frozenset())


def kinds_below(kind: str) -> frozenset[BodyKind]:
    return frozenset(low for low, high in ABOVE.items() if BodyKind(kind) in high)


def kinds_to_send_to(kind: str | None) -> frozenset[BodyKind]:
    """To whom a body of the kind (None: an organisation) may send a new matter."""
    return ENTRANCES if kind is None else kinds_above(kind) | kinds_below(kind)


def kinds_for(deed: str, kind: str) -> frozenset[BodyKind]:
    """To whom a body of the kind may hand the matter by the deed; empty for deeds that hand nothing on."""
    if deed == Deed.HAND_UP:
        return kinds_above(kind)
    return kinds_below(kind) if deed == Deed.HAND_DOWN else frozenset()


def deeds_in(state: str) -> list[Deed]:
    """What may be done in the state, in a fixed order."""
    return [deed for deed in Deed if (MatterState(state), deed) in TRANSITIONS]


def may_hand(deed: str, giver: str, taker: str, *, same_organisation: bool) -> bool:
    """True when a body of kind `giver` may hand a matter by the deed to one of kind `taker`.

    A steering group deals with the bodies of its own municipality alone.
    """
    if taker not in kinds_for(deed, giver):
        return False
    pair = {giver, taker}
    return same_organisation or not (K.STEERING_GROUP in pair and pair & _ORGANISATIONS_OWN)
