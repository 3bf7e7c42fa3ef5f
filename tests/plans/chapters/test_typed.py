import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.plans.chapters.richtext import canonical
from lautta.plans.chapters.typed import from_text, to_text
from tests.plans.chapters.strategies import DOCUMENT, calm


@calm
@given(DOCUMENT)
def test_saving_an_untouched_text_changes_nothing(text):
    assert from_text(to_text(text)) == text


@calm
@given(DOCUMENT)
def test_a_browser_sends_its_own_line_ends(text):
    assert from_text(to_text(text).replace("\n", "\r\n")) == text


@calm
@given(st.text(max_size=300))
def test_anything_typed_is_accepted_and_then_stays(text):
    made = from_text(text)
    assert canonical(made) == made
    assert from_text(to_text(made)) == made


EASY = """## Nykytila

Lapsia on **vähemmän** kuin *ennen*. Lue [lisää](https://thl.fi/a?b=1&c=2).
Toinen rivi.

- eka
- toka
    - sisempi

1. yksi
2. kaksi

> Näin lapsi sanoi.

|= Lapset kunnittain
| Kunta | 2019 |
| --- | --- |
| # Hamina | 1 017 |

---"""


def test_what_people_type_means_what_they_think():
    assert from_text(EASY) == (
        "<h2>Nykytila</h2><p>Lapsia on <strong>vähemmän</strong> kuin <em>ennen</em>. Lue "
        '<a href="https://thl.fi/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
        "lisää</a>.<br>Toinen rivi.</p>"
        "<ul><li>eka</li><li>toka<ul><li>sisempi</li></ul></li></ul><ol><li>yksi</li><li>kaksi</li></ol>"
        "<blockquote><p>Näin lapsi sanoi.</p></blockquote>"
        "<table><caption>Lapset kunnittain</caption><thead>"
        '<tr><th scope="col">Kunta</th><th scope="col">2019</th></tr></thead>'
        '<tbody><tr><th scope="row">Hamina</th><td>1 017</td></tr></tbody></table><hr>'
    )


def test_the_easy_form_is_shown_where_it_can_be():
    assert to_text(from_text(EASY)).split() == EASY.split()


@pytest.mark.parametrize(
    "typed", ["2 * 3 = 6", "a*b", "#1 sija", "<script>alert(1)</script>", "a < b", "lähde [1]", "-5 astetta"]
)
def test_ordinary_signs_stay_words(typed):
    made = from_text(typed)
    assert made.startswith("<p>")
    assert "<em>" not in made
    assert "<script" not in made
