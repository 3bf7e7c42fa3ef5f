"""Every problem that can be stored has its sentence in every language."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import lautta.indicators
from lautta.indicators.problem_words import HELD, SENTENCES, sentence

ROOM = Path(lautta.indicators.__file__).parent


def codes() -> set[str]:
    found = set()
    for path in ROOM.rglob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'SourceProblem\(\s*"([a-z_]+)"', text))
        found |= set(re.findall(r'_reason\(\s*"([a-z_]+)"', text))
    return found


def test_every_code_has_a_sentence():
    assert len(codes()) > 25
    assert codes() - set(SENTENCES) - set(HELD) == set()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_sentence_is_said_even_when_a_parameter_was_not_kept(language):
    with translation.override(language):
        for code in [*SENTENCES, *HELD]:
            assert len(sentence({"code": code, "parameters": {}})) > 10
        assert "mystery" in sentence({"code": "mystery"})
        assert sentence({})


def test_parameters_stand_in_the_sentence():
    with translation.override("en"):
        said = sentence({"code": "contradicting_rows", "parameters": {"area": "KU286", "year": 2020}})
    assert said == "There are two different values for the same area and year (KU286, 2020)."
