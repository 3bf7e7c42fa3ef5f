"""Numbers as people write them, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lautta.indicators.models import Indicator
from lautta.plans.figures.numbers import NotANumber, figure_words, read_number, rounded, value_words


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("8,5", "fi", 8.5), ("8.5", "fi", 8.5), (" 8,5 % ", "sv", 8.5), ("1 234,5", "fi", 1234.5),
        ("23\xa0711", "fi", 23711.0), ("−3", "fi", -3.0), ("+3", "en", 3.0), ("1,234", "fi", 1.234),
        ("1,234", "en", 1234.0), ("1,234.5", "en", 1234.5), ("8,5", "en", 8.5), (",5", "fi", 0.5), ("0", "fi", 0.0),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_writer_means(written, language, value):
    assert read_number(written, language) == value


@pytest.mark.parametrize(
    "written", ["", "noin 8", "8,5,5", "1.234,5", "inf", "nan", "1e5", "8-9", "٣", "9" * 40, "%"]
)
def test_what_is_no_number_is_told(written):
    with pytest.raises(NotANumber):
        read_number(written)


@given(st.floats(-1e9, 1e9), st.sampled_from(["fi", "sv", "en"]), st.integers(0, 4))
def test_what_is_shown_can_be_typed(value, language, decimals):
    indicator = Indicator(kind="percentage", decimals=decimals)
    shown = value_words(value, indicator, language)
    assert read_number(shown, language) == float(rounded(value, decimals))


@pytest.mark.parametrize(
    ("kind", "decimals", "value", "language", "words"),
    [
        ("percentage", 1, 8.4, "fi", "8,4\xa0% (2023)"),
        ("percentage", 1, 8.4, "en", "8.4\xa0% (2023)"),
        ("percentage", 0, 8.4, "sv", "8\xa0% (2023)"),
        ("percentage", 1, 0.0, "fi", "0,0\xa0% (2023)"),
        ("per_1000", 1, 12.34, "fi", "12,3\xa0/\xa01\xa0000 (2023)"),
        ("percentage", 1, 8.46, "fi", "8,5\xa0% (2023)"),
        ("percentage", 1, 4.55, "fi", "4,6\xa0% (2023)"),
        ("percentage", 1, -0.04, "fi", "0,0\xa0% (2023)"),
        ("count", 0, 23711.0, "fi", "23\xa0711 (2023)"),
        ("euro", 0, 1200.0, "fi", "1\xa0200\xa0€ (2023)"),
        ("index", 1, -3.25, "fi", "\u22123,3 (2023)"),
    ],
)
def test_a_number_has_its_unit_and_year(kind, decimals, value, language, words):
    assert figure_words(value, 2023, Indicator(kind=kind, decimals=decimals), language) == words
