"""Filters as links, without a database."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.publishing.presenters.filters import (
    Column,
    Facet,
    Links,
    chips,
    chosen,
    first_of_each,
    groups,
    narrow,
)

STATUS = Facet("status", "Tilanne", [("done", "Valmis"), ("late", "Myöhässä"), ("new", "Uusi")])
YEAR = Facet("year", "Vuosi", [("2024", "2024"), ("2023", "2023")], default="2024")
FACETS = [STATUS, YEAR]


def columns(rows: list[dict[str, tuple[str, ...]]], facets: list[str]) -> dict[str, Column]:
    return {facet: Column.of([row[facet] for row in rows], lambda codes: codes) for facet in facets}


def row(status: str, year: str) -> dict:
    return {"status": (status,), "year": (year,)}


ROWS = [row("done", "2024"), row("late", "2024"), row("done", "2023")]
COLUMNS = columns(ROWS, ["status", "year"])


def test_unknown_choices_are_left_out_and_defaults_filled_in():
    assert chosen({"status": "nonsense", "other": "1"}, FACETS) == {"year": "2024"}
    assert chosen({"status": "done", "year": "2023"}, FACETS) == {"status": "done", "year": "2023"}


def test_tallies_tell_what_each_further_choice_would_leave():
    narrowed = narrow(COLUMNS, {"status": "done", "year": "2024"})
    assert narrowed.rows == [0]
    assert narrowed.tallies["status"] == {"done": 1, "late": 1}
    assert narrowed.tallies["year"] == {"2024": 1, "2023": 1}


codes = st.sampled_from(["a", "b", "c"])
many_rows = st.lists(st.tuples(codes, codes, codes), max_size=12).map(
    lambda values: [{"x": (x,), "y": (y,), "z": (z, x)} for x, y, z in values]
)
some_choices = st.dictionaries(st.sampled_from(["x", "y", "z"]), codes, max_size=3)


# A busy machine is slow to draw examples; that says nothing of the filters.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(many_rows, some_choices)
def test_one_pass_equals_filtering_anew_for_every_choice(rows, choices):
    facets = ["x", "y", "z"]
    narrowed = narrow(columns(rows, facets), choices)
    assert narrowed.rows == [n for n, r in enumerate(rows) if all(c in r[f] for f, c in choices.items())]
    for facet in facets:
        for code in "abc":
            wanted = {**choices, facet: code}
            expected = sum(all(c in r[f] for f, c in wanted.items()) for r in rows)
            assert narrowed.tallies[facet][code] == expected


def test_one_view_has_one_address():
    links = Links("/m/", FACETS, {"status": "done", "year": "2024"}, "goal")
    assert links() == "/m/?status=done"
    assert links(status="") == "/m/"
    assert links(year="2023") == "/m/?status=done&year=2023"
    assert links.sorted_by("title") == "/m/?status=done&sort=title"
    assert Links("/m/", FACETS, {"year": "2023"}, "title").clear() == "/m/?sort=title"


def test_choices_that_would_leave_nothing_are_not_offered():
    choices = {"status": "done", "year": "2024"}
    made = groups(FACETS, choices, narrow(COLUMNS, choices), Links("/m/", FACETS, choices))
    statuses = made[0]["choices"]
    assert [c["label"] for c in statuses] == ["Valmis", "Myöhässä"]
    assert statuses[0] == {"label": "Valmis", "url": "/m/", "current": True, "tally": 1}
    assert made[0]["open"]
    assert not made[1]["open"], "the default year limits nothing that one chose"


def test_a_long_facet_shows_the_commonest_and_the_chosen():
    facet = Facet("o", "Tekijä", [(f"o{n}", f"Tekijä {n}") for n in range(60)])
    held = Column.of([n % 60 for n in range(100)], lambda n: [f"o{n}"])
    narrowed = narrow({"o": held}, {"o": "o59"})
    offered = groups([facet], {"o": "o59"}, narrowed, Links("/m/", [facet], {"o": "o59"}))[0]["choices"]
    assert len(offered) <= 21
    assert "Tekijä 59" in {c["label"] for c in offered}
    assert "Tekijä 0" in {c["label"] for c in offered}


def test_chips_name_what_limits_and_lead_back():
    links = Links("/m/", FACETS, {"status": "done", "year": "2023"})
    assert chips(FACETS, links.choices, links) == [
        {"label": "Tilanne: Valmis", "remove_url": "/m/?year=2023"},
        {"label": "Vuosi: 2023", "remove_url": "/m/?status=done"},
    ]
    assert chips(FACETS, {"year": "2024"}, links) == []


def test_first_of_each_counts_a_row_once_in_a_group():
    first, totals = first_of_each([(1, "a"), (2, "a"), (1, "a"), (3, "a"), (1, "b")], 2)
    assert first == {"a": [1, 2], "b": [1]}
    assert totals == {"a": 3, "b": 1}
