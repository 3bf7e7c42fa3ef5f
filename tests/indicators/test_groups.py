"""Groups within an area: what is known of each, what is withheld, and what is never put together."""

import numpy as np
import pytest

from lautta.indicators import groups as g
from lautta.indicators.models import Indicator
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.per_resident import per_resident
from lautta.statistics.comparison import Verdict
from lautta.statistics.panel import Status
from tests.indicators import factories as f

PERCENT = Indicator(kind=Indicator.Kind.PERCENTAGE, decimals=1)


def by_gender(girls: int, boys: int, size: int = 500, hidden: bool = False) -> IndicatorPanel:
    """One area and year."""
    count = np.array([girls, boys, girls + boys], float)[None, None]
    sizes = np.array([size, size, 2 * size], float)[None, None]
    status = np.where(count == 0, Status.ZERO, Status.VALUE).astype(np.uint8)
    values = 100 * count / sizes
    if hidden:
        status[..., 0], values[..., 0] = Status.SUPPRESSED, np.nan
    return IndicatorPanel(("KU001",), (2023,), ("female", "male", "total"), values, status, count, sizes)


def told(panel: IndicatorPanel) -> list[dict]:
    sizes = {code: panel.denominators[..., n] for n, code in enumerate(panel.genders)}
    return g.groups(panel, PERCENT, 0, ["KU001"], np.ones(1), sizes)["KU001"]


def gap(panel: IndicatorPanel) -> int:
    sizes = {code: panel.denominators[..., n] for n, code in enumerate(panel.genders)}
    return g.gender_gap(panel, PERCENT, 0, 0, 1.0, sizes)


def test_girls_and_boys_have_their_numbers_and_intervals():
    girls, boys = told(by_gender(100, 50))
    assert (girls["code"], girls["value"], boys["value"]) == ("female", 20.0, 10.0)
    assert girls["low"] < 20 < girls["high"]


def test_a_withheld_group_is_neither_zero_nor_told_by_its_interval():
    girls, boys = told(by_gender(3, 50, hidden=True))
    assert (girls["value"], girls["status"], girls["low"], girls["high"]) == (
        None,
        Status.SUPPRESSED,
        None,
        None,
    )
    assert boys["status"] == Status.VALUE
    zero = told(by_gender(0, 50))[0]
    assert (zero["value"], zero["status"]) == (0.0, Status.ZERO)


@pytest.mark.parametrize(
    ("girls", "boys", "verdict"),
    [(150, 50, Verdict.HIGHER), (50, 150, Verdict.LOWER), (100, 102, Verdict.NO_CLEAR_DIFFERENCE)],
)
def test_a_gap_is_called_only_when_it_is_more_than_chance(girls, boys, verdict):
    assert gap(by_gender(girls, boys)) == verdict


def test_without_counts_nothing_is_said_of_the_gap():
    panel = by_gender(100, 50)
    bare = IndicatorPanel(panel.areas, panel.years, panel.genders, panel.values, panel.status)
    assert g.gender_gap(bare, PERCENT, 0, 0, 1.0, {"female": None, "male": None}) == Verdict.NO_DATA


def aged(codes: tuple[str, ...], numbers: list[float], statuses: list[int]) -> IndicatorPanel:
    values = np.array(numbers, float)[None, None, None]
    status = np.array(statuses, np.uint8)[None, None, None]
    return IndicatorPanel(("KU001",), (2023,), ("total",), values, status, extra=(("age", codes),))


def test_an_axis_is_read_at_its_total():
    panel = aged(("SSS", "0-6", "7-14"), [30, 10, 20], [0, 0, 0])
    flat = g.without_axes(panel, is_count=False)
    assert flat.extra == ()
    assert flat.values.tolist() == [[[30.0]]]
    parts = g.groups(panel, PERCENT, 0, ["KU001"], np.ones(1), {})["KU001"]
    assert [(p["axis"], p["code"], p["value"]) for p in parts] == [
        ("age", "0-6", 10.0),
        ("age", "7-14", 20.0),
    ]


def test_counts_without_a_total_are_summed_and_a_withheld_part_withholds_the_sum():
    assert g.without_axes(aged(("0-6", "7-14"), [10, 20], [0, 0]), is_count=True).values.tolist() == [
        [[30.0]]
    ]
    hidden = g.without_axes(aged(("0-6", "7-14"), [10, np.nan], [0, Status.SUPPRESSED]), is_count=True)
    assert hidden.status.tolist() == [[[Status.SUPPRESSED]]]
    assert np.isnan(hidden.values).all()


def test_rates_without_a_total_are_never_averaged():
    assert g.without_axes(aged(("0-6", "7-14"), [10, 20], [0, 0]), is_count=False) is None


def test_a_region_costs_what_its_municipalities_do_and_an_unknown_part_leaves_it_unknown():
    regions = {"MK08": "", "KU001": "MK08", "KU002": "MK08"}
    people = f.panel({(a, y): 1000.0 for a in ("KU001", "KU002") for y in (2020, 2021)})
    costs = f.panel({("KU001", 2020): 100.0, ("KU001", 2021): 100.0, ("KU002", 2020): 300.0})
    found = {c.area: c for c in per_resident(costs, people, 1000, regions)}
    assert found["MK08"].values == [200.0, None]
    assert found["KU001"].values == [100.0, 100.0]
    assert found["KU002"].values == [300.0, None]
