"""Filters as links, without a database."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.publishing.presenters.filters import (
    Facet,
    Links,
    Row,
    chips,
    chosen,
    first_of_each,
    groups,
    narrow,
)

STATUS = Facet("status", "Tilanne", [("done", "Valmis"), ("late", "Myöhässä"), ("new", "Uusi")])
YEAR = Facet("year", "Vuosi", [("2024", "2024"), ("2023", "2023")], default="2024")
FACETS = [STATUS, YEAR]


def row(pk: int, status: str, year: str) -> Row:
    return Row(pk, {"status": frozenset([status]), "year": frozenset([year])})


ROWS = [row(1, "done", "2024"), row(2, "late", "2024"), row(3, "done", "2023")]


def test_unknown_choices_are_left_out_and_defaults_filled_in():
    assert chosen({"status": "nonsense", "other": "1"}, FACETS) == {"year": "2024"}
    assert chosen({"status": "done", "year": "2023"}, FACETS) == {"status": "done", "year": "2023"}


def test_tallies_tell_what_each_further_choice_would_leave():
    narrowed = narrow(ROWS, {"status": "done", "year": "2024"}, ["status", "year"])
    assert [r.pk for r in narrowed.rows] == [1]
    assert narrowed.tallies["status"] == {"done": 1, "late": 1}
    assert narrowed.tallies["year"] == {"2024": 1, "2023": 1}


codes = st.sampled_from(["a", "b", "c"])
many_rows = st.lists(st.tuples(codes, codes, codes), max_size=12).map(
    lambda values: [
        Row(pk, {"x": frozenset([x]), "y": frozenset([y]), "z": frozenset([z, x])})
        for pk, (x, y, z) in enumerate(values)
    ]
)
some_choices = st.dictionaries(st.sampled_from(["x", "y", "z"]), codes, max_size=3)


# A busy machine is slow to draw examples; that says nothing of the filters.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(many_rows, some_choices)
def test_one_pass_equals_filtering_anew_for_every_choice(rows, choices):
    facets = ["x", "y", "z"]
    narrowed = narrow(rows, choices, facets)
    assert narrowed.rows == [r for r in rows if all(code in r.values[f] for f, code in choices.items())]
    for facet in facets:
        for code in "abc":
            wanted = {**choices, facet: code}
            expected = sum(all(c in r.values[f] for f, c in wanted.items()) for r in rows)
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
    made = groups(FACETS, choices, narrow(ROWS, choices, ["status", "year"]), Links("/m/", FACETS, choices))
    statuses = made[0]["choices"]
    assert [c["label"] for c in statuses] == ["Valmis", "Myöhässä"]
    assert statuses[0] == {"label": "Valmis", "url": "/m/", "current": True, "tally": 1}
    assert made[0]["open"]
    assert not made[1]["open"], "the default year limits nothing that one chose"


def test_a_long_facet_shows_the_commonest_and_the_chosen():
    facet = Facet("o", "Tekijä", [(f"o{n}", f"Tekijä {n}") for n in range(60)])
    rows = [Row(n, {"o": frozenset([f"o{n % 60}"])}) for n in range(100)]
    narrowed = narrow(rows, {"o": "o59"}, ["o"])
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
