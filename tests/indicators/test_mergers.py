"""Merged municipalities: facts, chains, and series on one division."""

import csv

import numpy as np
import pytest

from lautta.indicators.mergers import Cut, Merger, last_years, mergers, on_division
from lautta.indicators.panels import IndicatorPanel
from lautta.statistics.panel import Status
from tests.indicators import factories as f

# B went into A in 2015; C into B in 2012, so that C is A's too.
KNOWN = (Merger("KU003", "KU002", 2012), Merger("KU002", "KU001", 2015))
YEARS = range(2010, 2018)
ENDS = {"KU003": 2011, "KU002": 2014}


def counted(**more) -> IndicatorPanel:
    """Numerator = 10 × the area's number, denominator = 1000 × it; percentages of 1 everywhere, but 2 in KU001."""
    cells, tops, bottoms = {}, [], []
    for code in ("KU001", "KU002", "KU003", "KU009"):
        for year in YEARS:
            if year > ENDS.get(code, 2100):
                continue
            size = int(code[-1])
            tops.append(20 if size == 1 else 10 * size)
            bottoms.append(1000 * size)
            cells[code, year] = 100 * tops[-1] / bottoms[-1]
    return f.panel(cells, numerators=tops, denominators=bottoms, last_years=ENDS, **more)


def test_the_merged_are_one_in_every_year_along_the_chain():
    found = on_division(counted(), 2020, multiplier=100, known=KNOWN)
    assert found.cuts == ()
    assert found.panel.areas == ("KU001", "KU009")
    series = found.panel.series("KU001")
    assert [float(n) for n in series.numerators] == [70, 70, 40, 40, 40, 20, 20, 20]
    assert [float(n) for n in series.denominators] == [6000, 6000, 3000, 3000, 3000, 1000, 1000, 1000]
    assert series.values == pytest.approx(100 * series.numerators / series.denominators)
    assert found.panel.series("KU009").values == pytest.approx(counted().series("KU009").values)


def test_a_division_between_the_mergers_keeps_what_was_still_apart():
    found = on_division(counted(), 2013, multiplier=100, known=KNOWN).panel
    assert set(found.areas) == {"KU001", "KU002", "KU009"}
    assert [float(n) for n in found.series("KU002").numerators[:3]] == [50, 50, 20]


def test_no_total_is_lost_and_the_order_of_areas_is_no_matter():
    panel = counted()
    turned = panel.only(tuple(reversed(panel.areas)))
    first = on_division(panel, 2020, multiplier=100, known=KNOWN).panel
    second = on_division(turned, 2020, multiplier=100, known=KNOWN).panel
    assert np.nansum(first.numerators, axis=0) == pytest.approx(np.nansum(panel.numerators, axis=0))
    assert np.array_equal(second.series("KU001").values, first.series("KU001").values)


def test_rates_without_counts_are_cut_and_the_cut_is_named():
    panel = f.panel({(code, year): 5.0 for code in ("KU001", "KU002") for year in YEARS})
    found = on_division(panel, 2020, multiplier=100, known=KNOWN)
    assert found.cuts == (Cut("KU001", 2015),)
    series = found.panel.series("KU001")
    assert (series.status[:5] == Status.MISSING).all()
    assert (series.values[5:] == 5).all()


def test_a_suppressed_part_makes_the_whole_suppressed():
    panel = counted()
    values, status, tops = panel.values.copy(), panel.status.copy(), panel.numerators.copy()
    at = panel.area_positions["KU002"], 3
    values[at], tops[at], status[at] = np.nan, np.nan, Status.SUPPRESSED
    hidden = IndicatorPanel(panel.areas, panel.years, panel.genders, values, status, tops, panel.denominators)
    series = on_division(hidden, 2020, multiplier=100, known=KNOWN).panel.series("KU001")
    assert series.status[3] == Status.SUPPRESSED
    assert np.isnan(series.values[3])
    assert np.isnan(series.numerators[3])
    assert series.status[4] == Status.VALUE


def test_counts_are_summed_themselves():
    panel = f.panel({(code, year): 7.0 for code in ("KU001", "KU002") for year in YEARS}, last_years=ENDS)
    series = on_division(panel, 2020, multiplier=None, is_count=True, known=KNOWN).panel.series("KU001")
    assert list(series.values) == [14.0] * 5 + [7.0] * 3


def test_a_source_that_has_recomputed_the_series_itself_is_not_added_to_twice():
    """KU001 has all 30 people of the country in every year; the merged one's own row is left over from an older vintage."""
    cells = {("SSS", year): 30.0 for year in YEARS} | {("KU001", year): 30.0 for year in YEARS}
    cells |= {("KU002", year): 12.0 for year in range(2010, 2015)}
    series = on_division(f.panel(cells), 2020, multiplier=None, is_count=True, known=KNOWN).panel.series(
        "KU001"
    )
    assert list(series.values) == [30.0] * 8


def test_nothing_to_do_gives_the_same_panel():
    panel = f.grid(3)
    assert on_division(panel, 2020, multiplier=100, known=[Merger("KU900", "KU001", 2015)]).panel is panel
    assert on_division(panel, 1999, multiplier=100, known=KNOWN).panel is panel


def test_the_facts_are_those_of_the_key(shared):
    with (shared / "abolished_mun_key.csv").open(encoding="utf-8") as handle:
        key = {row["joiner"]: row["joinee"] for row in csv.DictReader(handle)}
    for merger in mergers():
        assert key[merger.old] == merger.new, merger
    assert last_years()["KU413"] == 2014


def test_real_chains_end_in_todays_municipality_and_lose_nobody(shared):
    """Every chain of two mergers or more of the list of abolished municipalities, at made-up years that rise along the chain."""
    with (shared / "abolished_mun_key.csv").open(encoding="utf-8") as lines:
        step = {r["joiner"]: r["joinee"] for r in csv.DictReader(lines) if r["joiner"] != r["joinee"]}

    def after(code: str) -> int:
        return 1 + after(step[code]) if code in step else 0

    known = tuple(Merger(old, new, 2019 - after(old)) for old, new in step.items())
    codes = sorted({*step, *step.values()})
    ends = last_years(known)
    cells = {(c, y): 2.0 for c in codes for y in range(2010, 2022) if y <= ends.get(c, 2100)}
    counts = [2 * int(c[2:]) for c, _y in cells]
    panel = f.panel(cells, numerators=counts, denominators=[50 * n for n in counts], last_years=ends)
    found = on_division(panel, 2021, multiplier=100, known=known)
    assert any(after(code) >= 3 for code in step), "the list has long chains"
    assert found.cuts == ()
    assert set(found.panel.areas) == {c for c in codes if c not in step}
    assert np.nansum(found.panel.numerators, axis=0) == pytest.approx(np.nansum(panel.numerators, axis=0))
    assert {j.area for j in found.joined} == {c for c in step.values() if c not in step}
    # What had gone into KU754 went with it into Kouvola.
    kouvola = found.panel.series("KU286")
    assert step["KU012"] == "KU754"
    assert step["KU754"] == "KU286"
    parts = [c for c in step if c == "KU286" or _end(step, c) == "KU286"]
    assert kouvola.numerators[0] == 2 * (286 + sum(int(c[2:]) for c in parts))


def _end(step: dict[str, str], code: str) -> str:
    while code in step:
        code = step[code]
    return code
