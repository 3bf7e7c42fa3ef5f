import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.html import sanitise
from lautta.plans.chapters.richtext import canonical, parse, removed, serialise
from tests.plans.chapters.strategies import BLOCK, DOCUMENT, calm


def letters(text: str) -> str:
    """All words of HTML without space or tags."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


@calm
@given(DOCUMENT)
def test_canonical_text_stays_as_it_is(text):
    assert canonical(text) == text
    assert serialise(parse(text)) == text
    assert sanitise(text) == text


@calm
@given(st.lists(BLOCK, max_size=5).map("".join))
def test_no_letter_is_lost_or_added(text):
    assert sorted(letters(canonical(text))) == sorted(letters(text))


@calm
@given(st.text(alphabet=st.sampled_from("<>/=\"'abp ulitdrhongc&;#x \n\t\x00\x0b😀ä-!["), max_size=200))
def test_any_input_gives_a_stable_safe_text(text):
    made = canonical(text)
    assert canonical(made) == made
    assert sanitise(made) == made


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("sana", "<p>sana</p>"),
        ("<div>yksi</div><div>kaksi</div>", "<p>yksi</p><p>kaksi</p>"),
        ("<h1>Iso</h1>", "<h2>Iso</h2>"),
        ("<p><i>a</i><b>b</b></p>", "<p><em>a</em><strong>b</strong></p>"),
        ("<em><strong>x</strong></em>", "<p><strong><em>x</em></strong></p>"),
        ("<ul><li><p>a</p></li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p></p><p> </p><p>a</p>", "<p>a</p>"),
        ("<p>a  \n b</p>", "<p>a b</p>"),
        ("<b><p>a</p></b>", "<p><strong>a</strong></p>"),
        (
            "<table><tr><th>K</th></tr><tr><th>H</th><td>1</td></tr></table>",
            '<table><thead><tr><th scope="col">K</th></tr></thead>'
            '<tbody><tr><th scope="row">H</th><td>1</td></tr></tbody></table>',
        ),
    ],
)
def test_forms_of_one_text_become_one(typed, stored):
    assert canonical(typed) == stored


@pytest.mark.parametrize(
    ("attack", "names"),
    [
        ("<p>a<script>alert(1)</script></p>", ["script"]),
        ('<p onclick="x()">a</p>', ["onclick"]),
        ('<p><a href="javascript:alert(1)">a</a></p>', ["javascript:"]),
        (
            '<p>a</p><iframe src="https://x.invalid"></iframe><img src=x onerror=y>',
            ["iframe", "img", "onerror"],
        ),
        ("<p>a</p><svg><script>1</script></svg>", ["script", "svg"]),
    ],
)
def test_dangerous_markup_goes_and_is_named(attack, names):
    made = canonical(attack)
    assert made == "<p>a</p>"
    assert removed(attack) == names


def test_harmless_text_names_nothing():
    assert removed('<div><span style="x">a &lt;script&gt;</span></div><p>3 < 5</p>') == []


@pytest.mark.parametrize(
    "deep", ["<div>" * 100_000, "<ul><li>" * 50_000, "<b>" * 60_000, "<blockquote>" * 30_000]
)
def test_absurd_nesting_is_quick_and_keeps_the_words(deep):
    assert "sana" in canonical(deep + "sana")


@pytest.mark.parametrize("bad", ["<", "<a", "<a ", "<a on", "</", "<!--", "<a href='", "&", "<table><"])
def test_unfinished_markup_in_masses_is_made_harmless(bad):
    text = bad * (40_000 // len(bad)) + "sana"
    once = canonical(text)
    assert canonical(once) == once
    removed(text)
