"""Words cut out of text, their base forms and their parts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lautta.common.words import analyse, clean, is_stop_word, tokens, words


@pytest.mark.parametrize(
    ("word", "language", "lemma"),
    [
        ("nuorten", "fi", "nuori"),
        ("nuorilla", "fi", "nuori"),
        ("lasten", "fi", "lapsi"),
        ("lapsillammekin", "fi", "lapsi"),
        ("tukea", "fi", "tuki"),
        ("vanhempien", "fi", "vanhempi"),
        ("hyvinvointialueen", "fi", "hyvinvointialue"),
        ("kohtaamispaikkojen", "fi", "kohtaamispaikka"),
        ("yhdyspintojen", "fi", "yhdyspinta"),
        ("lastensuojelulain", "fi", "lastensuojelulaki"),
        ("perhekeskuskoordinaattorille", "fi", "perhekeskuskoordinaattori"),
        ("barns", "sv", "barn"),
        ("ungdomarnas", "sv", "ungdom"),
        ("välfärdsområdets", "sv", "välfärdsområde"),
        ("barnskyddet", "sv", "barnskydd"),
        ("småbarnspedagogiken", "sv", "småbarnspedagogik"),
        ("municipalities", "en", "municipality"),
        ("children", "en", "child"),
    ],
)
def test_base_forms(word, language, lemma):
    assert lemma in analyse(word, language).lemmas


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("varhaiskasvatuksen", "fi", {"kasvatus", "varhainen"}),
        ("lastensuojelulaki", "fi", {"lapsi", "suojelu", "laki"}),
        ("järjestämisvastuu", "fi", {"vastuu", "järjestäminen"}),
        ("yhteistyö", "fi", {"työ", "yhteinen"}),
        ("vanhempainilta", "fi", {"vanhempi", "ilta"}),
        ("barnskyddet", "sv", {"barn", "skydd"}),
        ("familjearbetet", "sv", {"arbete"}),
    ],
)
def test_parts_of_compounds(word, language, parts):
    assert parts <= set(analyse(word, language).parts)


@pytest.mark.parametrize(
    "word",
    [
        "osallisuus",
        "tavoite",
        "palvelu",
        "opettaja",
        "kuuleminen",
        "yksinäisyys",
        "mittari",
        "kasvatus",
        "neuvola",
        "suunnitelma",
    ],
)
def test_simple_words_are_not_taken_apart(word):
    assert analyse(word, "fi").parts == ()


def test_an_unknown_language_or_number_has_no_base_form():
    assert analyse("lasten", "se") == ((), ())
    assert analyse("2024", "fi") == ((), ())


def test_words_of_a_text():
    text = "LAPE-ryhmä: EU:n tuki\u00ad raha (50\u202f%), s\u0301ámi — Čáhci, 1.1.2024\x00 ½"
    found = words(text)
    assert found[:5] == ["lape", "ryhmä", "eu", "n", "tuki"]
    assert found[-1] == "laperyhmä"
    assert {"raha", "50", "sami", "cahci", "1", "2024", "2"} <= set(found)


def test_tokens_know_where_they_stand():
    text = clean("Äitien ryhmä")
    assert [(t.word, text[t.start : t.end]) for t in tokens(text)] == [
        ("äitien", "Äitien"),
        ("ryhmä", "ryhmä"),
    ]


def test_a_soft_hyphen_does_not_part_a_word():
    assert words("lasten\u00adsuojelu") == ["lastensuojelu"]


def test_small_words():
    assert all(is_stop_word(w) for w in ("ja", "och", "the"))
    assert not is_stop_word("lapsi")


@given(st.text())
def test_words_are_folded_letters_and_digits(text):
    for word in words(text):
        assert word.isalnum()
        assert 0 < len(word) <= 60
        assert words(word) == [word]


@given(st.text(), st.sampled_from(["fi", "sv", "en"]))
@example("AAT", "fi")
def test_any_word_can_be_analysed_to_words(text, language):
    for word in words(text):
        lemmas, parts = analyse(word, language)
        assert all(w.isalpha() for w in (*lemmas, *parts))


def test_texts_of_one_sign_alone():
    assert words("-" * 2_000) == words("\u0301" * 2_000) == []
    assert words("a " * 2_000) == ["a"] * 2_000
    assert [len(word) for word in words("a" * 2_000)] <= [60]
