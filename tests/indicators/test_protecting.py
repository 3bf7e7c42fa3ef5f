"""A region's own file: what is published of it lets no hidden cell be told. The attacker sees the files alone."""

import csv
import io
import json

import numpy as np
import pytest
from openpyxl import load_workbook

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators.files import read_protected, take_file
from lautta.indicators.ingestors.tables import FileMapping
from lautta.indicators.models import Indicator, SourceArea
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.problems import SourceProblem
from lautta.indicators.protecting import Limits, protect
from lautta.indicators.reading import current_panel
from lautta.publishing.presenters.figures import files
from lautta.statistics.panel import Status
from tests.factories import RegionFactory
from tests.statistics.tables import filled, recovered

AREAS = ("KU075", "KU285", "KU286", "KU489", "MK08")
PARENTS = {code: ["MK08", "SSS"] for code in AREAS[:-1]}
TREES = [(4, 4, 4, 4, -1), (-1, 0, 0), (-1, 0, 0, 0)]
GENDERS = ("total", "female", "male")
AGES = ("0-17", "0-6", "7-12", "13-17")
MAPPING = FileMapping(area="alue", year="vuosi", gender="sukupuoli", value="lapsia")


def counted(seed, years=1, mean=9.0):
    """Counts of (areas, years, genders, ages) whose sums hold."""
    rng = np.random.default_rng(seed)
    p = rng.uniform(0.08, 0.3)
    tables = [
        filled(TREES, rng.negative_binomial(1, min(0.9, p * 9 / mean), (4, 2, 3)).astype(float))
        for _ in range(years)
    ]
    return np.stack(tables, axis=1)


def a_panel(values, *, numerators=None, denominators=None, extra=True):
    status = np.where(np.isnan(values), Status.MISSING, np.where(values == 0, Status.ZERO, Status.VALUE))
    return IndicatorPanel(
        AREAS, tuple(range(2020, 2020 + values.shape[1])), GENDERS, values, status.astype(np.uint8), numerators,
        denominators, (("age", AGES),) if extra else (),
    )  # fmt: skip


def protected(panel, kind="count", decimals=0, **limits):
    return protect(panel, kind=kind, decimals=decimals, limits=Limits(**limits), parents=PARENTS)


