"""Text on its way to a page, and the goal tree: no database."""

import datetime as dt
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lautta.common.html import sanitise
from lautta.common.translated import Translated
from lautta.plans.models import Goal
from lautta.publishing.presenters import municipalities
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.home import makers
from lautta.publishing.presenters.measures import default_year, money_by_year
from lautta.publishing.presenters.search import marked, page_number
from lautta.publishing.presenters.words import chapter_html, shortened, words
from tests.publishing.world import Page


def test_words_in_the_readers_language_stand_bare():
    text = Translated.of("Tavoite <1>", sv="Mål")
    with translation.override("sv"):
        assert words(text) == "Mål"
    with translation.override("en"):
        assert words(text) == '<span lang="fi">Tavoite &lt;1&gt;</span>'
    assert words(Translated()) == ""


def test_shortening_ends_at_a_word():
    assert shortened(Translated.of("yksi kaksi kolme neljä"), 12) == "yksi kaksi…"
    with translation.override("sv"):
        assert shortened(Translated.of("yksi kaksi kolme"), 40) == '<span lang="fi">yksi kaksi kolme</span>'


def test_headings_of_a_chapter_start_where_they_should():
    html, anchors = chapter_html("<h3>Yksi &amp; kaksi</h3><p>a</p><h4>Alla</h4><h3>Kaksi</h3>", top=2)
    assert html == '<h2 id="osa-1">Yksi &amp; kaksi</h2><p>a</p><h3>Alla</h3><h2 id="osa-2">Kaksi</h2>'
    assert anchors == [{"label": "Yksi & kaksi", "url": "#osa-1"}, {"label": "Kaksi", "url": "#osa-2"}]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["h2", "h3", "h4"]), max_size=8), st.sampled_from([2, 3]))
def test_headings_never_skip_a_level(tags, top):
    html, anchors = chapter_html("".join(f"<{t}>x</{t}>" for t in tags), top=top)
    levels = [top - 1, *(level for level, _ in Page(html).headings)]
    assert len(levels) == len(tags) + 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert all(level >= top for level in levels[1:])
    assert len(anchors) == levels.count(top)


def test_a_script_in_a_stored_text_does_not_reach_the_page():
    html, _ = chapter_html('<p onclick="x()">a</p><script>bad()</script><a href="javascript:bad()">b</a>')
    assert "bad" not in html
    assert "onclick" not in html


def test_tables_scroll_by_keyboard():
    html, _ = chapter_html("<table><tr><td>1</td></tr></table>")
    assert html.startswith('<div class="table-wrap" tabindex="0"><table>')
    assert html.endswith("</table></div>")
    assert sanitise("<table><tr><td>1</td></tr></table>") in html


def goal(pk, parent=None, kind="main", colour=0, **fields):
    return Goal(
        pk=pk,
        parent_id=parent,
        kind=kind,
        colour=colour,
        title=Translated.of(f"T{pk}"),
        number=str(pk),
        **fields,
    )


def test_a_goal_without_its_parent_is_not_in_the_tree():
    tree = GoalTree(
        "plan", [goal(1, colour=2), goal(2, 1, "subgoal"), goal(3, 9, "subgoal"), goal(4, 3, "subgoal")]
    )
    assert [node.pk for node in tree] == [1, 2]
    assert tree.get(3) is None
    assert tree.get(4) is None
    assert tree.get(2).colour == 2
    assert tree.get(2).main.pk == 1
    assert [n.pk for n in tree.get(2).path()] == [1, 2]


def test_measures_roll_up_once():
    tree = GoalTree("plan", [goal(1), goal(2, 1, "subgoal"), goal(3, 1, "subgoal"), goal(4)])
    counts = tree.rolled_up([(10, 2), (10, 3), (11, 1), (12, 99), (13, 4)])
    assert counts == {1: 2, 2: 1, 3: 1, 4: 1}


@pytest.mark.parametrize(
    ("years", "today", "year"),
    [
        ([2022, 2023, 2024], 2026, "2024"),
        ([2023, 2024, 2025], 2024, "2024"),
        ([2027, 2026], 2024, "2027"),
        ([], 2024, ""),
    ],
)
def test_the_default_year_is_the_newest_that_has_begun(years, today, year):
    assert default_year(years, today) == year


def test_what_was_not_said_of_money_is_not_zero():
    rows = [
        SimpleNamespace(year=2024, kind="budget", amount=10),
        SimpleNamespace(year=2024, kind="budget", amount=5),
        SimpleNamespace(year=2023, kind="spent", amount=7),
    ]
    assert money_by_year(rows) == [
        {"year": 2024, "budget": 15, "spent": None},
        {"year": 2023, "budget": None, "spent": 7},
    ]


def test_population_cells_that_a_source_lacks_are_empty_not_zero():
    def cell(year, ages, count, basis="observed"):
        return SimpleNamespace(
            source="S", year=year, age_from=ages[0], age_to=ages[1], count=count, basis=basis
        )

    (table,) = municipalities.population_tables([cell(2019, (0, 6), 0), cell(2030, (7, 14), 5, "projection")])
    assert table["ages"] == ["0–6", "7–14"]
    assert [[c["count"] for c in row["counts"]] for row in table["years"]] == [[0, None], [None, 5]]
    assert [row["is_projection"] for row in table["years"]] == [False, True]


def test_a_municipality_that_left_is_listed_as_former():
    today = dt.date(2024, 1, 1)
    area = SimpleNamespace(ended_on=None)
    assert not municipalities.is_former(SimpleNamespace(area=area, ended_on=None), today)
    assert municipalities.is_former(SimpleNamespace(area=area, ended_on=dt.date(2020, 12, 31)), today)
    merged = SimpleNamespace(area=SimpleNamespace(ended_on=dt.date(2008, 12, 31)), ended_on=None)
    assert municipalities.is_former(merged, today)


def test_makers_are_counted_by_kind():
    assert makers(["parish", "municipality", "municipality"]) == ["2 kuntaa", "1 seurakunta"]


def test_found_words_are_marked_and_everything_is_escaped():
    assert marked([("<b>", False), ("koulu", True)]) == "&lt;b&gt;<mark>koulu</mark>"


@pytest.mark.parametrize(
    ("asked", "number"),
    [(None, 1), ("", 1), ("0", 1), ("-3", 1), ("7", 7), ("9999", 500), ("1e9", 1), ("²", 1), ("x", 1)],
)
def test_page_numbers_are_bounded(asked, number):
    assert page_number(asked) == number
