"""A plan with something to decide on, and a clock that the tests move."""

import pytest

from tests.decisions.making import Matter, make_matter
from tests.decisions.tiers import Tiers, make_tiers


@pytest.fixture
def matter(cast, settings) -> Matter:
    """See Matter: bodies of Hamina, Kotka and the county, and a plan with texts, goals, a measure and a voice."""
    return make_matter(cast, settings)


@pytest.fixture
def tiers(cast, settings) -> Tiers:
    """See Tiers: groups on three tiers, two councils, and people who act for them."""
    return make_tiers(cast, settings)
