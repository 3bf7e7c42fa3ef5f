"""What is kept of a vintage: once, from the numbers that pages show, also where the share is made here."""

import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.actions.summaries import summarise, summarise_current
from lautta.indicators.models import Indicator, StoredResult, Vintage
from lautta.indicators.summary_reading import everywhere, per_resident_of, summaries_of
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


def merging(counts: bool) -> Indicator:
    """Juankoski (KU174) went into Kuopio (KU297) in 2017, 40 strangers stay as they are."""
    cells, tops, sizes = {}, [], []
    for area in [*AREAS, "KU297", "KU174"]:
        for year in range(2012, 2021):
            if area == "KU174" and year > 2016:
                continue
            size = {"KU297": 1000 if year < 2017 else 1500, "KU174": 500, "SSS": 60_000}.get(area, 1000)
            top = size // (5 if area == "KU174" else 10)
            cells[area, year] = 100 * top / size
            tops.append(top)
            sizes.append(size)
    more = {"numerators": tops, "denominators": sizes} if counts else {}
    f.taken_in(f.panel(cells, last_years={"KU174": 2016}, **more), f.metadata("4711", "Osuus, %"))
    return Indicator.objects.get(source_id="4711")


def test_a_merged_municipality_has_one_series_and_says_from_when_it_was_put_together():
    indicator = merging(counts=True)
    summarise(by=SYSTEM, vintage=Vintage.objects.get(), regions={"KU297": "", "KU001": "", "SSS": ""})
    said = summaries_of([indicator], ["KU297", "KU001", "KU174"], whole=True)
    own = said[indicator.pk, "KU297"]
    assert (own.joined_before, own.cut_before, own.division) == (2017, None, 2020)
    assert own.values[0] == pytest.approx(100 * (100 + 100) / 1500)
    assert own.values[-1] == pytest.approx(10)
    assert said[indicator.pk, "KU001"].joined_before is None
    assert "KU174" not in everywhere(indicator).areas


def test_without_counts_the_years_before_a_merger_are_cut_and_it_is_said():
    indicator = merging(counts=False)
    summarise(by=SYSTEM, vintage=Vintage.objects.get(), regions={"KU297": ""})
    own = summaries_of([indicator], ["KU297"], whole=True)[indicator.pk, "KU297"]
    assert (own.joined_before, own.cut_before) == (None, 2017)
    assert own.values[: 2017 - 2012] == [None] * 5


def test_costs_are_kept_for_each_resident(placed):
    people = {"KU001": 1000, "KU002": 3000, "SSS": 60_000}
    years = range(2018, 2021)
    head = {(a, y): float(people[a]) for a in people for y in years}
    f.taken_in(f.panel(head), f.metadata("127", "Väestö", kind="count"))
    spent = {(a, y): people[a] * 0.2 for a in ("KU001", "KU002") for y in years}
    f.taken_in(f.panel(spent), f.metadata("3375", "Kustannukset, 1000 euroa", kind="euro"))
    costs = Indicator.objects.get(source_id="3375")
    vintage = Vintage.objects.current().get(indicator=costs)
    regions = {"MK08": "", "KU001": "MK08", "KU002": "MK08", "SSS": ""}
    summarise(by=SYSTEM, vintage=vintage, regions=regions)
    found = per_resident_of([costs], list(regions))
    assert found[costs.pk, "KU001"].values == [200.0] * 3
    assert found[costs.pk, "MK08"].values == [200.0] * 3, "the sum of its municipalities over theirs"
    assert (costs.pk, "SSS") not in found
