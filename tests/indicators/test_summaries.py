"""What is said of an area: verdicts, intervals and what is left unsaid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.indicators import summaries as s
from lautta.indicators.models import Indicator
from lautta.indicators.panels import IndicatorPanel
from lautta.statistics import comparison, trend
from lautta.statistics.panel import Status

AREAS = ("SSS", "MK08", *(f"KU{n:03d}" for n in range(1, 61)))
YEARS = tuple(range(2014, 2024))
SIZES = np.array([600_000, 20_000, *(400 + 150 * n for n in range(60))], float)


def percentage() -> Indicator:
    return Indicator(kind=Indicator.Kind.PERCENTAGE, decimals=1, direction=Indicator.Direction.SMALLER)


def panel(seed: int = 1, rate: float = 0.1, **special: float) -> IndicatorPanel:
    """Counts by chance at one rate everywhere; `KU059=0.3` gives an area a rate of its own in the last years."""
    rng = np.random.default_rng(seed)
    rates = np.full((len(AREAS), len(YEARS)), rate)
    for area, own in special.items():
        rates[AREAS.index(area)] = own
    count = rng.binomial(SIZES[:, None].astype(int), rates).astype(float)
    values = 100 * count / SIZES[:, None]
    status = np.where(count == 0, Status.ZERO, Status.VALUE).astype(np.uint8)
    return IndicatorPanel(
        AREAS, YEARS, ("total",), values[..., None], status[..., None], count[..., None],
        np.broadcast_to(SIZES[:, None, None], (*values.shape, 1)),
    )  # fmt: skip


def said(found: IndicatorPanel, area: str, **options) -> s.AreaSummary:
    reckoned = s.reckon(found, percentage())
    assert reckoned is not None
    [summary] = s.summaries(found, percentage(), reckoned, {area: "MK08"}, **options)
    return summary


def test_an_area_far_from_the_country_is_called_and_one_like_it_is_not():
    found = panel(KU060=0.2)
    assert said(found, "KU060").against_country == comparison.Verdict.HIGHER
    assert said(found, "KU060").against_region == comparison.Verdict.HIGHER
    assert said(found, "KU050").against_country == comparison.Verdict.NO_CLEAR_DIFFERENCE


def test_pure_chance_is_seldom_called():
    calls = trends = areas = 0
    for seed in range(20):
        reckoned = s.reckon(panel(seed), percentage())
        calls += int(np.isin(reckoned.compared.verdict[2:], (1, 2)).sum())
        trends += int(np.isin(reckoned.trends.verdict[2:], (1, 2)).sum())
        areas += len(AREAS) - 2
    assert calls / areas <= 0.01
    assert trends / areas <= 0.06


def test_the_interval_holds_the_number_and_follows_the_size():
    found = panel()
    small, large = said(found, "KU001"), said(found, "KU060")
    for summary in (small, large):
        assert summary.low <= summary.value <= summary.high
        assert summary.value == pytest.approx(100 * summary.numerator / summary.denominator)
    assert small.high - small.low > large.high - large.low
    assert len(small.years) == len(small.values) == len(small.lows) == len(small.highs) == len(YEARS)


def test_a_withheld_number_is_neither_zero_nor_missing():
    found = panel()
    values, status = found.values.copy(), found.status.copy()
    at = AREAS.index("KU001")
    values[at, -1], status[at, -1] = np.nan, Status.SUPPRESSED
    hidden = IndicatorPanel(AREAS, YEARS, ("total",), values, status, found.numerators, found.denominators)
    summary = said(hidden, "KU001")
    assert (summary.value, summary.status) == (None, Status.SUPPRESSED)
    assert summary.against_country == comparison.Verdict.TOO_SMALL_TO_TELL
    assert summary.values[-1] is None


def test_an_area_left_out_of_the_newest_year_keeps_its_own_and_is_compared_with_nothing():
    found = panel()
    values, status = found.values.copy(), found.status.copy()
    at = AREAS.index("KU007")
    values[at, -1], status[at, -1] = np.nan, Status.MISSING
    gone = IndicatorPanel(AREAS, YEARS, ("total",), values, status, found.numerators, found.denominators)
    summary = said(gone, "KU007")
    assert (summary.year, summary.against_country) == (2022, comparison.Verdict.NO_DATA)
    assert summary.value == pytest.approx(float(found.values[at, -2, 0]))


def test_counts_are_not_compared_with_the_country():
    found = panel(KU060=0.3)
    indicator = Indicator(kind=Indicator.Kind.COUNT, decimals=0)
    reckoned = s.reckon(found, indicator)
    [summary] = s.summaries(found, indicator, reckoned, {"KU060": "MK08"})
    assert (summary.country, summary.against_country) == (None, comparison.Verdict.NO_DATA)


def test_without_a_number_for_the_country_the_middle_municipality_stands_in():
    found = panel().only(code for code in AREAS if code != "SSS")
    summary = said(found, "KU050")
    assert summary.is_median
    middle = np.median(found.values[1:, -1, 0])
    assert summary.country == pytest.approx(middle)


def test_a_break_cuts_the_trend():
    rising = panel()
    count = rising.numerators.copy()
    count[:, 5:] *= 2
    status = np.zeros(count.shape, np.uint8)
    found = IndicatorPanel(
        AREAS, YEARS, ("total",), 100 * count / rising.denominators, status, count, rising.denominators
    )
    whole, cut = s.reckon(found, percentage()), s.reckon(found, percentage(), breaks=[2019])
    at = AREAS.index("KU060")
    assert whole.trends.covered[at] > cut.trends.covered[at]
    assert cut.trends.verdict[at] != trend.Verdict.UP


def test_denominators_follow_from_rate_and_cases():
    found = panel()
    rounded = IndicatorPanel(
        AREAS, YEARS, ("total",), np.round(found.values, 1), found.status, found.numerators
    )
    size = s.denominators(rounded, percentage())
    told = found.values[..., 0] > 5
    assert np.allclose(size[told], found.denominators[..., 0][told], rtol=0.011)
    assert s.denominators(rounded, Indicator(kind=Indicator.Kind.COUNT, decimals=0)) is None


@given(st.dictionaries(st.sampled_from(AREAS), st.floats(1, 1e6), max_size=40), st.sampled_from(AREAS))
def test_similar_places_are_other_municipalities_nearest_in_size(populations, area):
    found = s.similar_to(area, populations, besides={"KU001"})
    assert area not in found
    assert "KU001" not in found
    assert all(code.startswith("KU") for code in found)
    if found:
        own = populations[area]
        ratio = {c: max(p / own, own / p) for c, p in populations.items() if c.startswith("KU") and c != area}
        farthest = max(ratio[c] for c in found)
        assert all(ratio[c] >= farthest * (1 - 1e-9) for c in set(ratio) - set(found) - {"KU001"})


def test_a_panel_without_totals_or_numbers_says_nothing():
    found = panel()
    assert s.reckon(found.only([]), percentage()) is None
    girls = IndicatorPanel(AREAS, YEARS, ("female",), found.values, found.status)
    assert s.reckon(girls, percentage()) is None
