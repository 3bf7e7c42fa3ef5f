"""What a measure's change should show in: one row of the choice, for the form, the workbook and the action."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lautta.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Sought:
    """An indicator, the way it should move (Indicator.Direction), and whether it is the one looked at first."""

    indicator: Indicator
    direction: str
    is_primary: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        """What tells one choice from another, without the database."""
        return (self.indicator.public_id, str(self.direction), self.is_primary)

    def __str__(self) -> str:
        words = str(Indicator.Direction(self.direction).label).lower()
        if self.is_primary:
            words = _("%(direction)s, katsotaan ensin") % {"direction": words}
        return f"{self.indicator.title} ({words})"
