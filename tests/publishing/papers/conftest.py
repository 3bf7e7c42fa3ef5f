"""The plan of the decisions' tests, with a frozen version."""

import pytest
from django.utils import translation

from tests.decisions.making import Matter, make_matter


@pytest.fixture(autouse=True)
def finnish():
    with translation.override("fi"):
        yield


@pytest.fixture
def matter(cast, settings) -> Matter:
    return make_matter(cast, settings)
