"""The demo against the real plan and official figures; skipped without the real data beside the project."""

import csv
import gzip
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.demo.reading import all_files, nodes, read, region, texts

PLAN = "kymenlaakso_plan_2020_2024.txt"
LENGTH = 8
BANDS = {"0-6": range(7), "7-14": range(7, 15), "7-15": range(7, 16)}


def words(text: str) -> list[str]:
    return re.findall(r"[a-zåäö0-9]+", re.sub(r"<[^>]+>", " ", text).lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + LENGTH]) for i in range(len(found) - LENGTH + 1)}


@pytest.fixture
def plan_text(shared) -> str:
    path = shared / PLAN
    if not path.exists():
        pytest.skip("the real plan is not there")
    return path.read_text(encoding="utf-8")


def test_no_sentence_is_taken_from_the_real_plan(plan_text):
    # A hyphen at a line's end may belong to the word or to the line.
    real = runs(re.sub(r"-\s*\n\s*", "", plan_text)) | runs(re.sub(r"-\s*\n\s*", "-", plan_text))
    official = [goal["title"]["fi"] for goal in region("kymenlaakso", "plan.yaml")["goals"]]
    copied = []
    for path in all_files():
        for text in texts(read(path)):
            if text not in official:
                copied += [(path.name, " ".join(run)) for run in runs(text) & real]
    assert copied == []


def test_the_check_sees_a_copied_sentence(plan_text):
    taken = " ".join(words(re.sub(r"-\s*\n\s*", "", plan_text))[200:215])
    assert runs(taken) & runs(re.sub(r"-\s*\n\s*", "", plan_text))


def test_nobody_named_in_the_plan_is_named_in_the_demo(plan_text):
    tail = plan_text[-1200:]
    people = re.findall(r"(?m)^\s*([A-ZÅÄÖ][\w-]+) ([A-ZÅÄÖ][a-zåäö-]+)$", tail)
    writers = re.findall(r"\((\w+), [A-Z]\. ym\.", plan_text) + re.findall(r"\((\w+) & \w+, \d{4}", plan_text)
    assert len(people) > 10
    assert writers
    for path in all_files():
        text = path.read_text(encoding="utf-8")
        assert not [p for p in people if f"{p[0]} {p[1]}" in text or f"{p[1]} {p[0]}" in text], path.name
        assert not [w for w in writers if w in text], path.name


def test_printed_totals_are_right_or_noted():
    printed = region("kymenlaakso", "population.yaml")["as_printed"]
    right = all(
        sum(row[band][i] for row in printed["rows"]) == total
        for band, totals in printed["printed_totals"].items()
        for i, total in enumerate(totals)
    )
    assert right == printed["totals_match"]
    assert right or any(note["key"] == "totals" for note in printed["notes"])


def test_checked_totals_are_sums():
    for series in region("kymenlaakso", "population.yaml")["checked"]["series"]:
        for band, totals in series["totals"].items():
            assert [
                sum(row[band][i] for row in series["rows"]) for i in range(len(series["years"]))
            ] == totals


def test_the_notes_on_the_table_hold():
    data = region("kymenlaakso", "population.yaml")
    projection = next(s for s in data["checked"]["series"] if s["kind"] == "projection")
    official = {row["area"]: row for row in projection["rows"]}
    where = [projection["years"].index(year) for year in (2019, 2025, 2030)]
    for row in data["as_printed"]["rows"]:
        checked = official[row["area"]]
        # Printed "7–14" is the official 7–15; printed 2035 is the official 2030.
        assert row["0-6"] == [checked["0-6"][i] for i in where]
        assert row["7-14"] == [checked["7-15"][i] for i in where]
    totals = projection["totals"]
    first, last = (totals["0-6"][i] + totals["7-15"][i] for i in (0, -1))
    assert (first, last) == (23711, 15653)
    assert round(100 * (last / first - 1), 1) == -34.0


def test_the_chapter_prints_the_table_of_the_file():
    body = next(node["body"]["fi"] for node in nodes("kymenlaakso") if node["number"] == "2.1")
    cells = [int(c.replace(" ", "")) for c in re.findall(r"<td>([\d ]+)</td>", body)]
    printed = region("kymenlaakso", "population.yaml")["as_printed"]
    expected = [n for row in printed["rows"] for band in ("0-6", "7-14") for n in row[band]]
    expected += [n for band in ("0-6", "7-14") for n in printed["printed_totals"][band]]
    assert cells == expected


def counts(path: Path, wanted: frozenset[str]) -> dict[tuple[str, int, int], int]:
    """People by area code, year and age, in the wanted areas; others are not parsed: the files are large."""
    found: dict[tuple[str, int, int], int] = defaultdict(int)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        names = next(file).strip().split(",")
        year, age, number = (
            next(i for i, name in enumerate(names) if name in known)
            for known in (("time", "year"), ("ika", "age"), ("vaesto_e19", "pop"))
        )
        for line in file:
            code = line[: line.index(",")][-3:]
            if code in wanted:
                cells = line.split(",")
                found[code, int(float(cells[year])), int(float(cells[age]))] += int(float(cells[number]))
    return found


def test_checked_figures_are_the_official_ones(shared):
    checked = region("kymenlaakso", "population.yaml")["checked"]["series"]
    codes = frozenset(row["area"].removeprefix("kunta-") for row in checked[0]["rows"])
    observed = counts(shared / "population_age0_18_kunta.csv.gz", codes)
    projected = counts(shared / "projection2019_128v_kunta_age.csv.gz", codes)
    for series in checked:
        source = observed if series["kind"] == "observed" else projected
        for row in series["rows"]:
            code = row["area"].removeprefix("kunta-")
            for band, ages in BANDS.items():
                assert row[band] == [sum(source[code, year, age] for age in ages) for year in series["years"]]


def test_municipalities_and_mergers_are_the_official_ones(shared):
    with (shared / "municipalities.csv").open(encoding="utf-8") as file:
        official = {row["kunta"]: row for row in csv.DictReader(file)}
    with (shared / "abolished_mun_key.csv").open(encoding="utf-8") as file:
        mergers = {(row["joiner"], row["joinee"]) for row in csv.DictReader(file)}
    data = region("kymenlaakso", "region.yaml")
    areas = {area["key"]: area for area in data["areas"]}
    for area in data["areas"]:
        if area["kind"] == "municipality" and "valid_to" not in area:
            assert (official[area["code"]]["nimi"], official[area["code"]]["namn"]) == (
                area["name"]["fi"],
                area["name"]["sv"],
            )
    rows = data["memberships"]
    now = {areas[r["area"]]["code"] for r in rows if r["member_of"] == "maakunta-08" and "to" not in r}
    assert now == {c for c, row in official.items() if row["maakunta"] == "08"}
    county = {areas[r["area"]]["code"] for r in rows if r["member_of"] == "hva-10"}
    assert county == {c for c, row in official.items() if row["hva"] == "10"}
    assert official["142"]["maakunta"] == "07"
    for row in data["successions"]:
        assert ("KU" + areas[row["area"]]["code"], "KU" + areas[row["successor"]]["code"]) in mergers
