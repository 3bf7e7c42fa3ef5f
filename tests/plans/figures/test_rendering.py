"""Numbers in their places: nothing else of the text changes, and no reference shows its code to a reader."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from lautta.common.translated import Translated
from lautta.plans.figures.rendering import plain_figures, render_figures


@dataclass
class Named:
    title: Translated = field(default_factory=lambda: Translated.of('Ilman "ystävää" <17 v', sv="Utan vän"))


@dataclass
class Shown:
    token: str = "mittari:bcdfghjkmn KU285 2023"
    language: str = "fi"
    text: str = "8,4\xa0% (2023)"
    area_name: str = "Kotka"
    indicator: Named = field(default_factory=Named)


WRITTEN = "[[mittari:bcdfghjkmn KU285 2023]]"


def test_a_reader_sees_the_number_with_what_it_is_and_where_it_leads():
    made = render_figures(
        f"<p>Luku on {WRITTEN}.</p>", [Shown()], lambda figure: "/fi/p/indicators/x/?a=1&b=2"
    )
    assert made == (
        '<p>Luku on <a class="figure-number" href="/fi/p/indicators/x/?a=1&amp;b=2" '
        'title="Ilman &quot;ystävää&quot; &lt;17 v, Kotka">8,4\xa0% (2023)</a>.</p>'
    )
    assert '<abbr class="figure-number"' in render_figures(WRITTEN, [Shown()])
    assert "<abbr" in render_figures(WRITTEN, [Shown()], lambda figure: "")
    assert "Utan vän, Kotka" in render_figures(WRITTEN, [Shown(language="sv")])


def test_a_link_of_the_text_holds_no_other_link():
    made = render_figures(f'<a href="/x">{WRITTEN}</a> {WRITTEN}', [Shown()], lambda figure: "/y")
    assert made.startswith('<a href="/x"><abbr')
    assert made.count('href="/y"') == 1


def test_a_reference_without_a_number_is_a_dash():
    assert render_figures("<p>[[mittari:zzzz]] ja [[mittari:!!]]</p>", [Shown()]) == "<p>– ja –</p>"
    assert plain_figures("[[mittari:zzzz]]", []) == "–"


def test_an_address_is_left_alone():
    rich = '<p><a href="https://x.invalid/[[mittari:bcdfghjkmn KU285 2023]]">linkki</a></p>'
    assert render_figures(rich, [Shown()]) == rich


def test_plain_text_and_word_have_the_bare_number():
    assert plain_figures(f"Luku {WRITTEN}!", [Shown()]) == "Luku 8,4\xa0% (2023)!"
    assert plain_figures(f"<p>{WRITTEN.replace(' ', '&nbsp;')}</p>", [Shown()]) == "<p>8,4\xa0% (2023)</p>"


@given(st.text(alphabet=st.characters(exclude_characters="[", codec="utf-8"), max_size=80))
def test_other_text_comes_out_as_it_went_in(text):
    assert render_figures(text, [Shown()]) == text
    assert plain_figures(text + WRITTEN, [Shown()]) == text + Shown().text
