"""The helpers of presentation."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.templatetags import look

NBSP = "\xa0"
DAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def finnish():
    with translation.override("fi"):
        yield


def render(text: str, **context) -> str:
    return Template("{% load look %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (23711, None, f"23{NBSP}711"),
        (0, None, "0"),
        (None, None, "–"),
        ("", None, "–"),
        (12.44, None, "12,4"),
        (12.44, 2, "12,44"),
        (Decimal("1234567.5"), 1, f"1{NBSP}234{NBSP}567,5"),
        (-3, None, "−3"),
        ("alle 5", None, "alle 5"),
    ],
)
def test_numbers(value, decimals, shown):
    assert look.number(value, decimals) == shown


def test_numbers_follow_the_reader():
    with translation.override("en"):
        assert look.number(12.5) == "12.5"
    with translation.override("sv"):
        assert look.number(12.5) == "12,5"


@given(st.integers(-(10**12), 10**12))
def test_a_number_keeps_its_digits(value):
    assert int(look.number(value).replace(NBSP, "").replace("−", "-")) == value


@given(
    st.one_of(
        st.integers(-(10**18), 10**18),
        st.floats(-1e10, 1e10),
        st.decimals(-(10**6), 10**6, places=2).map(float),
    ),
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["fi", "sv", "en"]),
)
def test_the_quick_way_of_writing_is_the_exact_one(value, places, language):
    with translation.override(language):
        exact = value if isinstance(value, int) else look._rounded(value, places)
        slow = formats.number_format(exact, decimal_pos=places, use_l10n=True, force_grouping=True)
        assert look.number(value, places) == slow.replace("-", "−", 1)


def test_a_missing_value_is_never_zero():
    for show in (look.number, look.percent, look.euros, look.signed, look.day):
        assert show(None) == "–"


def test_signs_shares_and_money():
    assert look.signed(3) == "+3"
    assert look.signed(-2.5) == "−2,5"
    assert look.signed(0) == "0"
    assert look.percent(12.44, 1) == f"12,4{NBSP}%"
    assert look.euros(48000) == f"48{NBSP}000{NBSP}€"


def test_days():
    assert look.day(DAY) == '<time datetime="2026-11-24">24.11.2026</time>'
    late = datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC)
    assert "25.11.2026 1.30" in look.day_and_time(late)
    assert ">25.11.2026<" in look.day(late.astimezone(ZoneInfo("UTC")))


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (2026, 2027, "2026–2027"),
        (2026, 2026, "2026"),
        (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31), "1.1.–31.12.2026"),
        (datetime.date(2026, 8, 1), datetime.date(2027, 5, 31), "1.8.2026–31.5.2027"),
        (DAY, DAY, "24.11.2026"),
        (DAY, None, "24.11.2026–"),
        (None, None, ""),
    ],
)
def test_periods(start, end, shown):
    assert look.period(start, end) == shown


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "tänään"),
        (1, "huomenna"),
        (3, "3 päivän päästä"),
        (-1, "1 päivä myöhässä"),
        (-9, "9 päivää myöhässä"),
    ],
)
def test_how_far_a_deadline_is(days, words):
    assert look.until(DAY + datetime.timedelta(days=days), DAY) == words


def test_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in look.icon("home")
    named = look.icon("home", label='Koti "1"')
    assert 'role="img"' in named
    assert "&quot;1&quot;" in named


def test_goals_have_a_shape_and_a_colour():
    assert [look.goal_class(n) for n in (1, "2", "4.3", "x", None)] == [
        "goal-1", "goal-2", "goal-3", "goal-cross", "goal-cross",
    ]  # fmt: skip
    shapes = [look.goal_mark(n) for n in (1, 2, 3, None)]
    assert [s.split("#")[1].split('"')[0] for s in shapes] == ["shape-1", "shape-2", "shape-3", "shape-wave"]


def test_status_says_its_word_beside_its_icon():
    for key, mark in look.STATUSES.items():
        pill = look.status_pill(key)
        assert str(mark.word) in pill
        assert f"#{mark.icon}" in pill
    assert look.status_pill("") == ""
    assert "&lt;b&gt;" in look.status_pill("<b>")


def test_tiers_by_number_and_name():
    assert "Varhainen tuki" in look.tier_mark(2)
    assert look.tier_mark("early_support") == look.tier_mark("early") == look.tier_mark(2)
    assert look.tier_mark("") == look.tier_mark(7) == ""


def test_timing_and_trend():
    assert "Myöhässä" in look.timing_mark("late")
    assert look.timing_mark("") == ""
    assert "Ei selvää muutosta" in look.trend_mark("level")
    assert look.trend_mark("sideways") == ""


@pytest.mark.parametrize(
    ("pages", "here", "window"),
    [
        (1, 1, [1]),
        (5, 2, [1, 2, 3, 4, 5]),
        (5, 1, [1, 2, None, 5]),
        (25, 12, [1, None, 11, 12, 13, None, 25]),
        (25, 25, [1, None, 24, 25]),
    ],
)
def test_page_window(pages, here, window):
    assert look.page_window(Paginator(range(pages * 100), 100).page(here)) == window


def test_a_gap_of_one_page_shows_the_page():
    assert look.page_window(Paginator(range(500), 100).page(3)) == [1, 2, 3, 4, 5]


def test_tags_work_in_a_template():
    assert "Käynnissä" in render('{% status_pill "under_way" %}')
    assert "1.1.–" in render("{% period a b %}", a=datetime.date(2026, 1, 1), b=datetime.date(2026, 2, 1))
