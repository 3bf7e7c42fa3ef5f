"""Whatever the text: nothing is dropped silently, nothing raises, nothing unescaped comes out."""

# ruff: noqa: E501 (sentences as the files hold them)

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lautta.plans.importing import PlanUnreadable, account, read_plan
from lautta.plans.importing.overprint import undouble

LINES = [
    "", "", "", "1 | Johdanto", "2 | Nykytilan kuvausTykkään olla", "1. Johdanto", "2. Nykytila", "2.1 Perheet", "Luku 3", "LUKU IV Arki",
    "# Otsikko", "=====", "-----", "TAVOITTEET", "Päätavoitteet", "Sisällys", "Johdanto ........ 3", "Lähteet", "Työryhmä",
    "Maija Malli", "Kalle Esimerkki, rehtori, Mallilan koulu", "Mallilan kunta", "KOULULAINEN", "– Äiti, Kotikylä", "NUORISOVALTUUSTON", "JÄSEN",
    "”Meillä on kivaa.” – Isä", "Mä tykkään koulusta.", "Tämä on tavallinen virke, joka päättyy pisteeseen.",
    "Kappale alkaa tästä ja jatkuu hyvin-", "vointia koskevaan osaan, joka on pitkä.", "jatkuu pienellä kirjaimella", "• luettelo", "- viiva",
    "3) kolmas", "b) kohta", "a | b | c", "1 | 2 | 3", "x\ty\tz", "Kunta    2023   2024", "Mallila    12     14", "Yhteensä    12     14",
    "HAMINAHAMINA 1010 2020", "88", "77", "66", "8.8. Johdamme", "(Tilastokeskus, 2020.)", "Smith, A. (2019). Kirja.", "Sivu 3", "- 4 -", "7",
    "Tavoite 1: Lapset liikkuvat", "Tavoitteita yhdistää eriarvoisuuden estäminen.", "AA", "H", "!", "…", "\f", " Kehys alkaa tästä", "> lainattu",
    "A ja B, C sekä D ovat välineitä tähän.", "esimerkki@example.org", "<b>lihava</b> & muuta", "[1] viite 2020", "20 %", "ﬁksu", "so\u00adte",
]  # fmt: skip


def check(text):
    try:
        plan = read_plan(text.encode(), "a.txt")
    except PlanUnreadable as refused:
        assert refused.code in ("empty", "binary")  # noqa: PT017
        return
    assert account(plan, text) == []
    for chapter in plan.chapters:
        assert not re.sub(
            r"</?(?:p|h3|h4|ul|ol|li|table|caption|thead|tbody|tr|th|td|blockquote|strong|em)>",
            "",
            chapter.html,
        ).count("<")
    for table in plan.tables:
        assert {len(row) for row in table.rows} <= {len(table.header)}
    for goal in plan.goals:
        assert goal.parent is None or goal.parent < len(plan.goals)


@settings(max_examples=400, deadline=None)
@example(["3) kolmas", "====="])
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_lines_of_plans_in_any_order(lines):
    check("\n".join(lines))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aAäÄb 1.2|-–()\n\f\t”:•!,#>", max_size=120))
def test_signs_in_any_order(text):
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.docx", "a"]))
def test_any_bytes(data, name):
    try:
        read_plan(data, name)
    except PlanUnreadable as refused:
        assert refused.code  # noqa: PT017


@given(st.text(alphabet="abcdeÄÖ", min_size=4, max_size=12), st.lists(st.integers(10, 9999), max_size=4))
def test_overprint_is_undone(word, numbers):
    parts = [word, *map(str, numbers)]
    doubled = " ".join(part * 2 for part in parts)
    # A word made of one letter group twice has no single reading.
    if undouble(word * 2) == word:
        assert undouble(doubled) in (" ".join(parts), None) or all(p in doubled for p in parts)


@pytest.mark.parametrize("line", ["kyllä kyllä", "1010", "Tämä on virke.", "2020 2020", "12 12"])
def test_what_is_not_overprint_stays(line):
    assert undouble(line) is None


def test_accounting_notices_a_lost_word():
    plan = read_plan(b"Lapset voivat hyvin.", "a.txt")
    assert account(plan, "Lapset voivat hyvin. Nuoret eivät.") == ["nuoret", "eivät"]
    assert account(plan, "Lapset voivat hyvin.\nLapset voivat hyvin.") == ["lapset", "voivat", "hyvin"]
