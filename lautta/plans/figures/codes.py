"""Numbers that a writer can put into a text: of each joint indicator and area, from what is stored of the current data."""

from __future__ import annotations

from dataclasses import dataclass

from lautta.common import clock
from lautta.indicators.areas import code_of_area
from lautta.indicators.models import Indicator
from lautta.indicators.summaries import AreaSummary
from lautta.indicators.summary_reading import summaries_of
from lautta.organisations.models import Area
from lautta.plans.figures.numbers import value_words
from lautta.plans.figures.tokens import Token
from lautta.plans.models import Plan
from lautta.statistics.panel import Status


@dataclass(frozen=True, slots=True)
class AreaCodes:
    """One area of one indicator. `years`: (year, "8,4 %") with a number, newest first; never empty."""

    indicator: str
    area: str
    name: str
    years: tuple[tuple[int, str], ...]

    @property
    def code(self) -> str:
        """What is written into a text for the newest year."""
        return str(Token(self.indicator, self.area, self.years[0][0]))

    @property
    def reads_as(self) -> str:
        year, words = self.years[0]
        return f"{words} ({year})"

    @property
    def packed(self) -> str:
        """ "2023=8,4 %|2022=8,5 %", for the editor."""
        return "|".join(f"{year}={words}" for year, words in self.years)


@dataclass(frozen=True, slots=True)
class IndicatorCodes:
    """A joint indicator with the areas that have a number, the region first."""

    public_id: str
    title: str
    areas: tuple[AreaCodes, ...]


def codes_of(plan: Plan, language: str) -> list[IndicatorCodes]:
    """Those that have a number, in the plan's order; numbers as the text's `language` writes them. Three queries beside the
    plan's own.

    What is withheld or missing is not among them; saving checks each number again from the data itself.
    """
    own = plan.region.area
    joint = [row.indicator for row in plan.joint_indicators.in_order().select_related("indicator")]
    if not joint:
        return []
    areas = {code_of_area(area): str(area.name) for area in (own, *Area.objects.within(own, clock.today()))}
    said = summaries_of(joint, list(areas))
    made = []
    for indicator in joint:
        rows = (
            AreaCodes(indicator.public_id, code, name, years)
            for code, name in areas.items()
            if (years := _years(indicator, said.get((indicator.pk, code)), language))
        )
        if found := tuple(rows):
            made.append(IndicatorCodes(indicator.public_id, str(indicator.title), found))
    return made


def _years(indicator: Indicator, said: AreaSummary | None, language: str) -> tuple[tuple[int, str], ...]:
    if said is None:
        return ()
    rows = zip(said.years, said.values, said.statuses, strict=True)
    found = [
        (year, value_words(value, indicator, language))
        for year, value, status in rows
        if value is not None and status <= Status.ZERO and not _too_few(indicator, said, year, value)
    ]
    return tuple(reversed(found))


def _too_few(indicator: Indicator, said: AreaSummary, year: int, value: float) -> bool:
    """Fewer cases than are shown, as far as the summary knows them: a count's own, else the newest year's."""
    is_count = indicator.kind == Indicator.Kind.COUNT
    cases = value if is_count else said.numerator if year == said.year else None
    return cases is not None and 0 < cases < indicator.threshold