def attack(true, shown, trees=TREES):
    """Positions of hidden cells that the shown ones tell, year by year; `shown` has NaN where nothing is told."""
    return [
        (year, cell)
        for year in range(true.shape[1])
        for cell in recovered(true[:, year], np.isnan(shown[:, year]), trees)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_no_hidden_count_is_told_by_the_others(seed):
    counts = counted(seed)
    found = protected(a_panel(counts))
    hidden = found.panel.status == Status.SUPPRESSED
    assert (hidden >= ((counts > 0) & (counts < 5))).all()
    assert (found.small, found.hidden) == (((counts > 0) & (counts < 5)).sum(), hidden.sum())
    assert np.isnan(found.panel.values[hidden]).all()
    assert (found.panel.values[~hidden] == counts[~hidden]).all()
    assert attack(counts, found.panel.values) == []


def test_the_attack_finds_what_a_threshold_alone_would_show():
    counts = counted(1)
    bare = np.where((counts > 0) & (counts < 5), np.nan, counts)
    assert attack(counts, bare), "or the tests above prove nothing"


@pytest.mark.parametrize("seed", range(2))
def test_what_the_file_itself_hides_is_protected_too(seed):
    counts = counted(seed, years=1, mean=40.0)
    marked = np.where((counts > 0) & (counts < 5), np.nan, counts)
    panel = a_panel(marked)
    status = np.where(np.isnan(marked), np.uint8(Status.SUPPRESSED), panel.status)
    found = protected(IndicatorPanel(AREAS, panel.years, GENDERS, marked, status, extra=panel.extra))
    assert found.small == 0, "nothing that the file shows is small"
    assert attack(counts, found.panel.values) == []


def test_shares_hide_numerator_and_value_and_the_implied_number_counts_as_one():
    counts = counted(3)[..., 1]
    sizes = filled(TREES[:2], np.full((4, 2), 150.0))[:, None].repeat(counts.shape[1], axis=1)
    shares = 100 * counts / sizes
    for numerators in (counts, None):
        found = protected(
            a_panel(shares, numerators=numerators, denominators=sizes, extra=False), "percentage", 1
        )
        hidden = found.panel.status == Status.SUPPRESSED
        assert found.small == ((counts > 0) & (counts < 5)).sum()
        assert found.others
        assert attack(counts, np.where(hidden, np.nan, counts), TREES[:2]) == []
        assert np.isnan(found.panel.denominators[hidden]).all()
        if numerators is not None:
            assert np.isnan(found.panel.numerators[hidden]).all()


def test_rounded_shares_are_taken_for_the_smallest_number_that_they_may_be():
    sizes = filled(TREES[:2], np.full((4, 2), 300.0))[:, None]
    counts = filled(TREES[:2], np.array([[4, 60], [70, 80], [30, 50], [60, 20]], float))[:, None]
    found = protected(
        a_panel(np.round(100 * counts / sizes), denominators=sizes, extra=False), "percentage", 0
    )
    assert found.panel.status[0, 0, 1] == Status.SUPPRESSED
    hidden = found.panel.status == Status.SUPPRESSED
    assert attack(counts, np.where(hidden, np.nan, counts), TREES[:2]) == []


def test_few_respondents_hide_a_share_and_what_would_tell_it():
    asked = filled(TREES[:2], np.array([[12, 60], [70, 80], [30, 50], [60, 20]], float))[:, None]
    counts = np.round(asked * 0.5)
    panel = a_panel(100 * counts / asked, numerators=counts, denominators=asked, extra=False)
    assert protected(panel, "percentage", 1).hidden == 0
    found = protected(panel, "percentage", 1, least_respondents=20)
    assert (found.small, found.others > 0) == (1, True)
    index = protected(
        a_panel(counts * 1.7, denominators=asked, extra=False), "index", 1, least_respondents=20
    )
    assert (index.small, index.others > 0) == (1, True), "a mean tells by its respondents"


def test_zero_and_missing_stay_what_they_are_and_a_small_threshold_hides_less():
    counts = np.array([[0, 3, 8, 20, 31], [0, 1, 4, 10, 15], [0, 2, 4, 10, 16]], float).T[:, None]
    counts[3, 0, 1:] = np.nan
    found = protected(a_panel(counts, extra=False))
    assert found.panel.status[0].ravel().tolist() == [Status.ZERO] * 3
    assert found.panel.status[3].ravel().tolist() == [Status.VALUE, Status.MISSING, Status.MISSING]
    assert found.panel.status[1].ravel().tolist() == [Status.SUPPRESSED] * 3
    assert protected(a_panel(counts, extra=False), threshold=1).hidden == 0
    assert protected(a_panel(counts, extra=False), threshold=2).small == 1


def test_numbers_that_do_not_add_up_are_no_table():
    counts = np.array([[2, 30, 40, 50, 999], [9, 15, 20, 25, 7], [1, 15, 20, 25, 7]], float).T[:, None]
    found = protected(a_panel(counts, extra=False))
    assert (found.small, found.panel.values[4, 0, 0]) == (2, 999)
    averages = a_panel(counts + 0.5, extra=False)
    assert (protected(averages).small, protected(averages).others) == (2, 0)


def test_one_wrong_total_does_not_take_the_protection_of_the_others():
    counts = counted(5, years=1)[..., 0]
    wrong = counts.copy()
    wrong[4, 0, 0] += 1000
    found = protected(a_panel(wrong, extra=False))
    shown = found.panel.values.copy()
    shown[4, 0, 0] = counts[4, 0, 0]  # the attacker knows it from elsewhere
    assert attack(counts[:, :, 1:], shown[:, :, 1:], [TREES[0], (-1, -1)]) == []


def test_marks_that_cannot_be_right_are_told_and_nothing_is_taken():
    """Women and men of the first area are hidden; its total says 7, the women of the others say 4, the men's 9."""
    counts = np.array([[7, 30, 40, 50, 127], [4, 15, 20, 25, 64], [9, 15, 20, 25, 69]], float).T[:, None]
    status, values = a_panel(counts, extra=False).status.copy(), counts.copy()
    for cell in ((0, 0, 1), (0, 0, 2)):
        status[cell], values[cell] = Status.SUPPRESSED, np.nan
    with pytest.raises(SourceProblem) as no:
        protected(IndicatorPanel(AREAS, (2020,), GENDERS, values, status))
    assert no.value.code == "totals_disagree"


# --- as it is published ---------------------------------------------------------------------------


@pytest.fixture
def region(db):
    for code in AREAS:
        kind = "municipality" if code.startswith("KU") else "region"
        SourceArea.objects.create(
            code=code, kind=kind, name=Translated.of(code), sort_key=code, parents=PARENTS.get(code, [])
        )
    return RegionFactory()


def as_file(counts):
    lines = ["alue;vuosi;sukupuoli;lapsia"]
    for a, area in enumerate(AREAS):
        for y in range(counts.shape[1]):
            for g, word in enumerate(("yhteensä", "naiset", "miehet")):
                lines.append(f"{area};{2020 + y};{word};{int(counts[a, y, g])}")
    return "\n".join(lines).encode()


def published(indicator):
    """{kind: (values with NaN where none is told, words of the status)} as the files say; nothing but their bytes is read."""
    panel, found = current_panel(indicator), {}
    rows = list(csv.reader(io.StringIO(files.as_csv(indicator, panel).decode("utf-8-sig"))))
    found["csv"] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    sheet = load_workbook(io.BytesIO(files.as_xlsx(indicator, panel))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    found["xlsx"] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    data = json.loads(files.as_json_stat(indicator, panel))
    found["json"] = [
        {"value": value, "status": data["status"].get(str(n), "value")}
        for n, value in enumerate(data["value"])
    ]
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_file_that_is_published_tells_a_hidden_cell(region, seed):
    counts = counted(seed, years=2)[..., 1]
    entry = take_file(
        by=SYSTEM, region=region, name="lapset", title=Translated.of("Lapsia"), body=as_file(counts),
        filename="lapset.csv", mapping=MAPPING, kind="count", decimals=0,
    )  # fmt: skip
    assert entry.outcome == "new", entry.problem
    made = published(Indicator.objects.get())
    assert made["csv"][0].keys() == made["xlsx"][0].keys()
    for kind, rows in made.items():
        told = np.array([np.nan if r["value"] in ("", None) else float(r["value"]) for r in rows])
        shown = told.reshape(counts.shape)
        small = (counts > 0) & (counts < 5)
        assert np.isnan(shown[small]).all(), kind
        assert (shown[~np.isnan(shown)] == counts[~np.isnan(shown)]).all()
        assert attack(counts, shown, TREES[:2]) == [], kind
        words = np.array([r["status"] for r in rows]).reshape(counts.shape)
        assert set(words[np.isnan(shown)]) == {files.STATUS[Status.SUPPRESSED]}
        zeros = (counts == 0) & ~np.isnan(shown)
        assert set(words[zeros]) <= {files.STATUS[Status.ZERO]}


def test_looking_before_taking_in_says_the_same_and_stores_nothing(region):
    counts = counted(2)[..., 1]
    found, rows = read_protected(
        as_file(counts), "lapset.csv", MAPPING, kind="count", decimals=0, limits=Limits(threshold=10)
    )
    assert (rows, found.small) == (15, ((counts > 0) & (counts < 10)).sum())
    assert not Indicator.objects.exists()
