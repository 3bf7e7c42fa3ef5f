"""References in a text: read in any order, whole or not at all, and untouched by everything that texts go through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.ids import ALPHABET
from lautta.plans.chapters.merge import merge_rich, put_together
from lautta.plans.chapters.richtext import canonical
from lautta.plans.chapters.typed import from_text, to_text
from lautta.plans.figures.tokens import Token, Unreadable, has_reference, read_token, tokens_in

TOKENS = st.builds(
    Token,
    indicator=st.text(ALPHABET, min_size=10, max_size=10),
    area=st.sampled_from(["", "KU285", "MK08", "HV10", "SSS"]),
    year=st.none() | st.integers(1950, 2050),
    gender=st.sampled_from(["", "female", "male"]),
)


@given(TOKENS)
def test_what_is_written_is_read(token):
    assert read_token(str(token)[len("[[mittari:") : -2]) == token
    assert tokens_in(f"<p>Luku {token} on.</p>") == [token]


@given(TOKENS)
def test_a_reference_is_whole_after_cleaning_and_typing(token):
    rich = canonical(f"<p>Ennen <b>vahva</b> {token}, jälkeen</p><ul><li>{token}</li></ul>")
    assert rich.count(str(token)) == 2
    easy = to_text(rich)
    assert easy.count(str(token)) == 2, "a writer without the editor sees it as it is in the list"
    assert from_text(easy) == rich


def test_two_people_may_write_around_it():
    token = str(Token("bcdfghjkmn", "KU285", 2023))
    base = f"<p>Alku.</p><p>{token} on luku.</p><p>Loppu.</p>"
    mine = base.replace("Alku", "Uusi alku")
    theirs = base.replace("Loppu", "Toinen loppu")
    merged = put_together([node for hunk in merge_rich(base, mine, theirs) for node in hunk.result])
    assert merged == f"<p>Uusi alku.</p><p>{token} on luku.</p><p>Toinen loppu.</p>"


def test_order_and_case_and_spaces_do_not_matter():
    wanted = Token("bcdfghjkmn", "KU285", 2023, "female")
    for words in (
        "bcdfghjkmn 2023 female ku285",
        "BCDFGHJKMN&nbsp;KU285\xa02023  Female ",
        " bcdfghjkmn female KU285 2023",
    ):
        assert read_token(words) == wanted
    assert tokens_in("<p>[[ Mittari:bcdfghjkmn ]]</p>") == [Token("bcdfghjkmn")]
    assert read_token("bcdfghjkmn total") == Token("bcdfghjkmn"), (
        "both together is what is meant without a word"
    )


@pytest.mark.parametrize(
    "words",
    [
        "",
        "b!",
        "bcdfghjkmn KU285 KU286",
        "bcdfghjkmn 2023 2022",
        "bcdfghjkmn 1823",
        "bcdfghjkmn Kotka",
        "Kotka 2023 !",
    ],
)
def test_what_is_no_reference_is_told(words):
    with pytest.raises(Unreadable):
        read_token(words)


@pytest.mark.parametrize(
    "rich",
    [
        "<p>[[mittari:<strong>bcdfghjkmn</strong>]]</p>",
        "<p>[[mittari:bcdfghjkmn<br>KU285]]</p>",
        "<p>[[mittari:bcdfghjkmn</p><p>KU285]]</p>",
        "<p>[[mittari:bcdfghjkmn]</p>",
        "<p>[[mittari bcdfghjkmn]]</p>",
    ],
)
def test_a_broken_reference_is_told_and_not_left_in_the_text(rich):
    assert has_reference(rich)
    with pytest.raises(Unreadable):
        tokens_in(rich)


@given(st.text("[]mitar: bcd<>&2023KU\n", max_size=60))
def test_any_text_is_read_or_told(text):
    try:
        tokens_in(canonical(f"<p>{text}</p>"), text)
    except Unreadable:
        assert has_reference(text) or has_reference(canonical(f"<p>{text}</p>"))


def test_other_double_brackets_are_left_alone():
    assert tokens_in("<p>[[lähde]] ja [[3]] sekä [[mittarit]]</p>", "[[muu]]") == []
