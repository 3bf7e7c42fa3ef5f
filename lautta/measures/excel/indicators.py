"""A row's indicators: which way each should move, and which is looked at first, from cells that stand side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lautta.indicators.models import Indicator
from lautta.measures.models import MeasureYear
from lautta.measures.sought import Sought


@dataclass(slots=True)
class Pairs:
    """What the cells of a row say: {number of the column: value}. None where the file has no such columns."""

    indicators: dict[int, Indicator | None]
    directions: dict[int, str | None] | None = None
    first: Indicator | None = None
    has_first: bool = False
    # (key of the column, its number, what is wrong)
    problems: list[tuple[str, int, str]] = field(default_factory=list)

    def sought(
        self, standing: Sequence[Sought], directions: Mapping[int, str], joint: set[int]
    ) -> list[Sought]:
        """The choice that the cells make; what is wrong goes to `problems`.

        A direction that is not given is what stands, else the plan's own (`directions`, by the indicator's key). One
        that is not of `joint` may only stay where it stands.
        """
        held = {s.indicator.pk: s for s in standing}
        given = self.directions or {}
        found: dict[int, Sought] = {}
        for number, indicator in self.indicators.items():
            if indicator is None:
                if given.get(number):
                    self.problems.append(("directions", number, _("Valitse ensin mittari.")))
            elif indicator.pk in found:
                self.problems.append(("indicators", number, _("Sama mittari on valittu kahdesti.")))
            elif indicator.pk not in joint and indicator.pk not in held:
                problem = _("Mittari ei kuulu suunnitelman yhteisiin mittareihin.")
                self.problems.append(("indicators", number, problem))
            else:
                stood = held.get(indicator.pk)
                usual = (
                    stood.direction if stood else directions.get(indicator.pk, Indicator.Direction.NEITHER)
                )
                first = indicator == self.first if self.has_first else bool(stood and stood.is_primary)
                found[indicator.pk] = Sought(indicator, given.get(number) or str(usual), first)
        if self.first is not None and self.first.pk not in found:
            problem = _("Valitse mittari myös johonkin sarakkeista ”Mittari”.")
            self.problems.append(("first_indicator", 0, problem))
        return list(found.values())


def sought_of(year: MeasureYear) -> list[Sought]:
    """What stands, the one looked at first in front, then as chosen. The links need their indicators prefetched."""
    links = sorted(year.indicator_links.all(), key=lambda x: (not x.is_primary, x.pk))
    return [Sought(x.indicator, x.direction, x.is_primary) for x in links]
