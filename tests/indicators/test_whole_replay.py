"""All that the replay of Sotkanet has, taken in: every value is the source's. Slow: run by make verify."""

import csv
import gzip
import json
import subprocess
import sys
from collections import defaultdict

import numpy as np
import pytest

from lautta.common.actors import SYSTEM
from lautta.indicators.fetchers import Asker
from lautta.indicators.fetching import fetch_sotkanet
from lautta.indicators.ingestors.regions import read_regions, retired_regions
from lautta.indicators.models import FetchEntry, Indicator, RawResponse, Vintage
from lautta.indicators.panels import IndicatorPanel
from lautta.indicators.reading import panels_of

pytestmark = [pytest.mark.verify, pytest.mark.django_db]


@pytest.fixture
def base(shared):
    tool = shared.parent / "tools" / "sotkanet_replay.py"
    process = subprocess.Popen(
        [sys.executable, str(tool), "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=tool.parent
    )
    yield process.stdout.readline().strip()
    process.terminate()
    process.communicate(timeout=10)


def fetch(base: str, ids):
    return fetch_sotkanet(by=SYSTEM, source_ids=ids, base=base, asker=Asker(between=0, sleep=lambda s: None))


def source_rows(shared):
    """{indicator: [(region, year, gender, value, count)]} with None where the source has no number."""
    found = defaultdict(list)
    with gzip.open(shared / "sotkanet_values.csv.gz", "rt", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            numbers = [float(row[name]) if row[name] else None for name in ("value", "absValue")]
            found[row["indicator"]].append((int(row["region"]), int(row["year"]), row["gender"], *numbers))
    return found


def codes_of(shared) -> dict[int, str]:
    listed = json.loads((shared / "sotkanet_regions.json").read_text("utf-8"))
    codes = {row.sotkanet_id: row.code for row in read_regions(json.dumps(listed).encode())}
    with (shared / "sotkanet_hva_ids.csv").open(encoding="utf-8") as handle:
        codes |= {int(row["uusi_id"]): f"HV{int(row['uusi_code']):02d}" for row in csv.DictReader(handle)}
    return {**retired_regions(), **codes}


def differences(panel: IndicatorPanel, rows, codes) -> tuple[int, int, int]:
    """(values that differ, counts that differ, numbers that no row gave): an independent, slow reading of the rows."""
    genders = {gender: at for at, gender in enumerate(panel.genders)}
    years = {year: at for at, year in enumerate(panel.years)}
    wrong_values = wrong_counts = given_values = given_counts = 0
    for region, year, gender, value, count in rows:
        at = panel.area_positions[codes[region]], years[year], genders[gender]
        got = panel.values[at]
        wrong_values += not (np.isnan(got) if value is None else got == value)
        given_values += value is not None
        got = np.nan if panel.numerators is None else panel.numerators[at]
        wrong_counts += not (np.isnan(got) if count is None else got == count)
        given_counts += count is not None
    counts = 0 if panel.numerators is None else int((~np.isnan(panel.numerators)).sum())
    return wrong_values, wrong_counts, int(panel.observed.sum()) - given_values + counts - given_counts


def test_every_value_is_the_sources_and_a_second_fetch_adds_lines_alone(base, shared):
    rows, codes = source_rows(shared), codes_of(shared)
    assert fetch(base, rows).counts == {"new": len(rows)}
    panels = panels_of(Indicator.objects.all())
    total = 0
    for indicator in Indicator.objects.all():
        found = differences(panels[indicator.pk], rows[indicator.source_id], codes)
        assert found == (0, 0, 0), indicator.source_id
        total += len(rows[indicator.source_id])
    assert total == 1_479_627
    before = Vintage.objects.count(), RawResponse.objects.count()
    assert fetch(base, rows).counts == {"unchanged": len(rows)}
    assert (Vintage.objects.count(), RawResponse.objects.count()) == before
    assert FetchEntry.objects.count() == 2 * (len(rows) + 1)


@pytest.mark.parametrize(
    ("fault", "counts", "code"),
    [
        ("truncated", {}, "cut_or_broken"),
        ("html", {}, "html_instead"),
        ("duplicate", {"failed": 2}, "contradicting_rows"),
        ("503", {"unchanged": 2}, None),
        ("slow", {"unchanged": 2}, None),
    ],
)
def test_the_faults_of_the_replay_change_nothing(base, fault, counts, code):
    assert fetch(base, ["191", "228"]).counts == {"new": 2}
    before = list(Vintage.objects.order_by("pk").values_list("pk", "state", "sha256"))
    run = fetch(base.replace("/rest/", f"/fault/{fault}/rest/"), ["191", "228"])
    assert run.counts == counts
    if code:
        problems = {entry.problem["code"] for entry in run.fetch.entries.exclude(problem={})}
        assert problems == {code}
    assert list(Vintage.objects.order_by("pk").values_list("pk", "state", "sha256")) == before
