"""Fixed vocabularies of goals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetGroup(models.TextChoices):
    """For whom; measures use the same codes."""

    CHILDREN_0_6 = "children_0_6", _("0–6-vuotiaat")
    CHILDREN_7_12 = "children_7_12", _("7–12-vuotiaat")
    YOUNG_13_17 = "young_13_17", _("13–17-vuotiaat")
    YOUNG_18_29 = "young_18_29", _("18–29-vuotiaat")
    FAMILIES = "families", _("Lapsiperheet")
    PARENTS = "parents", _("Vanhemmat")
    PROFESSIONALS = "professionals", _("Ammattilaiset")
    EVERYONE = "everyone", _("Kaikki")


# From → to. A plan goes one way; what was in force stays readable.
PHASE_TRANSITIONS: dict[str, frozenset[str]] = {
    "drafting": frozenset({"in_force"}),
    "in_force": frozenset({"ended"}),
    "ended": frozenset(),
}
