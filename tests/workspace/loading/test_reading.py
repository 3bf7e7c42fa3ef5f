"""Reading a region's files: every mistake is told by file and place, and nothing else comes of it."""

import copy
import datetime as dt
import re
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lautta.workspace.loading import BadFiles, read_folder
from tests.demo.reading import DEMO, REGIONS
from tests.workspace.loading.editing import ORIGINAL, changed, leaves, put, written

WAYS = [(name, *way) for name, data in ORIGINAL.items() for way in leaves(data)]
ODD = [[], {}, [[]], [{}], {"fi": ""}, {"fi": 1}, {"xx": "a"}, ["a", "a"], "\x7f", "0"]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(), st.text(max_size=8), st.dates(),
    st.sampled_from(ODD),
)  # fmt: skip


@pytest.mark.parametrize("name", REGIONS)
def test_the_demo_holds_together(name):
    content = read_folder(DEMO / name)
    assert content.plan.title
    assert content.measures


def told(folder) -> list:
    """The mistakes of the folder; none when it is read."""
    try:
        read_folder(folder)
    except BadFiles as problem:
        return problem.mistakes
    return []


def mistakes(folder):
    return {(m.file, m.place): m.message for m in told(folder)}


def way_to(file: str, place: str) -> tuple:
    """("plan.yaml", "goals[0].colour") → ("plan.yaml", "goals", 0, "colour")."""
    steps = [int(s) if s.isdecimal() else s for s in re.findall(r"[^.\[\]]+", place)]
    return (file, *steps)


# File, place, what is put there, what the mistake says.
CASES = [
    ("region.yaml", "areas[1].kind", "kunta", "municipality"),
    ("region.yaml", "areas[1].code", "12345", "at most 3"),
    ("region.yaml", "areas[1].key", "demo-region-n1", "twice"),
    ("region.yaml", "memberships[0].member_of", "x", "demo-region-n1"),
    ("region.yaml", "organisations[0].name", {"sv": "Kommun"}, "source language (fi)"),
    ("region.yaml", "organisations[0].name", "Kunta", "in languages"),
    ("region.yaml", "organisations[0].name", {"fi": "Kunta", "de": "X"}, "unknown language de"),
    ("region.yaml", "organisations[0].name", {"fi": " "}, "needs its text"),
    ("region.yaml", "organisations[0].successor", "kuusirinne", "last day"),
    ("region.yaml", "region.time_zone", "Suomi", "Europe/Helsinki"),
    ("plan.yaml", "plan.region", "muu", "pohjoislaakso"),
    ("plan.yaml", "plan.period.start", 2023, "2024-05-31"),
    ("plan.yaml", "plan.period.start", dt.datetime(2023, 1, 1, 5), "a date"),
    ("plan.yaml", "plan.organisations", [], "at least one"),
    ("plan.yaml", "goals[0].mirrors.child_strategy[0]", "L99", "“L99” is not known"),
    ("plan.yaml", "goals[0].mirrors.oppi", ["1"], "unknown key"),
    ("plan.yaml", "goals[0].colour", 7, "between 1 and 3"),
    ("plan.yaml", "goals[0].colour", 1.5, "whole number"),
    ("plan.yaml", "goals[0].target_groups", "kaikki", "a list"),
    ("measures.yaml", "measures[0].goals[0]", "9", "Known: 1"),
    ("measures.yaml", "measures[0].goals[0]", 1, "Known: 1"),
    ("measures.yaml", "measures[0].target_groups", [], "at least one"),
    ("measures.yaml", "measures[0].years[0].year", 1999, "no round of 1999"),
    ("measures.yaml", "measures[0].years[0].money[0].amount", -5, "between"),
    ("measures.yaml", "measures[0].years[0].money[0].amount", float("nan"), "number"),
    ("measures.yaml", "measures[0].published", "kyllä", "true or false"),
    ("measures.yaml", "measures[0].end", dt.date(2020, 1, 1), "before it begins"),
    ("measures.yaml", "measures[0].title", None, "missing"),
    ("measures.yaml", "measures[0].titel", {"fi": "Bussi"}, "unknown key. Known here: change"),
    ("rounds.yaml", "rounds[0].measures_due", None, "missing"),
    ("people.yaml", "accounts[0].email", "ei osoite", "e-mail"),
    ("people.yaml", "accounts[1].email", "KOORDINAATTORI.pohjoinen@demo.lautta.invalid", "twice"),
    ("people.yaml", "accounts[0].memberships[0].role", "kuningas", "coordinator"),
]


