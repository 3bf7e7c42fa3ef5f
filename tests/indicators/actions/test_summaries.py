"""What is kept of a vintage: once, from the numbers that pages show, also where the share is made here."""

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.actions.summaries import summarise, summarise_current
from lautta.indicators.models import Indicator, StoredResult, Vintage
from lautta.indicators.summary_reading import summaries_of
from tests.indicators import factories as f

pytestmark = pytest.mark.django_db
AREAS = [*(f"KU{n:03d}" for n in range(1, 41)), "SSS"]
YEARS = range(2010, 2021)
REGIONS = {"KU001": "", "SSS": ""}


def counts_only(code: str, title: str, count) -> Indicator:
    cells = {(area, year): None for area in AREAS for year in YEARS}
    f.taken_in(
        f.panel(cells, numerators=[count(area, year) for area, year in cells]), f.metadata(code, title)
    )
    return Indicator.objects.get(source_id=code)


@pytest.fixture
def placed() -> Indicator:
    """Sotkanet's 191 as some answers give it: how many children, not of how many. 1065 says how many there are."""
    counts_only("1065", "0 - 17-vuotiaat, %", lambda area, year: 400_000 if area == "SSS" else 10_000)
    return counts_only(
        "191", "Sijoitetut, %", lambda area, year: 6_000 if area == "SSS" else 100 + int(area[2:])
    )


def test_a_share_is_made_of_counts_and_says_so(placed):
    vintage = Vintage.objects.current().get(indicator=placed)
    assert summarise(by=SYSTEM, vintage=vintage, regions=REGIONS) > 0
    said = summaries_of([placed], ["KU001", "SSS"])
    own = said[placed.pk, "KU001"]
    assert (own.value, own.denominator, own.is_made_here) == (1.01, 10_000, True)
    assert own.country == pytest.approx(1.5)
    assert not own.is_median


def test_the_same_numbers_are_reckoned_once_and_others_anew(placed):
    assert summarise_current(by=SYSTEM, indicators=[placed]) == 1
    before = StoredResult.objects.count()
    assert summarise_current(by=SYSTEM, indicators=[placed]) == 0
    assert StoredResult.objects.count() == before
    # More children than was thought: the share is another one, though its own vintage is the same.
    counts_only("1065", "0 - 17-vuotiaat, %", lambda area, year: 800_000 if area == "SSS" else 20_000)
    assert summarise_current(by=SYSTEM, indicators=[placed]) == 1
    assert summaries_of([placed], ["SSS"])[placed.pk, "SSS"].value == pytest.approx(0.75)
