"""Text in several languages: fallback, staleness, and the way to the database and back."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.translated import LANGUAGES, Text, Translated, TranslatedField

words = st.text(min_size=1, max_size=30).filter(str.strip)
edits = st.lists(st.tuples(st.sampled_from(LANGUAGES), words), min_size=1, max_size=12)


def test_the_reader_gets_the_own_language_else_the_source():
    text = Translated.of("Arki", sv="Vardag")
    assert (text.shown("sv").text, text.shown("sv").is_fallback) == ("Vardag", False)
    shown = text.shown("en")
    assert (shown.text, shown.language, shown.is_fallback) == ("Arki", "fi", True)
    with translation.override("sv"):
        assert str(text) == "Vardag"


def test_a_translation_is_stale_once_its_source_moves_on():
    text = Translated.of("Arki", sv="Vardag")
    assert not text.is_stale("sv")
    moved = text.with_text("fi", "Hyvä arki")
    assert moved.is_stale("sv")
    assert not moved.with_text("sv", "God vardag").is_stale("sv")
    # Saying that the old words still hold makes it fresh.
    assert not moved.with_text("sv", "Vardag").is_stale("sv")


def test_the_first_language_written_is_the_source():
    text = Translated().with_text("sv", "Vardag")
    assert text.source == "sv"
    assert text.shown("fi").is_fallback


@given(edits)
def test_nothing_is_lost_on_the_way_to_the_database(steps):
    text = Translated()
    for language, said in steps:
        text = text.with_text(language, said)
    assert Translated.from_json(json.loads(json.dumps(text.to_json()))) == text


@given(edits)
def test_the_newest_words_of_each_language_stand_and_revisions_only_grow(steps):
    text, said = Translated(), {}
    for language, new in steps:
        before = text.texts.get(language, Text("", 0)).rev
        text = text.with_text(language, new)
        said[language] = new.strip()
        assert text.texts[language].rev >= before
    assert {code: text.in_language(code) for code in said} == said


def test_an_unknown_language_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="unknown language"):
        Translated.of("Arki").with_text("de", "Alltag")


def test_empty_is_false_and_a_required_one_is_refused():
    assert not Translated()
    assert not Translated.of("")
    with pytest.raises(ValidationError):
        TranslatedField(blank=False).validate(Translated(), None)
    with pytest.raises(ValidationError):
        TranslatedField().to_python(7)