@pytest.mark.parametrize(("file", "place", "value", "expected"), CASES)
def test_a_mistake_is_told_by_file_and_place(tmp_path, file, place, value, expected):
    found = mistakes(changed(tmp_path, lambda files: put(files, way_to(file, place), value)))
    assert expected in found[file, place]


def test_all_mistakes_are_told_at_once(tmp_path):
    def change(files):
        put(files, ("region.yaml", "areas", 1, "kind"), "kunta")
        put(files, ("plan.yaml", "goals", 0, "colour"), 7)
        put(files, ("measures.yaml", "measures", 0, "published"), 3)

    assert len(mistakes(changed(tmp_path, change))) == 3


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("", "", "keys and values"),
        ("- a\n- b\n", "", "keys and values"),
        ("plan: [1, 2\n", "line 2, column 1", "not readable as YAML"),
        ("plan: 1\nplan: 2\n", "line 2, column 1", "stands twice"),
        ("plan: {1: a, [b]: c}\n", "line 1, column 14", "a key is a word"),
        ("plan: !!python/object/apply:os.getcwd []\n", "line 1, column 7", "not readable as YAML"),
        ("plan: 2023-13-45\n", "", "not readable as YAML"),
        ("plan: *x\n", "line 1, column 7", "not readable as YAML"),
    ],
)
def test_a_file_that_is_no_yaml_is_told(tmp_path, text, place, expected):
    folder = written(tmp_path, ORIGINAL)
    (folder / "plan.yaml").write_text(text, "utf-8")
    assert expected in mistakes(folder)["plan.yaml", place]


def test_a_missing_file_or_folder_is_told(tmp_path):
    folder = written(tmp_path, ORIGINAL)
    (folder / "plan.yaml").unlink()
    assert mistakes(folder)["plan.yaml", ""] == "the file is missing"
    (folder / "plan.yaml").write_bytes(b"plan: \xff\xfe")
    assert "UTF-8" in mistakes(folder)["plan.yaml", ""]
    assert ("ei", "") not in mistakes(tmp_path / "ei")
    assert "no such folder" in str(next(iter(mistakes(tmp_path / "ei").values())))


def test_a_file_that_grows_when_read_is_no_danger(tmp_path):
    """Aliases of aliases: a few lines that would be a billion words if they were written out."""
    folder = written(tmp_path, ORIGINAL)
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    (folder / "plan.yaml").write_text(
        "\n".join([*lines, "plan: {period: {start: *a39}, title: *a39}"]), "utf-8"
    )
    found = mistakes(folder)
    assert "a list" in found["plan.yaml", "plan.period.start"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return written(tmp_path_factory.mktemp("region"), ORIGINAL)


@contextmanager
def altered(folder, way, change):
    """The folder with one file changed: `change(inner, key)` alters the tree at the end of the way."""
    name, *steps = way
    data = copy.deepcopy(ORIGINAL[name])
    inner = data
    for step in steps[:-1]:
        inner = inner[step]
    change(inner, steps[-1])
    try:
        yield written(folder, {name: data})
    finally:
        written(folder, {name: ORIGINAL[name]})


@settings(max_examples=60, deadline=None)
@given(way=st.sampled_from(WAYS), junk=JUNK)
def test_whatever_stands_in_a_file_it_is_read_or_told(scratch, way, junk):
    with altered(scratch, way, lambda inner, key: inner.__setitem__(key, junk)) as folder:
        found = told(folder)
    assert {m.file for m in found} <= set(ORIGINAL)
    assert all(m.message for m in found)


# What is for readers of the file, or for later rooms, is not looked into.
UNREAD = [
    ("region.yaml", "region", "home"),
    ("plan.yaml", "plan", "subtitle"),
    ("rounds.yaml", "rounds", 0, "title"),
]
ASKED = [w for w in WAYS if isinstance(w[-1], str) and not any(w[: len(u)] == u for u in UNREAD if w != u)]


@settings(max_examples=40, deadline=None)
@given(way=st.sampled_from(ASKED))
def test_a_misspelt_key_is_always_told(scratch, way):
    with altered(scratch, way, lambda inner, key: inner.update({key + "x": inner.pop(key)})) as folder:
        assert told(folder)
