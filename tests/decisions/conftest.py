"""A plan with something to decide on, and a clock that the tests move."""

import pytest

from tests.decisions.making import Matter, make_matter


@pytest.fixture
def matter(cast, settings) -> Matter:
    """See Matter: bodies of Hamina, Kotka and the county, and a plan with texts, goals, a measure and a voice."""
    return make_matter(cast, settings)
