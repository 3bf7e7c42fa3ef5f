"""A plan with something to decide on, and a clock that the tests move."""

import datetime as dt

import pytest

from tests.decisions.asking import Hamina
from tests.decisions.making import Matter, make_matter
from tests.decisions.tiers import Tiers, make_tiers


@pytest.fixture
def matter(cast, settings) -> Matter:
    """See Matter: bodies of Hamina, Kotka and the county, and a plan with texts, goals, a measure and a voice."""
    return make_matter(cast, settings)


@pytest.fixture
def hamina(cast, settings) -> Hamina:
    """See Hamina: its youth council is asked for a statement. The day is 1.3.2024."""
    settings.DEMO_DAY = dt.date(2024, 3, 1)
    return Hamina(cast, settings)


@pytest.fixture
def tiers(cast, settings) -> Tiers:
    """See Tiers: groups on three tiers, two councils, and people who act for them."""
    return make_tiers(cast, settings)
